"""The grain of reach: what has no answer, what is spread, and what can never be exceeded."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import coverage, reach_grain

SIDE = 400.0
RADIUS = SIDE / math.sqrt(math.pi)
CENTRES = np.array([[x, y] for x in range(8) for y in range(8)]) * SIDE + SIDE / 2
SQUARES = shapely.box(*(CENTRES - SIDE / 2).T, *(CENTRES + SIDE / 2).T)

sites = st.lists(
    st.tuples(st.floats(0, 3_200), st.floats(0, 3_200)), min_size=1, max_size=5
).map(np.array)  # fmt: skip
crowds = st.lists(st.integers(0, 500), min_size=64, max_size=64).filter(any)


def discs(places, radius):
    return shapely.union_all(shapely.buffer(shapely.points(places), radius, quad_segs=64))


def shares_of_area(places, thresholds):
    """Return the share of each square within each distance of a place."""
    parts = [shapely.area(shapely.intersection(SQUARES, discs(places, t))) for t in thresholds]
    return (np.column_stack(parts) / SIDE**2).clip(0, 1)


# ---------------------------------------------------------------- known answers


def test_the_grain_is_what_nine_in_ten_people_do_not_exceed():
    assert reach_grain([10, 20, 30], [1, 8, 1]) == 20
    assert reach_grain([10, 20, 30], [1, 7, 2]) == 30
    assert reach_grain([30, 10, 20], [0, 5, 5]) == 20


def test_ten_places_in_large_districts_have_no_answer_at_250_metres():
    # District centres that stand for 2 km: one lies 100 m from a place, and says nothing.
    table = coverage(
        [[0, 0], [5_000, 0]], [9_000, 80_000], [[100, 0]], threshold_m=[250, 2_500, 4_000],
        radius_m=[2_000, 2_000], area_share=[[0.01, 0.9, 1.0], [0.0, 0.1, 0.3]],
    )  # fmt: skip

    assert table["answer"].tolist() == ["below_grain", "spread", "points"]
    assert table["grain_m"].tolist() == [2_000] * 3
    assert np.isnan(table["share"][0])
    assert np.isnan(table["people_within"][0])
    assert table["people_within"].tolist()[1:] == [0.9 * 9_000 + 0.1 * 80_000, 9_000]


def test_between_one_and_two_radii_without_areas_nothing_is_known():
    table = coverage([[0, 0]], [5], [[0, 0]], threshold_m=[99, 100, 199, 200], radius_m=[100])

    assert table["answer"].tolist() == ["below_grain", "unknown_area", "unknown_area", "points"]
    assert table["share"].isna().tolist() == [True, True, True, False]


def test_points_finer_than_the_grain_count_where_they_are():
    # Blocks of 50 m and a district of 300 m, which holds 20 % of the people.
    table = coverage(
        [[0, 0], [90, 0]], [80, 20], [[0, 0]], threshold_m=[310], radius_m=[50, 300],
        area_share=[[0.2], [0.5]],
    )  # fmt: skip

    assert table["answer"].tolist() == ["spread"]
    assert table["people_within"].tolist() == [80 + 0.5 * 20]


def test_each_group_has_the_grain_of_its_own_points():
    table = coverage(
        [[0, 0], [0, 0]], [5, 5], [[0, 0]], threshold_m=[200], radius_m=[20, 900],
        groups=["fine", "coarse"],
    )  # fmt: skip

    told = table.set_index("group")["answer"].to_dict()
    assert told == {"all": "below_grain", "coarse": "below_grain", "fine": "points"}


def test_a_group_of_nobody_has_neither_grain_nor_share():
    table = coverage(
        [[0, 0], [0, 0]], [5, 0], [[0, 0]], threshold_m=[200], radius_m=[20, 20], groups=[1, 2]
    )

    empty = table[table["group"] == 2].iloc[0]
    assert np.isnan(empty["grain_m"])
    assert np.isnan(empty["share"])


# ---------------------------------------------------------------- properties


@given(crowds, sites, st.lists(st.floats(0, 3_000), min_size=1, max_size=4))
def test_points_without_extent_are_the_plain_coverage(people, places, thresholds):
    plain = coverage(CENTRES, people, places, threshold_m=thresholds)
    exact = coverage(CENTRES, people, places, threshold_m=thresholds, radius_m=np.zeros(64))

    assert (exact["answer"] == "points").all()
    assert exact[plain.columns].equals(plain)


@settings(deadline=None, max_examples=60)
@given(crowds, sites, st.floats(RADIUS, 1_500))
def test_no_more_people_than_the_discs_could_hold_at_their_densest(people, places, threshold):
    shares = shares_of_area(places, [threshold])
    table = coverage(
        CENTRES, people, places, threshold_m=threshold, radius_m=np.full(64, RADIUS),
        area_share=shares,
    )  # fmt: skip
    widened = discs(places, threshold + table["grain_m"][0])
    touched = shapely.intersects(SQUARES, widened)
    densest = max(np.array(people)[touched], default=0) / SIDE**2

    assert table["answer"][0] == ("spread" if threshold < 2 * RADIUS - 1e-6 else "points")
    assert table["people_within"][0] <= densest * widened.area * 1.001 + 1e-6


@settings(deadline=None, max_examples=30)
@given(crowds, sites)
def test_spread_people_grow_with_distance(people, places):
    thresholds = np.linspace(RADIUS, 1.99 * RADIUS, 6)
    table = coverage(
        CENTRES, people, places, threshold_m=thresholds, radius_m=np.full(64, RADIUS),
        area_share=shares_of_area(places, thresholds),
    )  # fmt: skip

    assert table["share"].is_monotonic_increasing
    assert table["share"].between(0, 1 + 1e-9).all()


@settings(deadline=None, max_examples=15)
@given(sites, st.integers(0, 10**6))
def test_spread_people_are_those_of_single_homes(places, seed):
    # A second derivation: 200 homes in every square, each counted where it is.
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 300, 64)
    threshold = 1.5 * RADIUS
    homes = (CENTRES[:, None] + (rng.random((64, 200, 2)) - 0.5) * SIDE).reshape(-1, 2)
    single = coverage(homes, np.repeat(people, 200) / 200, places, threshold_m=threshold)
    table = coverage(
        CENTRES, people, places, threshold_m=threshold, radius_m=np.full(64, RADIUS),
        area_share=shares_of_area(places, [threshold]),
    )  # fmt: skip

    assert table["share"][0] == pytest.approx(single["share"][0], abs=0.02)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({"radius_m": [1, 2, 3]}, ["length"]),
        ({"radius_m": [1, -2]}, ["negative"]),
        ({"radius_m": [1, math.nan]}, ["missing"]),
        ({"radius_m": [1, 2], "area_share": [0.5, 0.5]}, ["shape"]),
        ({"radius_m": [1, 2], "area_share": [[0.5], [1.5]]}, ["not_shares"]),
        ({"radius_m": [1, 2], "area_share": [[0.5], [math.nan]]}, ["not_shares"]),
        ({"area_share": [[0.5], [0.5]]}, ["left_out"]),
        ({"radius_m": [-1, 2], "threshold_m": -1, "area_share": [[2], [0]]},
         ["too_small", "negative", "not_shares"]),
    ],
)  # fmt: skip
def test_bad_radii_and_areas_are_refused(options, kinds):
    with pytest.raises(InputError) as refused:
        coverage([[0, 0], [1, 1]], [1, 1], [[0, 0]], **({"threshold_m": 5} | options))

    assert [problem.kind for problem in refused.value.problems] == kinds


def test_the_grain_of_nobody_is_refused():
    with pytest.raises(InputError) as refused:
        reach_grain([1, -2], [0, 0])

    assert [problem.kind for problem in refused.value.problems] == ["negative", "all_zero"]
