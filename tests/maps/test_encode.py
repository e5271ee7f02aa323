"""What is sent to the browser can be decoded again to what was read."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import toy
from house import some
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from sixes_geo.analysis.provision import sites_of
from sixes_geo.city.tables import read_context, read_sites, read_units
from sixes_geo.maps.encode import SCALE, encoded_context, encoded_sites, encoded_units

STEP = 0.5 / SCALE + 1e-12
"""Half of the smallest step: no corner may be moved further."""

degrees = st.integers(-18_000_000, 18_000_000)
corners = st.lists(st.tuples(degrees, degrees), min_size=2, max_size=12)


def decoded(steps):
    """Return corners from steps, as the script in the browser does."""
    places, x, y = [], 0, 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        places.append((x / SCALE, y / SCALE))
    return places


def polygons(shapes):
    """Return polygons from rings of steps."""
    return [
        Polygon(decoded(polygon[0]), [decoded(ring) for ring in polygon[1:]]) for polygon in shapes
    ]


def alike(one, other):
    """Tell whether two shapes have the same corners in the same order."""
    ours, theirs = shapely.get_coordinates(one), shapely.get_coordinates(other)
    return ours.shape == theirs.shape and bool(abs(ours - theirs).max() <= STEP)


def sites_frame(shapes, **columns):
    size = len(shapes)
    facts = {"name": [""] * size, "precision_m": [20] * size} | columns
    return gpd.GeoDataFrame(facts, geometry=shapes, crs=toy.GEOGRAPHIC)


def test_units_are_decoded_to_what_was_read(toy_city):
    units = read_units(toy_city, toy_city.units[1])

    content = json.loads(encoded_units(units, toy.DISTRICTS))

    assert content["ids"] == list(toy.ZONES)
    assert content["names"] == units["name"].tolist()
    assert toy.SCRIPT_NAME in content["names"]
    assert content["parents"] == [toy.DISTRICTS[zone[:2]] for zone in toy.ZONES]
    for rings, shape in zip(content["shapes"], units.geometry, strict=True):
        assert alike(polygons(rings)[0], shape)


def test_a_parent_that_is_not_there_has_no_name(toy_city):
    units = read_units(toy_city, toy_city.units[0])

    assert json.loads(encoded_units(units, {}))["parents"] == [""] * 4


def test_holes_and_islands_are_kept():
    ring = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (1, 2), (2, 2), (2, 1)]])
    island = Polygon([(10, 10), (11, 10), (11, 11)])
    units = gpd.GeoDataFrame(
        {"id": ["a"], "name": ["A"], "parent": [""]}, geometry=[MultiPolygon([ring, island])]
    )

    content = json.loads(encoded_units(units, {}))

    assert MultiPolygon(polygons(content["shapes"][0])).equals(units.geometry.iloc[0])


def test_neighbours_still_share_their_borders(toy_city):
    units = read_units(toy_city, toy_city.units[1])

    content = json.loads(encoded_units(units, {}))

    places = {place for rings in content["shapes"] for place in decoded(rings[0][0])}
    assert len(places) == 25


@given(st.lists(st.tuples(degrees, degrees), min_size=1, max_size=20))
def test_points_of_five_decimals_are_decoded_to_the_last_digit(places):
    shapes = [Point(x / SCALE, y / SCALE) for x, y in places]

    content = json.loads(encoded_sites(sites_frame(shapes), pd.Series(["a"] * len(shapes))))

    assert decoded(content["points"]) == [(one.x, one.y) for one in shapes]


@given(corners)
def test_lines_of_five_decimals_are_decoded_to_the_last_digit(places):
    line = LineString([(x / SCALE, y / SCALE) for x, y in places])

    content = json.loads(encoded_sites(sites_frame([line]), pd.Series(["a"])))

    assert decoded(content["lines"][0]) == list(line.coords)


def test_rounding_never_adds_up_along_a_line():
    line = LineString([(0.000004 * step, 0.0000049 * step) for step in range(500)])

    content = json.loads(encoded_sites(sites_frame([line]), pd.Series(["a"])))

    assert alike(LineString(decoded(content["lines"][0])), line)


def test_each_site_tells_how_well_its_place_is_known():
    shapes = [Point(0, 0)] * 4
    sites = sites_frame(shapes, precision_m=[20, 300, 100, 300])

    content = json.loads(encoded_sites(sites, pd.Series(["a", "b", "c", None])))

    exact, rough, limit, outside = content["flags"]
    assert len({exact, rough, outside}) == 3
    assert limit == exact
    assert content["units"] == ["a", "b", "c", ""]


def test_every_toy_site_is_encoded_with_its_unit(toy_city):
    sites = sites_of(toy_city, toy_city.layer_named("sensors"))
    located = sites[sites.geometry.notna()]

    content = json.loads(encoded_sites(located, located["zone"]))

    assert len(decoded(content["points"])) == len(content["names"]) == len(content["flags"]) == 9
    assert content["names"] == located["name"].tolist()
    assert toy.SCRIPT_NAME in content["names"]
    assert content["units"].count("") == 1


def test_context_is_decoded_kind_by_kind(toy_city):
    shapes = read_context(toy_city).geometry

    content = json.loads(encoded_context(shapes))

    (rings,) = content["shapes"]
    assert alike(polygons(rings)[0], shapes.iloc[0])
    assert alike(LineString(decoded(content["lines"][0])), shapes.iloc[1])
    assert alike(Point(decoded(content["points"])[0]), shapes.iloc[2])


def test_pieces_of_a_context_line_are_not_joined():
    pieces = shapely.MultiLineString([[(0, 0), (1, 0)], [(5, 5), (6, 5)]])

    content = json.loads(encoded_context(gpd.GeoSeries([pieces])))

    assert [decoded(one) for one in content["lines"]] == [
        [(0, 0), (1, 0)],
        [(5, 5), (6, 5)],
    ]


def test_nothing_to_show_is_encoded_as_nothing():
    content = json.loads(encoded_context(gpd.GeoSeries([], crs=toy.GEOGRAPHIC)))

    assert not content["shapes"]
    assert not content["lines"]


def test_the_same_shapes_give_the_same_bytes(toy_city):
    units = read_units(toy_city, toy_city.units[0])

    assert encoded_units(units, {}) == encoded_units(units.copy(), {})


@pytest.mark.parametrize("name", ["medellin", "rio", "santiago"])
@pytest.mark.parametrize("level", ["district", "zone"])
def test_published_units_are_decoded_to_what_was_read(published, name, level):
    city = published(name)
    units = read_units(city, city.unit_named(level))

    content = json.loads(encoded_units(units, {}))

    for shapes, shape in some(zip(content["shapes"], units.geometry, strict=True)):
        assert alike(MultiPolygon(polygons(shapes)), shape)


@pytest.mark.parametrize("name", ["medellin", "rio", "santiago"])
def test_published_sites_are_points_or_lines_in_one_piece(published, name):
    kinds = set(read_sites(published(name)).geom_type.dropna())

    assert kinds <= {"Point", "LineString"}
