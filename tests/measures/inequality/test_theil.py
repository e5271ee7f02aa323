"""Theil's T and its parts against hand-worked, provable and published values."""

import math

import numpy as np
import pytest
from hypothesis import given

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import theil_t
from tests.measures.inequality.test_inequality import MEXICO
from tests.measures.tables import orders, rows, shuffled, table


def test_two_people_by_hand():
    # Shares 1/4 and 3/4 of the total: 1/4 ln(1/2) + 3/4 ln(3/2).
    result = theil_t([1, 3], [1, 1])

    assert result.total == pytest.approx(math.log(0.5) / 4 + 3 * math.log(1.5) / 4)
    assert (result.between, result.within) == (None, None)


def test_pysal_publishes_the_same_theil():
    # PySAL inequality, documentation of Theil: states count one each.
    assert theil_t(MEXICO, [1] * 32).total == pytest.approx(0.20894344, abs=1e-8)


def test_two_groups_by_hand():
    # Groups (1, 3) and (4, 8) of 16: between 1/4 ln(1/2) + 3/4 ln(3/2); within 1/4 of the T of
    # (1, 3), which is the same figure, and 3/4 of that of (1, 2).
    result = theil_t([1, 4, 3, 8], [1, 1, 1, 1], ["x", "y", "x", "y"])

    between = math.log(0.5) / 4 + 3 * math.log(1.5) / 4
    one_two = math.log(2 / 3) / 3 + 2 * math.log(4 / 3) / 3
    assert result.between == pytest.approx(between)
    assert result.within == pytest.approx(between / 4 + 3 * one_two / 4)


def test_having_nothing_stays_in_the_mean():
    # One of two has everything: ln 2.
    assert theil_t([0, 5], [1, 1]).total == pytest.approx(math.log(2))


def test_a_group_that_has_nothing_is_part_of_the_difference_between_groups():
    result = theil_t([0, 0, 5], [1, 1, 2], ["x", "x", "y"])

    assert result.between == pytest.approx(math.log(2))
    assert result.within == 0


def test_units_where_nobody_lives_need_neither_value_nor_group():
    result = theil_t([1, np.nan, 3], [1, 0, 1], ["x", None, "y"])

    assert result == theil_t([1, 3], [1, 1], ["x", "y"])


@given(rows)
def test_the_parts_add_up_to_the_total(units):
    city = table(units)

    result = theil_t(city["sites"], city["people"], city["income"])

    assert result.between + result.within == pytest.approx(result.total, abs=1e-9)
    assert min(result.between, result.within) >= -1e-12


@given(rows, orders)
def test_the_order_of_rows_does_not_matter(units, random):
    city = table(units)
    other = shuffled(city, random)

    result = theil_t(other["sites"], other["people"], other["income"])

    expected = theil_t(city["sites"], city["people"], city["income"])
    assert result.total == pytest.approx(expected.total, abs=1e-12)
    assert result.between == pytest.approx(expected.between, abs=1e-12)


@given(rows)
def test_one_group_has_everything_within_it(units):
    city = table(units)

    result = theil_t(city["sites"], city["people"], ["all"] * len(city))

    assert result.between == pytest.approx(0, abs=1e-12)
    assert result.within == pytest.approx(result.total, abs=1e-12)


def test_all_faults_are_refused_together():
    with pytest.raises(InputError) as caught:
        theil_t([0, 0], [1, -1], ["x"])

    assert caught.value.problems == (
        Problem("length", {"name": "`groups`", "found": 1, "other": "`values`", "expected": 2}),
        Problem("all_zero", {"name": "`values`", "total": 2}),
        Problem("negative", {"name": "`population`", "bad": 1, "total": 2, "units": "1"}),
    )
