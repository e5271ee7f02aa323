"""Which signs the fonts of a snapshot can draw; one that none of them has is named instead."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).parent / "fonts" / "coverage.json"


def drawable(text: str) -> str:
    """Return a text in which every sign that no font of ours can draw is named instead.

    Ends of lines stay. A sign that only changes how its neighbour looks is left out.
    """
    return "".join(
        one if one == "\n" or _has(ord(one)) else _named(one) for one in text if not _unseen(one)
    )


def _unseen(sign: str) -> bool:
    """Tell whether a sign is none of its own: a joiner, a mark of direction, a kind of look."""
    return "\ufe00" <= sign <= "\ufe0f" or sign in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _named(sign: str) -> str:
    """Name a sign that cannot be drawn; other spaces and controls are spaces."""
    return " " if sign.isspace() or ord(sign) < ord(" ") else f"[U+{ord(sign):04X}]"


def _has(point: int) -> bool:
    """Tell whether a font of ours has a sign; controls are none."""
    at = bisect_right(_starts(), point) - 1
    return at >= 0 and point <= _ranges()[at][1]


@cache
def _ranges() -> list[tuple[int, int]]:
    """Return the ranges of signs that our fonts have, in their order."""
    ranges = json.loads(COVERAGE.read_text(encoding="utf-8"))
    return [(first, last) for first, last in ranges]


@cache
def _starts() -> list[int]:
    """Return where the ranges begin."""
    return [first for first, _ in _ranges()]
