"""What is wrong with what people give is told by names they know, and briefly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import DESCRIBED

from sixes_geo.contributions.checks import described_faults, shortened_ids
from sixes_geo.i18n import LANGUAGES, Translator


def told(language="en", at=0, **described):
    tr = Translator(language)
    faults = described_faults(DESCRIBED | described, 2026.0, ("district", "initiative"), at)
    return [one.text(tr) for one in faults]


def test_what_is_whole_has_no_fault():
    assert told() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_missing_is_one_fault_with_the_names_of_the_form(language):
    tr = Translator(language)

    (said,) = told(language, name=" ", question="", e="")

    names = ", ".join(tr(f"contributions.field.{one}") for one in ("name", "question", "e"))
    assert said == tr("errors.problem.left_out", names=names)


def test_in_a_file_the_column_stands_beside_the_name():
    assert told(at=2, authors="") == ["line 2: missing: Authors (authors)"]


def test_what_a_list_does_not_allow_is_told_with_the_words_of_the_list():
    (said,) = told("pt", e="alegria")

    assert "eficiência, economia, ecologia, equidade" in said


@pytest.mark.parametrize(
    ("ids", "short"),
    [
        (["01", "02", "03", "50"], "01–03, 50"),
        (["1", "10", "2", "9"], "1–2, 9–10"),
        (["7"], "7"),
        (["docks", "centre"], "centre, docks"),
        ([str(one) for one in range(1, 40, 2)], "1, 3, 5, 7, 9, …"),
        ([], ""),
    ],
)
def test_ids_are_told_in_short(ids, short):
    assert shortened_ids(ids) == short


@given(st.lists(st.text(max_size=4), max_size=200))
def test_ids_of_any_kind_and_number_are_told_in_a_few(ids):
    assert shortened_ids(ids).count("…") <= 1 + sum("…" in one for one in ids)
