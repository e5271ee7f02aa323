"""The next best sites: the published line, brute force, and what must hold for any costs."""

import math
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import greedy_coverage, maximal_coverage, p_median
from sixes_geo.measures.access import siting

few = settings(max_examples=25, deadline=None)
LINE = np.abs(np.subtract.outer(np.arange(10), np.arange(10))).astype(float)
DEMAND = [5, 1, 1, 8, 1, 1, 6, 1, 1, 4]
towns = st.tuples(st.integers(1, 6), st.integers(2, 5)).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(1, 50), min_size=size[0], max_size=size[0]),
        st.lists(
            st.lists(st.integers(0, 20), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        ),
        st.integers(1, size[1]),
    )
)


@pytest.mark.parametrize(("k", "covered", "total"), [(1, 10, 72), (2, 18, 35), (3, 25, 19)])
def test_the_line_of_ten(k, covered, total):
    assert maximal_coverage(DEMAND, LINE, k, radius=1).objective == covered
    assert p_median(DEMAND, LINE, k).objective == total


@few
@given(towns, st.integers(0, 20))
def test_no_other_set_covers_more(town, radius):
    people, cost, k = town
    near = np.array(cost) <= radius
    best = max(
        np.array(people)[near[:, list(chosen)].any(axis=1)].sum()
        for chosen in combinations(range(len(cost[0])), k)
    )
    found = maximal_coverage(people, cost, k, radius=radius)

    assert found.objective == best
    assert found.share == pytest.approx(best / sum(people))
    assert len(found.chosen) == k


@few
@given(towns)
def test_no_other_set_is_nearer(town):
    people, cost, k = town
    best = min(
        np.array(people) @ np.array(cost)[:, list(chosen)].min(axis=1)
        for chosen in combinations(range(len(cost[0])), k)
    )

    assert p_median(people, cost, k).objective == pytest.approx(best)


@few
@given(towns)
def test_greed_reaches_most_of_what_is_possible(town):
    people, cost, k = town
    nearness = np.exp(-np.array(cost) / 5)
    best = max(
        np.array(people) @ nearness[:, list(chosen)].max(axis=1)
        for chosen in combinations(range(len(cost[0])), k)
    )
    found = greedy_coverage(people, cost, k, theta=5)

    assert (1 - 1 / math.e) * best - 1e-9 <= found.objective <= best + 1e-9
    assert len(found.chosen) == k


def test_what_is_there_already_counts_and_is_not_chosen_again():
    for found in (
        maximal_coverage(DEMAND, LINE, 1, radius=1, existing=[3]),
        p_median(DEMAND, LINE, 1, existing=[3]),
        greedy_coverage(DEMAND, LINE, 1, theta=1, existing=[3]),
    ):
        assert 3 not in found.chosen
        assert len(found.chosen) == 1
    assert maximal_coverage(DEMAND, LINE, 1, radius=1, existing=[3]).objective == 18


def test_all_faults_are_named_at_once():
    for measure, options in (
        (maximal_coverage, {"radius": 1}),
        (p_median, {}),
        (greedy_coverage, {"theta": 1}),
    ):
        with pytest.raises(InputError) as caught:
            measure([-1, 2], [[1.0], [2.0]], 2, **options)
        assert {"negative", "not_between"} <= {one.kind for one in caught.value.problems}
        with pytest.raises(InputError):
            measure([1, 2], [[1.0], [-2.0]], 1, **options)
        with pytest.raises(InputError):
            measure([1, 2], [[1.0]], 1, **options)


def kinds(measure, *given, **options):
    """Return the kinds of the faults that a measure tells of."""
    with pytest.raises(InputError) as caught:
        measure(*given, **options)
    return [one.kind for one in caught.value.problems]


def test_a_wrong_option_is_told_with_the_other_faults():
    wrong = ([-1, 2], [[1.0], [2.0]], 2)

    assert kinds(greedy_coverage, *wrong, theta=0) == ["negative", "not_positive", "not_between"]
    assert kinds(maximal_coverage, *wrong, radius=-1) == ["negative", "too_small", "not_between"]


@pytest.mark.parametrize("theta", [0, -1, math.nan, math.inf])
def test_a_decay_is_a_number_above_zero(theta):
    assert kinds(greedy_coverage, [1], [[1.0]], 1, theta=theta) == ["not_positive"]


def test_an_existing_site_that_is_no_candidate_is_named():
    with pytest.raises(InputError, match="`existing` is 7"):
        p_median([1, 2], [[1.0, 2.0], [2.0, 1.0]], 1, existing=[0, 7])


@pytest.mark.parametrize(
    ("measure", "options"), [(maximal_coverage, {"radius": 1}), (p_median, {})]
)
def test_a_programme_without_a_solution_is_refused_in_one_line(measure, options, monkeypatch):
    unsolved = SimpleNamespace(x=None, message="Time limit reached.")
    monkeypatch.setattr(siting, "milp", lambda *_, **__: unsolved)

    with pytest.raises(InputError, match=r"no solution \(Time limit reached"):
        measure(DEMAND, LINE, 1, **options)
