"""Steadied rates: by hand, against esda, and what must hold for any counts."""

import numpy as np
import pandas as pd
import pytest
from esda.smoothing import Empirical_Bayes
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.errors import InputError
from sixes_geo.measures import empirical_bayes_rates

units = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 10**5)), min_size=2, max_size=12
).filter(lambda rows: any(count for count, _ in rows))


def test_three_units_by_hand():
    # m = 111/2010; A = (10 + 1000 + ...)/2010 - m/670 = .0019426 (worked out in the margin).
    found = empirical_bayes_rates([1, 100, 10], [10, 1000, 1000])
    mean = 111 / 2010
    beyond = (
        10 * (0.1 - mean) ** 2 + 1000 * (0.1 - mean) ** 2 + 1000 * (0.01 - mean) ** 2
    ) / 2010 - mean / 670
    believed = beyond / (beyond + mean / 10)

    assert found[0] == pytest.approx(mean + believed * (0.1 - mean))


@given(units)
def test_esda_gives_the_same_rates(rows):
    counts, people = (np.array(column, float) for column in zip(*rows, strict=True))
    with np.errstate(all="ignore"):  # where nothing differs beyond chance it divides by 0
        published = np.asarray(Empirical_Bayes(counts, people).r).ravel()
    spread = (people * (counts / people - counts.sum() / people.sum()) ** 2).sum() / people.sum()
    if spread > counts.sum() / people.sum() / people.mean() * (1 + 1e-9):  # else ours keeps to 0
        assert empirical_bayes_rates(counts, people).tolist() == pytest.approx(published.tolist())


@given(units)
def test_a_rate_lies_between_its_own_and_that_of_all(rows):
    counts, people = (np.array(column, float) for column in zip(*rows, strict=True))
    mean, own = counts.sum() / people.sum(), counts / people
    found = empirical_bayes_rates(counts, people).to_numpy()

    assert (found >= np.minimum(mean, own) - 1e-12).all()
    assert (found <= np.maximum(mean, own) + 1e-12).all()


@given(units, st.randoms(use_true_random=False))
def test_the_order_of_rows_leaves_no_trace(rows, random):
    table = pd.DataFrame(rows, columns=["count", "people"])
    mixed = table.iloc[random.sample(range(len(table)), len(table))]

    one = empirical_bayes_rates(table["count"], table["people"])
    other = empirical_bayes_rates(mixed["count"], mixed["people"]).sort_index()
    assert other.tolist() == pytest.approx(one.tolist(), rel=1e-9)


def test_where_nobody_lives_there_is_no_rate():
    found = empirical_bayes_rates([5, 1, 9], [100, 0, 300])

    assert found.isna().tolist() == [False, True, False]


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        empirical_bayes_rates([-1, np.nan], [0, 0])
    assert {"negative", "missing", "all_zero"} <= {one.kind for one in caught.value.problems}
