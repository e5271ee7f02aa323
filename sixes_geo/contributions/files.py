"""Files that people bring or have put in the folder of earlier versions: read with a size limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn, TypeVar

from sixes_geo.base.errors import ChoiceError, DataError, Problem, SixesGeoError
from sixes_geo.base.paths import cause_of, start_of, version_of

LARGEST = 2_000_000
"""Largest file that is read, in bytes."""

S = TypeVar("S")
T = TypeVar("T")


def read_each(
    sources: Iterable[S], read: Callable[[S], T]
) -> tuple[tuple[T, ...], tuple[SixesGeoError, ...]]:
    """Read sources one by one; an invalid one does not stop the others from being read.

    Returns
    -------
    tuple
        The results, and the errors of the invalid sources.
    """
    results: list[T] = []
    errors: list[SixesGeoError] = []
    for source in sources:
        try:
            results.append(read(source))
        except SixesGeoError as error:
            errors.append(error)
    return tuple(results), tuple(errors)


def content_of(path: Path) -> bytes:
    """Return the content of a file of at most `LARGEST` bytes.

    Raises
    ------
    DataError
        If there is no such file, or it cannot be read or is too large.
    """
    try:
        content = _start_of(path) if path.is_file() else None
    except OSError as fault:
        refuse(path, [Problem("unreadable", {"got": cause_of(fault)})])
    if content is None:
        refuse(path, [Problem("missing_file", {"path": path.name})])
    if len(content) > LARGEST:
        got = {"got": max(size_of(path), len(content)), "allowed": LARGEST}
        refuse(path, [Problem("too_large", {"path": path.name, **got})])
    return content


def given_content(path: Path) -> bytes:
    """Return the content of a file that a person named, of at most `LARGEST` bytes.

    Raises
    ------
    ChoiceError
        If it cannot be read or is too large.
    """
    content = start_of(path, LARGEST)
    if len(content) > LARGEST:
        size = max(size_of(path), len(content))
        problem = Problem("too_large", {"path": path.name, "got": size, "allowed": LARGEST})
        raise ChoiceError("contribution", [problem], "fix_file", where=path.name)
    return content


def refuse(path: Path, problems: Iterable[Problem]) -> NoReturn:
    """Raise the error for a file, with every fault in it."""
    raise DataError("contributions", tuple(problems), "fix_added", where=path.name) from None


def size_of(path: Path) -> int:
    """Return the size of a file; zero if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what changes whenever a file is written or replaced; nothing if there is none."""
    try:
        return version_of(path)
    except OSError:
        return ()


def _start_of(path: Path) -> bytes:
    """Read a file, up to one byte more than is allowed."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
