"""Which signs can be drawn: those the fonts hold; the others are named and leave no empty box."""

import pytest
from fontTools.ttLib import TTFont

from sixes_geo.export.letters import drawable
from sixes_geo.export.pictures import FONTS


@pytest.fixture(scope="session")
def held():
    """Read what the fonts hold."""
    points = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path) as font:
            points |= set(font.getBestCmap())
    return points


def test_what_counts_as_drawable_is_what_the_fonts_hold(held):
    for point in [*range(0x20, 0x3000), *range(0xF000, 0x10000), *range(0x1F300, 0x1F700)]:
        sign = chr(point)
        if drawable(sign) == sign:
            assert point in held or sign == "\n"
        elif not sign.isspace() and drawable(sign).startswith("["):
            assert point not in held


def test_the_letters_of_our_three_languages_stay_as_they_are():
    text = "¿Ñandú, São Cristóvão, Medellín: “77 %” «ação» — ≤ 0,001 · −0,05 ½ €?"

    assert drawable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "a\nb"), ("a\tb", "a b"), ("日本", "[U+65E5][U+672C]"), ("a\u200bb", "ab")],
)
def test_what_no_font_has_is_named(text, shown):
    assert drawable(text) == shown
