"""Votes, budgets, rankings and comparisons: published figures and what must hold for any room."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from sixes_geo.base.errors import InputError
from sixes_geo.measures import (
    ahp_weights,
    budget_weights,
    dot_votes,
    kendall_w,
    rank_frequency,
)

few = settings(max_examples=30, deadline=None)
THREE = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 5, 4, 6], [1, 3, 2, 4, 6, 5]]
rooms = st.tuples(st.integers(2, 6), st.integers(2, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(1, 9), min_size=size[1], max_size=size[1]).filter(
            lambda row: len(set(row)) > 1
        ),
        min_size=size[0],
        max_size=size[0],
    )
)
importances = st.lists(st.floats(0.1, 10), min_size=2, max_size=7)


def test_the_published_comparisons():
    weights, ratio = ahp_weights([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])

    assert weights.tolist() == pytest.approx([0.648329, 0.229651, 0.122020], abs=1e-6)
    assert ratio == pytest.approx(0.0032, abs=5e-5)


@few
@given(importances)
def test_comparisons_that_agree_give_back_what_they_came_from(importance):
    values = np.array(importance)
    weights, ratio = ahp_weights(np.divide.outer(values, values))

    assert weights == pytest.approx(values / values.sum())
    assert ratio == pytest.approx(0, abs=1e-9)


def test_two_things_are_always_consistent():
    assert ahp_weights([[1, 4], [0.25, 1]]).weights.tolist() == pytest.approx([0.8, 0.2])
    assert ahp_weights([[1, 4], [0.25, 1]]).consistency_ratio == 0
    assert ahp_weights([[1.0]]).weights.tolist() == [1]


@pytest.mark.parametrize(
    ("matrix", "kind"),
    [
        ([[1, 2, 3]], "shape"),
        ([[1, 0], [1, 1]], "not_positive"),
        ([[1, 3], [3, 1]], "not_reciprocal"),
        (np.ones((11, 11)), "shape"),
    ],
)
def test_comparisons_that_cannot_be_are_refused(matrix, kind):
    with pytest.raises(InputError) as caught:
        ahp_weights(matrix)
    assert [one.kind for one in caught.value.problems] == [kind]


def test_the_published_agreement():
    found = kendall_w(THREE)

    assert float(found) == pytest.approx(0.873015873)
    assert (found.people, found.options) == (3, 6)
    assert found.p_value < 0.05


@few
@given(rooms)
def test_agreement_is_that_of_friedman_and_lies_between_0_and_1(ranks):
    found = kendall_w(ranks, draws=9)

    assert -1e-9 <= found.w <= 1 + 1e-9
    if len(ranks[0]) > 2 and len(ranks) > 2:
        chi = friedmanchisquare(*np.array(ranks).T).statistic
        assert found.w == pytest.approx(chi / (len(ranks) * (len(ranks[0]) - 1)))


def test_all_alike_is_1_and_opposites_are_0():
    assert kendall_w([[1, 2, 3]] * 4).w == pytest.approx(1)
    assert kendall_w([[1, 2, 3], [3, 2, 1]]).w == pytest.approx(0)


def test_p_is_even_where_everybody_ranks_at_random():
    rng = np.random.default_rng(6)
    p_values = [
        kendall_w(rng.permuted(np.tile(np.arange(6), (5, 1)), axis=1), draws=199).p_value
        for _ in range(200)
    ]
    share = np.mean(np.array(p_values) <= 0.2)
    assert abs(share - 0.2) < 4 * math.sqrt(0.2 * 0.8 / 200)


def test_budgets_by_hand():
    table = budget_weights(pd.DataFrame({"a": [50, 2], "b": [50, 8]}))

    assert table["weight"].to_dict() == pytest.approx({"a": 0.35, "b": 0.65})
    assert table["sd"].tolist() == pytest.approx([0.15 * math.sqrt(2)] * 2)
    assert (table.loc["a", "lowest"], table.loc["a", "highest"]) == (0.2, 0.5)


@few
@given(rooms, st.integers(2, 9))
def test_everybody_has_the_same_say(rows, times):
    one = budget_weights(rows)
    louder = budget_weights([[value * times for value in rows[0]], *rows[1:]])

    assert one["weight"].sum() == pytest.approx(1)
    assert louder["weight"].tolist() == pytest.approx(one["weight"].tolist())


def test_dots_share_places():
    table = dot_votes(pd.Series([3, 5, 3, 0], index=list("abcd")))

    assert table["place"].to_dict() == {"a": 2, "b": 1, "c": 2, "d": 4}
    assert table["share"].sum() == 1


@few
@given(rooms)
def test_every_person_stands_once_in_each_row_of_places(ranks):
    table = rank_frequency(ranks)

    assert (table.sum(axis=1) == len(ranks)).all()
    assert table[1].sum() >= len(ranks)


@pytest.mark.parametrize("measure", [kendall_w, rank_frequency, budget_weights])
def test_what_is_no_table_is_refused(measure):
    for rows in ([1, 2, 3], [[1, math.nan], [2, 1]]):
        with pytest.raises(InputError):
            measure(rows)


def test_nothing_to_agree_about_is_refused():
    with pytest.raises(InputError) as caught:
        kendall_w([[1, 1], [2, 2]], draws=0)
    assert "too_small" in {one.kind for one in caught.value.problems}
    with pytest.raises(InputError):
        kendall_w([[1, 1], [2, 2]])
    with pytest.raises(InputError):
        budget_weights([[0, 0], [1, 2]])
    with pytest.raises(InputError):
        dot_votes([0.5, 1])
