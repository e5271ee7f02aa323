"""Gap, location quotient and rate against hand-worked and provable values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import disparity
from tests.measures.tables import SMOKE, halved, rows, table


def test_the_five_districts_by_hand():
    # Shares of 20 sites less shares of 300 people, and one over the other.
    result = disparity(SMOKE["sites"], SMOKE["people"])

    assert result["gap"].tolist() == pytest.approx(
        [-0.283333, -0.166667, -0.05, 0.166667, 0.333333], abs=1e-6
    )
    assert result["location_quotient"].tolist() == pytest.approx([0.15, 0.375, 0.75, 2.25, 6])
    assert result["rate_per_10k"].tolist() == pytest.approx([100, 250, 500, 1500, 4000])
    assert result.columns.tolist() == [
        "share_sites",
        "share_population",
        "gap",
        "location_quotient",
        "rate_per_10k",
    ]
    assert result.index.equals(SMOKE.index)


def test_where_nobody_lives_ratios_are_missing_and_shares_are_not():
    result = disparity([1, 1], [0, 5])

    assert result["gap"].tolist() == [0.5, -0.5]
    assert result[["location_quotient", "rate_per_10k"]].isna().all(axis=1).tolist() == [
        True,
        False,
    ]


@given(rows)
def test_gaps_sum_to_zero(units):
    city = table(units)

    assert disparity(city["sites"], city["people"])["gap"].sum() == pytest.approx(0, abs=1e-12)


@given(rows)
def test_quotients_weighted_by_people_have_mean_one(units):
    result = disparity(table(units)["sites"], table(units)["people"])

    mean = np.average(result["location_quotient"], weights=result["share_population"])

    assert mean == pytest.approx(1)


@given(rows)
def test_halves_of_a_unit_have_its_quotient_and_rate(units):
    whole = disparity(table(units)["sites"], table(units)["people"])
    halves = halved(units)

    result = disparity(halves["sites"], halves["people"])

    ratios = ["location_quotient", "rate_per_10k"]
    pd.testing.assert_frame_equal(result[ratios], pd.concat([whole[ratios]] * 2, ignore_index=True))


def test_a_city_without_sites_is_refused():
    with pytest.raises(InputError) as caught:
        disparity([0, 0], [1, np.nan])

    assert caught.value.problems == (
        Problem("all_zero", {"name": "`counts`", "total": 2}),
        Problem("missing", {"name": "`population`", "bad": 1, "total": 2, "units": "1"}),
    )
