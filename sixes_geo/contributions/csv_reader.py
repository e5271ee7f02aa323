"""CSV files as spreadsheets save them: comma, semicolon or tab, UTF-8 or Windows-1252."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.names import bare
from sixes_geo.contributions.files import LARGEST

MOST_ROWS = 20_000
HINT = "fix_file"
SIGNS = ",."

_TWO_READINGS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""A sign before the last three digits, which may separate thousands or decimals."""


def read_sheet(content: bytes, name: str, wanted: Sequence[str]) -> pd.DataFrame:
    """Read a CSV table as texts, with a column ``line``: the line where each row begins.

    Parameters
    ----------
    content
        The file, as bytes.
    name
        The name of the file, for errors.
    wanted
        Columns it must have.

    Raises
    ------
    ChoiceError
        If the file is too large, is no text or no table, or lacks columns.
    """
    if len(content) > LARGEST:
        raise _refused(name, "too_large", got=len(content), allowed=LARGEST)
    rows = _rows(_decoded(content), name)
    if not rows:
        raise _refused(name, "no_table")
    heads = [cell.strip().lower() for cell in rows[0][1]]
    missing = [column for column in wanted if column not in heads]
    if missing:
        raise _refused(name, "missing_columns", got=", ".join(missing))
    if len(rows) > MOST_ROWS:
        raise _refused(name, "too_many_rows", got=len(rows), allowed=MOST_ROWS)
    places = {column: heads.index(column) for column in heads if column not in ("", "line")}
    table = [
        {
            "line": line,
            **{
                column: bare(row[place].strip()) if place < len(row) else ""
                for column, place in places.items()
            },
        }
        for line, row in rows[1:]
    ]
    return pd.DataFrame(table, columns=["line", *places], dtype="object")


def refused(name: str, problems: Iterable[Problem]) -> ChoiceError:
    """Return the error for a file, with every fault in it."""
    return ChoiceError("contribution", tuple(problems), HINT, where=name)


def number(text: str, sign: str = "") -> float | None:
    """Return the number in a text, with decimal comma or point; None if it is no number.

    Ambiguous texts are no numbers: 1.234,5 never is, and 1,234 or 1.234 only if ``sign`` is given
    as the decimal sign in it.

    Examples
    --------
    >>> number("1,5"), number("1,234"), number("1,234", sign=",")
    (1.5, None, 1.234)
    """
    plain = _plain(text)
    if plain.count(",") + plain.count(".") > 1 or "_" in plain:
        return None
    if has_two_readings(plain) and (not sign or sign not in plain):
        return None
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def has_two_readings(text: str) -> bool:
    """Tell whether the sign in a number may separate thousands or decimals."""
    return _TWO_READINGS.fullmatch(_plain(text)) is not None


def decimal_sign(texts: Iterable[str]) -> str:
    """Return the decimal sign of the unambiguous numbers among some texts, or "" if unclear.

    Examples
    --------
    >>> decimal_sign(["1,234", "0,5"])
    ','
    >>> decimal_sign(["1,234", "0,5", "0.5"])
    ''
    """
    clear = [text for text in texts if number(text) is not None]
    signs = [sign for sign in SIGNS if any(sign in text for text in clear)]
    return signs[0] if len(signs) == 1 else ""


def written(value: float) -> str:
    """Return a number as a text that can be read in one way only.

    Examples
    --------
    >>> written(1.5), written(1.234)
    ('1.5', '1.2340')
    """
    text = repr(value)
    return text + "0" if has_two_readings(text) else text


def value_fault(text: str, at: int | str) -> Problem:
    """Return why a text is no number; an ambiguous one with both ways to write it."""
    got = {"got": text.strip()[:80]}
    if not has_two_readings(text):
        return Problem("no_number", got, at)
    plain = _plain(text)
    whole = plain.replace(",", "").replace(".", "")
    return Problem("two_readings", {**got, "whole": whole, "decimals": plain + "0"}, at)


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the line where it begins."""
    lines = io.StringIO(text, newline=None).getvalue().split("\n")  # whatever ends a line
    first = next((line for line in lines if line.strip()), "")
    if "\0" in text or not first:
        return []
    reader = csv.reader(iter(f"{line}\n" for line in lines), delimiter=_delimiter(first))
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise _refused(name, "not_csv", line=reader.line_num, got=str(fault)) from None
    return rows


def _delimiter(line: str) -> str:
    """Return the sign that separates the cells of a line."""
    return max(",;\t", key=line.count)


def _plain(text: str) -> str:
    """Return a number without spaces around it and with a plain minus sign."""
    return text.strip().replace("\u2212", "-")


def _decoded(content: bytes) -> str:
    """Return the text of a file, with composed letters (NFC)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", text)


def _refused(name: str, kind: str, **fields: object) -> ChoiceError:
    """Return the error for a file as a whole."""
    return refused(name, [Problem(kind, {"path": name, **fields})])
