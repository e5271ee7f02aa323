"""Valid inputs, changed at random: what a broken disk, a bad program or an enemy makes of them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from hypothesis import strategies as st

from sixes_geo.base.errors import SixesGeoError

ODD_BYTES = (b"\x00", b"\xff", b"\n", b"\r", b'"', b",", b"{", b"[", b"9" * 30, "\u202e".encode())
ODD_VALUES = (
    None, True, -1, 0, 1e308, 5e-324, -0.0, 10**30, "", "x" * 5_000, "\u202e", "\x00", "../x",
    [], {}, [[[]]], ["x", 1], {"es": 1}, "2026-13-01", "EPSG:999999999999", "=1+1", "own-x",
)  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    """Return bytes of which a few were replaced, cut out, repeated or put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(made))
        end = min(len(made), start + chance.choice((1, 1, 2, 4, 30, 400)))
        kind = chance.randrange(5)
        if kind == 0:
            made[start:end] = chance.randbytes(end - start)
        elif kind == 1:
            del made[start:end]
        elif kind == 2:
            made[start:start] = made[start:end]
        elif kind == 3:
            made[start:start] = chance.choice(ODD_BYTES)
        else:
            made[start : start + 1] = bytes([chance.choice((0, 1, 127, 128, 255))])
    return bytes(made)


def json_changed(content: bytes, chance: random.Random) -> bytes:
    """Return JSON of which a few values were replaced, removed or repeated."""
    value = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        holder, key = _somewhere(value, chance)
        if holder is None:
            continue
        kind = chance.randrange(4)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, list):
            holder.insert(key, deepcopy(holder[key]))
        else:
            holder[key] = deepcopy(chance.choice(ODD_VALUES))
    return json.dumps(value).encode()


def _somewhere(value, chance):
    """Return a list or an object inside a value, and one of its places."""
    holder, key = None, None
    while isinstance(value, dict | list) and value:
        holder, key = (
            value,
            chance.choice([*value] if isinstance(value, dict) else range(len(value))),
        )
        if chance.random() < 0.25:
            break
        value = value[key]
    return holder, key


def changed(examples: Sequence[bytes], *changes: Change) -> st.SearchStrategy[bytes]:
    """Return examples changed at random, for hypothesis."""
    return st.builds(
        lambda example, change, seed: change(example, random.Random(seed)),
        st.sampled_from(examples),
        st.sampled_from(changes or (bytes_changed,)),
        st.integers(0, 2**32),
    )


def corpus(examples: Sequence[bytes], count: int, *changes: Change) -> Iterator[bytes]:
    """Return many changed examples, the same each time."""
    for nth in range(count):
        chance = random.Random(nth)
        change = chance.choice(changes or (bytes_changed,))
        yield change(examples[nth % len(examples)], chance)


def refusal(read: Callable[[], object]) -> SixesGeoError | None:
    """Return how something was refused, None if it was read; any other error fails the test."""
    try:
        read()
    except SixesGeoError as error:
        line = str(error)
        assert "\n" not in line
        assert len(line) < 100_000
        return error
    return None
