"""The listing of cities: what each offers, as counted when it was built, to read it quickly.

The listing is a file beside the folders of the cities. It holds the checksums of each manifest
and of each file that was counted, so that it is ignored for a city that has changed since.
Without a listing, cities are read and counted on demand.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sixes_geo.city.folders import MANIFEST

LISTING = "cities.json"
FILES, RECORD = "files", "record"


def listed(root: Path, name: str) -> dict[str, Any] | None:
    """Return what a city offers, if the listing is up to date.

    Parameters
    ----------
    root
        Folder of cities.
    name
        Name of the city's folder.

    Returns
    -------
    dict or None
        The same as from `output.records.city_record`; None if the city has to be read.
    """
    try:
        entry = json.loads((root / LISTING).read_text(encoding="utf-8"))[name]
        if checksums(root / name, entry[FILES]) != entry[FILES]:
            return None
        record: dict[str, Any] = entry[RECORD]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return record


def checksums(folder: Path, names: object) -> dict[str, str]:
    """Return the checksums of some files of a city, and of its manifest."""
    wanted = {MANIFEST, *(str(name) for name in names)} if isinstance(names, dict | list) else ()
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(wanted)
    }
