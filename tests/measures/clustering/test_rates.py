"""Steadied rates: by hand, published figures, and what must hold for any counts."""

import numpy as np
import pandas as pd
import pytest
from esda.smoothing import Empirical_Bayes
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import empirical_bayes_rates
from tests.measures.published import columns, neighbours

units = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 10**5)), min_size=2, max_size=12
).filter(lambda rows: any(count for count, _ in rows))


def arrays(rows):
    return (np.array(column, dtype=float) for column in zip(*rows, strict=True))


def test_two_units_by_hand():
    # Rates .02 and .08, mean .05, spread .0009; chance alone gives .05 / 100 = .0005. Of the
    # .0009 the other .0004 are believed: each keeps 4/9 of the .03 by which it differs.
    found = empirical_bayes_rates([2, 8], [100, 100])

    assert found.tolist() == pytest.approx([0.05 - 0.03 * 4 / 9, 0.05 + 0.03 * 4 / 9])
    assert found.name == "rate"


def test_rates_no_further_apart_than_chance_are_one_rate():
    # Rates .04 and .06: spread .0001, less than the .0005 of chance.
    assert empirical_bayes_rates([4, 6], [100, 100]).tolist() == pytest.approx([0.05, 0.05])


def test_homicides_around_saint_louis():
    # Documentation of esda.smoothing.Empirical_Bayes: homicides and people of 1979-84.
    table = columns("stl_hom.csv", neighbours("stl.gal"))
    found = empirical_bayes_rates(table["HC7984"], table["PO7984"])

    published = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05]
    published += [3.66494122e-05, 5.79952721e-05, 2.03064590e-05, 3.31152999e-05, 3.02748380e-05]
    assert found[:10].tolist() == pytest.approx(published)


@given(units)
def test_esda_gives_the_same_rates(rows):
    counts, people = arrays(rows)
    mean = counts.sum() / people.sum()
    spread = (people * (counts / people - mean) ** 2).sum() / people.sum()
    if spread > mean / people.mean() * (1 + 1e-9):  # Where it is no larger esda divides by 0.
        published = np.asarray(Empirical_Bayes(counts, people).r).ravel()
        assert empirical_bayes_rates(counts, people).tolist() == pytest.approx(published.tolist())


@given(units)
def test_a_rate_lies_between_its_own_and_that_of_all(rows):
    counts, people = arrays(rows)
    mean, own = counts.sum() / people.sum(), counts / people
    found = empirical_bayes_rates(counts, people).to_numpy()

    assert (found >= np.minimum(mean, own) - 1e-12).all()
    assert (found <= np.maximum(mean, own) + 1e-12).all()


@given(units)
def test_the_more_people_the_more_a_rate_is_believed(rows):
    # The same rate in a unit of few and one of many: the latter stays closer to it.
    counts, people = arrays([*rows, (30, 100), (3000, 10_000)])
    few, many = empirical_bayes_rates(counts, people).tolist()[-2:]

    assert abs(many - 0.3) <= abs(few - 0.3) + 1e-12


@given(units, st.randoms(use_true_random=False))
def test_the_order_of_rows_leaves_no_trace(rows, random):
    table = pd.DataFrame(rows, columns=["count", "people"])
    mixed = table.iloc[random.sample(range(len(table)), len(table))]

    one = empirical_bayes_rates(table["count"], table["people"])
    other = empirical_bayes_rates(mixed["count"], mixed["people"])
    assert other.index.equals(mixed.index)
    assert other.sort_index().tolist() == one.tolist()


def test_where_nobody_lives_there_is_no_rate_and_sites_there_do_not_count():
    found = empirical_bayes_rates([5, 1, 9], [100, 0, 300])

    assert found.isna().tolist() == [False, True, False]
    without = empirical_bayes_rates([5, 9], [100, 300])
    assert found.dropna().tolist() == without.tolist()


def test_where_all_sites_stand_among_nobody_rates_are_zero():
    assert empirical_bayes_rates([0, 3, 0], [10, 0, 20]).fillna(-1).tolist() == [0, -1, 0]


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        empirical_bayes_rates([-1, np.nan], [0, 0])
    kinds = [problem.kind for problem in caught.value.problems]
    assert sorted(kinds) == ["all_zero", "missing", "negative"]
    assert caught.value.where == "empirical_bayes_rates"
