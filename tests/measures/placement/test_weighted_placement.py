"""Placement of amounts against chance: hand-worked and provable values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import concentration_index, placement_test, weighted_placement_test
from tests.measures.tables import SMOKE, orders, shuffled

few_draws = settings(max_examples=40, deadline=None)
amounts_and_units = st.lists(
    st.tuples(st.integers(1, 1000), st.sampled_from("abcde")), min_size=1, max_size=60
)


def placed(sites, city=SMOKE, **options):
    amounts, units = zip(*sites, strict=True)
    return weighted_placement_test(
        list(amounts), list(units), city["people"], city["income"], **options
    )


def test_two_sites_by_hand():
    # Three quarters of the money in the richer half, one quarter in the poorer: 3/4 * 1/2 -
    # 1/4 * 1/2. By chance each half has either site: indices +-1/2 and +-1/4, all alike, so
    # one as far from 0 as 1/4 is certain. Variance 1/4 (9/16 + 1/16).
    test = weighted_placement_test([3, 1], ["b", "a"], *halves())

    assert test.index == 0.25
    assert test.p_value == 1
    assert test.null_sd == pytest.approx(math.sqrt(0.25 * 10 / 16))
    assert (test.n, test.method, test.interval_method) == (2, "monte_carlo", "bounded")


def halves():
    return pd.Series([7, 7], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"])


def test_one_lump_is_no_more_than_chance_however_large():
    # A million at one of a thousand even sites' worth: the lump decides the sign, a coin.
    units = ["b"] + ["a", "b"] * 50

    test = weighted_placement_test([10**6] + [1] * 100, units, *halves())

    assert test.index == pytest.approx(0.5, abs=0.001)
    assert test.p_value > 0.4
    assert test.verdict == "cannot_tell"


def test_equal_amounts_are_sites():
    sites = pd.Series([1, 2, 3, 6, 8], index=SMOKE.index)
    units = np.repeat(sites.index, sites)

    weighted = weighted_placement_test([250] * 20, units, SMOKE["people"], SMOKE["income"])
    counted = placement_test(sites, SMOKE["people"], SMOKE["income"])

    assert weighted.index == pytest.approx(counted.index)
    assert weighted.null_sd == pytest.approx(counted.null_sd)
    assert weighted.interval == pytest.approx(counted.interval, abs=0.02)
    assert (weighted.p_value, weighted.method) == (counted.p_value, "exact")
    assert weighted.verdict == counted.verdict == "better_off"


def test_many_equal_amounts_have_the_bootstrap_interval_of_sites():
    sites = pd.Series([30, 40, 20, 40, 50], index=SMOKE.index)
    units = np.repeat(sites.index, sites)

    weighted = weighted_placement_test([3] * 180, units, SMOKE["people"], SMOKE["income"])
    counted = placement_test(sites, SMOKE["people"], SMOKE["income"])

    assert weighted.interval_method == "bootstrap"
    assert weighted.interval == pytest.approx(counted.interval, abs=0.01)
    assert weighted.p_value == pytest.approx(counted.p_value, abs=0.01)


def test_the_bootstrap_interval_is_that_of_a_ratio():
    # Linearised: variance sum w^2 (R - index)^2 with shares w of the amount, R = +-1/2.
    amounts, units = [1, 9] * 300, ["b"] * 540 + ["a"] * 60
    weight = np.array(amounts) / sum(amounts)
    index = weight @ np.repeat([0.5, -0.5], [540, 60])
    spread = math.sqrt(weight**2 @ (np.repeat([0.5, -0.5], [540, 60]) - index) ** 2)

    test = weighted_placement_test(amounts, units, *halves())

    assert test.interval_method == "bootstrap"
    assert test.interval == pytest.approx(
        (index - 1.96 * spread, index + 1.96 * spread),
        abs=0.25 * spread,  # it is a little skew
    )


@given(amounts_and_units)
@few_draws
def test_the_index_is_that_of_the_sums_per_unit(sites):
    sums = pd.Series(0, index=SMOKE.index)
    for amount, unit in sites:
        sums[unit] += amount

    index = concentration_index(sums, SMOKE["people"], SMOKE["income"])

    assert placed(sites, draws=9).index == pytest.approx(index, abs=1e-12)


@given(amounts_and_units, orders)
@few_draws
def test_neither_the_order_of_units_nor_that_of_sites_matters(sites, random):
    other = random.sample(sites, len(sites))

    assert placed(other, shuffled(SMOKE, random), draws=99) == placed(sites, draws=99)


@given(amounts_and_units)
@few_draws
def test_reversing_the_need_gives_the_mirror_image(sites):
    test = placed(sites, draws=99)
    mirror = placed(sites, SMOKE.assign(income=-SMOKE["income"]), draws=99)

    low, high = mirror.interval
    assert mirror.index == -test.index
    assert mirror.p_value == test.p_value
    if test.index:
        assert (-high, -low) == test.interval


@given(amounts_and_units, st.integers(2, 9))
@few_draws
def test_the_currency_does_not_matter(sites, factor):
    dearer = [(amount * factor, unit) for amount, unit in sites]

    assert placed(dearer, draws=99).p_value == placed(sites, draws=99).p_value


def test_sites_that_hold_nothing_are_left_out():
    sites = [(5, "a"), (7, "e"), (0, "c")]

    assert placed(sites) == placed(sites[:2])
    assert placed(sites).n == 2


def test_a_site_can_be_in_a_unit_given_by_its_position():
    by_label = placed([(5, "a"), (7, "e")])

    by_position = weighted_placement_test(
        [5, 7], [0, 4], SMOKE["people"].to_numpy(), SMOKE["income"].to_numpy()
    )

    assert by_position == by_label


def test_every_fault_of_sites_and_units_is_reported_at_once():
    with pytest.raises(InputError) as caught:
        weighted_placement_test(
            pd.Series([1, -2, 3], index=["x", "y", "z"]),
            pd.Series(["a", None, "q"], index=["x", "y", "z"]),
            SMOKE["people"].where(SMOKE["people"] > 20),
            SMOKE["income"],
            draws=0,
        )

    assert caught.value.where == "weighted_placement_test"
    assert caught.value.problems == (
        Problem("negative", {"name": "`amounts`", "bad": 1, "total": 3, "units": "y"}),
        Problem("missing", {"name": "`unit_of_site`", "bad": 1, "total": 3, "units": "y"}),
        Problem("missing", {"name": "`population`", "bad": 1, "total": 5, "units": "e"}),
        Problem(
            "unknown_site_unit", {"name": "`unit_of_site`", "bad": 1, "total": 3, "units": "q"}
        ),
        Problem("too_small", {"name": "`draws`", "found": 0, "least": 1}),
    )


def test_amounts_spread_as_people_are_even():
    # 6,000 sites of unequal size, turn and turn about: the index is within .02 of 0.
    people, need = pd.Series([5, 5], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"])
    amounts, units = [1, 1, 3, 3] * 1500, ["a", "b", "b", "a"] * 1500

    test = weighted_placement_test(amounts, units, people, need, draws=999)

    assert -0.05 < test.interval[0] < 0 < test.interval[1] < 0.05
    assert test.verdict == "even"


def test_a_site_where_need_is_missing_is_refused():
    people, need = pd.Series([1, 0, 1], index=list("abc")), pd.Series([1, None, 3], list("abc"))

    with pytest.raises(InputError) as caught:
        weighted_placement_test([1, 1], ["a", "b"], people, need)

    assert caught.value.problems == (
        Problem("missing", {"name": "`rank_by`", "bad": 1, "total": 3, "units": "b"}),
    )


def test_matrices_and_repeated_units_are_refused():
    twice = pd.Series([1, 2], index=["a", "a"])

    with pytest.raises(InputError) as caught:
        weighted_placement_test([1], [["a"]], twice, twice)

    assert [problem.kind for problem in caught.value.problems] == ["not_flat", "duplicate_labels"]
