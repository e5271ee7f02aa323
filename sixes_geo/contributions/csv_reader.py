"""CSV files as spreadsheets save them: comma, semicolon or tab, UTF-8 or Windows-1252."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

from sixes_geo.base import limits
from sixes_geo.base.csv_rows import TableError, decoded, refuse_endless, rows_of
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.hidden import hidden_in
from sixes_geo.base.names import bare

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
    if len(content) > limits.CONTRIBUTION_BYTES:
        allowed = limits.CONTRIBUTION_BYTES
        raise _refused(name, "too_large", path=name, got=len(content), allowed=allowed)
    rows = _rows(content, name)
    if not rows:
        raise _refused(name, "no_table", path=name)
    heads = [cell.strip().lower() for cell in rows[0][1]]
    missing = [column for column in wanted if column not in heads]
    if missing:
        raise _refused(name, "missing_columns", path=name, got=", ".join(missing))
    places = {column: heads.index(column) for column in heads if column not in ("", "line")}
    return pd.DataFrame(
        {
            "line": [line for line, _ in rows[1:]],
            **{column: _cells(rows[1:], place) for column, place in places.items()},
        },
        columns=["line", *places],
        dtype="object",
    )


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
    return value + 0.0 if math.isfinite(value) else None  # zero has no sign


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


def _rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the line where it begins."""
    text = decoded(content)
    if "\0" in text:
        return []
    try:
        refuse_endless(text, limits.SHEET)
        rows = list(rows_of(unicodedata.normalize("NFC", text), limits.SHEET))
    except TableError as fault:
        raise refused(name, [fault.problem]) from None
    hidden = [
        Problem("hidden_sign", {"got": sign}, line)
        for line, row in rows
        for sign in [hidden_in(" ".join(row))]
        if sign
    ]
    if hidden:
        raise refused(name, hidden)
    return rows


def _cells(rows: Sequence[tuple[int, list[str]]], place: int) -> list[str]:
    """Return one column; what a row lacks is empty."""
    return [bare(row[place].strip()) if place < len(row) else "" for _, row in rows]


def _plain(text: str) -> str:
    """Return a number without spaces around it and with a plain minus sign."""
    return text.strip().replace("\u2212", "-")


def _refused(name: str, kind: str, **fields: object) -> ChoiceError:
    """Return the error for a file as a whole."""
    return refused(name, [Problem(kind, fields)])
