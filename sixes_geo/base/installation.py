"""Where the data, the pages and the app script are: in a checkout, or in an installed copy.

In a checkout they lie at the top of the repository, beside the package, where people look for
them. A wheel holds nothing beside its package, so there they lie inside it (`pyproject.toml`,
force-include).
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def geodata_folder() -> Path:
    """Return the folder with a folder per city that comes with this copy."""
    return _place("geodata")


def pages_folder() -> Path:
    """Return the folder with a folder of page scripts per section of the menu."""
    return _place("pages")


def app_script() -> Path:
    """Return the script that a server runs to show the dashboard."""
    return _place("app.py")


def _place(name: str, package: Path = _PACKAGE) -> Path:
    """Return what is called so inside the package, or beside it in a checkout."""
    packed = package / name
    return packed if packed.exists() else package.parent / name
