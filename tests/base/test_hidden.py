"""Signs that cannot be seen are found, written out, and never waited for."""

import time

import pytest

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.hidden import has_stacked_marks, hidden_in, visible, without_hidden
from sixes_geo.base.limits import MARKS, PROBLEMS
from sixes_geo.i18n import LANGUAGES, Translator

HIDDEN = "\u202e\u202a\u2066\u2069\u200f\u061c\x00\x1b\x7f\x9b\ud800"


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_sign_that_cannot_be_seen_is_told_by_its_code(sign):
    text = f"Ana{sign}b"

    assert hidden_in(text) == f"U+{ord(sign):04X}"
    assert visible(text) == f"Ana[U+{ord(sign):04X}]b"
    assert without_hidden(text) == "Anab"


@pytest.mark.parametrize("text", ["", "Ñuñoa\tSão\nJoão", "李 Группа", "שלום", "👩‍🔬"])
def test_letters_of_every_alphabet_are_no_hidden_signs(text):
    assert hidden_in(text) == ""
    assert visible(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_shows_every_sign_of_what_it_repeats(language):
    problems = [
        Problem("no_number", {"got": "\u202e12"}, "pla\u202ece"),
        Problem("no_place", {"got": "x", "many": dict.fromkeys(LANGUAGES, "a"), "ids": "\x1b[2J"}),
    ]

    told = ChoiceError("contribution", problems, "fix_file", where="\u2066.csv").explain(
        Translator(language)
    )

    assert hidden_in(told) == ""
    assert told.count("[U+202E]") == 2
    assert "[U+001B]" in told
    assert "[U+2066].csv" in told


def test_of_thousands_of_faults_the_first_are_told_and_how_many_more():
    problems = [Problem("no_number", {"got": str(nth)}, nth) for nth in range(1, 20_001)]

    told = str(ChoiceError("contribution", problems, "fix_file", where="x.csv"))

    assert f"line {PROBLEMS}: “{PROBLEMS}” is not a number" in told
    assert f"“{PROBLEMS + 1}”" not in told
    assert f"and {20_000 - PROBLEMS:,} more" in told
    assert len(told) < 5_000


def test_accents_without_end_are_found_before_they_are_composed():
    begun = time.perf_counter()

    assert has_stacked_marks("e" + "\u0301\u0316" * 500_000)

    assert time.perf_counter() - begun < 1
    assert has_stacked_marks("e" + "\u0301" * (MARKS + 1))
    assert not has_stacked_marks("e" + "\u0301" * MARKS + "a\u0301" * 1000)
    assert not has_stacked_marks("plain")
