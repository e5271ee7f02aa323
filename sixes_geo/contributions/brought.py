"""Files that visitors bring, read by a worker: what stalls or fills it harms nobody else.

Each kind has a function that asks a worker, and one that the worker runs. What comes back is plain
values, and is checked again where it is kept, as if a person had typed it.
"""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from sixes_geo.city.model import City
from sixes_geo.contributions import cell_files, indicator_csv, tag_files
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.store import ContributedIndicator
from sixes_geo.framework.crosswalk import Cell
from sixes_geo.workers import shared
from sixes_geo.workers.frames import Record
from sixes_geo.workers.tasks import Tell


def indicator(city: City, content: bytes, name: str, owner: str = "") -> ContributedIndicator:
    """Return `indicator_csv.from_file`, read by a worker for a visit (``owner``)."""
    record = shared.ask("indicator", _given(content, name, city), owner=owner, where=name)
    values = {str(place): float(value) for place, value in record.pop("values").items()}
    return ContributedIndicator(**record, values=values)


def tags(city: City, content: bytes, name: str, owner: str = "") -> pd.DataFrame:
    """Return `tag_files.tags_from_file`, read by a worker for a visit (``owner``)."""
    record = shared.ask("tags", _given(content, name, city), owner=owner, where=name)
    return pd.DataFrame(record["rows"], columns=record["columns"], dtype="object")


def cells(content: bytes, name: str, owner: str = "") -> list[Cell]:
    """Return `cell_files.cells_from_file`, read by a worker for a visit (``owner``)."""
    record = shared.ask("cells", _given(content, name), owner=owner, where=name)
    return [Cell(**each) for each in record["cells"]]


def read_indicator(given: Record, _tell: Tell) -> Record:
    """Read an indicator, in a worker."""
    city = open_city(given["city"])
    return asdict(indicator_csv.from_file(city, given["content"], given["name"]))


def read_tags(given: Record, _tell: Tell) -> Record:
    """Read tags, in a worker."""
    city = open_city(given["city"])
    table = tag_files.tags_from_file(city, given["content"], given["name"])
    return {"columns": [str(name) for name in table], "rows": table.to_numpy().tolist()}


def read_cells(given: Record, _tell: Tell) -> Record:
    """Read cells of the crosswalk, in a worker."""
    cells = cell_files.cells_from_file(given["content"], given["name"])
    return {"cells": [asdict(cell) for cell in cells]}


def _given(content: bytes, name: str, city: City | None = None) -> Record:
    """Return what a worker is given of a file."""
    return {"content": content, "name": name} | ({"city": city.city} if city else {})
