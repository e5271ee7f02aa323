"""Fractional rank and groups of equal size against hand-worked and provable values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import fractional_rank, need_quintiles
from sixes_geo.measures.base.ranks import ranked
from tests.measures.tables import orders, rows, shuffled, table


def test_the_rank_is_the_share_below_plus_half_of_ones_own():
    # Shares .5, .3, .2: 0 + .25; .5 + .15; .8 + .1.
    ranks = fractional_rank([5, 3, 2], [1, 2, 3])

    assert ranks.tolist() == pytest.approx([0.25, 0.65, 0.9])
    assert ranks.name == "fractional_rank"


def test_units_of_equal_need_share_the_mean_rank_of_their_group():
    # The first two hold 3 of 4 people: both stand at 3/8; the third at 3/4 + 1/8.
    assert fractional_rank([1, 2, 1], [7, 7, 9]).tolist() == [0.375, 0.375, 0.875]


def test_sums_of_tied_units_are_the_same_to_the_last_digit_in_every_order():
    # In floats .1 + .2 + .3 and .3 + .2 + .1 differ.
    need, one_each = np.ones(3), np.ones(3)

    rising = ranked(one_each, need, np.array([0.1, 0.2, 0.3]))
    falling = ranked(one_each, need, np.array([0.3, 0.2, 0.1]))

    assert rising.amount == falling.amount


def test_a_unit_without_people_stands_at_a_point():
    assert fractional_rank([1, 0, 1], [1, 2, 3]).tolist() == [0.25, 0.5, 0.75]


def test_a_unit_without_people_and_need_has_no_rank():
    ranks = fractional_rank([1, 0, 1], [1, np.nan, 3])

    assert ranks.isna().tolist() == [False, True, False]
    assert ranks.dropna().tolist() == [0.25, 0.75]


@given(rows)
def test_the_mean_rank_of_people_is_one_half(units):
    city = table(units)

    ranks = fractional_rank(city["people"], city["income"])

    assert np.average(ranks, weights=city["people"]) == pytest.approx(0.5)


@given(rows)
def test_reversing_the_need_turns_ranks_around(units):
    city = table(units)

    ranks = fractional_rank(city["people"], city["income"])

    assert fractional_rank(city["people"], -city["income"]).tolist() == pytest.approx(1 - ranks)


@given(rows, orders)
def test_ranks_do_not_depend_on_the_order_of_rows(units, random):
    city = table(units)
    other = shuffled(city, random)

    ranks = fractional_rank(other["people"], other["income"])

    pd.testing.assert_series_equal(
        ranks.sort_index(), fractional_rank(city["people"], city["income"]), check_exact=True
    )


@given(rows, st.integers(1, 9), st.integers(1, 9))
def test_scaling_people_or_need_changes_no_rank(units, people_factor, need_factor):
    city = table(units)

    scaled = fractional_rank(city["people"] * people_factor, city["income"] * need_factor)

    assert scaled.tolist() == pytest.approx(fractional_rank(city["people"], city["income"]))


def test_ten_equal_units_fill_five_quintiles_with_two_each():
    quintiles = need_quintiles([3] * 10, range(10))

    assert quintiles.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert quintiles.name == "quintile"


def test_a_unit_belongs_where_the_middle_of_its_people_falls():
    # Ranks 50/300, 140/300, 210/300, 260/300, 290/300, cut at quintiles: no unit is second.
    assert need_quintiles([100, 80, 60, 40, 20], [2, 3, 5, 8, 12]).tolist() == [1, 3, 4, 5, 5]


def test_a_unit_whose_middle_lies_on_a_cut_belongs_to_the_worse_off():
    # Three equal units, two groups: the middle of the second is exactly 1/2.
    assert need_quintiles([1, 1, 1], [1, 2, 3], groups=2).tolist() == [1, 1, 2]


def test_rounding_does_not_push_a_unit_over_a_cut():
    # The middle of the third is at 1.2 of 2, on the cut at 3/5; in floats a trifle above it.
    people = np.array([2, 7, 6, 5]) * 0.1

    assert need_quintiles(people, [1, 2, 3, 4]).tolist() == [1, 2, 3, 5]


def test_a_unit_without_people_gets_the_group_of_its_place():
    assert need_quintiles([0, 1, 1, 0], [1, 2, 3, 4]).tolist() == [1, 2, 4, 5]


def test_a_unit_without_need_gets_no_group():
    assert need_quintiles([1, 0, 1], [1, np.nan, 3]).isna().tolist() == [False, True, False]


@given(rows, orders)
def test_units_of_equal_need_get_the_same_group_in_every_order(units, random):
    city = table(units)
    other = shuffled(city, random)

    groups = need_quintiles(other["people"], other["income"])

    by_need = groups.groupby(other["income"])
    assert (by_need.min() == by_need.max()).all()
    pd.testing.assert_series_equal(
        groups.sort_index(), need_quintiles(city["people"], city["income"])
    )


@given(rows)
def test_groups_rise_with_need_from_one_to_five(units):
    city = table(units).sort_values("income")

    groups = need_quintiles(city["people"], city["income"])

    assert groups.is_monotonic_increasing
    assert groups.between(1, 5).all()


def test_fewer_than_two_groups_and_bad_values_are_refused_together():
    with pytest.raises(InputError) as caught:
        need_quintiles([1, -1], [1, 2], groups=1)

    assert caught.value.problems == (
        Problem("negative", {"name": "`population`", "bad": 1, "total": 2, "units": "1"}),
        Problem("too_small", {"name": "`groups`", "found": 1, "least": 2}),
    )


def test_a_missing_need_is_refused():
    with pytest.raises(InputError) as caught:
        fractional_rank([1, 2], [np.nan, 2])

    assert caught.value.problems == (
        Problem("missing", {"name": "`rank_by`", "bad": 1, "total": 2, "units": "0"}),
    )
