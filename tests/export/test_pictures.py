"""The charts of a snapshot have the numbers of its language, as those of the pages do."""

import re

import pytest

from sixes_geo.export.pictures import chart_svg
from sixes_geo.i18n import LANGUAGES, Translator


def texts_in(svg):
    return re.findall(r">([^<>]+)</text>", svg)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ticks_of_the_index_are_written_as_the_language_writes_numbers(toy_snapshot, language):
    texts = texts_in(chart_svg(toy_snapshot(language=language), "strip"))

    wanted = [Translator(language).signed(value, 1) for value in (-1, -0.5, 0.5, 1)]
    assert set(wanted) <= set(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("picture", ["curve", "quintiles"])
def test_ticks_of_shares_are_written_as_the_language_writes_them(toy_snapshot, language, picture):
    texts = texts_in(chart_svg(toy_snapshot(language=language), picture))

    tr = Translator(language)
    assert {tr.percent(0, 0), tr.percent(0.2, 0)} <= set(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_the_verdicts_are_complete(toy_snapshot, language):
    texts = texts_in(chart_svg(toy_snapshot(language=language), "strip"))

    tr = Translator(language)
    for name in ("better_off", "worse_off", "even", "cannot_tell"):
        assert tr(f"strip.verdict.{name}") in texts
