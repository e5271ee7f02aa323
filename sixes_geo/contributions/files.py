"""Files of the registry: read with care, written whole or not at all, never over one another."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NoReturn, TypeVar

from sixes_geo.base.errors import DataError, Problem, SixesGeoError

LARGEST = 2_000_000
"""Bytes of the largest file that is read."""

REMOVED = "removed"
"""Where files lie that are out of use, beside the folder of their kind."""

T = TypeVar("T")


def read_each(
    paths: Iterable[Path], read: Callable[[Path], T]
) -> tuple[tuple[T, ...], tuple[SixesGeoError, ...]]:
    """Read files one by one; what is refused of one does not keep the others from being read.

    Returns
    -------
    tuple
        What was read, and the refusals.
    """
    found: list[T] = []
    refused: list[SixesGeoError] = []
    for path in paths:
        try:
            found.append(read(path))
        except SixesGeoError as refusal:
            refused.append(refusal)
    return tuple(found), tuple(refused)


def content_of(path: Path) -> bytes:
    """Return what a file holds, never more than `LARGEST`.

    Raises
    ------
    DataError
        If it is no file, cannot be read or is too large.
    """
    try:
        content = _start_of(path) if path.is_file() else None
    except OSError as fault:
        refuse(path, [Problem("unreadable", {"got": fault.strerror or ""})])
    if content is None:
        refuse(path, [Problem("missing_file", {"path": path.name})])
    if len(content) > LARGEST:
        got = {"got": max(stamp_of(path)[1], len(content)), "allowed": LARGEST}
        refuse(path, [Problem("too_large", {"path": path.name, **got})])
    return content


def refuse(path: Path, problems: Iterable[Problem]) -> NoReturn:
    """Refuse a file with all that is wrong with it."""
    raise DataError("contributions", tuple(problems), "mend_added", where=path.name) from None


def stamp_of(path: Path) -> tuple[int, int]:
    """Return what changes with a file, its size last; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def add(place: Path, base: str, suffix: str, text: Callable[[str], str]) -> str:
    """Write a new file under the first name that is free, and return that name.

    Parameters
    ----------
    place
        Its folder.
    base, suffix
        Its name, to which a number is added from the second on.
    text
        What it holds, by the name it gets.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """

    def write(path: Path) -> None:
        with _draft(path, text(path.stem)) as draft:
            _name_also(draft, path)

    with _writing(place / base):
        return _first_free(place, base, suffix, write).stem


def put(path: Path, text: str) -> None:
    """Write a file as a whole or not at all; what it held before is set aside.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    with _writing(path), _draft(path, text) as draft:
        if path.exists():
            _name_aside(path)
        draft.replace(path)


def set_aside(path: Path) -> None:
    """Move a file out of use, to where nothing is overwritten.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    with _writing(path):
        _name_aside(path)
        path.unlink(missing_ok=True)


def _start_of(path: Path) -> bytes:
    """Read a file, and no more of it than tells that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _name_aside(path: Path) -> None:
    """Keep what a file holds among what is out of use."""
    aside = path.parent.parent / REMOVED
    aside.mkdir(parents=True, exist_ok=True)
    _first_free(aside, path.stem, path.suffix, lambda free: _name_also(path, free))


def _first_free(place: Path, base: str, suffix: str, make: Callable[[Path], None]) -> Path:
    """Make a file under the first name that nobody has, also while others look for one."""
    for nth in count(1):
        path = place / f"{base if nth == 1 else f'{base}-{nth}'}{suffix}"
        with suppress(FileExistsError):
            make(path)
            break
    return path


def _name_also(source: Path, path: Path) -> None:
    """Give a file a further name, unless something has that name already."""
    try:
        path.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        content = source.read_bytes()
        with path.open("xb") as file:
            file.write(content)


@contextmanager
def _draft(path: Path, text: str) -> Iterator[Path]:
    """Write a text whole beside where it is to stand, under a name that nobody else uses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid.uuid4().hex}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Refuse what the disk refuses."""
    try:
        yield
    except OSError as fault:
        problem = Problem("unwritable", {"path": path.name, "got": fault.strerror or ""})
        raise DataError("contributions", [problem], "name_registry") from None
