"""Refusals of the file system: what could not be read or written, and why, in words."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError, Words

IRREGULAR = errno.ENODEV
"""What the system calls something that is no file but a device; here also a pipe or a socket."""

CAUSES: Mapping[int | None, str] = {
    errno.ENOENT: "absent",
    errno.ENOTDIR: "absent",
    errno.EISDIR: "folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "locked",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENAMETOOLONG: "long",
    errno.ENXIO: "irregular",
    IRREGULAR: "irregular",
}
"""The common reasons, by the number of the system's error."""


def version_of(path: Path) -> tuple[int, ...]:
    """Return numbers that change whenever a file is written or replaced.

    Size and time of the last change alone can be the same afterwards: copying tools keep the time.

    Raises
    ------
    OSError
        If there is no such file.
    """
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_size


def cause_of(fault: OSError) -> Words | str:
    """Return why the file system refused: in the reader's language if the reason is common."""
    cause = CAUSES.get(fault.errno)
    return Words((f"errors.cause.{cause}",)) if cause else fault.strerror or str(fault)


def refusal_of(fault: OSError) -> ChoiceError:
    """Return the error that tells what a command could not read or write, and why."""
    if fault.filename is None:
        problem = Problem("lost_output", {"got": cause_of(fault)})
    else:
        problem = Problem("unusable", {"path": _text(fault.filename), "got": cause_of(fault)})
    return ChoiceError("command", [problem], "check_path")


def start_of(path: Path, most: int) -> bytes:
    """Return the content of a file, of a too large one no more than shows that it is.

    Parameters
    ----------
    path
        As a person named it.
    most
        Bytes allowed; one more is read.

    Raises
    ------
    ChoiceError
        If it cannot be read, and why; also if it is no plain file, but a device or a pipe.
    """
    with _told(path, "unreadable_file"):
        return plain_start(path, most)


def plain_start(path: Path, most: int) -> bytes:
    """Return the content of a plain file, at most one byte more than is allowed.

    A pipe is not waited for, and a device, which may have no end, is not read.

    Raises
    ------
    OSError
        If it cannot be read, or is no plain file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(IRREGULAR, os.strerror(IRREGULAR), str(path))
        with os.fdopen(number, "rb", closefd=False) as file:
            return file.read(most + 1)
    finally:
        os.close(number)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Refuse in words where a file cannot be written, under the name that was asked for."""
    with _told(path, "unwritable"):
        yield


@contextmanager
def _told(path: Path, kind: str) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except SixesGeoError:  # some are errors of files as well, and have their words
        raise
    except OSError as fault:
        problem = Problem(kind, {"path": str(path), "got": cause_of(fault)})
        raise ChoiceError("command", [problem], "check_path") from None


def _text(name: object) -> str:
    """Return a file name as text; the system may have it in bytes, or as an open file's number."""
    return name.decode(errors="replace") if isinstance(name, bytes) else str(name)
