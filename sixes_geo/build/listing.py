"""The list of what cities offer, written at build time so that it is read fast."""

from __future__ import annotations

import json
from pathlib import Path

from sixes_geo.city.catalog import read_city
from sixes_geo.city.folders import city_names
from sixes_geo.city.listing import FILES, LISTING, RECORD, checksums
from sixes_geo.city.model import City
from sixes_geo.city.tables import has, resource_named
from sixes_geo.output.records import city_record

COUNTED = "sites"


def write(root: Path) -> None:
    """Write the list into the folder of cities."""
    text = json.dumps(listing(root), ensure_ascii=False, indent=1)
    (root / LISTING).write_text(text + "\n", encoding="utf-8")


def listing(root: Path) -> dict[str, dict[str, object]]:
    """Return what each city offers, and the checksums of the files this was counted from."""
    return {
        city.city: {FILES: checksums(city.folder, _counted(city)), RECORD: city_record(city)}
        for city in (read_city(name, root) for name in city_names(root))
    }


def _counted(city: City) -> list[str]:
    """Return the files whose rows are counted: units and sites."""
    names = [unit.resource for unit in city.units]
    names += [COUNTED] if has(city, COUNTED) else []
    return [resource_named(city, name).path for name in names]
