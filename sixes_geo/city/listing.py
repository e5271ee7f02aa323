"""The listing of cities: what each offers, as counted when it was built, to read it quickly.

The listing is a file beside the folders of the cities. It holds the checksums of each manifest
and of each file that was counted, so that it is ignored for a city that has changed since.
Without a listing, cities are read and counted on demand.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import CITY_FILE_BYTES, LISTING_BYTES, MEMBERS
from sixes_geo.base.paths import plain_start
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
        content = plain_start(root / LISTING, LISTING_BYTES)
        entry = read_json(content, LISTING_BYTES, whole_numbers_fit=True)[name]
        if checksums(root / name, entry[FILES]) != entry[FILES]:
            return None
        record: dict[str, Any] = entry[RECORD]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return record


def checksums(folder: Path, names: object) -> dict[str, str]:
    """Return the checksums of some files of a city, and of its manifest."""
    wanted = {MANIFEST, *(str(name) for name in names)} if isinstance(names, dict | list) else set()
    if len(wanted) > MEMBERS or any(Path(name).name != name for name in wanted):
        raise ValueError(LISTING)
    return {name: _checksum(folder / name) for name in sorted(wanted)}


def _checksum(path: Path) -> str:
    """Return the checksum of a plain file of a city."""
    return hashlib.sha256(plain_start(path, CITY_FILE_BYTES)).hexdigest()
