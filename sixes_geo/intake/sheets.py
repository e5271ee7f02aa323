"""Tables as spreadsheets save them: comma or semicolon, UTF-8 or the older Windows letters."""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Sequence

import pandas as pd

from sixes_geo.errors import ChoiceError, Problem

LARGEST = 2_000_000
MOST_ROWS = 20_000
HINT = "mend_file"
FORMULA = ("=", "+", "-", "@")


def read_sheet(content: bytes, name: str, wanted: Sequence[str]) -> pd.DataFrame:
    """Read a table of texts; ``line`` is where each row stands in the file.

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
    text = _decoded(content)
    if "\0" in text or not text.strip():
        raise _refused(name, "no_table")
    first = text.lstrip("\r\n").splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    at = next(nth for nth, row in enumerate(rows) if any(cell.strip() for cell in row))
    heads = [cell.strip().lower() for cell in rows[at]]
    missing = [column for column in wanted if column not in heads]
    if missing:
        raise _refused(name, "missing_columns", got=", ".join(missing))
    if len(rows) > MOST_ROWS:
        raise _refused(name, "too_many_rows", got=len(rows), allowed=MOST_ROWS)
    places = {column: heads.index(column) for column in heads if column}
    table = [
        {
            "line": line,
            **{
                column: _bare(row[place].strip()) if place < len(row) else ""
                for column, place in places.items()
            },
        }
        for line, row in enumerate(rows[at + 1 :], start=at + 2)
        if any(cell.strip() for cell in row)
    ]
    return pd.DataFrame(table, columns=["line", *places], dtype="object")


def number(text: str) -> float | None:
    """Return a number as people write it, with comma or point; nothing where it is none.

    What could be read in two ways, such as 1.234,5, is none.
    """
    plain = text.strip().replace("\u2212", "-")
    if plain.count(",") + plain.count(".") > 1 or "_" in plain:
        return None
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def folded(text: str) -> str:
    """Return a name without accents and capitals, as people type it."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold().strip()


def cell(name: str, line: object, column: str, got: object, allowed: str) -> Problem:
    """Return the fault of one cell."""
    fields = {"path": name, "line": line, "column": column, "got": str(got)[:80]}
    return Problem("bad_cell", {**fields, "allowed": allowed})


def _bare(text: str) -> str:
    """Return a text without the mark that keeps spreadsheets from reading it as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def _decoded(content: bytes) -> str:
    """Return the text of a file."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refused(name: str, kind: str, **fields: object) -> ChoiceError:
    """Return the refusal of a whole file."""
    return ChoiceError("intake", [Problem(kind, {"path": name, **fields})], HINT)
