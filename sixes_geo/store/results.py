"""Results that take long to compute, kept on disk for the next page, command or start.

A result is found by its name, by a key that changes with the data it rests on, and by the code
that computed it: an update of either makes it absent. What cannot be read, was cut short or
altered, or belongs to another result, is absent too, and replaced. So whatever happens to the
folder, a reader gets the same figures, sooner or later.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from sixes_geo import __version__

FOLDER_VARIABLE = "SIXES_CACHE"
"""The environment variable that names the folder of results, if not the user's own."""

MOST_BYTES = 256 * 1024**2
"""Results kept at a time; when there are more, the least recently used goes first."""

SUFFIX, UNFINISHED = ".kept", ".part"

_PACKAGE = Path(__file__).resolve().parents[1]
_logger = logging.getLogger(__name__)

T = TypeVar("T")


def folder() -> Path:
    """Return the folder of results."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("sixes-geo", appauthor=False) / "results"


def kept_record(name: str, key: str, compute: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return a result of plain values, computed only if it is not on disk.

    Parameters
    ----------
    name
        What is computed, one name per kind of result.
    key
        Identifies the arguments, and changes with the data behind them.
    compute
        Makes the result: texts, finite numbers, true, false, None, and lists and dictionaries of
        them.

    Returns
    -------
    The result as JSON gives it back, whether it was on disk or not: tuples are lists.
    """
    return _kept(name, key, compute, _record_bytes, json.loads)


def kept_array(name: str, key: str, compute: Callable[[], npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Return an array of numbers, computed only if it is not on disk.

    Parameters
    ----------
    name
        What is computed, one name per kind of result.
    key
        Identifies the arguments, and changes with the data behind them.
    compute
        Makes the array.
    """
    return _kept(name, key, compute, _array_bytes, _array)


def _kept(
    name: str,
    key: str,
    compute: Callable[[], T],
    write: Callable[[T], bytes],
    read: Callable[[bytes], T],
) -> T:
    """Return what is on disk, or compute it and put it there."""
    identity = json.dumps([name, key, __version__, np.__version__, _code()])
    path = folder() / f"{name}-{hashlib.sha256(identity.encode()).hexdigest()[:32]}{SUFFIX}"
    body = _body(path, identity)
    if body is None:
        body = write(compute())
        _put(path, _head(identity, body) + body)
    return read(body)


def _head(identity: str, body: bytes) -> bytes:
    """Return the first line of a file: what it holds, and the checksum of what follows."""
    return f"{identity} {hashlib.sha256(body).hexdigest()}\n".encode()


def _body(path: Path, identity: str) -> bytes | None:
    """Return what a file holds, and mark it as used; None if it is absent or not what it says."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    if head + b"\n" != _head(identity, body):
        return None
    with suppress(OSError):
        os.utime(path)
    return body


def _put(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it, and make room for it.

    A folder that cannot be written costs time, not an answer: it is logged once.
    """
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(UNFINISHED, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(unfinished).replace(path)
        _make_room(path.parent)
    except OSError as fault:
        _report(str(path.parent), fault.strerror or type(fault).__name__)
        if unfinished is not None:
            with suppress(OSError):
                Path(unfinished).unlink(missing_ok=True)


def _make_room(place: Path) -> None:
    """Remove the least recently used files of ours until the others fit."""
    files = []
    for path in (*place.glob(f"*{SUFFIX}"), *place.glob(f"*{UNFINISHED}")):
        with suppress(OSError):  # another process may have removed it
            stat = path.stat()
            files.append((stat.st_mtime_ns, stat.st_size, path))
    total = 0
    for _, size, path in sorted(files, reverse=True):
        total += size
        if total > MOST_BYTES:
            with suppress(OSError):  # in use on Windows: it goes next time
                path.unlink(missing_ok=True)


@cache
def _report(place: str, fault: str) -> None:
    """Log, once, that results cannot be kept."""
    _logger.warning("cannot keep results in %s (%s): they are computed each time", place, fault)


@cache
def _code() -> str:
    """Return a checksum of our code: results of other code may be other results."""
    checksum = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        checksum.update(path.read_bytes())
    return checksum.hexdigest()[:16]


def _record_bytes(record: object) -> bytes:
    """Return plain values as JSON."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode()


def _array_bytes(array: npt.NDArray[Any]) -> bytes:
    """Return an array in numpy's own format."""
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def _array(body: bytes) -> npt.NDArray[Any]:
    """Return the array of a file."""
    array: npt.NDArray[Any] = np.load(io.BytesIO(body), allow_pickle=False)
    return array
