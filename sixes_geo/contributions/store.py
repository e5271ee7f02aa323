"""Indicators that people contribute: kept in the store, checked whenever they are read.

One that is invalid is reported and left where it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import CONTRIBUTION_BYTES, PROBLEMS
from sixes_geo.base.names import slug
from sixes_geo.contributions.entries import Entry
from sixes_geo.contributions.folder import INDICATORS, folder_files
from sixes_geo.store import contributions

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
class Stored(Generic[T]):
    """Something that people have added, as it is kept, with what it says."""

    entry: Entry
    content: T


def read_indicator(entry: Entry) -> ContributedIndicator:
    """Read an indicator and check its form, but not whether it fits its city.

    Raises
    ------
    DataError
        With every fault of it.
    """
    indicator, problems = _read(entry.name, entry.content)
    if indicator is None:
        entry.refuse(problems)
    return indicator


def keep(city: str, indicator: ContributedIndicator, code: str = "") -> ContributedIndicator:
    """Store an indicator under an id of its own, and return it; nothing is overwritten.

    Parameters
    ----------
    city
        The city that it is about.
    indicator
        What is stored; its id is not used.
    code
        The code with which it can be removed.

    Raises
    ------
    ChoiceError
        If it could not be read back.
    DataError
        If nothing can be kept.
    """
    base = f"{PREFIX}-{slug(indicator.name)}"
    problems = _form_faults(asdict(replace(indicator, indicator=base)))
    if problems:
        raise ChoiceError("contribution", problems, "fix_file")

    def text(name: str) -> str:
        content = asdict(replace(indicator, indicator=name))
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    files = {path.stem for path in folder_files(INDICATORS, city)}
    name = contributions.keep_new(
        INDICATORS,
        city,
        contributions.Draft(base, indicator.authors, text, frozenset(files)),
        code,
    )
    return replace(indicator, indicator=name)


def remove(city: str, indicator: str, code: str = "") -> str:
    """Remove an indicator; it stays in the history.

    Parameters
    ----------
    city, indicator
        What is removed.
    code
        The code that it was kept with, or the facilitator's secret.

    Returns
    -------
    str
        The name of the act, with which the removal can be undone.

    Raises
    ------
    DataError
        If there is no such indicator, the code is not its own, or nothing can be kept.
    """
    return contributions.remove(INDICATORS, city, lambda item: item.name == indicator, code)


@lru_cache(maxsize=512)
def _read(name: str, content: bytes) -> tuple[ContributedIndicator | None, tuple[Problem, ...]]:
    """Return an indicator, or what is wrong with its form."""
    try:
        record = read_json(content, CONTRIBUTION_BYTES)
        problems = _form_faults(record)
    except ValueError as fault:
        return None, (Problem("not_json", {"got": str(fault)[:200]}),)
    if not problems and record["indicator"] != name:
        problems = [Problem("schema", {"path": "$.indicator", "got": record["indicator"]})]
    if problems:
        return None, tuple(problems)
    values = {place: float(value) for place, value in record["values"].items()}
    made = ContributedIndicator(**{**record, "year": int(record["year"]), "values": values})
    return made, ()


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
