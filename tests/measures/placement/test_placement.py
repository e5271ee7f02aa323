"""Placement of sites against chance: hand-worked, provable and published values."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import concentration_index, placement_test
from tests.measures.tables import SMOKE, halved, orders, rows, shuffled, table

few_draws = settings(max_examples=40, deadline=None)


def placed(city, **options):
    return placement_test(city["sites"], city["people"], city["income"], **options)


def many_districts(seed=5, n=40):
    rng = np.random.default_rng(seed)
    people = rng.integers(1_000, 90_000, n)
    return pd.DataFrame(
        {"sites": rng.multinomial(60, people / people.sum()), "people": people, "income": range(n)}
    )


def test_three_sites_by_hand():
    # Standings -.5, .3, .8. As far from 0 as .6333: (0, 1, 2) 3 * .3 * .04 = .036 and (0, 0, 3)
    # .008; on the other side nothing, -.5 being the least. Variance of one site .28.
    test = placement_test([0, 1, 2], [5, 3, 2], [1, 2, 3])

    assert test.index == pytest.approx(0.6333333, abs=1e-7)
    assert test.p_value == pytest.approx(0.044)
    assert test.method == "exact"
    assert test.null_sd == pytest.approx(math.sqrt(0.28 / 3))
    assert test.z == pytest.approx(0.6333333 / math.sqrt(0.28 / 3))
    assert test.n == 3


def test_five_districts_by_hand():
    # R = 1/6, 7/15, .7, 13/15, 29/30 with shares 5, 4, 3, 2, 1 of 15:
    # 4 (sum s R^2 - 1/4) / 20 = .0155556.
    test = placed(SMOKE)

    assert test.index == pytest.approx(0.6133333, abs=1e-7)
    assert test.null_sd == pytest.approx(0.1247219, abs=1e-7)
    assert test.z == pytest.approx(4.9176, abs=1e-4)
    assert test.method == "exact"
    assert test.p_value < 1e-5
    assert test.verdict == "better_off"


def test_drawn_and_listed_p_values_agree():
    # Two units: listed. A third one, of a single person, leaves too many ways to list.
    listed = placement_test([120, 80], [10**6, 10**6], [1, 2])
    drawn = placement_test([120, 80, 0, 0, 0], [10**6, 10**6, 1, 1, 1], [1, 2, 3, 4, 5])

    assert (listed.method, drawn.method) == ("exact", "monte_carlo")
    error = 4 * math.sqrt(listed.p_value * (1 - listed.p_value) / 9999)
    assert drawn.p_value == pytest.approx(listed.p_value, abs=error)


def test_two_equal_units_give_the_sign_test():
    # 8 or more of 10 on either side: 2 (45 + 10 + 1) / 1024.
    assert placement_test([2, 8], [5, 5], [1, 2]).p_value == pytest.approx(112 / 1024)


def test_the_least_drawn_p_value_is_one_over_draws_and_one():
    city = many_districts()
    city["sites"] = [0] * 39 + [60]

    test = placed(city, draws=499)

    assert test.method == "monte_carlo"
    assert test.p_value == 1 / 500


def test_the_bootstrap_interval_is_that_of_a_mean_where_sites_are_many():
    # The index is the mean relative rank of the sites: 1.96 standard errors either way.
    city = many_districts()
    city["sites"] *= 50
    share = city["people"] / city["people"].sum()
    relative_rank = 2 * (share.cumsum() - share / 2) - 1

    test = placed(city)

    n = city["sites"].sum()
    spread = np.sqrt(np.average((relative_rank - test.index) ** 2, weights=city["sites"]))
    width = 2 * 1.959964 * spread / np.sqrt(n)
    assert test.interval_method == "bootstrap"
    assert test.interval[1] - test.interval[0] == pytest.approx(width, rel=0.05)
    assert sum(test.interval) / 2 == pytest.approx(test.index, abs=0.1 * width)


@pytest.mark.parametrize("n", [1, 4, 29, 400])
def test_all_sites_in_the_richest_unit_have_the_interval_of_clopper_and_pearson(n):
    # Share of sites there: from .025^(1/n) to 1; the others, at worst, in the poorest.
    test = placement_test([0, 0, n], [1, 1, 1], [1, 2, 3])

    least = 0.025 ** (1 / n)
    assert test.interval_method == "bounded"
    assert test.interval[0] == pytest.approx((2 * least - 1) * 2 / 3, abs=0.02)
    assert test.interval[1] == pytest.approx(2 / 3)


def test_two_units_have_the_interval_of_clopper_and_pearson():
    # 8 of 10 in the richer half; the index is (share - 1/2).
    test = placement_test([2, 8], [5, 5], [1, 2], draws=99_999)

    assert test.interval[0] == pytest.approx(beta.ppf(0.025, 8, 3) - 0.5, abs=0.005)
    assert test.interval[1] == pytest.approx(beta.ppf(0.975, 9, 2) - 0.5, abs=0.005)


@pytest.mark.parametrize(
    ("counts", "method"),
    [([15, 14], "bounded"), ([15, 15], "bootstrap"), ([51, 9], "bounded"), ([50, 10], "bootstrap")],
)
def test_sites_are_resampled_only_if_there_are_enough_in_more_than_one_place(counts, method):
    assert placement_test(counts, [5, 5], [1, 2]).interval_method == method


def test_a_small_p_value_is_no_verdict_while_the_interval_holds_zero():
    # Three sites in the richest of a hundred units: p = 1e-6, but so few tell little.
    test = placement_test([0] * 99 + [3], [1] * 100, range(100))

    assert test.p_value < 0.001
    assert test.interval[0] < 0
    assert test.verdict == "cannot_tell"


def test_an_interval_without_zero_is_no_verdict_while_chance_does_as_much():
    # All 60 in the middle, at a relative rank of 1/10, and certain to be there: nothing special,
    # as by chance the index has a standard deviation of .065.
    test = placement_test([0, 60, 0], [53, 4, 43], [1, 2, 3])

    assert test.interval[0] > 0
    assert test.p_value > 0.05
    assert test.verdict == "cannot_tell"


def test_thousands_of_sites_spread_as_people_are_even_though_p_is_small():
    # 5,360 of 11,060 in the richer half: an index of -.0154, with a standard error of .0048.
    test = placement_test([5700, 5360], [5, 5], [1, 2])

    assert test.p_value < 0.002
    assert test.interval[1] < 0
    assert test.verdict == "even"


@pytest.mark.parametrize(("richer", "told"), [(5900, "even"), (6000, "better_off")])
def test_even_ends_where_the_interval_leaves_a_twentieth(richer, told):
    # Of 11,000 sites, index (richer / 11,000 - 1/2), plus 1.96 x .00477 = .0093: .0457 and .0548.
    assert placement_test([11_000 - richer, richer], [5, 5], [1, 2]).verdict == told


def test_few_sites_are_never_even():
    assert placement_test([50, 50], [5, 5], [1, 2]).verdict == "cannot_tell"


def test_sites_that_follow_jobs_are_even_where_jobs_are_not():
    test = placement_test([2000, 8000], [5, 5], [1, 2], null_weights=[2, 8])

    assert test.expected == pytest.approx(0.3)
    assert test.verdict == "even"
    assert placement_test([2000, 8000], [5, 5], [1, 2]).verdict == "better_off"


def test_where_need_does_not_differ_nothing_is_even():
    assert placement_test([500, 500], [5, 5], [1, 1]).verdict == "cannot_tell"


def test_sites_with_the_worse_off_are_said_to_be_there():
    assert placed(SMOKE.assign(income=-SMOKE["income"])).verdict == "worse_off"


def test_fractional_sites_are_counted_rounded():
    test = placement_test([0.5, 0.25, 2.0], [5, 3, 2], [1, 2, 3])

    assert test.n == 3
    assert test.index == pytest.approx(concentration_index([0.5, 0.25, 2], [5, 3, 2], [1, 2, 3]))


def test_less_than_half_a_site_is_one():
    assert placement_test([0.2, 0.2], [1, 1], [1, 2]).n == 1


def test_units_without_people_take_no_sites_by_chance():
    city = pd.concat([SMOKE, pd.DataFrame({"sites": [0], "people": [0], "income": [4]})])

    assert placed(city) == placed(SMOKE)


def test_sites_where_nobody_lives_are_beyond_chance():
    # Chance reaches relative ranks of one half only; the park at the top stands at 1.
    test = placement_test([0, 0, 12], [1, 1, 0], [1, 2, 3])

    assert test.index == 1
    assert test.p_value == 0
    assert test.interval[1] == pytest.approx(1)


@pytest.mark.parametrize(("people", "need"), [([3, 4], [1, 1]), ([3], [1]), ([3, 0], [1, 2])])
def test_where_need_does_not_differ_nothing_can_be_told(people, need):
    test = placement_test([5] * len(people), people, need)

    assert math.isnan(test.z)
    assert test.verdict == "cannot_tell"


@given(rows, orders)
@few_draws
def test_the_order_of_rows_changes_nothing(units, random):
    city = table(units)

    assert placed(shuffled(city, random), draws=99) == placed(city, draws=99)


@given(rows)
@few_draws
def test_reversing_the_need_gives_the_mirror_image(units):
    city = table(units)

    test, mirror = placed(city, draws=99), placed(city.assign(income=-city["income"]), draws=99)

    low, high = mirror.interval
    if test.index:
        sides = {"better_off": "worse_off", "worse_off": "better_off"}
        assert mirror.index == -test.index
        assert mirror.p_value == test.p_value
        assert (-high, -low) == test.interval
        assert mirror.verdict == sides.get(test.verdict, test.verdict)


@given(rows)
@few_draws
def test_splitting_units_into_halves_changes_nothing(units):
    test, split = placed(table(units), draws=99), placed(halved(units), draws=99)

    assert split.p_value == pytest.approx(test.p_value)
    assert split.interval == pytest.approx(test.interval)
    assert split.null_sd == pytest.approx(test.null_sd)


@given(rows, st.integers(0, 3))
@few_draws
def test_p_value_and_interval_keep_their_bounds_and_the_verdict_follows(units, seed):
    test = placed(table(units), draws=99, seed=seed)

    low, high = test.interval
    assert 0 <= test.p_value <= 1
    assert -1 <= low <= high <= 1
    told = test.p_value <= 0.05 and not low <= 0 <= high
    side = "better_off" if test.index > 0 else "worse_off"
    even = low >= -0.05 and high <= 0.05 and test.null_sd > 0
    assert test.verdict == ("even" if even else side if told else "cannot_tell")


def test_the_same_seed_gives_the_same_result_and_another_one_another():
    city = many_districts()

    assert placed(city, seed=3) == placed(city, seed=3)
    assert placed(city, seed=3).p_value != placed(city, seed=4).p_value
    assert placed(city, seed=3).interval != placed(city, seed=4).interval
    assert (placed(city, seed=3).seed, placed(city, draws=50).draws) == (3, 50)


def test_a_result_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        placed(SMOKE).index = 0


def test_bad_counts_and_draws_are_refused_together():
    with pytest.raises(InputError) as caught:
        placement_test([1, -1], [1, 1], [1, np.nan], draws=0, seed=-1)

    assert caught.value.problems == (
        Problem("negative", {"name": "`counts`", "bad": 1, "total": 2, "units": "1"}),
        Problem("missing", {"name": "`rank_by`", "bad": 1, "total": 2, "units": "1"}),
        Problem("too_small", {"name": "`draws`", "found": 0, "least": 1}),
        Problem("too_small", {"name": "`seed`", "found": -1, "least": 0}),
    )
