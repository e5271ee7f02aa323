"""Hexagons tile a city, hold everybody, and take their need from the units people live in."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from sixes_geo.build import hexagons
from sixes_geo.measures.access.areal import areal_interpolation
from sixes_geo.spatial.placement import locate

CRS, GEOGRAPHIC = "EPSG:32719", "EPSG:4326"
X, Y, ACROSS = 340_000, 6_290_000, 400
BOX = (X, Y, X + 2000, Y + 1500)


@pytest.fixture(scope="module")
def cells():
    return hexagons.grid(BOX, ACROSS, crs=CRS)


def areas(**boxes):
    """Return boxes in metres from the corner of the city, as units in longitude and latitude."""
    shapes = [box(X + a, Y + b, X + c, Y + d) for a, b, c, d in boxes.values()]
    return gpd.GeoDataFrame(
        {"id": list(boxes), "name": [f"Name of {one}" for one in boxes], "parent": "d"},
        geometry=shapes,
        crs=CRS,
    ).to_crs(GEOGRAPHIC)


def dots(*places, **columns):
    points = [None if place is None else Point(X + place[0], Y + place[1]) for place in places]
    return gpd.GeoDataFrame(columns, geometry=points, crs=CRS).to_crs(GEOGRAPHIC)


def pieces(*rows):
    return pd.DataFrame(rows, columns=["cell", "district", "zone", "people"])


# ---------------------------------------------------------------- the grid


def test_a_cell_is_as_far_across_as_it_says(cells):
    shapes = cells.to_crs(CRS).geometry
    west, south, east, north = (shapes.bounds[one] for one in ("minx", "miny", "maxx", "maxy"))

    # Five decimals of a degree are up to 1.1 m; a corner moves by half of that.
    assert (east - west).to_numpy() == pytest.approx(ACROSS, abs=1.2)
    assert (north - south).to_numpy() == pytest.approx(2 * ACROSS / math.sqrt(3), abs=1.2)
    assert shapes.area.to_numpy() == pytest.approx(ACROSS**2 * math.sqrt(3) / 2, rel=0.01)


def test_cells_cover_the_box_without_gap_or_overlap(cells):
    shapes = cells.geometry.to_numpy()
    whole = shapely.union_all(cells.to_crs(CRS).geometry.to_numpy())

    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_interior_rings(whole) == 0
    assert shapely.covers(shapely.buffer(whole, -1), box(*BOX))


def test_corners_have_five_decimals_and_are_shared_to_the_last_digit(cells):
    corners = shapely.get_coordinates(cells.geometry.to_numpy())
    inner = cells[cells["id"].isin(["H03-03"])].geometry.iloc[0]
    around = cells[shapely.touches(cells.geometry.to_numpy(), inner)]
    shared = {tuple(place) for place in shapely.get_coordinates(inner)}
    theirs = {tuple(place) for place in shapely.get_coordinates(around.geometry.to_numpy())}

    assert np.abs(corners - np.round(corners, 5)).max() < 1e-12
    assert len(around) == 6
    assert shared <= theirs


def test_ids_count_columns_from_the_west_and_rows_from_the_south(cells):
    centres = cells.set_index("id").to_crs(CRS).geometry.centroid
    east, north = centres["H03-02"], centres["H02-03"]
    start = centres["H02-02"]

    assert cells["id"].is_unique
    assert cells["id"].is_monotonic_increasing
    assert east.x - start.x == pytest.approx(ACROSS, abs=1.5)
    assert east.y == pytest.approx(start.y, abs=1.5)
    assert north.y - start.y == pytest.approx(ACROSS * math.sqrt(3) / 2, abs=1.5)
    assert abs(north.x - start.x) == pytest.approx(ACROSS / 2, abs=1.5)


def test_cells_stay_where_they_are_when_the_city_grows(cells):
    larger = hexagons.grid((X - 900, Y - 700, X + 2900, Y + 2500), ACROSS, crs=CRS)

    before, after = (
        {shape.wkb for shape in shapely.normalize(one.geometry.to_numpy())}
        for one in (cells, larger)
    )
    assert before < after


def test_ids_are_alike_in_length_when_there_are_a_hundred_columns():
    many = hexagons.grid((X, Y, X + 10_500, Y + 300), 100, crs=CRS)

    assert set(many["id"].str.len()) == {8}
    assert many["id"].is_monotonic_increasing


@given(st.floats(0, 2000), st.floats(0, 1500))
def test_every_place_in_the_box_is_in_one_cell(x, y):
    whole = hexagons.grid(BOX, ACROSS, crs=CRS)
    place = dots((x, y)).geometry

    inside = shapely.dwithin(whole.geometry.to_numpy(), place.iloc[0], 0)
    assert locate(place, whole, crs=CRS).notna().all()
    assert 1 <= inside.sum() <= 3


# ---------------------------------------------------------------- people


def test_people_are_counted_where_their_points_stand(cells):
    people = dots(
        (500, 500), (510, 500), (500, 505), district=["1", "1", "2"], zone=["11", "11", None],
        people=[5, 6, 7],
    )  # fmt: skip

    found = hexagons.people_at_points(cells, people, crs=CRS)

    assert len(set(found["cell"])) == 1
    assert found[["district", "people"]].to_numpy().tolist() == [["1", 11], ["2", 7]]
    assert found["zone"].isna().tolist() == [False, True]


def test_people_of_a_zone_are_spread_by_area_and_nobody_is_lost(cells):
    zones = areas(a=(0, 0, 1000, 1000), b=(1000, 0, 2000, 1000), c=(0, 1000, 2000, 1400))
    people = pd.Series({"a": 1000.0, "b": 300.0})

    found = hexagons.people_by_area(cells, zones, people, crs=CRS)

    assert found.groupby("zone")["people"].sum().to_dict() == pytest.approx(people.to_dict())
    assert set(found["district"]) == {"d"}
    inner = found[found["zone"] == "a"]["people"].max()  # a whole cell in a square of 1 km
    assert inner == pytest.approx(1000 * ACROSS**2 * math.sqrt(3) / 2 / 1e6, rel=0.01)


def test_slivers_in_which_nobody_would_live_are_left_to_their_neighbours(cells):
    zones = areas(a=(0, 0, 1000, 1000))

    found = hexagons.people_by_area(cells, zones, pd.Series({"a": 30.0}), crs=CRS)

    assert found["people"].min() >= hexagons.LEAST_PEOPLE
    assert found["people"].sum() == pytest.approx(30)
    many = hexagons.people_by_area(cells, zones, pd.Series({"a": 30_000.0}), crs=CRS)
    assert len(many) > len(found)


def test_zones_in_which_nobody_is_counted_hold_no_cell(cells):
    zones = areas(a=(0, 0, 1000, 1000), b=(1000, 0, 2000, 1000))

    found = hexagons.people_by_area(cells, zones, pd.Series({"a": 100.0, "b": 0.0}), crs=CRS)

    assert set(found["zone"]) == {"a"}


# ---------------------------------------------------------------- which cells there are


def test_cells_are_kept_for_people_and_for_sites_of_the_city_only(cells):
    home, work, away = locate(dots((500, 500), (1500, 500), (1500, 1400)).geometry, cells, crs=CRS)
    sites = dots((1500, 500), (1500, 1400), None, district=["d", None, None])

    kept = hexagons.cells_used(cells, pieces((home, "d", "z", 7)), sites, crs=CRS)

    assert kept.set_index("id")["people"].to_dict() == {home: 7, work: 0}
    assert away not in set(kept["id"])


def test_a_cell_is_named_after_the_district_it_mostly_lies_in(cells):
    districts = areas(west=(0, 0, 450, 1500), east=(450, 0, 2000, 1500))
    kept = cells.assign(people=0.0)
    inside = locate(dots((100, 700), (1500, 700)).geometry, cells, crs=CRS)

    named = hexagons.named(kept, districts, crs=CRS).set_index("id")

    assert named.loc[inside, "parent"].tolist() == ["west", "east"]
    assert named.loc[inside[0], "name"] == f"Name of west · {inside[0]}"
    assert set(named["parent"]) == {"west", "east"}  # also far out: the nearest


# ---------------------------------------------------------------- needs


def test_need_is_the_mean_of_the_people_of_a_cell():
    where = pieces(("H1", "d", "a", 100), ("H1", "d", "b", 300), ("H2", "d", "b", 50))

    found = hexagons.need_of_people(where, pd.Series({"a": 0.1, "b": 0.5}), "zone")

    assert found.to_dict() == pytest.approx({"H1": 0.4, "H2": 0.5})


def test_three_cells_over_two_squares():
    # Squares of 100 people at .1 and 300 at .5, cut into cells of a half, a whole and a half.
    where = pieces(
        ("H1", "d", "a", 50), ("H2", "d", "a", 50), ("H2", "d", "b", 150), ("H3", "d", "b", 150)
    )

    found = hexagons.need_of_people(where, pd.Series({"a": 0.1, "b": 0.5}), "zone")

    assert where.groupby("cell")["people"].sum().tolist() == [50, 200, 150]
    assert found.to_dict() == pytest.approx({"H1": 0.1, "H2": 0.4, "H3": 0.5})


def test_people_and_need_are_those_of_areal_interpolation(cells):
    zones = areas(a=(0, 0, 1000, 1000), b=(1000, 0, 2000, 1000), c=(0, 1000, 2000, 1400))
    people, rates = pd.Series({"a": 9e5, "b": 4e5, "c": 1e5}), pd.Series({"a": 1, "b": 3, "c": 7})
    where = hexagons.people_by_area(cells, zones, people, crs=CRS)
    share = where["people"] / where["zone"].map(people)
    overlap = where.assign(share=share).pivot_table(
        index="zone", columns="cell", values="share", fill_value=0.0
    )

    whole = areal_interpolation(overlap, people, rates)

    assert where.groupby("cell")["people"].sum().to_dict() == pytest.approx(
        whole["people"].to_dict()
    )
    assert hexagons.need_of_people(where, rates, "zone").to_dict() == pytest.approx(
        whole["rate"].to_dict()
    )


@pytest.mark.parametrize(("unknown", "need"), [(99, 1.0), (100, 1.0), (101, None), (1000, None)])
def test_a_cell_most_of_whose_people_have_no_figure_has_none(unknown, need):
    where = pieces(("H1", "d", "a", 100), ("H1", "d", "b", unknown))

    found = hexagons.need_of_people(where, pd.Series({"a": 1.0}), "zone")

    assert (None if pd.isna(found["H1"]) else found["H1"]) == need


@given(st.lists(st.tuples(st.integers(1, 900), st.floats(0, 100)), min_size=1, max_size=8))
def test_a_need_lies_between_those_it_comes_from_in_any_order(parts):
    where = pieces(*(("H1", "d", str(at), people) for at, (people, _) in enumerate(parts)))
    rates = pd.Series({str(at): rate for at, (_, rate) in enumerate(parts)})

    found = hexagons.need_of_people(where, rates, "zone")["H1"]
    other = hexagons.need_of_people(where.iloc[::-1], rates.iloc[::-1], "zone")["H1"]

    assert rates.min() - 1e-9 <= found <= rates.max() + 1e-9
    assert found == pytest.approx(other)


def long(*rows):
    columns = ["unit", "id", "indicator", "year", "value"]
    return pd.DataFrame(rows, columns=columns).assign(lower=0.0, upper=9.0)


RECIPE = {
    "units": [
        {"unit": "comuna", "level": "district"},
        {"unit": "barrio", "level": "zone"},
        {"unit": "hexagon", "level": "hexagon", "population": ["people", 2020]},
    ],
    "indicators": [
        {"indicator": "income", "role": "need", "decimals": 0},
        {"indicator": "poverty", "role": "need", "decimals": 1},
        {"indicator": "people", "role": "population", "decimals": 0},
        {"indicator": "lights", "role": "other", "decimals": 0},
    ],
}


def test_needs_come_from_zones_in_all_years_or_else_from_districts_in_the_newest():
    given_ = long(
        ("comuna", "d", "income", 2024, 1.0),
        ("barrio", "a", "income", 2010, 10.0),
        ("barrio", "a", "income", 2020, 20.123456),
        ("comuna", "d", "poverty", 2019, 5.0),
        ("comuna", "d", "poverty", 2021, 6.0),
        ("comuna", "d", "lights", 2021, 6.0),
        ("barrio", "a", "people", 2020, 7.0),
    )
    cells = pd.DataFrame({"id": ["H1", "H2"], "people": [7.0, 0.0]})

    found = hexagons.figures(cells, pieces(("H1", "d", "a", 7)), given_, RECIPE)

    assert set(found["unit"]) == {"hexagon"}
    assert found[["lower", "upper"]].isna().all(axis=None)
    assert found[["id", "indicator", "year", "value"]].to_numpy().tolist() == [
        ["H1", "people", 2020, 7.0],
        ["H2", "people", 2020, 0.0],
        ["H1", "income", 2010, 10.0],
        ["H1", "income", 2020, 20.12],
        ["H1", "poverty", 2021, 6.0],
    ]
