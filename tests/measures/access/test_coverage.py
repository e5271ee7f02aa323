"""Distances to the nearest site: hand-worked and provable values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from sixes_geo.base.errors import InputError
from sixes_geo.measures import coverage, exponential_coverage, nearest_distance

HOMES = [[0, 0], [300, 400], [0, 1000], [2000, 0]]
PEOPLE = [10, 20, 30, 40]
QUINTILES = [1, 1, 2, None]
SITES = [[0, 0], [0, 900]]
# The nearest site is 0, 500, 100 and 2,000 m away.

homes = st.lists(
    st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(1, 900)),
    min_size=1,
    max_size=30,
)
stands = st.lists(
    st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000)), min_size=1, max_size=8
)
THRESHOLDS = [0, 250, 1000, 4000]


def split(rows):
    table = np.array(rows, dtype=float)
    return table[:, :2], table[:, 2]


def test_coverage_by_hand():
    table = coverage(HOMES, PEOPLE, SITES, threshold_m=[0, 100, 500], groups=QUINTILES)

    found = table.pivot_table(index="group", columns="threshold_m", values="share", sort=False)
    assert found.loc["all"].tolist() == pytest.approx([0.1, 0.4, 0.6])
    assert found.loc[1].tolist() == pytest.approx([1 / 3, 1 / 3, 1])
    assert found.loc[2].tolist() == pytest.approx([0, 1, 1])
    assert table["group"].unique().tolist() == ["all", 1, 2]


def test_nearest_distances_by_hand():
    # In order of distance: 10 people at 0, 30 at 100, 20 at 500, 40 at 2,000.
    quantiles = (0.1, 0.11, 0.4, 0.6, 0.61)
    table = nearest_distance(HOMES, PEOPLE, SITES, quantiles=quantiles, groups=QUINTILES)

    everybody = table[table["group"] == "all"]
    assert everybody["distance_m"].tolist() == [0, 100, 100, 500, 2000]


def test_nearness_by_hand():
    table = exponential_coverage(HOMES, PEOPLE, SITES, theta_m=500)

    by_hand = 10 + 20 * math.exp(-1) + 30 * math.exp(-0.2) + 40 * math.exp(-4)
    assert table["nearness"].tolist() == pytest.approx([by_hand / 100])


def test_a_group_of_nobody_has_no_share():
    table = coverage(HOMES, [0, 0, 5, 5], SITES, threshold_m=500, groups=[1, 1, 2, 2])

    assert table.set_index("group")["share"].isna().to_dict() == {"all": False, 1: True, 2: False}
    far = nearest_distance(HOMES, [0, 0, 5, 5], SITES, quantiles=[0.5], groups=[1, 1, 2, 2])
    assert far.set_index("group")["distance_m"].isna().to_dict()[1]


def test_the_share_within_an_exact_threshold_counts():
    assert coverage([[3, 4]], [1], [[0, 0]], threshold_m=5)["share"].tolist() == [1]


@given(homes, stands)
def test_coverage_grows_with_distance_and_agrees_with_a_loop(rows, sites):
    points, people = split(rows)
    table = coverage(points, people, sites, threshold_m=THRESHOLDS)

    assert table["share"].is_monotonic_increasing
    nearest = [min(math.dist(home, site) for site in sites) for home in points]
    for within, limit in zip(table["people_within"], THRESHOLDS, strict=True):
        plain = sum(p for p, d in zip(people, nearest, strict=True) if d <= limit + 1e-6)
        assert within == pytest.approx(plain)


@given(homes, stands, st.integers(-(10**6), 10**6))
def test_neither_a_move_nor_halves_nor_the_order_of_rows_matter(rows, sites, move):
    points, people = split(rows)
    one = coverage(points, people, sites, threshold_m=THRESHOLDS)
    moved = coverage(points + move, people, np.array(sites) + move, threshold_m=THRESHOLDS)
    halves = coverage(
        np.r_[points, points][::-1], np.r_[people, people][::-1] / 2, sites, threshold_m=THRESHOLDS
    )

    assert moved["share"].tolist() == pytest.approx(one["share"].tolist())
    assert halves["share"].tolist() == pytest.approx(one["share"].tolist())


@given(homes, stands)
def test_quantiles_are_the_inverse_of_coverage(rows, sites):
    points, people = split(rows)
    far = nearest_distance(points, people, sites, quantiles=(0.25, 0.5, 0.9))

    shares = coverage(points, people, sites, threshold_m=far["distance_m"].tolist())["share"]
    assert (shares >= far["quantile"] - 1e-9).all()
    assert far["distance_m"].is_monotonic_increasing


@given(homes, stands)
def test_nearness_lies_between_0_and_1_and_more_sites_never_lessen_it(rows, sites):
    points, people = split(rows)
    one = exponential_coverage(points, people, sites)["nearness"][0]
    more = exponential_coverage(points, people, [*sites, (0, 0)])["nearness"][0]

    assert 0 <= one <= more + 1e-12 <= 1 + 1e-9


def test_scipy_agrees_on_a_lattice():
    rng = np.random.default_rng(1)
    points, sites = rng.uniform(0, 9000, (500, 2)), rng.uniform(0, 9000, (40, 2))
    people = rng.integers(1, 100, 500)

    plain = np.average(cdist(points, sites).min(axis=1) <= 600, weights=people)
    assert coverage(points, people, sites, threshold_m=600)["share"][0] == pytest.approx(plain)


@pytest.mark.parametrize("measure", [coverage, nearest_distance, exponential_coverage])
def test_all_faults_are_named_at_once(measure):
    options = {"threshold_m": -1} if measure is coverage else {}
    options |= {"quantiles": [1.5]} if measure is nearest_distance else {}
    options |= {"theta_m": 0} if measure is exponential_coverage else {}
    with pytest.raises(InputError) as caught:
        measure([[0, 0, 0]], [-1, math.nan], [], **options)

    kinds = [problem.kind for problem in caught.value.problems]
    assert {"missing", "negative", "not_places"} <= set(kinds)
    assert set(kinds) & {"too_small", "not_between", "not_positive"}


def test_places_that_are_not_known_are_refused():
    with pytest.raises(InputError) as caught:
        coverage([[0, 0], [math.nan, 1]], [1, 1], [[0, 0]], threshold_m=1)
    assert [problem.kind for problem in caught.value.problems] == ["missing"]

    with pytest.raises(InputError) as caught:
        coverage([[0, 0]], [1, 1], [[0, 0]], threshold_m=1, groups=pd.Series([1]))
    assert "length" in [problem.kind for problem in caught.value.problems]
