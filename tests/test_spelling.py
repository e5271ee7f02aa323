"""How names and cells are spelt: what is alike, what stays apart, what is no formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.spelling import DANGEROUS, alike, bare, file_name, neutral


@given(st.text(alphabet="'=+-@\t\rab"))
def test_a_cell_comes_back_as_it_was_and_is_no_formula_meanwhile(text):
    assert bare(neutral(text)) == text
    assert not neutral(text).startswith(DANGEROUS)


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
