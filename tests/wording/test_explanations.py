"""A page explains itself by its own figures, in every language."""

import pytest

from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.wording import zeros_words
from sixes_geo.wording.explanations import equity_lines, example

EN = Translator("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("options", [{}, {"unit": "zone"}, {"need": "poverty"}])
def test_every_explanation_is_written_out(measured, language, options):
    lines = equity_lines(measured(**options), Translator(language))

    assert len(lines) == 5
    assert zeros_words(measured(**options), Translator(language)) not in lines  # the page has it
    assert all("{" not in line and line for line in lines)


def test_the_example_is_the_widest_gap_and_its_figures_are_told(measured):
    # 04 holds 4 of 8 sensors and a tenth of the people: the gap is 40 points, the quotient 5.
    found = measured()
    one = example(found)

    assert one["name"] == "North East"
    text = " ".join(equity_lines(found, EN))
    assert "North East has 50.0% of all places of sensors" in text
    assert "+40.0 points" in text
    assert "quotient 5.00" in text


def test_what_sites_hold_is_explained_without_verdicts(measured):
    assert len(equity_lines(measured("docks", weight="capacity"), EN)) == 4


def test_nothing_measured_is_nothing_explained(measured):
    assert equity_lines(measured("programme"), EN) == []
