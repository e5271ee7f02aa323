"""How commands write: JSON, and what they are doing meanwhile."""

from __future__ import annotations

import json
import sys


def print_json(value: object) -> None:
    """Print JSON that no reader stumbles over."""
    letters = (sys.stdout.encoding or "").lower().startswith("utf")
    json.dump(value, sys.stdout, ensure_ascii=not letters, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def progress(text: str) -> None:
    """Tell a waiting person what is going on."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
