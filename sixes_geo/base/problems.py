"""Problems that many checks report: values that are repeated, missing, or not allowed."""

from __future__ import annotations

from sixes_geo.base.errors import Problem, Words


def repeated(got: str, first: object, at: int) -> Problem:
    """Return the fault of what a file has already, with the line of the first time."""
    return Problem("twice", {"got": got[:80], "first": str(first)}, at)


def left_out(names: Words, at: int = 0) -> Problem:
    """Return the fault of fields that were not filled in."""
    return Problem("left_out", {"names": names}, int(at))


def not_among(got: object, name: Words, allowed: Words | str, at: int = 0) -> Problem:
    """Return the fault of a value that is not allowed."""
    fields = {"name": name, "got": str(got)[:80], "allowed": allowed}
    return Problem("not_among", fields, int(at))


def column_words(*columns: str) -> Words:
    """Return the words for columns of a file of tags, with the columns."""
    return Words(tuple(f"errors.column.{column}" for column in columns), columns)
