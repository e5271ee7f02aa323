"""How names and cells are spelt: what is alike, what stays apart, what is no formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.names import DANGEROUS, alike, bare, file_name, neutral

SPELT = "'=+-@\t\r\n \u00a0\u3000＝＋－＠ab"


@given(st.text(alphabet=SPELT))
def test_a_cell_comes_back_as_it_was_and_is_no_formula_meanwhile(text):
    assert bare(neutral(text)) == text
    assert not neutral(text).startswith(DANGEROUS)
    assert not neutral(text).strip().startswith(DANGEROUS)


@given(st.text(alphabet=SPELT))
def test_a_reader_that_trims_cells_gives_a_formula_back_as_it_was(text):
    made = neutral(text)

    assert made == text or bare(made.lstrip()) == text


@pytest.mark.parametrize("text", ["\n=1", "\n", "＝1", "＋1", "－1", "＠sum", " =1", "\u00a0＝1"])
def test_wide_signs_line_ends_and_spaces_before_signs_are_disarmed_too(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["'quoted'", "Ana", "", "'", "O'Higgins"])
def test_a_mark_before_no_formula_is_left_alone(text):
    assert neutral(text) == bare(text) == text


def test_names_that_pass_for_one_another_are_alike():
    assert alike("sixes geo", "SixEs Geo")
    assert alike("IRAZABAL & JIRON (2020)", "Irazábal & Jirón (2020)")
    assert not alike("Ana", "Anna")


@pytest.mark.parametrize(
    ("one", "other"), [("José", "Jose"), ("李", "Группа"), ("a" * 80, "a" * 81)]
)
def test_two_names_never_share_a_file(one, other):
    assert file_name(one) != file_name(other)
    assert file_name(one).isascii()
