"""Files of the store: read with a size limit, written atomically, never overwritten."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NoReturn, TypeVar

from sixes_geo.base.errors import ChoiceError, DataError, Problem, SixesGeoError
from sixes_geo.base.paths import cause_of, start_of

LARGEST = 2_000_000
"""Largest file that is read, in bytes."""

REMOVED = "removed"
"""Folder of removed files, beside the folder of their kind."""

T = TypeVar("T")


def read_each(
    paths: Iterable[Path], read: Callable[[Path], T]
) -> tuple[tuple[T, ...], tuple[SixesGeoError, ...]]:
    """Read files one by one; an invalid one does not stop the others from being read.

    Returns
    -------
    tuple
        The results, and the errors of the invalid files.
    """
    results: list[T] = []
    errors: list[SixesGeoError] = []
    for path in paths:
        try:
            results.append(read(path))
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
        got = {"got": max(stamp_of(path)[1], len(content)), "allowed": LARGEST}
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
        size = max(stamp_of(path)[1], len(content))
        problem = Problem("too_large", {"path": path.name, "got": size, "allowed": LARGEST})
        raise ChoiceError("contribution", [problem], "fix_file", where=path.name)
    return content


def refuse(path: Path, problems: Iterable[Problem]) -> NoReturn:
    """Raise the error for a file, with every fault in it."""
    raise DataError("contributions", tuple(problems), "fix_added", where=path.name) from None


def stamp_of(path: Path) -> tuple[int, int]:
    """Return the time of the last change and the size of a file; zeros if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def add(folder: Path, base: str, suffix: str, text: Callable[[str], str]) -> str:
    """Write a new file under the first free name, and return that name.

    Parameters
    ----------
    folder
        The folder to write to.
    base, suffix
        Its name; from the second file on a number is added.
    text
        Returns the content, given the name.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """

    def write(path: Path) -> None:
        with _draft(path, text(path.stem)) as draft:
            _link(draft, path)

    with _writing(folder / base):
        return _first_free(folder, base, suffix, write).stem


def put(path: Path, text: str) -> None:
    """Write a file as a whole or not at all; the previous version is set aside.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    with _writing(path), _draft(path, text) as draft:
        if path.exists():
            _copy_aside(path)
        draft.replace(path)


def set_aside(path: Path) -> None:
    """Move a file to the removed ones, without overwriting any of them.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    with _writing(path):
        _copy_aside(path)
        path.unlink(missing_ok=True)


def _start_of(path: Path) -> bytes:
    """Read a file, up to one byte more than is allowed."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _copy_aside(path: Path) -> None:
    """Keep the content of a file among the removed ones."""
    aside = path.parent.parent / REMOVED
    aside.mkdir(parents=True, exist_ok=True)
    _first_free(aside, path.stem, path.suffix, lambda free: _link(path, free))


def _first_free(folder: Path, base: str, suffix: str, make: Callable[[Path], None]) -> Path:
    """Make a file under the first free name, safely while others do the same."""
    for nth in count(1):
        path = folder / f"{base if nth == 1 else f'{base}-{nth}'}{suffix}"
        with suppress(FileExistsError):
            make(path)
            break
    return path


def _link(source: Path, path: Path) -> None:
    """Make a second name for a file; raise FileExistsError if the name is taken."""
    try:
        path.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        content = source.read_bytes()
        with path.open("xb") as file:
            file.write(content)


@contextmanager
def _draft(path: Path, text: str) -> Iterator[Path]:
    """Write a text to a temporary file beside its final place, under a unique name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid.uuid4().hex}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except OSError as fault:
        problem = Problem("unwritable", {"path": path.name, "got": cause_of(fault)})
        raise DataError("contributions", [problem], "name_registry") from None
