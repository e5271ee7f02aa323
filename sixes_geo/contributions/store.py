"""What people add to a city: indicators of their own, tags, and readings of other frameworks.

It lies in a folder of the machine, a file each, beside the data and never among them: the one
that `FOLDER_VARIABLE` names, or the user's own. Whatever lies there is checked as it is read;
a broken file is told of and left alone.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

from platformdirs import user_data_path

from sixes_geo.base.errors import ChoiceError, DataError, Problem
from sixes_geo.base.names import slug
from sixes_geo.contributions import files as shelf

FOLDER_VARIABLE = "SIXES_REGISTRY"
INDICATORS, TAGS, CROSSWALK = "indicators", "tags", "crosswalk"
SUFFIX = {INDICATORS: ".json", TAGS: ".csv", CROSSWALK: ".csv"}
INITIATIVE = "initiative"
"""What an indicator is told per, if not per unit of a level."""

NEED, PROVISION = "need", "provision"
DESCRIPTION = ("name", "question", "e", "use", "higher_means", "unit_of_measure", "source",
               "authors", "date", "year", "per")  # fmt: skip
"""What people tell of an indicator beside its values."""

OWN = "own"
_SCHEMA = Path(__file__).parent / "indicator.schema.json"

T = TypeVar("T")


@dataclass(frozen=True)
class ContributedIndicator:
    """An indicator that people made for one E, with all that a reader must know of it.

    ``per`` is a level of units or `INITIATIVE`; ``use`` says whether it ranks units as a need
    or is counted as provision; ``values`` holds what is known by id.
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
class Kept(Generic[T]):
    """What a file holds, and which file it was when it was read."""

    path: Path
    sha256: str
    size: int
    held: T


def folder() -> Path:
    """Return where additions are kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("sixes-geo", appauthor=False) / "registry"


def place_of(kind: str, city: str = "") -> Path:
    """Return the folder of one kind: of a city, or without one of all."""
    return folder() / city / kind


def files(kind: str, city: str = "") -> tuple[Path, ...]:
    """Return the files of one kind that people added, by name."""
    return tuple(sorted(place_of(kind, city).glob(f"*{SUFFIX[kind]}")))


def read_indicator(path: Path) -> Kept[ContributedIndicator]:
    """Read an indicator and check its form; whether it fits its city is not known here.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    return _read(path, *shelf.stamp_of(path))


def keep(city: str, made: ContributedIndicator) -> ContributedIndicator:
    """Keep an indicator under a name of its own; one of the same name is never overwritten.

    Raises
    ------
    ChoiceError
        If it could not be read again.
    DataError
        If the folder cannot be written.
    """
    base = f"{OWN}-{slug(made.name)}"
    problems = _form_faults(asdict(replace(made, indicator=base)))
    if problems:
        raise ChoiceError("contribution", problems, "mend_file")

    def text(name: str) -> str:
        content = asdict(replace(made, indicator=name))
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    name = shelf.add(place_of(INDICATORS, city), base, SUFFIX[INDICATORS], text)
    return replace(made, indicator=name)


def remove(city: str, indicator: str) -> None:
    """Take an indicator out of use; its file moves aside and is not lost.

    Raises
    ------
    DataError
        If there is none such, or the folder cannot be written.
    """
    path = place_of(INDICATORS, city) / f"{indicator}.json"
    if not re.fullmatch(rf"{OWN}-[a-z0-9-]+", indicator) or not path.is_file():
        raise DataError(
            "contributions", [Problem("missing_file", {"path": indicator})], "look_again"
        )
    shelf.set_aside(path)


@cache
def _read(path: Path, _modified: int, _size: int) -> Kept[ContributedIndicator]:
    """Read and check one indicator; again only when its file has changed."""
    content = shelf.content_of(path)
    try:
        read = json.loads(content.decode("utf-8"), parse_constant=_no_number)
        json.dumps(read, ensure_ascii=False).encode("utf-8")  # halves of letters are none
        problems = _form_faults(read)
    except (ValueError, RecursionError) as fault:
        shelf.refuse(path, [Problem("not_json", {"got": str(fault)[:200]})])
    if not problems and read["indicator"] != path.stem:
        problems = [Problem("schema", {"path": "$.indicator", "got": read["indicator"]})]
    if problems:
        shelf.refuse(path, problems)
    values = {one: float(value) for one, value in read["values"].items()}
    made = ContributedIndicator(**{**read, "year": int(read["year"]), "values": values})
    return Kept(path, hashlib.sha256(content).hexdigest(), len(content), made)


def _form_faults(content: object) -> list[Problem]:
    """Return where an indicator departs from the schema, or holds what is no finite number."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415  (slow, and seldom needed)

    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    faults = Draft202012Validator(schema).iter_errors(content)
    problems = [
        Problem("schema", {"path": one.json_path, "got": one.message[:200]}) for one in faults
    ]
    if problems or not isinstance(content, dict):
        return problems
    return [
        Problem("no_number", {"got": str(value)[:80]}, one)
        for one, value in content["values"].items()
        if not _finite(value)
    ]


def _finite(value: float) -> bool:
    """Tell whether a number is one that can be counted with."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _no_number(name: str) -> NoReturn:
    """Refuse what JSON does not know as a number."""
    raise ValueError(name)
