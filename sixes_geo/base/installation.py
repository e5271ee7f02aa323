"""The installation: where data, pages and the app script are, in a checkout or installed copy.

In a checkout they are at the top of the repository, beside the package, where people look for
them. A wheel has nothing beside its package, so there they are inside it (`pyproject.toml`,
force-include).
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def geodata_folder() -> Path:
    """Return the shipped folder of cities, which has a folder per city."""
    return _place("geodata")


def pages_folder() -> Path:
    """Return the folder of pages, which has a folder per section of the menu."""
    return _place("pages")


def app_script() -> Path:
    """Return the script that a server runs to show the dashboard."""
    return _place("app.py")


def _place(name: str, package: Path = _PACKAGE) -> Path:
    """Return a path inside the package, or beside it in a checkout."""
    packed = package / name
    return packed if packed.exists() else package.parent / name
