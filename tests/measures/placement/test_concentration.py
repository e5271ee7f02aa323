"""Concentration curve and index against hand-worked, provable and published values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import concentration_curve, concentration_index
from tests.measures.tables import BELO_HORIZONTE, SMOKE, halved, orders, rows, shuffled, table


def index_of(city, **options):
    return concentration_index(city["sites"], city["people"], city["income"], **options)


def curve_of(city):
    return concentration_curve(city["sites"], city["people"], city["income"])


def test_the_index_of_three_units_by_hand():
    # Ranks .25, .65, .9 (shares .5, .3, .2); 2 (0 * .25 + 1/3 * .65 + 2/3 * .9) - 1 = 0.63333.
    index = concentration_index([0, 1, 2], [5, 3, 2], [1, 2, 3])

    assert index == pytest.approx(0.6333333, abs=1e-7)


def test_the_curve_and_index_of_five_districts():
    curve = curve_of(SMOKE)

    # Running shares of 300 people and of 20 sites.
    assert curve.columns.tolist() == ["people_share", "provision_share"]
    assert curve["people_share"].tolist() == pytest.approx(
        [0, 0.333333, 0.6, 0.8, 0.933333, 1], abs=1e-6
    )
    assert curve["provision_share"].tolist() == pytest.approx([0, 0.05, 0.15, 0.3, 0.6, 1])
    assert index_of(SMOKE) == pytest.approx(0.6133333, abs=1e-7)


def test_ties_are_merged_in_every_order():
    # Curve (0, 0) -> (2/3, 1/2) -> (1, 1): area 1/6 + 1/4 = 5/12, index 1 - 10/12 = 1/6.
    for order in ([0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1]):
        provision, need = np.array([0, 10, 10])[order], np.array([1, 1, 2])[order]

        index = concentration_index(provision, [1, 1, 1], need)

        assert index == pytest.approx(0.1666667, abs=1e-7)
    assert len(concentration_curve([0, 10, 10], [1, 1, 1], [1, 1, 2])) == 3


@pytest.mark.parametrize("n", [2, 3, 10, 100])
def test_everything_on_the_richest_of_equal_units_is_one_less_a_share(n):
    provision = [0] * (n - 1) + [7]

    assert concentration_index(provision, [4] * n, range(n)) == pytest.approx((n - 1) / n)


def test_ipea_publishes_the_same_standard_index():
    # R package accessibility, tests/testthat/test-concentration_index.R; access is per head.
    city = BELO_HORIZONTE
    jobs = city["access"] * city["people"]

    index = concentration_index(jobs, city["people"], city["income"])

    assert round(index, 4) == -0.0248


def test_ipea_publishes_the_same_corrected_index():
    # The same test, type "corrected": bounds are those of the inhabited cells.
    city = BELO_HORIZONTE
    jobs = city["access"] * city["people"]

    index = concentration_index(jobs, city["people"], city["income"], kind="erreygers")

    assert round(index, 4) == -0.1314


def test_the_generalised_index_is_the_mean_times_the_standard_one():
    # 20 sites for 300 people.
    assert index_of(SMOKE, kind="generalised") == pytest.approx(index_of(SMOKE) / 15)


def test_the_erreygers_index_takes_the_bounds_it_is_given():
    # 4 * (1/15) * .6133333 / (2 - 0).
    index = index_of(SMOKE, kind="erreygers", bounds=(0, 2))

    assert index == pytest.approx(0.0817778, abs=1e-7)


def test_the_erreygers_index_else_takes_those_of_the_units():
    # 4 * (1/15) * .6133333 / (8/20 - 1/100).
    assert index_of(SMOKE, kind="erreygers") == pytest.approx(0.4193732, abs=1e-7)


def test_the_wagstaff_index_divides_by_what_is_lacking():
    # .6133333 / (1 - 1/15).
    assert index_of(SMOKE, kind="wagstaff") == pytest.approx(0.6571429, abs=1e-7)


@given(rows)
def test_reversing_the_need_flips_the_sign_exactly(units):
    city = table(units)

    reversed_city = city.assign(income=-city["income"])

    assert index_of(reversed_city) == -index_of(city)


@given(rows, orders)
def test_the_order_of_rows_does_not_matter(units, random):
    city = table(units)
    other = shuffled(city, random)

    assert index_of(other) == index_of(city)
    pd.testing.assert_frame_equal(curve_of(other), curve_of(city), check_exact=True)


@given(rows)
def test_splitting_units_into_halves_changes_nothing(units):
    city = table(units)

    assert index_of(halved(units)) == pytest.approx(index_of(city), abs=1e-12)
    pd.testing.assert_frame_equal(curve_of(halved(units)), curve_of(city))


@given(rows, st.tuples(*[st.integers(1, 99)] * 3))
def test_scaling_provision_people_or_need_changes_nothing(units, factors):
    city = table(units)

    assert index_of(city * list(factors)) == pytest.approx(index_of(city), abs=1e-12)


@given(rows)
def test_provision_in_proportion_to_people_has_index_zero(units):
    city = table(units)

    assert index_of(city.assign(sites=3 * city["people"])) == pytest.approx(0, abs=1e-12)


@given(rows)
def test_the_index_is_one_less_twice_the_area_under_the_curve(units):
    curve = curve_of(table(units))

    area = np.trapezoid(curve["provision_share"], curve["people_share"])

    assert index_of(table(units)) == pytest.approx(1 - 2 * area, abs=1e-12)


@given(rows)
def test_the_index_is_twice_the_covariance_over_the_mean(units):
    city = table(units)
    share = city["people"] / city["people"].sum()
    per_head = city["sites"] / city["people"]
    mean = city["sites"].sum() / city["people"].sum()
    below = [share[city["income"] < need].sum() for need in city["income"]]
    own = [share[city["income"] == need].sum() for need in city["income"]]

    covariance = (share * (per_head - mean) * (np.array(below) + np.array(own) / 2 - 0.5)).sum()

    assert index_of(city) == pytest.approx(2 * covariance / mean, abs=1e-9)


@given(rows)
def test_the_index_stays_between_minus_one_and_one(units):
    assert -1 < index_of(table(units)) < 1


@given(rows)
def test_the_curve_rises_from_nothing_to_everything(units):
    curve = curve_of(table(units))

    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert (curve.diff().iloc[1:] >= 0).all(axis=None)


def test_an_empty_unit_leaves_no_trace_on_the_curve():
    city = pd.concat([SMOKE, pd.DataFrame({"sites": [0], "people": [0], "income": [4]})])

    pd.testing.assert_frame_equal(curve_of(city), curve_of(SMOKE))
    assert index_of(city) == index_of(SMOKE)


def test_sites_where_nobody_lives_stand_at_a_point():
    # Sites in an uninhabited unit in the very middle: the curve jumps at one half.
    curve = concentration_curve([0, 4, 0], [1, 0, 1], [1, 2, 3])

    assert curve["people_share"].tolist() == [0, 0.5, 0.5, 1]
    assert curve["provision_share"].tolist() == [0, 0, 1, 1]
    assert concentration_index([0, 4, 0], [1, 0, 1], [1, 2, 3]) == 0


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"kind": "erreygers", "bounds": (2, 2)},
            Problem("upside_down", {"name": "`bounds`", "low": 2, "high": 2}),
        ),
        (
            {"bounds": (0, 1)},
            Problem("unused", {"name": "`bounds`", "other": "`kind`", "found": "standard"}),
        ),
        (
            {"kind": "erreygers", "bounds": (0.02, 0.2)},
            Problem(
                "outside",
                {
                    "name": "`provision`",
                    "bad": 2,
                    "total": 5,
                    "units": "a, e",
                    "low": 0.02,
                    "high": 0.2,
                },
            ),
        ),
    ],
)
def test_bounds_that_make_no_sense_are_refused(options, problem):
    with pytest.raises(InputError) as caught:
        index_of(SMOKE, **options)

    assert caught.value.problems == (problem,)


def test_more_than_everybody_cannot_have_something():
    with pytest.raises(InputError) as caught:
        concentration_index([1, 3], [2, 2], [1, 2], kind="wagstaff")

    assert caught.value.problems == (
        Problem(
            "outside",
            {"name": "`provision`", "bad": 1, "total": 2, "units": "1", "low": 0.0, "high": 1.0},
        ),
    )


@pytest.mark.parametrize("kind", ["erreygers", "wagstaff"])
def test_without_any_spread_a_bounded_index_is_refused(kind):
    with pytest.raises(InputError) as caught:
        concentration_index([2, 3], [2, 3], [1, 2], kind=kind)

    assert caught.value.problems == (Problem("no_spread", {"name": "`provision`"}),)


@pytest.mark.parametrize("measure", [concentration_index, concentration_curve])
def test_negative_provision_is_refused(measure):
    with pytest.raises(InputError) as caught:
        measure([-1, 3], [2, 2], [1, 2])

    assert caught.value.where == measure.__name__
    assert caught.value.problems == (
        Problem("negative", {"name": "`provision`", "bad": 1, "total": 2, "units": "0"}),
    )
