"""Frames: what a server and its workers write to each other, with nothing in them to unpickle.

A frame is the length of its head, the head as JSON, and bodies of bytes one after the other. The
head says what the frame is about, the plain values of its record, and the name and length of each
body. Neither side believes the other: whatever is too long, cut short or no JSON is refused.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn

LENGTH = struct.Struct(">I")
MOST_HEAD, MOST_BODIES = 64_000_000, 256_000_000
"""Bytes of the head of a frame, and of all its bodies: a snapshot and its preview have a tenth."""

Record = dict[str, Any]
"""What a task takes and returns: plain values, and bytes at the top level only."""


class FrameError(ValueError):
    """A frame that is too long, cut short, or none of ours."""


@dataclass(frozen=True)
class Frame:
    """What is written: what it is about, and a record."""

    head: Mapping[str, Any]
    record: Record = field(default_factory=dict)


def write_frame(stream: BinaryIO, frame: Frame) -> None:
    """Write a frame.

    Raises
    ------
    FrameError
        If it is too long, or not made of plain values and bytes.
    """
    bodies = {name: value for name, value in frame.record.items() if isinstance(value, bytes)}
    values = {name: value for name, value in frame.record.items() if name not in bodies}
    lengths = [[name, len(body)] for name, body in bodies.items()]
    told = {"head": dict(frame.head), "values": values, "bodies": lengths}
    try:
        head = json.dumps(told, allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as fault:
        raise FrameError(str(fault)) from None
    if len(head) > MOST_HEAD or sum(map(len, bodies.values())) > MOST_BODIES:
        raise FrameError("too long")
    stream.write(LENGTH.pack(len(head)) + head)
    for body in bodies.values():
        stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Return the next frame, None at the end of the stream.

    Raises
    ------
    FrameError
        If it is too long, cut short, or none of ours.
    """
    start = stream.read(LENGTH.size)
    if not start:
        return None
    if len(start) < LENGTH.size:
        raise FrameError("cut short")
    (length,) = LENGTH.unpack(start)
    if length > MOST_HEAD:
        raise FrameError("too long")
    try:
        told = json.loads(_whole(stream, length), parse_constant=_refuse)
        head, record = dict(told["head"]), dict(told["values"])
        lengths = [(_text(name), _size(size)) for name, size in told["bodies"]]
    except FrameError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise FrameError(f"no frame: {type(fault).__name__}") from None
    if sum(size for _, size in lengths) > MOST_BODIES:
        raise FrameError("too long")
    return Frame(head, record | {name: _whole(stream, size) for name, size in lengths})


def as_passed(record: Record) -> Record:
    """Return a record as it arrives on the other side: tuples are lists, names are texts.

    Raises
    ------
    FrameError
        If it cannot be passed.
    """
    bodies = {name: value for name, value in record.items() if isinstance(value, bytes)}
    values = {name: value for name, value in record.items() if name not in bodies}
    try:
        return dict(json.loads(json.dumps(values, allow_nan=False))) | bodies
    except (TypeError, ValueError, RecursionError) as fault:
        raise FrameError(str(fault)) from None


def _whole(stream: BinaryIO, length: int) -> bytes:
    """Return so many bytes."""
    content = stream.read(length)
    if len(content) < length:
        raise FrameError("cut short")
    return content


def _refuse(name: str) -> NoReturn:
    """Refuse NaN and infinities, which are not JSON."""
    raise FrameError(name)


def _text(value: object) -> str:
    """Return a name; a TypeError if it is none."""
    if isinstance(value, str):
        return value
    raise TypeError


def _size(value: object) -> int:
    """Return a length; a TypeError if it is none."""
    if isinstance(value, int) and value >= 0:
        return value
    raise TypeError
