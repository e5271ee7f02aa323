"""Folders of cities: where they are, and the names of the cities, without reading any.

A build puts a new folder in the place of the earlier one in two steps, since no system replaces a
folder in one. What it has not finished stands beside the city under a name that begins with a dot
(`beside`); whoever looks next finishes it, so that there is always the earlier city or the new one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sixes_geo.base.errors import ManifestError, Problem
from sixes_geo.base.installation import geodata_folder

DATA_VARIABLE = "SIXES_GEODATA"
MANIFEST = "datapackage.json"

UNFINISHED, COMPLETE, EARLIER = "part", "new", "old"
"""What can stand beside a city: a copy that is still being written, one that is whole and has yet
to take the place of the city, and the one whose place it took."""


def data_folder() -> Path:
    """Return the folder that holds a folder per city."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else geodata_folder()


def city_names(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of all cities, in alphabetical order.

    Raises
    ------
    ManifestError
        If no folder holds a manifest.
    """
    folder = root or data_folder()
    finish_replacements(folder)
    found = (path.parent.name for path in folder.glob(f"*/{MANIFEST}"))
    names = tuple(sorted(name for name in found if not name.startswith(".")))
    if not names:
        problem = Problem("no_city", {"path": str(folder)})
        raise ManifestError("catalog", [problem], "build_a_city")
    return names


def beside(city: Path, stage: str) -> Path:
    """Return the folder beside that of a city which holds a copy at a stage of its replacement."""
    return city.with_name(f".{city.name}.{stage}")


def finish_replacements(root: Path) -> None:
    """Put whole new folders in the places that a build left empty when it was ended."""
    for new in root.glob(f".*.{COMPLETE}"):
        city = root / new.name[1 : -len(COMPLETE) - 1]
        if not city.exists():
            with suppress(OSError):  # somebody else was sooner, or nothing can be written
                new.rename(city)
