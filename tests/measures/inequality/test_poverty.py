"""Poverty below a line against hand-worked, provable and published values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import fgt_poverty
from tests.measures.tables import BELO_HORIZONTE, rows, table


def test_three_units_by_hand():
    # A quarter have nothing (lack 1), a quarter half of the line (lack 1/2), half enough.
    result = fgt_poverty([0, 5, 12], [1, 1, 2], line=10)

    assert result == (0.5, 0.375, 0.3125)
    assert result.fgt1 == 0.375


def test_ipea_publishes_the_same_poverty():
    # R package accessibility, tests/testthat/test-fgt_poverty.R, lines of 100,000 and 10,000.
    city = BELO_HORIZONTE

    result = fgt_poverty(city["access"], city["people"], line=100_000)

    assert [round(value, 4) for value in result] == [1, 0.5588, 0.3256]
    assert fgt_poverty(city["access"], city["people"], line=10_000) == (0, 0, 0)


def test_who_is_at_the_line_is_not_below_it():
    assert fgt_poverty([10, 10], [1, 1], line=10) == (0, 0, 0)


def test_all_lack_everything_where_there_is_nothing():
    assert fgt_poverty([0, 0], [1, 3], line=2) == (1, 1, 1)


def test_what_nobody_has_may_be_missing():
    assert fgt_poverty([np.nan, 1], [0, 3], line=2) == (1, 0.5, 0.25)


@given(rows, st.integers(1, 60))
def test_the_gap_is_at_most_the_headcount_and_its_square_at_most_the_gap(units, line):
    city = table(units)

    result = fgt_poverty(city["sites"], city["people"], line)

    assert 0 <= result.fgt2 <= result.fgt1 <= result.fgt0 <= 1 + 1e-12


@given(rows, st.integers(1, 60), st.integers(2, 9))
def test_the_unit_of_the_line_does_not_matter(units, line, factor):
    city = table(units)

    result = fgt_poverty(city["sites"] * factor, city["people"], line * factor)

    assert result == pytest.approx(fgt_poverty(city["sites"], city["people"], line))


@pytest.mark.parametrize("line", [0, -1, np.inf])
def test_a_line_that_is_not_a_positive_number_is_refused(line):
    with pytest.raises(InputError) as caught:
        fgt_poverty([-1, 1], [1, 1], line=line)

    assert caught.value.problems == (
        Problem("negative", {"name": "`values`", "bad": 1, "total": 2, "units": "0"}),
        Problem("not_positive", {"name": "`line`", "found": line}),
    )
