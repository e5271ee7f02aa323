"""Rows of a CSV text from outside, read one by one and held against limits before a table is built.

A row that is shorter than the widest is filled up: a few bytes of commas and line ends can ask for
gigabytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sixes_geo.base.errors import Problem
from sixes_geo.base.hidden import has_stacked_marks
from sixes_geo.base.limits import MARKS, TableLimits

SEPARATORS = ",;\t"

LINES_PER_ROW = 2
"""For every row that is allowed, as many lines: some are blank, some cells have several."""


class TableError(ValueError):
    """A text that is no table, or too large a one; ``problem`` says why."""

    def __init__(self, kind: str, **fields: object) -> None:
        self.problem = Problem(kind, fields)
        super().__init__(kind, fields)


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 or, as old spreadsheets save it, in Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(line: str) -> str:
    """Return the sign that separates the cells of a line."""
    return max(SEPARATORS, key=line.count)


def refuse_endless(text: str, allowed: TableLimits) -> None:
    """Refuse a text with so many lines, or accents, that reading it alone would take long.

    Raises
    ------
    TableError
        If it has.
    """
    lines = max(text.count("\n"), text.count("\r")) + 1
    if lines > allowed.rows * LINES_PER_ROW:
        raise TableError("too_many_rows", got=lines, allowed=allowed.rows)
    if has_stacked_marks(text):
        raise TableError("stacked_marks", allowed=MARKS)


def refuse_large(text: str, allowed: TableLimits, sign: str) -> None:
    """Refuse a table that exceeds a limit, blank rows included, without building it.

    Raises
    ------
    TableError
        If it does, or is no table.
    """
    refuse_endless(text, allowed)
    if '"' not in text:  # then a line is a row, which is quicker to count
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        columns = max(line.count(sign) for line in lines) + 1
        sound = len(lines) <= allowed.rows and columns <= allowed.columns
        sound = sound and len(lines) * columns <= allowed.cells
        if sound and max(map(len, lines)) <= allowed.characters:
            return
    for _ in rows_of(text, allowed, sign, blank=True):
        pass


def rows_of(
    text: str, allowed: TableLimits, sign: str = "", *, blank: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with the line where it begins.

    Parameters
    ----------
    text
        As `decoded`, whatever ends its lines.
    allowed
        Its limits; rows are counted without the first, cells with those that are filled up.
    sign
        What separates cells; if not given, the sign that is most frequent in the first line.
    blank
        Whether rows of empty cells are rows too.

    Raises
    ------
    TableError
        If the text is no table, or as soon as it exceeds a limit.
    """
    lines = io.StringIO(text, newline=None)
    first = next((line for line in lines if line.strip()), "")
    lines.seek(0)
    reader = csv.reader(lines, delimiter=sign or separator(first))
    begins, count, widest = 1, 0, 0
    try:
        for row in reader:
            _refuse_row(row, begins, allowed)
            if (blank and row) or any(cell and not cell.isspace() for cell in row):
                widest = max(widest, len(row))
                _refuse_table(count, widest, allowed)
                yield begins, row
                count += 1
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise TableError("not_csv", line=reader.line_num, got=str(fault)) from None


def _refuse_row(row: list[str], line: int, allowed: TableLimits) -> None:
    """Refuse a row with too many cells, or with too long a one."""
    if len(row) > allowed.columns:
        got = {"line": line, "got": len(row)}
        raise TableError("too_many_columns", **got, allowed=allowed.columns)
    longest = max(map(len, row), default=0)
    if longest > allowed.characters:
        got = {"line": line, "got": longest}
        raise TableError("long_cell", **got, allowed=allowed.characters)


def _refuse_table(rows: int, columns: int, allowed: TableLimits) -> None:
    """Refuse a table with too many rows after its first, or too many cells."""
    if rows > allowed.rows:
        raise TableError("too_many_rows", got=f"> {allowed.rows}", allowed=allowed.rows)
    if rows * columns > allowed.cells:
        raise TableError("too_many_cells", got=rows * columns, allowed=allowed.cells)
