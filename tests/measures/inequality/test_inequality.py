"""Lorenz, Gini, Hoover and Palma against hand-worked, provable and published values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import gini_index, hoover_index, lorenz_curve, palma_ratio
from tests.measures.tables import BELO_HORIZONTE, orders, rows, shuffled, table

# Income per head of the 32 states of Mexico, 1940: PySAL, libpysal/examples/mexico/mexico.csv.
MEXICO = [
    10384, 22361, 9573, 3758, 2934, 8578, 8537, 6909, 17816, 12132, 4359, 2181, 4414, 5309,
    3408, 3327, 6936, 4836, 9073, 1892, 3569, 11016, 21965, 4372, 4840, 6399, 2459, 7508,
    3605, 5203, 7990, 3734,
]  # fmt: skip

INDICES = [gini_index, hoover_index]


def test_four_people_by_hand():
    # Values 1, 2, 3, 6 of 12: area under the Lorenz curve (1 + 4 + 9 + 18) / 96 = 1/3, so
    # Gini 1/3; above the mean of 3 stand 3 of 12.
    assert gini_index([6, 1, 3, 2], [1, 1, 1, 1]) == pytest.approx(1 / 3)
    assert hoover_index([6, 1, 3, 2], [1, 1, 1, 1]) == pytest.approx(0.25)
    curve = lorenz_curve([6, 1, 3, 2], [1, 1, 1, 1])
    assert curve["value_share"].tolist() == pytest.approx([0, 1 / 12, 3 / 12, 6 / 12, 1])
    assert curve.columns.tolist() == ["people_share", "value_share"]


def test_pysal_publishes_the_same_gini():
    # PySAL inequality, documentation of Gini: states count one each.
    assert gini_index(MEXICO, [1] * 32) == pytest.approx(0.3537237117, abs=1e-10)


def test_ipea_publishes_the_same_gini():
    # R package accessibility, tests/testthat/test-gini_index.R.
    city = BELO_HORIZONTE

    assert round(gini_index(city["access"], city["people"]), 4) == 0.1386


@given(rows)
def test_gini_is_the_mean_difference_over_twice_the_mean(units):
    city = table(units)
    values, share = city["sites"].to_numpy(), (city["people"] / city["people"].sum()).to_numpy()

    differences = share @ np.abs(values[:, None] - values) @ share

    assert gini_index(values, city["people"]) == pytest.approx(
        differences / (2 * (share @ values)), abs=1e-9
    )


@given(rows)
def test_hoover_is_the_greatest_gap_below_the_diagonal(units):
    city = table(units)
    curve = lorenz_curve(city["sites"], city["people"])

    gap = (curve["people_share"] - curve["value_share"]).max()

    assert hoover_index(city["sites"], city["people"]) == pytest.approx(gap, abs=1e-12)


@pytest.mark.parametrize("index", INDICES)
@given(rows, orders, st.integers(2, 9))
def test_order_and_scale_do_not_matter(index, units, random, factor):
    city = table(units)
    other = shuffled(city, random)

    scaled = index(other["sites"] * factor, other["people"] * factor)

    assert scaled == pytest.approx(index(city["sites"], city["people"]), abs=1e-12)


@pytest.mark.parametrize("index", INDICES)
@given(rows)
def test_splitting_units_changes_nothing(index, units):
    city = table(units)
    halves = pd.concat([city.assign(people=city["people"] / 2)] * 2, ignore_index=True)

    assert index(halves["sites"], halves["people"]) == pytest.approx(
        index(city["sites"], city["people"]), abs=1e-12
    )


@pytest.mark.parametrize("index", INDICES)
def test_equal_values_have_no_inequality(index):
    assert index([0.1] * 7, [1, 2, 3, 4, 5, 6, 7]) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("index", INDICES)
def test_one_of_ten_with_everything_leaves_nine_tenths(index):
    assert index([0] * 9 + [4], [3] * 10) == pytest.approx(0.9)


@pytest.mark.parametrize("index", [*INDICES, lorenz_curve])
def test_what_nobody_has_may_be_missing(index):
    result = index([1, np.nan, 3], [1, 0, 1])

    assert np.array_equal(result, index([1, 3], [1, 1]))


def test_a_unit_where_nobody_lives_leaves_no_trace():
    pd.testing.assert_frame_equal(lorenz_curve([1, 2, 3], [1, 0, 1]), lorenz_curve([1, 3], [1, 1]))
    assert palma_ratio([1, np.nan, 3], [1, 0, 1], [1, 2, 3]) == pytest.approx(3)


def test_palma_by_hand():
    # Four quarters worst-off first with 1, 2, 3, 4: bottom 40 % have (25 * 1 + 15 * 2) / 40 =
    # 1.375, the top tenth 4.
    assert palma_ratio([4, 2, 3, 1], [25] * 4, [9, 2, 3, 1]) == pytest.approx(4 / 1.375)


def test_palma_is_one_where_all_have_the_same():
    assert palma_ratio([7, 7, 7], [1, 5, 2], [3, 1, 2]) == pytest.approx(1)


def test_palma_takes_other_ends():
    # Worst-off half 1, best-off half 3.
    assert palma_ratio([1, 3], [4, 4], [1, 2], top=0.5, bottom=0.5) == pytest.approx(3)


def test_palma_is_missing_where_the_worst_off_have_nothing():
    assert math.isnan(palma_ratio([0, 3], [4, 4], [1, 2]))


@given(rows, orders)
def test_palma_does_not_depend_on_the_order_of_rows(units, random):
    city = table(units)
    other = shuffled(city, random)

    ratio = palma_ratio(other["sites"], other["people"], other["income"])

    expected = palma_ratio(city["sites"], city["people"], city["income"])
    assert ratio == pytest.approx(expected, nan_ok=True)


@given(rows)
def test_palma_turns_over_when_need_and_ends_are_reversed(units):
    city = table(units).assign(sites=lambda frame: frame["sites"] + 1)
    columns = city["sites"], city["people"]

    ratio = palma_ratio(*columns, city["income"], top=0.2, bottom=0.3)
    reversed_ratio = palma_ratio(*columns, -city["income"], top=0.3, bottom=0.2)

    assert ratio * reversed_ratio == pytest.approx(1)


def test_ends_outside_nought_and_one_are_refused_together():
    with pytest.raises(InputError) as caught:
        palma_ratio([1, 2], [1, 1], [1, 2], top=0, bottom=1)

    assert caught.value.problems == (
        Problem("not_between", {"name": "`top`", "found": 0, "low": 0, "high": 1}),
        Problem("not_between", {"name": "`bottom`", "found": 1, "low": 0, "high": 1}),
    )


@pytest.mark.parametrize("measure", [*INDICES, lorenz_curve])
def test_negative_values_and_no_people_are_refused(measure):
    with pytest.raises(InputError) as caught:
        measure([1, -2], [0, 0])

    assert caught.value.where == measure.__name__
    assert caught.value.problems == (
        Problem("negative", {"name": "`values`", "bad": 1, "total": 2, "units": "1"}),
        Problem("all_zero", {"name": "`population`", "total": 2}),
    )


def test_values_only_where_nobody_lives_are_nothing():
    with pytest.raises(InputError) as caught:
        gini_index([0, 5], [1, 0])

    assert caught.value.problems == (Problem("all_zero", {"name": "`values`", "total": 2}),)
