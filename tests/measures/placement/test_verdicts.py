"""Verdicts per unit against hand-worked, provable and published values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import benjamini_hochberg, district_verdicts, expected_empty
from sixes_geo.measures.placement.verdicts import binomial_p_values
from tests.measures.tables import orders, rows, shuffled, table


def test_no_site_of_twenty_says_nothing_about_a_twentieth_of_the_people():
    # R: binom.test(0, 20, 0.05)$p.value is 0.6226.
    result = district_verdicts([0, 20], [5, 95])

    assert result["p_value"].iloc[0] == pytest.approx(0.6226, abs=5e-5)
    assert result["verdict"].tolist() == ["cannot_tell", "cannot_tell"]


def test_two_sites_by_hand():
    # Share 1/4, both sites: P(2) = 1/16 is the least likely count, 6/16 and 9/16 the others.
    p_values = binomial_p_values(np.array([0.0, 1.0, 2.0]), 2, np.full(3, 0.25))

    assert p_values.tolist() == pytest.approx([1, 7 / 16, 1 / 16])


def test_counts_as_likely_as_the_one_found_belong_to_it():
    # A fair coin, ten throws: 2 is as likely as 8, so 2 (1 + 10 + 45) / 1024.
    p_value = binomial_p_values(np.array([2.0]), 10, np.array([0.5]))

    assert p_value.tolist() == pytest.approx([112 / 1024])


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 999),
)
@settings(deadline=None)
def test_p_values_are_those_of_the_exact_test(k_and_n, thousandths):
    k, n = k_and_n

    p_value = binomial_p_values(np.array([float(k)]), n, np.array([thousandths / 1000]))

    assert p_value[0] == pytest.approx(binomtest(k, n, thousandths / 1000).pvalue, rel=1e-6)


@pytest.mark.parametrize(("k", "share", "p_value"), [(0, 0, 1), (9, 1, 1), (3, 0, 0), (3, 1, 0)])
def test_a_share_of_none_or_all_is_certain(k, share, p_value):
    assert binomial_p_values(np.array([float(k)]), 9, np.array([float(share)])) == [p_value]


def test_thousands_of_sites_are_exact_too():
    k, n, share = 150, 11_318, 0.01

    p_value = binomial_p_values(np.array([float(k)]), n, np.array([share]))

    assert p_value[0] == pytest.approx(binomtest(k, n, share).pvalue, rel=1e-6)


def test_benjamini_and_hochberg_by_r():
    # R: p.adjust(p, "BH").
    p_values = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216])

    q_values = benjamini_hochberg(p_values)

    assert q_values.tolist() == pytest.approx(
        [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057143, 0.216, 0.216, 0.216], abs=1e-7
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), orders)
def test_adjusted_p_values_rise_with_p_and_do_not_depend_on_order(p_values, random):
    order = random.sample(range(len(p_values)), len(p_values))
    p = np.array(p_values)

    q = benjamini_hochberg(p)

    assert np.all((q >= p - 1e-12) & (q <= 1))
    assert np.all(np.diff(q[np.argsort(p)]) >= 0)
    assert benjamini_hochberg(p[order]).tolist() == q[order].tolist()


def test_missing_p_values_are_not_counted():
    assert benjamini_hochberg(np.array([0.02, np.nan, 0.5])).tolist() == pytest.approx(
        [0.04, np.nan, 0.5], nan_ok=True
    )


def test_more_and_fewer_are_told_where_both_are_beyond_chance():
    result = district_verdicts([0, 6, 14], [1, 1, 1])

    assert result["expected"].tolist() == pytest.approx([20 / 3] * 3)
    assert result["verdict"].tolist() == ["fewer", "cannot_tell", "more"]
    assert result.columns.tolist() == ["expected", "p_value", "q_value", "verdict"]


def test_one_small_p_value_among_many_units_is_no_verdict():
    # p = .031 by itself, but one such among eight units is nothing unusual: q = .25.
    result = district_verdicts([6] + [2] * 7, [1] * 8)

    assert result["p_value"].iloc[0] < 0.05 < result["q_value"].iloc[0]
    assert set(result["verdict"]) == {"cannot_tell"}


def test_a_stricter_level_tells_less():
    result = district_verdicts([0, 6, 14], [1, 1, 1], alpha=1e-6)

    assert set(result["verdict"]) == {"cannot_tell"}


def test_a_unit_with_neither_people_nor_sites_is_not_tested():
    without = district_verdicts([0, 6, 14], [1, 1, 1])

    result = district_verdicts([0, 6, 14, 0], [1, 1, 1, 0])

    assert result.iloc[3][["p_value", "q_value"]].isna().all()
    assert result["verdict"].iloc[3] == "cannot_tell"
    assert result["q_value"].iloc[:3].tolist() == without["q_value"].tolist()


def test_sites_where_nobody_lives_are_more_than_chance():
    result = district_verdicts([5, 4, 1], [5, 5, 0])

    assert result["verdict"].tolist() == ["cannot_tell", "cannot_tell", "more"]
    assert result["p_value"].iloc[2] == 0


@given(rows, orders)
def test_verdicts_follow_the_unit_not_the_row(units, random):
    city = table(units)
    other = shuffled(city, random)

    result = district_verdicts(other["sites"], other["people"])

    assert result.sort_index().equals(district_verdicts(city["sites"], city["people"]))


@given(rows)
def test_a_verdict_has_the_sign_of_the_gap(units):
    city = table(units)

    result = district_verdicts(city["sites"], city["people"])

    gap = city["sites"] - result["expected"]
    assert (gap[result["verdict"] == "more"] > 0).all()
    assert (gap[result["verdict"] == "fewer"] < 0).all()


def test_sites_in_proportion_to_people_get_no_verdict():
    result = district_verdicts([10, 20, 30], [1, 2, 3])

    assert result["p_value"].tolist() == [1, 1, 1]
    assert set(result["verdict"]) == {"cannot_tell"}


def test_chance_leaves_units_empty():
    # (1/2)^2 + (3/4)^2 + (3/4)^2 and one where nobody lives.
    assert expected_empty([2, 0, 0, 0], [2, 1, 1, 0]) == pytest.approx(2.375)


def test_half_sites_are_summed_before_they_are_rounded():
    assert expected_empty([0.5, 0.5], [1, 1]) == expected_empty([1, 0], [1, 1]) == 1


def test_bad_counts_and_level_are_refused_together():
    with pytest.raises(InputError) as caught:
        district_verdicts([1.5, -1], [0, 0], alpha=1)

    assert caught.value.problems == (
        Problem("negative", {"name": "`counts`", "bad": 1, "total": 2, "units": "1"}),
        Problem("fractional", {"name": "`counts`", "bad": 1, "total": 2, "units": "0"}),
        Problem("all_zero", {"name": "`population`", "total": 2}),
        Problem("not_between", {"name": "`alpha`", "found": 1, "low": 0, "high": 1}),
    )


def test_no_sites_at_all_are_refused():
    with pytest.raises(InputError) as caught:
        expected_empty([0, 0], [1, 1])

    assert caught.value.problems == (Problem("all_zero", {"name": "`counts`", "total": 2}),)


def test_a_p_value_beyond_one_or_below_none_is_refused():
    with pytest.raises(InputError) as caught:
        benjamini_hochberg(np.array([0.2, -0.1, 1.5]))

    assert [problem.kind for problem in caught.value.problems] == ["not_between", "not_between"]
