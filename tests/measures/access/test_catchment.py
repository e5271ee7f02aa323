"""Catchments: the published case, hand-worked and provable values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from sixes_geo.base.errors import InputError
from sixes_geo.measures import pairs_within, two_step_floating_catchment

MINUTES = [
    [5.8, 47, 48, 47, 64],
    [45, 5.8, 13, 41, 70],
    [44, 13, 5.8, 42, 67],
    [43, 43, 49, 5.8, 58],
    [60, 70, 68, 64, 5.8],
]
PEOPLE, JOBS = [852, 394, 1969, 2189, 0], [82, 308, 100, 109, 0]

towns = st.integers(1, 8).flatmap(
    lambda n: st.integers(1, 6).flatmap(
        lambda m: st.tuples(
            st.lists(st.integers(1, 1000), min_size=n, max_size=n),
            st.lists(st.integers(1, 100), min_size=m, max_size=m),
            st.lists(st.lists(st.integers(0, 100), min_size=m, max_size=m), min_size=n, max_size=n),
        )
    )
)


def test_the_published_case():
    # Ipea, R package accessibility, tests of floating_catchment_area (Belo Horizonte cells).
    found = two_step_floating_catchment(JOBS, PEOPLE, MINUTES, 45)

    assert found.round(4).tolist() == [0.0152, 0.1491, 0.1491, 0.1068, 0]


def test_two_points_by_hand():
    # Site 0 (6 docks) is in reach of both (1 + 2 people): 2 each. Site 1 (4) of the second
    # only: 2 each. So the first has 2 a head, the second 4.
    found = two_step_floating_catchment(
        [6, 4], pd.Series([1, 2], index=["a", "b"]), [[1, 9], [1, 1]], 5
    )

    assert found.to_dict() == {"a": 2, "b": 4}


def test_decay_by_hand():
    # Weights 1 and 1/2: ratio 10 / (4 + 8 / 2) = 1.25; access 1.25 and 0.625.
    found = two_step_floating_catchment(
        [10], [4, 8], [[0], [100]], 500, decay=lambda d: 1 - d / 200
    )

    assert found.tolist() == [1.25, 0.625]


def test_supply_that_nobody_can_reach_gives_nothing():
    assert two_step_floating_catchment([5, 7], [3], [[1, 99]], 10).tolist() == [5 / 3]
    assert two_step_floating_catchment([5], [3], [[99]], 10).tolist() == [0]


def test_where_there_is_no_way_nothing_is_in_reach():
    for nothing in (math.nan, math.inf):
        assert two_step_floating_catchment([5], [3, 1], [[1], [nothing]], 10).tolist()[1] == 0


def test_a_stored_zero_is_within_reach_and_an_absent_entry_is_not():
    stored = csr_array((np.array([0.0]), (np.array([0]), np.array([0]))), shape=(2, 1))

    assert two_step_floating_catchment([4], [2, 2], stored, 10).tolist() == [2, 0]


@given(towns, st.integers(0, 100))
def test_people_times_access_is_the_supply_in_reach(town, cutoff):
    people, supply, cost = town
    found = two_step_floating_catchment(supply, people, cost, cutoff)

    reached = (np.array(cost) <= cutoff).any(axis=0)
    assert (found * people).sum() == pytest.approx(np.array(supply)[reached].sum())


@given(towns, st.integers(0, 100))
def test_sparse_and_dense_costs_agree(town, cutoff):
    people, supply, cost = town
    row, column = np.indices((len(people), len(supply))).reshape(2, -1)
    values = np.array(cost, dtype=float).ravel()
    stored = csr_array((len(people), len(supply)))
    counts = np.r_[0, np.cumsum(np.bincount(row, minlength=len(people)))]
    stored = csr_array((values, column, counts), shape=stored.shape)

    dense = two_step_floating_catchment(supply, people, cost, cutoff)
    assert two_step_floating_catchment(supply, people, stored, cutoff).tolist() == dense.tolist()


@given(towns, st.integers(0, 100), st.integers(2, 9))
def test_scaling_people_or_supply_scales_access(town, cutoff, times):
    people, supply, cost = town
    one = two_step_floating_catchment(supply, people, cost, cutoff)
    more = two_step_floating_catchment([s * times for s in supply], people, cost, cutoff)
    crowd = two_step_floating_catchment(supply, [p * times for p in people], cost, cutoff)

    assert more.tolist() == pytest.approx((one * times).tolist())
    assert crowd.tolist() == pytest.approx((one / times).tolist())


def test_pairs_are_those_within_and_a_distance_of_0_is_kept():
    pairs = pairs_within([[0, 0], [300, 400], [0, 501]], [[0, 0], [300, 400]], 500)

    assert pairs.nnz == 5
    assert pairs[[1], [0]].tolist() == [500]
    access = two_step_floating_catchment([1, 1], [1, 1, 1], pairs, 500)
    assert access.sum() == pytest.approx(2)


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        two_step_floating_catchment([0], [-1], [[-3.0]], -5)

    kinds = [problem.kind for problem in caught.value.problems]
    assert kinds.count("negative") == 2
    assert {"all_zero", "too_small"} <= set(kinds)


def test_a_table_of_another_shape_is_refused():
    for cost in ([[1, 2]], [1, 2]):
        with pytest.raises(InputError) as caught:
            two_step_floating_catchment([1], [1], cost, 5)
        assert [problem.kind for problem in caught.value.problems] == ["shape"]


def test_a_decay_below_0_is_refused():
    with pytest.raises(InputError):
        two_step_floating_catchment([1], [1], [[1]], 5, decay=lambda cost: -cost)
    with pytest.raises(InputError):
        pairs_within([[0, 0]], [[0, 0]], -1)
