"""Problems that many checks report: repeated, missing, or not on the list."""

from __future__ import annotations

from sixes_geo.base.errors import Problem, Words


def twice(got: str, first: object, at: int) -> Problem:
    """Return the fault of what stands in a file already."""
    return Problem("twice", {"got": got[:80], "first": str(first)}, at)


def left_out(names: Words, at: int = 0) -> Problem:
    """Return the fault of what was not filled in."""
    return Problem("left_out", {"names": names}, int(at))


def not_among(got: object, name: Words, allowed: Words | str, at: int = 0) -> Problem:
    """Return the fault of what no list allows."""
    fields = {"name": name, "got": str(got)[:80], "allowed": allowed}
    return Problem("not_among", fields, int(at))


def column_words(*columns: str) -> Words:
    """Return the words for columns of a file that a coder fills in."""
    return Words(tuple(f"errors.column.{one}" for one in columns), columns)
