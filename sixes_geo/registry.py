"""What people add to a city: indicators of their own, tags, and readings of other frameworks.

It lies in a folder of the machine, a file each, beside the data and never among them: the one
that `FOLDER_VARIABLE` names, or the user's own. Whatever lies there is checked as it is read;
a broken file is told of and left alone.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator
from platformdirs import user_data_path

from sixes_geo.errors import DataError, Problem, SixesGeoError

FOLDER_VARIABLE = "SIXES_REGISTRY"
INDICATORS, TAGS, CROSSWALK, REMOVED = "indicators", "tags", "crosswalk", "removed"
INITIATIVE = "initiative"
"""What an indicator is told per, if not per unit of a level."""

NEED, PROVISION = "need", "provision"
OWN = "own"
LARGEST = 2_000_000
"""Bytes of the largest file that is read."""

_SCHEMA = Path(__file__).parent / "schemas" / "indicator.schema.json"


@dataclass(frozen=True)
class OwnIndicator:
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


def folder() -> Path:
    """Return where additions are kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("sixes-geo", appauthor=False) / "registry"


def slug(text: str) -> str:
    """Return a text as a name of a file: plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "x"


def own_indicators(city: str) -> tuple[tuple[OwnIndicator, ...], tuple[SixesGeoError, ...]]:
    """Read what people have added to a city, and what was refused of it."""
    found: list[OwnIndicator] = []
    refused: list[SixesGeoError] = []
    for path in sorted((folder() / city / INDICATORS).glob("*.json")):
        try:
            found.append(_read(path, *stamp_of(path)))
        except SixesGeoError as refusal:
            refused.append(refusal)
    return tuple(found), tuple(refused)


def keep(city: str, made: OwnIndicator) -> OwnIndicator:
    """Keep an indicator under a name of its own; one of the same name is never overwritten.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    base, nth = f"{OWN}-{slug(made.name)}", 1
    place = folder() / city / INDICATORS
    while (place / f"{_numbered(base, nth)}.json").exists():
        nth += 1
    made = replace(made, indicator=_numbered(base, nth))
    text = json.dumps(asdict(made), ensure_ascii=False, indent=1, allow_nan=False)
    write(place / f"{made.indicator}.json", text + "\n")
    return made


def remove(city: str, indicator: str) -> None:
    """Take an indicator out of use; its file moves aside and is not lost."""
    path = folder() / city / INDICATORS / f"{slug(indicator)}.json"
    aside = folder() / city / REMOVED
    try:
        aside.mkdir(parents=True, exist_ok=True)
        nth = 1
        while (aside / f"{_numbered(path.stem, nth)}.json").exists():
            nth += 1
        path.rename(aside / f"{_numbered(path.stem, nth)}.json")
    except OSError as fault:
        raise _unwritable(path, fault) from None


def write(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as fault:
        raise _unwritable(path, fault) from None


def added_files(city: str, kind: str) -> tuple[Path, ...]:
    """Return the files of one kind that people added to a city, by name."""
    return tuple(sorted((folder() / city / kind).glob("*.csv")))


def _numbered(base: str, nth: int) -> str:
    """Return a name, with a number from the second on."""
    return base if nth == 1 else f"{base}-{nth}"


def stamp_of(path: Path) -> tuple[int, int]:
    """Return what changes with a file."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@cache
def _read(path: Path, _modified: int, size: int) -> OwnIndicator:
    """Read and check one indicator; again only when its file has changed."""
    if size > LARGEST:
        problem = Problem("too_large", {"path": path.name, "got": size, "allowed": LARGEST})
        raise DataError("registry", [problem], "mend_added", where=path.name)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as fault:
        problem = Problem("not_json", {"got": str(fault)})
        raise DataError("registry", [problem], "mend_added", where=path.name) from None
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    problems = [
        Problem("schema", {"path": fault.json_path, "got": fault.message[:200]})
        for fault in Draft202012Validator(schema).iter_errors(content)
    ]
    if not problems and content["indicator"] != path.stem:
        problems = [Problem("schema", {"path": "$.indicator", "got": content["indicator"]})]
    if problems:
        raise DataError("registry", problems, "mend_added", where=path.name)
    return OwnIndicator(**content)


def _unwritable(path: Path, fault: OSError) -> DataError:
    """Return the refusal of a folder that cannot be written."""
    problem = Problem("unwritable", {"path": path.name, "got": fault.strerror or ""})
    return DataError("registry", [problem], "name_registry")
