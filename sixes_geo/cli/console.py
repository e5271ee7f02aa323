"""Output of commands: JSON, and progress."""

from __future__ import annotations

import json
import sys


def print_json(value: object) -> None:
    """Print JSON, with ASCII escapes where the output is not in Unicode."""
    letters = (sys.stdout.encoding or "").lower().startswith("utf")
    json.dump(value, sys.stdout, ensure_ascii=not letters, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def progress(text: str) -> None:
    """Print the current step."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
