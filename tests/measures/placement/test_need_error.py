"""The error of need in the interval of an index: hand-worked, provable and simulated values."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from sixes_geo.base.errors import InputError
from sixes_geo.measures import concentration_index, need_error, placement_test

few_draws = settings(max_examples=25, deadline=None)
Z = norm.ppf(0.975)


def town(seed=1, n=30, sites=200, lean=1.0):
    """Return units with incomes, and sites that lean to the better-off."""
    rng = np.random.default_rng(seed)
    income = np.exp(rng.normal(0, 0.6, n))
    people = rng.integers(1_000, 9_000, n)
    chance = people * income**lean
    counts = rng.multinomial(sites, chance / chance.sum())
    return pd.DataFrame({"sites": counts, "people": people, "income": income})


def known_within(city, error, **options):
    """Measure with limits that are even on the scale of the logarithm."""
    low, high = city["income"] * math.exp(-Z * error), city["income"] * math.exp(Z * error)
    return need_error(city["sites"], city["people"], city["income"], low, high, **options)


# ---------------------------------------------------------------- known answers


def test_without_error_it_is_the_interval_of_resampled_sites():
    city = town()
    exact = need_error(city["sites"], city["people"], *[city["income"]] * 3)
    plain = placement_test(city["sites"], city["people"], city["income"])

    assert exact.index == pytest.approx(plain.index)
    assert exact.interval == pytest.approx(plain.interval, abs=0.015)
    assert (exact.attenuation, exact.same_best_off) == (pytest.approx(1), 1)
    assert (exact.n, exact.without_limits) == (200, 30)


def test_few_sites_keep_the_bound_of_few_sites():
    exact = need_error([0, 0, 7], [1, 1, 1], *[[1, 2, 3]] * 3)
    plain = placement_test([0, 0, 7], [1, 1, 1], [1, 2, 3])

    assert exact.interval_method == "bounded"
    assert exact.interval == pytest.approx(plain.interval, abs=0.03)


def test_two_units_swap_as_often_as_their_errors_say():
    # Needs 0 and 2, standard error .8: published spread 1, of which .64 is error, so that needs
    # are redrawn around 0.4 and 1.6 and swap with Phi(-1.2 / (.8 sqrt 2)).
    half = 0.8 * Z
    result = need_error([30, 70], [5, 5], [0, 2], [-half, 2 - half], [half, 2 + half])
    swapped = norm.cdf(-1.2 / (0.8 * math.sqrt(2)))

    assert result.index == pytest.approx(0.2)
    assert result.attenuation == pytest.approx(1 - 2 * swapped, abs=0.05)


def test_the_five_best_off_are_the_same_as_often_as_the_sixth_stays_below():
    # Only the worst-off is uncertain. Needs 0 to 5 spread by 35 / 12, its error adds .8^2 / 6.
    need, half = np.arange(6.0), 0.8 * Z
    low, high = need.copy(), need.copy()
    low[0], high[0] = -half, half
    result = need_error([9] * 6, [1] * 6, need, low, high)
    closer = math.sqrt(1 - (0.64 / 6) / (35 / 12))

    assert result.same_best_off == pytest.approx(norm.cdf(closer / 0.8), abs=0.03)
    assert result.without_limits == 5


def test_a_tie_for_the_last_of_the_best_off_has_no_answer():
    need = [1.0, 2, 2, 3, 4, 5, 6]

    assert math.isnan(need_error([9] * 7, [1] * 7, *[need] * 3).same_best_off)
    assert need_error([9] * 5, [1] * 5, *[need[:5]] * 3).same_best_off == 1


@pytest.mark.parametrize(
    ("scale", "back", "forth"),
    [
        ("identity", lambda x: x, lambda x: x),
        ("log", np.log, np.exp),
        ("logit", lambda x: np.log(x / (100 - x)), lambda y: 100 / (1 + np.exp(-y))),
    ],
)
def test_the_scale_is_that_on_which_limits_are_symmetric(scale, back, forth):
    need = np.array([8.0, 15, 30, 60, 85])
    width = {"identity": 6, "log": 0.3, "logit": 0.9}[scale]
    low, high = forth(back(need) - width), forth(back(need) + width)

    result = need_error([5] * 5, [1] * 5, need, low, high, higher_is_better_off=False)

    assert result.scale == scale
    assert result.asymmetry == pytest.approx(0, abs=1e-9)


def test_a_limit_cut_off_at_zero_says_nothing_of_the_error():
    # 2 +- 3 is published as 0 to 5: the error is that of the upper half.
    need, low, high = [2.0, 20, 30], np.array([-1.0, 15, 25]), [5, 25, 35]
    whole = need_error([20, 20, 60], [1, 1, 1], need, low, high)
    cut = need_error([20, 20, 60], [1, 1, 1], need, low.clip(0), high)

    assert cut.scale == "identity"
    assert cut == whole


def test_an_assumed_variation_is_an_error_on_the_log_scale():
    city = town()
    spread = math.sqrt(math.log(1 + 0.1**2))
    assumed = need_error(city["sites"], city["people"], city["income"], cv=0.1)
    given_limits = known_within(city, spread)

    assert assumed.assumed_cv == 0.1
    assert given_limits.assumed_cv is None
    assert assumed.interval == pytest.approx(given_limits.interval, abs=1e-9)
    assert assumed.attenuation == pytest.approx(given_limits.attenuation)


def test_equal_amounts_are_sites():
    city = town(sites=90)
    units = np.repeat(np.arange(30), city["sites"])
    low, high = city["income"] * 0.8, city["income"] * 1.25
    each = need_error(
        np.full(90, 7.0), city["people"], city["income"], low, high, unit_of_site=units
    )
    counted = need_error(city["sites"], city["people"], city["income"], low, high)

    assert each.index == pytest.approx(counted.index)
    assert each.n == counted.n == 90
    assert each.interval == pytest.approx(counted.interval, abs=0.02)


def test_one_large_site_is_no_crowd():
    city = town()
    units = np.r_[np.repeat(np.arange(30), 2), 29]
    amounts = np.r_[np.ones(60), 500.0]

    result = need_error(amounts, city["people"], city["income"], cv=0.1, unit_of_site=units)

    assert result.interval_method == "bounded"
    assert result.interval[1] - result.interval[0] > 0.8


# ---------------------------------------------------------------- properties


@few_draws
@given(st.integers(0, 10**6), st.floats(0, 1.0), st.integers(3, 40))
def test_no_order_of_rows_changes_anything_and_figures_are_possible(seed, error, n):
    city = town(seed, n, sites=seed % 90 + 1)
    mixed = city.sample(frac=1, random_state=seed)
    result = known_within(city, error, draws=60)

    assert known_within(mixed, error, draws=60) == result
    assert result.index == pytest.approx(
        concentration_index(city["sites"], city["people"], city["income"])
    )
    least = 1 - (city["people"] / city["people"].sum()).min()
    assert -least - 1e-9 <= result.interval[0] <= result.interval[1] <= least + 1e-9
    assert 0 <= result.same_best_off <= 1


@few_draws
@given(st.integers(0, 10**6), st.floats(0.01, 0.6))
def test_poverty_is_the_other_side_of_what_is_left(seed, error):
    city = town(seed)
    poverty = 100 - city["income"]
    limits = (city["income"] - error, city["income"] + error)
    rich = need_error(city["sites"], city["people"], city["income"], *limits, draws=60)
    poor = need_error(
        city["sites"], city["people"], poverty, 100 - limits[1], 100 - limits[0], draws=60,
        higher_is_better_off=False, scale="identity",
    )  # fmt: skip

    assert rich.scale == "identity"
    for field in ("index", "attenuation", "same_best_off", "interval"):
        assert getattr(poor, field) == pytest.approx(getattr(rich, field), abs=1e-9)


def test_turning_need_around_mirrors_the_answer():
    city = town()
    one = known_within(city, 0.2)
    other = known_within(city, 0.2, higher_is_better_off=False)

    assert other.index == pytest.approx(-one.index)
    assert other.interval == pytest.approx((-one.interval[1], -one.interval[0]), abs=0.02)


def test_more_error_leaves_less_of_the_order_and_widens_the_interval():
    results = [known_within(town(), error) for error in (0.0, 0.1, 0.2, 0.4)]

    left = [one.attenuation for one in results]
    width = [one.interval[1] - one.interval[0] for one in results]
    same = [one.same_best_off for one in results]
    assert left == sorted(left, reverse=True)
    assert width == sorted(width)
    assert same == sorted(same, reverse=True)


# ---------------------------------------------------------------- a second derivation


def by_loop(city, error, draws, rng):
    """Redraw, rank and resample one at a time, and reflect."""
    income, people = np.log(city["income"].to_numpy()), city["people"].to_numpy()
    share = people / people.sum()

    def standing(need):
        return np.array([share[need < x].sum() - share[need > x].sum() for x in need])

    sites = np.repeat(np.arange(len(city)), city["sites"])
    published = standing(income)
    index = published[sites].mean()
    factor = math.sqrt(1 - error**2 / income.var())
    together = income.mean() + factor * (income - income.mean())
    drawn, ranks = [], []
    for _ in range(draws):
        again = standing(together + rng.normal(0, error, len(income)))
        drawn.append(again[rng.choice(sites, sites.size)].mean())
        ranks.append(again)
    kept = (share * published * np.mean(ranks, axis=0)).sum() / (share * published**2).sum()
    middle = 2 * index - np.mean(drawn)
    low, high = np.quantile(drawn, [0.025, 0.975]) - np.mean(drawn)
    return (middle - (2 - kept) * high, middle - (2 - kept) * low), kept


@pytest.mark.parametrize("error", [0.1, 0.3])
def test_a_plain_loop_finds_the_same_interval(error):
    city = town(seed=7)
    interval, kept = by_loop(city, error, 1_500, np.random.default_rng(3))

    result = known_within(city, error)

    assert result.attenuation == pytest.approx(kept, abs=0.01)
    assert result.interval == pytest.approx(interval, abs=0.02)


def test_intervals_hold_the_index_by_true_need_where_percentiles_do_not():
    # 60 towns whose sites follow true need, which is published with an error half as large as
    # needs differ. Both figures are more than four standard errors from what is asked.
    rng = np.random.default_rng(12)
    held = plain = 0
    for seed in range(60):
        city = town(seed, n=34, sites=400, lean=1.5)
        true = np.log(city["income"])
        chance = city["people"] * city["income"] ** 1.5
        aimed_at = concentration_index(chance, city["people"], true)
        city["income"] = np.exp(true + rng.normal(0, 0.3, 34))
        low, high = known_within(city, 0.3, draws=199, seed=seed).interval
        held += low <= aimed_at <= high
        low, high = placement_test(city["sites"], city["people"], city["income"]).interval
        plain += low <= aimed_at <= high

    assert held >= 51
    assert plain <= 42


# ---------------------------------------------------------------- refusals


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as refused:
        need_error(
            [1, -2], [0, 0], [1.0, math.nan], lower=[0, 0], scale="root", draws=0, seed=-1
        )  # fmt: skip

    kinds = [problem.kind for problem in refused.value.problems]
    assert kinds == ["negative", "all_zero", "missing", "left_out", "too_small", "too_small",
                     "choice"]  # fmt: skip


FINE = {
    "provision": [1, 2, 3],
    "population": [4, 5, 6],
    "need": [1.0, 2, 3],
    "lower": [0.5, 1.5, 2.5],
    "upper": [1.5, 2.5, 3.5],
}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"lower": [0.5, 2.5, 2.5]}, "outside_limits"),
        ({"upper": [0.9, 2.5, 3.5]}, "outside_limits"),
        ({"upper": [1.5, 2.5]}, "length"),
        ({"upper": [1.5, 2.5, math.inf]}, "infinite"),
        ({"cv": 0.1}, "unused"),
        ({"lower": None, "upper": None}, "left_out"),
        ({"lower": None, "upper": None, "cv": 0}, "not_positive"),
        ({"lower": None, "upper": None, "cv": 0.1, "need": [-1.0, 2, 3]}, "negative"),
        ({"scale": "logit", "upper": [1.5, 2.5, 103.5]}, "choice"),
        ({"scale": "log", "lower": [0, 1.5, 2.5]}, "choice"),
        ({"unit_of_site": [0, 1, 7]}, "unknown_site_unit"),
    ],
)
def test_bad_input_is_refused(changed, kind):
    given_input = FINE | changed

    with pytest.raises(InputError) as refused:
        need_error(**given_input)

    assert [problem.kind for problem in refused.value.problems] == [kind]


def test_a_unit_without_limits_is_taken_as_exact():
    fine = FINE | {"lower": [0.5, math.nan, 2.5]}

    assert need_error(**fine).without_limits == 1
    assert dataclasses.asdict(need_error(**fine))["n"] == 6
