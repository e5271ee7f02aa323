"""What cities offer, as it was when they were built: a list that is read without their data.

The list lies beside the folders of the cities. It holds the checksum of each manifest and of
each file that was counted, so it says nothing of a city that has changed since. A folder of
cities needs none; all of it is then read and counted when it is asked for.
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
    """Return what a city offers, if the list still tells it as it is.

    Parameters
    ----------
    root
        Folder of cities.
    name
        Name of the city's folder.

    Returns
    -------
    dict or None
        As `output.records.city_record` counts it anew; nothing if the city has to be read.
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
    """Return the checksums of some files of a city, its manifest among them."""
    wanted = {MANIFEST, *(str(name) for name in names)} if isinstance(names, dict | list) else ()
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in wanted}
