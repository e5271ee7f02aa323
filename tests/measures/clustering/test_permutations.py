"""Dealing values at random: against all ways to deal, listed one by one."""

from itertools import permutations as all_ways

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from sixes_geo.measures.clustering import permutations
from sixes_geo.measures.clustering.permutations import Tails, neighbour_tails, permuted_moran

MANY = 20_000
NEAR = 0.02  # Four standard errors of twice a share of 20,000.


def standing(values):
    values = np.asarray(values, dtype=float)
    return (values - values.mean()) / values.std(ddof=1)


def ring(n):
    """Return units in a circle, half a weight to either side."""
    shift = np.eye(n)[np.roll(np.arange(n), -1)]
    return csr_array((shift + shift.T) / 2)


def listed_tails(scores, weights):
    """Return the two-sided p of each unit, ties on both sides, from all ways to deal."""
    p_values = []
    for unit, row in enumerate(weights):
        others = np.delete(np.arange(scores.size), unit)
        lags = np.array(list(all_ways(scores[others]))) @ row[others]
        high = np.mean(lags >= row @ scores - 1e-9)
        low = np.mean(lags <= row @ scores + 1e-9)
        p_values.append(min(1, 2 * min(high, low)))
    return p_values


def test_twice_the_smaller_tail_by_hand():
    tails = Tails.of(np.array([3, 990, 500, 999]), np.array([996, 9, 500, 999]), 999)

    assert tails.p_value.tolist() == pytest.approx([0.008, 0.02, 1, 1])
    assert tails.upper.tolist() == [True, False, False, False]
    assert tails.lower.tolist() == [False, True, False, False]


def test_a_ring_of_six_by_hand():
    # Beside unit 0 stand 4 and 10. Of the ten pairs of 4, 1, 2, 3 and 10 only this one adds up
    # to 14. Beside unit 1 stand 5 and 1: of the pairs of 5, 1, 2, 3 and 10 those of 1 and 2,
    # 1 and 3, 2 and 3, and 1 and 5 are no higher, where 1 and 5 is itself.
    tails = neighbour_tails(standing([5, 4, 1, 2, 3, 10]), ring(6), MANY, 0)

    assert tails.p_value[:2].tolist() == pytest.approx([0.2, 0.8], abs=NEAR)
    assert tails.upper[0]
    assert tails.lower[1]


@pytest.mark.parametrize("seed", range(4))
def test_all_ways_to_deal_with_weights_of_any_size_and_ties(seed):
    rng = np.random.default_rng(seed)
    weights = rng.random((6, 6)) * (rng.random((6, 6)) < 0.5) * (1 - np.eye(6))
    weights += np.eye(6)[np.roll(np.arange(6), -1)]  # Nobody is left without a neighbour.
    weights /= weights.sum(axis=1, keepdims=True)
    scores = standing(rng.integers(-2, 3, 6))

    tails = neighbour_tails(scores, csr_array(weights), MANY, seed)
    assert tails.p_value.tolist() == pytest.approx(listed_tails(scores, weights), abs=NEAR)


def test_every_unit_draws_from_all_others_alike():
    # One neighbour each, and all values differ: the share of draws that are as high is its
    # rank among the nine others. The last unit has a card of its own to stand in for itself.
    n = 10
    scores = standing(np.random.default_rng(4).permutation(n))
    following = csr_array(np.eye(n)[np.roll(np.arange(n), -1)])
    expected = []
    for unit in range(n):
        others, seen = np.delete(scores, unit), scores[(unit + 1) % n]
        expected.append(min(1, 2 * min(np.mean(others >= seen), np.mean(others <= seen))))

    tails = neighbour_tails(scores, following, MANY, 1)
    assert tails.p_value.tolist() == pytest.approx(expected, abs=NEAR)


def test_many_small_batches_tell_the_same_as_one(monkeypatch):
    scores, graph = standing([5, 4, 1, 2, 3, 10]), ring(6)
    one = neighbour_tails(scores, graph, MANY, 0).p_value
    whole = permuted_moran(scores, graph, 500, 0)
    monkeypatch.setattr(permutations, "CELLS", 100)  # 16 at a time: the last batch is not full.

    assert neighbour_tails(scores, graph, MANY, 0).p_value == pytest.approx(one, abs=2 * NEAR)
    assert permuted_moran(scores, graph, 500, 0).tolist() == pytest.approx(whole.tolist())


def test_indices_of_all_values_are_those_of_all_ways_to_deal():
    # A ring of five: 120 ways, twelve different rings.
    scores, graph = standing([1, 2, 4, 8, 16]), ring(5)
    listed = np.array([way @ (graph @ way) / 4 for way in map(np.array, all_ways(scores))])
    expected = np.unique(listed.round(9), return_counts=True)

    found = np.unique(permuted_moran(scores, graph, MANY, 0).round(9), return_counts=True)
    assert found[0].tolist() == expected[0].tolist()
    assert (found[1] / MANY).tolist() == pytest.approx((expected[1] / 120).tolist(), abs=NEAR)


@given(st.lists(st.integers(-5, 5), min_size=4, max_size=8).filter(lambda v: len(set(v)) > 1))
def test_turning_the_values_swaps_the_tails(values):
    scores, graph = standing(values), ring(len(values))
    one, other = (neighbour_tails(sign * scores, graph, 49, 3) for sign in (1, -1))

    assert one.p_value.tolist() == other.p_value.tolist()
    assert one.upper.tolist() == other.lower.tolist()
    assert ((one.p_value >= 2 / 50) & (one.p_value <= 1)).all()
