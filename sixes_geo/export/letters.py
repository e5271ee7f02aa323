"""Which characters the fonts of a snapshot have; all others are written as a code."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).parent / "fonts" / "coverage.json"


def drawable(text: str) -> str:
    """Return a text in which characters without a glyph are replaced by their code.

    Line ends stay. Characters that only change how others look are left out.
    """
    return "".join(
        character if character == "\n" or _has(ord(character)) else _code(character)
        for character in text
        if not _is_invisible(character)
    )


def _is_invisible(character: str) -> bool:
    """Tell whether a character has no glyph: a joiner, a direction mark, a variation selector."""
    return (
        "\ufe00" <= character <= "\ufe0f"
        or character in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    )


def _code(character: str) -> str:
    """Return the code of a character that cannot be drawn; controls become spaces."""
    return " " if character.isspace() or ord(character) < ord(" ") else f"[U+{ord(character):04X}]"


def _has(point: int) -> bool:
    """Tell whether our fonts have a character."""
    at = bisect_right(_starts(), point) - 1
    return at >= 0 and point <= _ranges()[at][1]


@cache
def _ranges() -> list[tuple[int, int]]:
    """Return the ranges of characters that our fonts have, in order."""
    ranges = json.loads(COVERAGE.read_text(encoding="utf-8"))
    return [(first, last) for first, last in ranges]


@cache
def _starts() -> list[int]:
    """Return the start of each range."""
    return [first for first, _ in _ranges()]
