"""Folders of cities: where they are, and the names of the cities, without reading any."""

from __future__ import annotations

import os
from pathlib import Path

from sixes_geo.base.errors import ManifestError, Problem
from sixes_geo.base.installation import geodata_folder

DATA_VARIABLE = "SIXES_GEODATA"
MANIFEST = "datapackage.json"


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
    names = tuple(sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}")))
    if not names:
        problem = Problem("no_city", {"path": str(folder)})
        raise ManifestError("catalog", [problem], "build_a_city")
    return names
