"""Tables as spreadsheets save them: comma or semicolon, UTF-8 or the older Windows letters."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.names import bare
from sixes_geo.contributions.files import LARGEST

MOST_ROWS = 20_000
HINT = "mend_file"
SIGNS = ",."

_TWO_READINGS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""A sign before three digits at the end: between thousands, or before decimals."""


def read_file(path: Path) -> bytes:
    """Return a file that somebody names, and never more of it than can be taken.

    Raises
    ------
    ChoiceError
        If it is too large.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        size = max(path.stat().st_size, len(content))
        raise _refused(path.name, "too_large", got=size, allowed=LARGEST)
    return content


def read_sheet(content: bytes, name: str, wanted: Sequence[str]) -> pd.DataFrame:
    """Read a table of texts; ``line`` is where each row begins in the file.

    Parameters
    ----------
    content
        The file.
    name
        What its reader calls it.
    wanted
        Columns it must have; others are left out.

    Raises
    ------
    ChoiceError
        If it is too large, no text, no table, or lacks columns.
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
    """Return the refusal of a file with all that is wrong with it."""
    return ChoiceError("contribution", tuple(problems), HINT, where=name)


def number(text: str, sign: str = "") -> float | None:
    """Return a number as people write it, with comma or point; nothing where it is none.

    What could be read in two ways is none: 1.234,5 never is a number, and 1,234 or 1.234 is one
    only where ``sign`` says that this is the sign before decimals.

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
    """Tell whether a number may be one of thousands or one with three decimals."""
    return _TWO_READINGS.fullmatch(_plain(text)) is not None


def decimal_sign(texts: Iterable[str]) -> str:
    """Return the sign that stands before decimals in the clear numbers among some; or none.

    Examples
    --------
    >>> decimal_sign(["1,234", "0,5"])
    ','
    >>> decimal_sign(["1,234", "0,5", "0.5"])
    ''
    """
    clear = [text for text in texts if number(text) is not None]
    found = [sign for sign in SIGNS if any(sign in text for text in clear)]
    return found[0] if len(found) == 1 else ""


def written(value: float) -> str:
    """Return a number so that it can be read in one way only.

    Examples
    --------
    >>> written(1.5), written(1.234)
    ('1.5', '1.2340')
    """
    text = repr(value)
    return text + "0" if has_two_readings(text) else text


def value_fault(text: str, at: int | str) -> Problem:
    """Return why a text is no number, with both ways out where it can be read in two."""
    got = {"got": text.strip()[:80]}
    if not has_two_readings(text):
        return Problem("no_number", got, at)
    plain = _plain(text)
    whole = plain.replace(",", "").replace(".", "")
    return Problem("two_readings", {**got, "whole": whole, "decimals": plain + "0"}, at)


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with the line where it begins."""
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
    """Return what stands between the cells of a line."""
    return max(",;\t", key=line.count)


def _plain(text: str) -> str:
    """Return a number without spaces around it and with the sign of keyboards."""
    return text.strip().replace("\u2212", "-")


def _decoded(content: bytes) -> str:
    """Return the text of a file, its letters composed as people type them."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", text)


def _refused(name: str, kind: str, **fields: object) -> ChoiceError:
    """Return the refusal of a whole file."""
    return refused(name, [Problem(kind, {"path": name, **fields})])
