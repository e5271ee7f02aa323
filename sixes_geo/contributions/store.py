"""The store of contributions: indicators, tags and cells of the crosswalk, one file each.

The files are in a folder of this machine, never among the data: the folder that
`FOLDER_VARIABLE` names, or the user's own. Every file is checked when it is read; an invalid
file is reported and left in place.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_data_path

from sixes_geo.base.errors import ChoiceError, DataError, Problem
from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import CONTRIBUTION_BYTES, PROBLEMS
from sixes_geo.base.names import slug
from sixes_geo.contributions import files

FOLDER_VARIABLE = "SIXES_REGISTRY"
INDICATORS, TAGS, CROSSWALK = "indicators", "tags", "crosswalk"
SUFFIX = {INDICATORS: ".json", TAGS: ".csv", CROSSWALK: ".csv"}
INITIATIVE = "initiative"
"""What an indicator has values per, if not per unit of a level."""

NEED, PROVISION = "need", "provision"
DESCRIPTION = ("name", "question", "e", "use", "higher_means", "unit_of_measure", "source",
               "authors", "date", "year", "per")  # fmt: skip
"""Fields of an indicator besides its values."""

PREFIX = "own"
"""Ids of contributed indicators begin with it, so that none is that of a shipped one."""

_SCHEMA = Path(__file__).parent / "indicator.schema.json"

T = TypeVar("T")


@dataclass(frozen=True)
class ContributedIndicator:
    """An indicator that people contributed for one E, with everything a reader should know.

    ``per`` is a level of units or `INITIATIVE`; ``use`` is `NEED` if it ranks units, `PROVISION`
    if it is counted; ``values`` holds the known values by id.
    """

    indicator: str
    name: str
    question: str
    e: str
    use: str
    higher_means: str
    unit_of_measure: str
    source: str
    authors: str
    date: str
    year: int
    per: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class StoredFile(Generic[T]):
    """A file of the store as it was when it was read, with its content."""

    path: Path
    sha256: str
    size: int
    content: T


def folder() -> Path:
    """Return the folder of the store."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("sixes-geo", appauthor=False) / "registry"


def folder_of(kind: str, city: str = "") -> Path:
    """Return the folder of one kind of contribution: for a city, or for all of them."""
    return folder() / city / kind


def stored_files(kind: str, city: str = "") -> tuple[Path, ...]:
    """Return the files of one kind of contribution, by name."""
    return tuple(sorted(folder_of(kind, city).glob(f"*{SUFFIX[kind]}")))


def read_indicator(path: Path) -> StoredFile[ContributedIndicator]:
    """Read an indicator and check its form, but not whether it fits its city.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    return _read(path, *files.stamp_of(path))


def keep(city: str, indicator: ContributedIndicator) -> ContributedIndicator:
    """Store an indicator under an id of its own, and return it; nothing is overwritten.

    Raises
    ------
    ChoiceError
        If it could not be read back.
    DataError
        If the folder cannot be written.
    """
    base = f"{PREFIX}-{slug(indicator.name)}"
    problems = _form_faults(asdict(replace(indicator, indicator=base)))
    if problems:
        raise ChoiceError("contribution", problems, "fix_file")

    def text(name: str) -> str:
        content = asdict(replace(indicator, indicator=name))
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    name = files.add(folder_of(INDICATORS, city), base, SUFFIX[INDICATORS], text)
    return replace(indicator, indicator=name)


def remove(city: str, indicator: str) -> None:
    """Remove an indicator; its file is moved aside, not deleted.

    Raises
    ------
    DataError
        If there is no such indicator, or the folder cannot be written.
    """
    path = folder_of(INDICATORS, city) / f"{indicator}.json"
    if path not in stored_files(INDICATORS, city):
        raise DataError(
            "contributions", [Problem("missing_file", {"path": indicator})], "look_again"
        )
    files.set_aside(path)


@cache
def _read(path: Path, _modified: int, _size: int) -> StoredFile[ContributedIndicator]:
    """Read and check an indicator, again only after its file has changed."""
    content = files.content_of(path)
    try:
        record = read_json(content, CONTRIBUTION_BYTES)
        problems = _form_faults(record)
    except ValueError as fault:
        files.refuse(path, [Problem("not_json", {"got": str(fault)[:200]})])
    if not problems and record["indicator"] != path.stem:
        problems = [Problem("schema", {"path": "$.indicator", "got": record["indicator"]})]
    if problems:
        files.refuse(path, problems)
    values = {place: float(value) for place, value in record["values"].items()}
    indicator = ContributedIndicator(**{**record, "year": int(record["year"]), "values": values})
    return StoredFile(path, hashlib.sha256(content).hexdigest(), len(content), indicator)


def _form_faults(content: object) -> list[Problem]:
    """Return where an indicator breaks the schema, or has a value that is no finite number."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415  (slow, and rarely needed)

    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    faults = islice(Draft202012Validator(schema).iter_errors(content), PROBLEMS)
    problems = [
        Problem("schema", {"path": fault.json_path, "got": fault.message[:200]}) for fault in faults
    ]
    if problems or not isinstance(content, dict):
        return problems
    return [
        Problem("no_number", {"got": str(value)[:80]}, place)
        for place, value in content["values"].items()
        if not _finite(value)
    ]


def _finite(value: float) -> bool:
    """Tell whether a number is finite, also as a float."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
