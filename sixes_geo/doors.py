"""What a city's tables must hold before anything is made of them.

A folder can be added by anyone: its checksums may be right and its columns wrong.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.errors import DataError, Problem
from sixes_geo.i18n import LANGUAGES
from sixes_geo.model import APPROACH, ES, PS
from sixes_geo.registry import INITIATIVE, NEED, PROVISION

ALLOWED: Mapping[str, Sequence[str]] = {
    "footprint": ("spot", "area", "network", "city-wide", "unknown"),
    "approach": ("top-down", "mixed", "bottom-up", "unknown"),
    "role": ("initiative", "infrastructure", "contrast", "surveillance", "policing"),
    "status": ("operating", "ended", "pilot", "planned", "unknown"),
}
"""Values of an initiative that come from a list."""

E_LEVELS = ("primary", "secondary", "absent", "unknown")
"""How an initiative carries an E."""

CARRIED = ("primary", "secondary")
"""Levels at which an initiative carries an E."""

ROLES = ("initiator", "funder", "operator", "consulted")
"""What somebody can be in a partnership; of several, all are named."""

P_LEVELS = ("partner", "none", "unknown")
"""What else can be said of somebody's part; each stands alone."""

BOOLEANS = ("true", "false", "")

TAG_COLUMNS = ("initiative", "dimension", "level", "strengthen", "coder", "source", "source_url")

LONGEST = {"name": 200, "question": 1000, "unit_of_measure": 200, "source": 1000, "authors": 500}
"""Letters of the texts that people give with an indicator."""

MEANS = ("better_off", "worse_off")
USES = (NEED, PROVISION)
FIRST_YEAR, LAST_YEAR = 1900, 2200

PLAIN = ("id", "kind", "start_year", "end_year", "amount", "currency", "source", "source_url")


def refuse(path: Path, problems: Sequence[Problem]) -> None:
    """Raise all faults of one file together, if there are any.

    Raises
    ------
    DataError
        With the file and every fault found in it.
    """
    if problems:
        where = f"{path.parent.name}/{path.name}"
        raise DataError("data", problems, "restore_data", where=where)


def missing_columns(path: Path, table: pd.DataFrame, wanted: Iterable[str]) -> list[Problem]:
    """Return a fault for the columns that a table lacks."""
    missing = [name for name in wanted if name not in table]
    fields = {"path": path.name, "got": ", ".join(missing)}
    return [Problem("missing_columns", fields)] if missing else []


def initiative_faults(path: Path, table: pd.DataFrame) -> list[Problem]:
    """Return what is wrong with a table of initiatives, row by row."""
    texts = [f"{kind}_{language}" for kind in ("name", "facts") for language in LANGUAGES]
    problems = missing_columns(path, table, [*PLAIN, *ALLOWED, *texts, "from_paper"])
    if problems:
        return problems
    for column, allowed in ALLOWED.items():
        wrong = ~table[column].isin(allowed)
        problems += _faults(path, table, column, wrong, ", ".join(allowed))
    for column in ("start_year", "end_year"):
        wrong = ~table[column].str.fullmatch(r"\d{4}|")
        problems += _faults(path, table, column, wrong, "YYYY")
    wrong = pd.to_numeric(table["amount"], errors="coerce").isna() & (table["amount"] != "")
    return problems + _faults(path, table, "amount", wrong, "0-9")


def tag_table(path: Path, content: bytes) -> pd.DataFrame:
    """Return a table of tags as it was written, every cell a text.

    Raises
    ------
    DataError
        If it is no table.
    """
    try:
        table = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
    except ValueError:  # no text, no columns, or rows of different lengths
        table = pd.DataFrame(index=[""])
    if not isinstance(table.index, pd.RangeIndex):  # cells that no column names
        refuse(path, [Problem("no_table", {"path": path.name})])
    return table


def tag_faults(
    path: Path, table: pd.DataFrame, initiatives: Iterable[str], never: Collection[str] = ()
) -> list[Problem]:
    """Return what is wrong with a table of tags, row by row.

    Parameters
    ----------
    path
        Where it was read.
    table
        As read: every cell a text.
    initiatives
        Names of those there are.
    never
        Names of those that nobody can give an E, as they are policing.
    """
    texts = [f"evidence_{language}" for language in LANGUAGES]
    problems = missing_columns(path, table, [*TAG_COLUMNS, *texts])
    if problems:
        return problems
    known = tuple(initiatives)
    wrong = ~table["initiative"].isin(known)
    problems += _faults(path, table, "initiative", wrong, ", ".join(known))
    dimensions = (*ES, *PS, APPROACH)
    wrong = ~table["dimension"].isin(dimensions)
    problems += _faults(path, table, "dimension", wrong, ", ".join(dimensions))
    for named, allowed in ((ES, E_LEVELS), ((APPROACH,), ALLOWED["approach"])):
        wrong = table["dimension"].isin(named) & ~table["level"].isin(allowed)
        problems += _faults(path, table, "level", wrong, ", ".join(allowed))
    parts = table["level"].map(_are_roles).astype(bool)
    wrong = table["dimension"].isin(PS) & ~parts & ~table["level"].isin(P_LEVELS)
    problems += _faults(path, table, "level", wrong, ", ".join((*ROLES, *P_LEVELS)))
    problems += _faults(path, table, "strengthen", ~table["strengthen"].isin(BOOLEANS), BOOLEANS[0])
    for column in ("coder", "source"):
        problems += _faults(path, table, column, table[column].str.strip() == "", "…")
    wrong = (table[texts].apply(lambda column: column.str.strip()) == "").all(axis=1)
    problems += _faults(path, table, texts[0], wrong, "…")
    doubled = table.duplicated(["initiative", "dimension", "coder"])
    problems += _faults(path, table, "dimension", doubled, "1 ×")
    wrong = table["initiative"].isin(never) & table["dimension"].isin(ES)
    wrong &= table["level"].isin(CARRIED)
    return problems + _faults(path, table, "initiative", wrong, "", kind="policing")


def described_faults(
    described: Mapping[str, str], year: float | None, places: Sequence[str]
) -> list[Problem]:
    """Return what is wrong with the description of an indicator that people made.

    Parameters
    ----------
    described
        What they gave, as texts.
    year
        The year in it, as a number; nothing if it is none.
    places
        What an indicator of the city can be told per.
    """
    problems = [
        _field(column, described[column], f"1–{most}")
        for column, most in LONGEST.items()
        if not 0 < len(described[column].strip()) <= most
    ]
    allowed = {"e": ES, "use": USES, "higher_means": MEANS, "per": places}
    problems += [
        _field(column, described[column], ", ".join(among))
        for column, among in allowed.items()
        if described[column] not in among
    ]
    if described["per"] == INITIATIVE and described["use"] == NEED:
        problems.append(_field("use", NEED, PROVISION))
    try:
        dt.date.fromisoformat(described["date"].strip())
    except ValueError:
        problems.append(_field("date", described["date"], "YYYY-MM-DD"))
    if year is None or not year.is_integer() or not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(_field("year", described["year"], f"{FIRST_YEAR}–{LAST_YEAR}"))
    return problems


def value_faults(values: Mapping[str, float], use: str, names: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the values of an indicator that people made.

    Parameters
    ----------
    values
        What is known, by id.
    use
        A need may be negative, what is counted may not.
    names
        Everything that can have a value: its name by id.
    """
    some = ", ".join([*names][:5]) + ", …"
    problems = [_field("id", one, some) for one in values if one not in names]
    return problems + [
        _field(names[one], value, "≥ 0")
        for one, value in values.items()
        if use == PROVISION and value < 0 and one in names
    ]


def _are_roles(level: str) -> bool:
    """Tell whether a level names roles, each of them once."""
    named = level.split("+")
    return set(named) <= set(ROLES) and len(set(named)) == len(named)


def _field(column: str, got: object, allowed: str) -> Problem:
    """Return the fault of one field."""
    return Problem("bad_field", {"column": column, "got": str(got)[:80], "allowed": allowed})


def _faults(
    path: Path,
    table: pd.DataFrame,
    column: str,
    wrong: pd.Series[bool],
    allowed: str,
    *,
    kind: str = "bad_cell",
) -> list[Problem]:
    """Return a fault per wrong cell, with its line in the file."""
    return [
        Problem(
            kind,
            {
                "path": path.name,
                "line": int(row) + 2,
                "column": column,
                "got": str(table[column].iloc[row]),
                "allowed": allowed,
            },
        )
        for row in wrong.to_numpy().nonzero()[0]
    ]
