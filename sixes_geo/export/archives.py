"""Archives (ZIP) from outside: counted and measured before they are listed, bounded when unpacked.

Nothing is ever written to a disk, and an archive in an archive stays closed: what its files are
called and what they hold cannot do more than differ from the manifest.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError, Problem

HINT = "bring_whole"

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    struct.error,
)
"""Errors that a damaged archive can raise."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1
"""The bit of an entry that tells so."""

_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_LONGEST_END = _END.size + 65_535
"""The last record of an archive, which has a comment behind it."""

_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGN = b"PK\x06\x07"
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LARGE_END_SIGN = b"PK\x06\x06"
"""What stands before it in an archive of more than 65,535 files or 4 GB (ZIP64)."""


def refused(kind: str, **fields: object) -> ChoiceError:
    """Return the error that refuses the whole file."""
    return ChoiceError("reopen", [Problem(kind, fields)], HINT, where=str(fields["path"]))


def names_in(content: bytes, name: str) -> list[str]:
    """Return the names of the files in an archive; none if it is damaged.

    Raises
    ------
    ChoiceError
        If there are more than allowed.
    """
    _refuse_long_list(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()
    except DAMAGE:
        return []


def unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """Return the files in an archive.

    Raises
    ------
    ChoiceError
        If it exceeds a limit, names a file twice, is encrypted or packed in another way.
    zipfile.BadZipFile
        If it is damaged; see `DAMAGE` for other errors.
    """
    _refuse_long_list(content, name)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        _refuse_entries(entries, name)
        return {entry.filename: _read(packed, entry) for entry in entries}


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one file, never more of it than its entry says."""
    with packed.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile
    return content


def _refuse_entries(entries: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuse files that are too many or too large, or that are not packed as ours are."""
    if len(entries) > limits.MEMBERS:
        raise refused("too_many_files", path=name, got=len(entries), allowed=limits.MEMBERS)
    size, most = sum(entry.file_size for entry in entries), limits.SNAPSHOT_BYTES
    if size > most:
        raise refused("too_large", path=name, got=size, allowed=most)
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > limits.RATIO_FROM and ratio > limits.RATIO:
            raise refused("too_packed", path=name, got=ratio, allowed=limits.RATIO)
    twice = len({entry.filename for entry in entries}) < len(entries)
    foreign = any(
        entry.compress_type not in PACKINGS or entry.flag_bits & ENCRYPTED for entry in entries
    )
    if twice or foreign:
        raise refused("no_snapshot", path=name)


def _refuse_long_list(content: bytes, name: str) -> None:
    """Refuse an archive whose list is too long, before Python makes an object of each entry.

    Both the number of files and the size of the list are looked at: either may be a lie.
    """
    files, size = _announced(content)
    if files > limits.MEMBERS:
        raise refused("too_many_files", path=name, got=files, allowed=limits.MEMBERS)
    if size > limits.MEMBERS * limits.MEMBER_RECORD_BYTES:
        most = limits.MEMBERS * limits.MEMBER_RECORD_BYTES
        raise refused("too_large", path=name, got=size, allowed=most)


def _announced(content: bytes) -> tuple[int, int]:
    """Return how many files an archive says it has, and the bytes of their list.

    Every last record that a reader could take for the true one counts.
    """
    tail = content[-_LONGEST_END:]
    before = len(content) - len(tail)
    files = size = 0
    at = tail.find(_END_SIGN)
    while at >= 0:
        if at + _END.size <= len(tail):
            _, _, _, _, told, length, _, _ = _END.unpack_from(tail, at)
            large = _large(content, before + at)
            files, size = max(files, told, large[0]), max(size, length, large[1])
        at = tail.find(_END_SIGN, at + 1)
    return files, size


def _large(content: bytes, end: int) -> tuple[int, int]:
    """Return the same from the records of a large archive, zeros if it has none."""
    start = end - _LOCATOR.size
    if start < 0 or content[start : start + 4] != _LOCATOR_SIGN:
        return 0, 0
    _, _, offset, _ = _LOCATOR.unpack_from(content, start)
    found = (0, 0)
    for at in (offset, start - _LARGE_END.size):
        if 0 <= at <= len(content) - _LARGE_END.size and content[at : at + 4] == _LARGE_END_SIGN:
            *_, files, size, _ = _LARGE_END.unpack_from(content, at)
            found = max(found[0], files), max(found[1], size)
    return found
