"""Checks of a city's tables: columns, allowed values and repeated rows.

Anyone can add a folder: its checksums may be right and its columns wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import DataError, Problem
from sixes_geo.base.limits import MOST_SIZE
from sixes_geo.base.problems import column_words, left_out, not_among, repeated
from sixes_geo.city.model import APPROACH, ES, PS
from sixes_geo.i18n import LANGUAGES

ALLOWED: Mapping[str, Sequence[str]] = {
    "footprint": ("spot", "area", "network", "city-wide", "unknown"),
    "approach": (
        "top-down",
        "mixed",
        "bottom-up",
        "citizens-first",
        "fun-and-function",
        "unknown",
    ),
    "role": ("initiative", "infrastructure", "contrast", "surveillance", "policing"),
    "status": ("operating", "ended", "pilot", "planned", "unknown"),
}
"""Allowed values of some columns of the table of initiatives."""

CARRIED = ("primary", "secondary", "named", "described")
"""Levels at which an initiative carries an E."""

ASIDE = ("strengthen", "warning")
"""Levels that say of no E that it is there, and of no partner that it takes part."""

E_LEVELS = (*CARRIED[:2], "absent", "unknown", *CARRIED[2:], *ASIDE)
"""Levels at which a coder can say that an initiative carries an E."""

ROLES = ("initiator", "funder", "operator", "supplier", "sets-priorities", "consulted")
"""Roles in a partnership; a partner can have several."""

UNSTATED = "unstated"
"""The level of a partner that a source mentions without telling its part."""

P_LEVELS = ("partner", "none", UNSTATED, "unknown", *ASIDE)
"""Levels of a partner besides roles; they cannot be combined."""

BASES = ("explicit", "collective", "strengthen", "")
"""Of whom a source says what a tag tells; empty if the coder does not say."""

BOOLEANS = ("true", "false", "")

DIMENSIONS = (*ES, *PS, APPROACH)
"""Dimensions of tags."""

WRITTEN = ("dimension", "level", "coder", "evidence", "source")
"""Columns that a coder must fill in for each tag."""

TAG_COLUMNS = ("initiative", "dimension", "level", "strengthen", "coder", "source", "source_url")

ADDED_COLUMNS = ("basis", "page")
"""Columns of a table of tags that earlier files do not have."""

PLAIN = ("id", "kind", "start_year", "end_year", "amount", "currency", "source", "source_url")


def refuse(path: Path, problems: Sequence[Problem]) -> None:
    """Raise one error with all faults of a file, if there are any.

    Raises
    ------
    DataError
        With the file and every fault in it.
    """
    if problems:
        where = f"{path.parent.name}/{path.name}"
        raise DataError("data", problems, "restore_data", where=where)


def missing_columns(path: Path, table: pd.DataFrame, wanted: Iterable[str]) -> list[Problem]:
    """Return a fault that names the missing columns of a table, if any."""
    missing = [name for name in wanted if name not in table]
    fields = {"path": path.name, "got": ", ".join(missing)}
    return [Problem("missing_columns", fields)] if missing else []


def initiative_faults(path: Path, table: pd.DataFrame) -> list[Problem]:
    """Return the faults of a table of initiatives, row by row."""
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
    amounts = pd.to_numeric(table["amount"], errors="coerce")
    wrong = (amounts.isna() & (table["amount"] != "")) | (amounts.abs() > MOST_SIZE)
    return problems + _faults(path, table, "amount", wrong, "0-9")


def with_added(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of tags with the columns that earlier files lack, empty."""
    return table.assign(**{name: "" for name in ADDED_COLUMNS if name not in table})


def tag_faults(
    path: Path,
    table: pd.DataFrame,
    initiatives: Iterable[str],
    never: Collection[str] = (),
    lines: Sequence[int] = (),
) -> list[Problem]:
    """Return the faults of a table of tags, row by row.

    Parameters
    ----------
    path
        The file of the table.
    table
        As read, with every cell a text.
    initiatives
        Ids of the initiatives of the city.
    never
        Ids of initiatives that cannot carry an E, as they are policing.
    lines
        The line of each row in its file; consecutive from 2 if not given.
    """
    texts = [f"evidence_{language}" for language in LANGUAGES]
    problems = missing_columns(path, table, [*TAG_COLUMNS, *texts])
    if problems or table.empty:
        return problems
    at = pd.Series([*lines] or range(2, len(table) + 2), table.index)
    known = table["initiative"].isin([*initiatives])
    problems += [
        Problem("no_initiative", {"got": got[:80]}, line)
        for got, line in _cells_at(table["initiative"], at, ~known)
    ]
    problems += _unlisted(table, at)
    required = table.assign(evidence=table[texts].apply("".join, axis=1))[[*WRITTEN]]
    empty = required.apply(lambda column: column.str.strip()) == ""
    problems += [
        left_out(
            column_words(*(name for name, blank in zip(WRITTEN, row, strict=True) if blank)), line
        )
        for row, line in zip(
            empty[empty.any(axis=1)].to_numpy().tolist(), at[empty.any(axis=1)], strict=True
        )
    ]
    said = table.assign(said=_said(table))
    problems += repeated_rows(said, ["initiative", "dimension", "coder", "said"], at)
    wrong = table["initiative"].isin(never) & table["dimension"].isin(ES)
    return problems + [
        Problem("policing", {"got": got[:80]}, line)
        for got, line in _cells_at(table["initiative"], at, wrong & table["level"].isin(CARRIED))
    ]


def _unlisted(table: pd.DataFrame, at: pd.Series[int]) -> list[Problem]:
    """Return the cells of a table of tags with values that are not allowed."""
    dimension, level = table["dimension"], table["level"]
    roles = level.map(_are_roles).astype(bool)
    approaches = ALLOWED["approach"]
    problems = []
    for column, wrong, allowed in (
        ("dimension", ~dimension.isin(DIMENSIONS), DIMENSIONS),
        ("level", dimension.isin(ES) & ~level.isin(E_LEVELS), E_LEVELS),
        ("level", dimension.isin(PS) & ~roles & ~level.isin(P_LEVELS), (*ROLES, *P_LEVELS)),
        ("level", (dimension == APPROACH) & ~level.isin(approaches), approaches),
        ("strengthen", ~table["strengthen"].isin(BOOLEANS), BOOLEANS[:2]),
        ("basis", ~table["basis"].isin(BASES), BASES[:3]),
    ):
        words = column_words(column)
        problems += [
            not_among(got, words, ", ".join(allowed), line)
            for got, line in _cells_at(table[column], at, wrong & (table[column] != ""))
        ]
    return problems


def _cells_at(
    column: pd.Series[str], at: pd.Series[int], wrong: pd.Series[bool]
) -> list[tuple[str, int]]:
    """Return the wrong cells of a column, each with its line."""
    return list(zip(column[wrong].tolist(), at[wrong].tolist(), strict=True))


def _said(table: pd.DataFrame) -> pd.Series[str]:
    """Return what each tag says, so that one coder says it once.

    An E or an approach has one level, beside what is asked for and warned of, and what fits an E
    beside its name; a partner can have several roles, unless it takes no part.
    """
    level = table["level"]
    by = [table[name] for name in ("initiative", "dimension", "coder")]
    alone = level.isin(["none", "unknown"]).groupby(by).transform("any")
    one = ~table["dimension"].isin(PS) | alone
    fits = (level == "described") & (level == "named").groupby(by).transform("any")
    return level.mask(one & ~fits & ~level.isin(ASIDE), "")


def repeated_rows(table: pd.DataFrame, columns: Sequence[str], at: pd.Series[int]) -> list[Problem]:
    """Return the rows that repeat the columns of an earlier one, with the line of that one."""
    first = at.groupby([table[column] for column in columns]).transform("min")
    again = table.loc[table.duplicated(list(columns)), list(columns)]
    return [
        repeated(", ".join(filter(None, map(str, key))), first[row], int(at[row]))
        for row, key in zip(again.index, again.to_numpy().tolist(), strict=True)
    ]


def _are_roles(level: str) -> bool:
    """Tell whether a level is a list of roles, each of them once."""
    named = level.split("+")
    return set(named) <= set(ROLES) and len(set(named)) == len(named)


def _faults(
    path: Path,
    table: pd.DataFrame,
    column: str,
    wrong: pd.Series[bool],
    allowed: str,
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
