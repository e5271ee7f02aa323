"""Frames: what one side writes the other reads, and whatever is no frame is refused."""

import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sixes_geo.workers.frames import (
    LENGTH,
    MOST_BODIES,
    MOST_HEAD,
    Frame,
    FrameError,
    as_passed,
    read_frame,
    write_frame,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False).map(abs),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: value != float("inf") and "Infinity" not in json.dumps(value))
RECORDS = st.dictionaries(st.text(), PLAIN | st.binary(), max_size=5)


def written(frame):
    stream = io.BytesIO()
    write_frame(stream, frame)
    return stream.getvalue()


def raw(told, bodies=b""):
    head = told if isinstance(told, bytes) else json.dumps(told).encode()
    return LENGTH.pack(len(head)) + head + bodies


@given(RECORDS)
def test_a_frame_arrives_as_it_was_written_and_where_nothing_is_written_too(record):
    stream = io.BytesIO(written(Frame({"kind": "x"}, record)) * 2)

    assert read_frame(stream) == read_frame(stream) == Frame({"kind": "x"}, as_passed(record))
    assert read_frame(stream) is None


@given(st.binary(max_size=60))
@example(raw(b"[" * 100_000))
@example(raw(b"9" * 5_000))
@example(raw({"head": {}, "values": {}, "bodies": [["x", 5]]}, b"1234"))
@example(raw({"head": {}, "values": {}, "bodies": [["x", -1]]}))
@example(raw({"head": {}, "values": {}, "bodies": [["x", MOST_BODIES + 1]]}))
@example(raw({"head": {}, "values": {}, "bodies": [[1, 1]]}, b"1"))
@example(raw({"head": {}, "values": {}, "bodies": 3}))
@example(raw({"head": 3, "values": {}, "bodies": []}))
@example(raw(b'{"head": {}, "values": {"x": NaN}, "bodies": []}'))
@example(LENGTH.pack(MOST_HEAD + 1))
@example(
    b"\x80\x04\x95\x0f\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
)
def test_what_is_no_frame_is_refused_and_never_waited_for(content):
    if content:
        with pytest.raises(FrameError):
            read_frame(io.BytesIO(content))


def test_what_cannot_be_passed_is_refused_on_both_ways():
    for record in ({"x": {1}}, {"x": float("nan")}, {"x": {"y": b""}}, {"x": object()}):
        for refuse in (as_passed, lambda record: written(Frame({}, record))):
            with pytest.raises(FrameError):
                refuse(record)
    with pytest.raises(FrameError, match="too long"):
        written(Frame({}, {"x": bytes(MOST_BODIES + 1)}))
