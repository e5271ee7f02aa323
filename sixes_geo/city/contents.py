"""Contents of a city's files: plain files of its folder, each read up to a limit and in one way.

Anyone can add a folder. What a file is decides its declared kind and nothing in it: a library
that guesses would follow a description of other files, or of other hosts, that only bears the name.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn

import pandas as pd

from sixes_geo.base import limits
from sixes_geo.base.csv_rows import TableError, refuse_large
from sixes_geo.base.errors import DataError, Problem
from sixes_geo.base.hidden import hidden_in
from sixes_geo.base.paths import cause_of, plain_start
from sixes_geo.city.table_checks import with_added

COMMA = ","


def bytes_of(path: Path, sha256: str = "") -> bytes:
    """Return the content of a file of a city.

    Parameters
    ----------
    path
        The file.
    sha256
        Its checksum, if it has to be the file that the manifest describes.

    Raises
    ------
    DataError
        If it cannot be read, is no plain file, is too large, or has changed.
    """
    try:
        content = plain_start(path, limits.CITY_FILE_BYTES)
    except FileNotFoundError:
        fail(path, Problem("missing_file", {"path": _place(path)}))
    except OSError as fault:
        fail(path, Problem("unreadable", {"got": cause_of(fault)}))
    if len(content) > limits.CITY_FILE_BYTES:
        size = {"got": max(len(content), path.stat().st_size), "allowed": limits.CITY_FILE_BYTES}
        fail(path, Problem("too_large", {"path": _place(path), **size}))
    found = hashlib.sha256(content).hexdigest()
    if sha256 and found != sha256:
        sums = {"expected": sha256[:12], "got": found[:12]}
        fail(path, Problem("changed_file", {"path": _place(path), **sums}))
    return content


def refuse_outside(path: Path, folder: Path) -> None:
    """Refuse a file that is not in its folder, whatever its name says: it may be a link.

    Raises
    ------
    DataError
        If it is elsewhere.
    """
    if path.resolve().parent != folder.resolve():
        fail(path, Problem("outside_folder", {"path": _place(path)}))


def csv_table(
    path: Path,
    content: bytes,
    kinds: Mapping[str, str] | Literal["str"],
    *,
    empty_is_missing: bool = True,
) -> pd.DataFrame:
    """Return a CSV table, in UTF-8 and with commas.

    Parameters
    ----------
    path
        The file, for errors.
    content
        What is in it.
    kinds
        The kind of each column, or of all.
    empty_is_missing
        Whether an empty cell, or one that says so, is a missing value.

    Raises
    ------
    DataError
        If it is no table, or exceeds a limit.
    """
    try:
        text = content.decode("utf-8-sig")
        refuse_large(text, limits.CITY_TABLE, COMMA)
        options: Any = {"dtype": kinds, "keep_default_na": empty_is_missing}
        table: pd.DataFrame = pd.read_csv(io.StringIO(text), **options)
    except TableError as fault:
        fail(path, fault.problem)
    except (ValueError, OverflowError):  # no text, no columns, or rows of unequal length
        fail(path, Problem("no_table", {"path": path.name}))
    if not isinstance(table.index, pd.RangeIndex) or "\0" in text:  # more cells than columns
        fail(path, Problem("no_table", {"path": path.name}))
    if sign := hidden_in(text):
        fail(path, Problem("hidden_sign", {"got": sign}))
    return table


def tag_table(path: Path, content: bytes) -> pd.DataFrame:
    """Return a table of tags as written, with every cell a text.

    Raises
    ------
    DataError
        If the file is no table, or exceeds a limit.
    """
    return with_added(csv_table(path, content, "str", empty_is_missing=False))


def number_faults(path: Path, table: pd.DataFrame, columns: tuple[str, ...]) -> list[Problem]:
    """Return the cells of columns of numbers that hold none, or one that nothing can be.

    Columns that a table lacks are passed over.
    """
    problems = []
    for column in (name for name in columns if name in table):
        numbers = pd.to_numeric(table[column], errors="coerce").astype("float64")
        sizes = numbers.abs()
        wrong = numbers.isna() & table[column].notna()
        wrong |= (sizes > limits.MOST_SIZE) | ((sizes > 0) & (sizes < limits.LEAST_SIZE))
        problems += [
            Problem(
                "bad_cell",
                {
                    "path": path.name,
                    "line": int(row) + 2,
                    "column": column,
                    "got": str(table[column].iloc[row])[: limits.SHOWN],
                    "allowed": f"0, {limits.LEAST_SIZE:g}…{limits.MOST_SIZE:g}",
                },
            )
            for row in wrong.to_numpy().nonzero()[0]
        ]
    return problems


def _place(path: Path) -> str:
    """Return the name of a file with its folder."""
    return f"{path.parent.name}/{path.name}"


def fail(file: Path, problem: Problem) -> NoReturn:
    """Refuse a file.

    Raises
    ------
    DataError
        With its one fault.
    """
    raise DataError("data", [problem], "restore_data", where=_place(file)) from None
