"""The Dockerfile as the tests read it: its instructions, and the files of its build context."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with their arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    parts = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(name, " ".join(rest.split())) for name, _, rest in parts]


def arguments(name: str) -> list[str]:
    """Return the arguments of every instruction of that name."""
    return [rest for instruction, rest in instructions() if instruction == name]


def sources() -> list[str]:
    """Return what is copied from the checkout into the build."""
    copies = [rest.split() for rest in arguments("COPY") if not rest.startswith("--from")]
    return [source for *copied, _ in copies for source in copied]


def not_ignored() -> list[str]:
    """Return the paths that .dockerignore does not exclude."""
    text = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    return re.findall(r"^!(.+)$", text, flags=re.MULTILINE)


def copy_context(folder: Path) -> None:
    """Copy the files that the Dockerfile copies into a folder."""
    for source in sources():
        target = folder / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / source, target)
