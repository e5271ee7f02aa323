"""A site stands in one unit, in metres, whatever the order of the rows."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import toy
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point

from sixes_geo.spatial.placement import (
    LATTICE,
    POINTS_PER_AREA,
    anchor_points,
    disc_shares,
    lattice,
    locate,
    share_within,
)

ZONES, DISTRICTS = toy.zones(), toy.districts()

ROUND = 0.005
"""A disc of 64 corners is this much smaller than a circle, at most."""

kilometres = st.floats(0.001, 3.999)


def points(*places):
    shapes = [None if place is None else toy.spot(*place) for place in places]
    return gpd.GeoSeries(shapes, crs=toy.CRS)


def zones_of(*places, snap_m=0.0):
    found = locate(points(*places), ZONES, crs=toy.CRS, snap_m=snap_m)
    return [None if pd.isna(one) else one for one in found]


def shares_of(*places, radius):
    sites = points(*places)
    return disc_shares(sites, pd.Series(float(radius), sites.index), ZONES, crs=toy.CRS)


def test_points_stand_in_the_square_around_them():
    assert zones_of((0.5, 0.5), (2.5, 1.5), (3.9, 3.9)) == ["0101", "0203", "0404"]


def test_points_outside_and_points_without_a_place_stand_nowhere():
    assert zones_of((5, 5), None, (0.5, 0.5)) == [None, None, "0101"]


def test_nothing_at_all_can_be_located():
    found = locate(points(None, None), ZONES, crs=toy.CRS)

    assert found.isna().tolist() == [True, True]


@pytest.mark.filterwarnings("ignore:GeoSeries.notna")
def test_an_empty_point_stands_nowhere():
    sites = gpd.GeoSeries([Point(), toy.spot(0.5, 0.5)], crs=toy.CRS)

    assert locate(sites, ZONES, crs=toy.CRS).isna().tolist() == [True, False]


@given(st.randoms(use_true_random=False))
def test_a_point_on_a_shared_border_counts_once_whatever_the_row_order(random):
    mixed = ZONES.iloc[random.sample(range(len(ZONES)), len(ZONES))]

    found = locate(points((2, 0.5), (1, 1), (2, 2)), mixed, crs=toy.CRS)

    assert found.tolist() == ["0102", "0101", "0104"]


@given(st.lists(st.tuples(kilometres, kilometres), min_size=1, max_size=8))
def test_every_point_of_the_city_stands_in_exactly_one_zone_of_its_district(places):
    sites = points(*places)

    zones = locate(sites, ZONES, crs=toy.CRS)
    districts = locate(sites, DISTRICTS, crs=toy.CRS)

    assert zones.notna().all()
    assert zones.str[:2].tolist() == districts.tolist()


def test_the_result_keeps_the_index_of_the_caller():
    sites = points((0.5, 0.5), (2.5, 0.5)).set_axis(["b", "a"])

    assert locate(sites, ZONES, crs=toy.CRS).to_dict() == {"b": "0101", "a": "0201"}


def test_ids_keep_their_leading_zeros_and_are_texts():
    units = ZONES.assign(id=range(16))

    assert locate(points((0.5, 0.5)), units, crs=toy.CRS).tolist() == ["0"]


def test_degrees_and_metres_give_the_same_unit():
    sites = points((0.5, 0.5), (2.5, 3.5), (9, 9))
    far = locate(sites.to_crs(toy.GEOGRAPHIC), ZONES.to_crs(toy.GEOGRAPHIC), crs=toy.CRS)
    near = locate(sites, ZONES, crs=toy.CRS)

    pd.testing.assert_series_equal(far, near)


@pytest.mark.parametrize(
    ("snap_m", "zone"), [(0, None), (99, None), (101, "0202"), (10_000, "0202")]
)
def test_a_site_just_outside_is_drawn_in_only_within_the_distance(snap_m, zone):
    assert zones_of((4.1, 0.5), snap_m=snap_m) == [zone]


def test_a_site_as_far_from_two_units_takes_the_smaller_id():
    assert zones_of((4.1, 1.0), snap_m=200) == ["0202"]


def test_drawing_in_moves_no_site_that_stands_somewhere():
    assert zones_of((2, 0.5), (0.5, 0.5), snap_m=5000) == ["0102", "0101"]


def test_a_point_is_its_own_anchor_and_nothing_stays_nothing():
    sites = points((1, 2), None)

    anchors = anchor_points(sites, crs=toy.CRS)

    assert anchors.iloc[0].equals(sites.iloc[0])
    assert anchors.iloc[1] is None


def test_a_line_is_placed_by_the_middle_of_its_length():
    bent = LineString([toy.spot(0, 0), toy.spot(3, 0), toy.spot(3, 1)])
    sites = gpd.GeoSeries([bent, toy.spot(1, 1)], crs=toy.CRS)

    assert anchor_points(sites, crs=toy.CRS).iloc[0].equals(toy.spot(2, 0))


def test_a_line_in_degrees_is_placed_by_the_middle_of_its_metres():
    corner = LineString([toy.spot(0, 0), toy.spot(1, 0), toy.spot(1, 1)])
    sites = gpd.GeoSeries([corner], crs=toy.CRS).to_crs(toy.GEOGRAPHIC)

    middle = anchor_points(sites, crs=toy.CRS).to_crs(toy.CRS).iloc[0]

    assert middle.distance(toy.spot(1, 0)) < 5


def test_pieces_of_a_line_that_meet_are_one_line():
    pieces = MultiLineString([[toy.spot(2, 0), toy.spot(4, 0)], [toy.spot(0, 0), toy.spot(2, 0)]])

    assert (
        anchor_points(gpd.GeoSeries([pieces], crs=toy.CRS), crs=toy.CRS)
        .iloc[0]
        .equals(toy.spot(2, 0))
    )


def test_of_pieces_that_do_not_meet_the_longest_places_the_line():
    pieces = MultiLineString([[toy.spot(0, 0), toy.spot(1, 0)], [toy.spot(2, 2), toy.spot(4, 2)]])

    assert (
        anchor_points(gpd.GeoSeries([pieces], crs=toy.CRS), crs=toy.CRS)
        .iloc[0]
        .equals(toy.spot(3, 2))
    )


def test_an_area_is_placed_by_a_point_inside_it():
    ring = toy.square(0, 0, 4000).difference(toy.square(1, 1, 2000))

    anchor = anchor_points(gpd.GeoSeries([ring], crs=toy.CRS), crs=toy.CRS).iloc[0]

    assert ring.contains(anchor)


def test_the_shapes_given_are_left_as_they_were():
    line = LineString([toy.spot(0, 0), toy.spot(1, 0)])
    sites = gpd.GeoSeries([line], crs=toy.CRS)

    anchor_points(sites, crs=toy.CRS)

    assert sites.iloc[0].equals(line)


def test_a_disc_inside_a_unit_is_wholly_its():
    shares = shares_of((0.5, 0.5), radius=400)

    assert shares[["unit", "share"]].to_numpy().tolist() == [["0101", 1.0]]


def test_a_disc_at_a_corner_is_shared_in_four():
    shares = shares_of((2, 2), radius=300)

    assert shares["unit"].tolist() == ["0104", "0203", "0302", "0401"]
    assert shares["share"].tolist() == pytest.approx([0.25] * 4)


def test_a_disc_near_a_border_is_shared_as_the_circle_is():
    shares = shares_of((1.9, 2.5), radius=300).set_index("unit")["share"]

    beyond = (math.acos(1 / 3) - math.sqrt(8) / 9) / math.pi  # segment at a third of the radius
    assert shares["0401"] == pytest.approx(beyond, abs=ROUND)
    assert shares["0302"] == pytest.approx(1 - beyond, abs=ROUND)


def test_the_part_of_a_disc_outside_every_unit_is_left_out():
    shares = shares_of((0, 0.5), radius=300)

    assert shares[["unit", "share"]].to_numpy().tolist() == [["0101", 1.0]]


@given(
    st.lists(st.tuples(kilometres, kilometres), min_size=1, max_size=5),
    st.integers(101, 2500),
    st.randoms(use_true_random=False),
)
def test_the_shares_of_every_disc_add_up_to_one_in_any_order_of_units(places, radius, random):
    sites = points(*places)
    mixed = ZONES.iloc[random.sample(range(len(ZONES)), len(ZONES))]

    shares = disc_shares(sites, pd.Series(float(radius), sites.index), mixed, crs=toy.CRS)

    assert shares.groupby("site")["share"].sum().tolist() == pytest.approx([1.0] * len(places))
    assert shares["share"].between(0, 1 + 1e-12).all()
    again = shares_of(*places, radius=radius)
    pd.testing.assert_frame_equal(shares, again)


def test_zones_of_a_district_share_what_the_district_gets():
    sites, radius = points((1.9, 2.2), (0.4, 1.9)), pd.Series([700.0, 300.0])

    zones = disc_shares(sites, radius, ZONES, crs=toy.CRS)
    districts = disc_shares(sites, radius, DISTRICTS, crs=toy.CRS)

    summed = zones.assign(unit=zones["unit"].str[:2]).groupby(["site", "unit"])["share"].sum()
    wanted = districts.set_index(["site", "unit"])["share"]
    pd.testing.assert_series_equal(summed, wanted, check_exact=False)


def test_each_site_has_its_own_radius():
    sites = points((2, 0.5), (0.9, 0.5))

    shares = disc_shares(sites, pd.Series([200.0, 50.0]), ZONES, crs=toy.CRS)

    assert shares.groupby("site").size().tolist() == [2, 1]


def test_the_lattice_is_what_its_picture_shows():
    assert shapely.area(ZONES.geometry.to_numpy()).tolist() == [1e6] * 16
    whole = ZONES.dissolve("parent").geometry
    for district in DISTRICTS.itertuples():
        assert whole[district.id].equals(district.geometry)


# ---------------------------------------------------------------- areas within a distance

SQUARE = gpd.GeoSeries([shapely.box(0, 0, 1000, 1000)], crs=toy.CRS)


@pytest.mark.parametrize(
    ("place", "metres", "share"),
    [
        ((500, 500), 300, math.pi * 0.09),
        ((0, 0), 500, math.pi * 0.25 / 4),
        ((500, 500), 708, 1.0),
        ((2000, 500), 999, 0.0),
        ((1500, 500), 900, 0.4 - 0.055),  # a little less than the strip, by the curve
    ],
)
def test_the_share_of_an_area_near_a_site_is_that_of_the_disc(place, metres, share):
    found = share_within(SQUARE, np.array([place]), [metres])

    assert found.shape == (1, 1)
    assert found[0, 0] == pytest.approx(share, abs=0.01)


def test_overlapping_discs_count_once_and_shares_grow_with_distance():
    sites = np.array([[500.0, 500.0], [520.0, 500.0], [500.0, 500.0]])
    found = share_within(SQUARE, sites, [100, 300, 2000])[0]
    union = shapely.union_all(shapely.buffer(shapely.points(sites), 300, quad_segs=64))

    assert found[1] == pytest.approx(union.area / 1e6, abs=0.01)
    assert found[0] < found[1] < found[2] == 1.0


def test_many_areas_together_are_as_exact_as_their_discs():
    squares = shapely.box(*(np.indices((60, 60)).reshape(2, -1) * 100), *_opposite(60, 100))
    areas = gpd.GeoSeries(squares, crs=toy.CRS)
    sites = np.random.default_rng(3).uniform(0, 6000, size=(12, 2))
    discs = shapely.union_all(shapely.buffer(shapely.points(sites), 350, quad_segs=64))
    whole = shapely.box(0, 0, 6000, 6000)
    found = share_within(areas, sites, [350]).mean()

    assert found == pytest.approx(shapely.intersection(discs, whole).area / whole.area, rel=0.005)


def _opposite(side, metres):
    """Return the upper corners of a square of squares."""
    return (np.indices((side, side)).reshape(2, -1) + 1) * metres


def test_a_lattice_covers_each_area_and_never_leaves_it():
    sliver = shapely.box(5000, 0, 5000.01, 400)
    holed = shapely.difference(shapely.box(2000, 0, 4000, 2000), shapely.box(2500, 500, 3500, 1500))
    areas = gpd.GeoSeries([SQUARE[0], holed, sliver], crs=toy.CRS)
    places, area = lattice(areas)

    assert set(area) == {0, 1, 2}
    assert shapely.intersects_xy(areas.to_numpy()[area], *places.T).all()
    assert np.bincount(area)[:2].min() > 0.9 * POINTS_PER_AREA[1]
    assert len(places) < LATTICE


def test_no_distance_gives_no_share():
    assert share_within(SQUARE, np.array([[0.0, 0.0]]), []).shape == (1, 0)
