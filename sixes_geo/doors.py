"""What a city's tables must hold before anything is made of them.

A folder can be added by anyone: its checksums may be right and its columns wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.errors import DataError, Problem
from sixes_geo.i18n import LANGUAGES
from sixes_geo.model import APPROACH, ES, PS

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


def tag_faults(path: Path, table: pd.DataFrame, initiatives: Iterable[str]) -> list[Problem]:
    """Return what is wrong with a table of tags, row by row.

    Parameters
    ----------
    path
        Where it was read.
    table
        As read: every cell a text.
    initiatives
        Names of those there are.
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
    parts = table["level"].map(lambda level: set(level.split("+")) <= set(ROLES))
    wrong = table["dimension"].isin(PS) & ~parts & ~table["level"].isin(P_LEVELS)
    problems += _faults(path, table, "level", wrong, ", ".join((*ROLES, *P_LEVELS)))
    problems += _faults(path, table, "strengthen", ~table["strengthen"].isin(BOOLEANS), BOOLEANS[0])
    for column in ("coder", "source"):
        problems += _faults(path, table, column, table[column].str.strip() == "", "…")
    wrong = (table[texts].apply(lambda column: column.str.strip()) == "").all(axis=1)
    problems += _faults(path, table, texts[0], wrong, "…")
    doubled = table.duplicated(["initiative", "dimension", "coder"])
    return problems + _faults(path, table, "dimension", doubled, "1 ×")


def _faults(
    path: Path, table: pd.DataFrame, column: str, wrong: pd.Series[bool], allowed: str
) -> list[Problem]:
    """Return a fault per wrong cell, with its line in the file."""
    return [
        Problem(
            "bad_cell",
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
