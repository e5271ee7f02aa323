"""Residents of deprived areas are divided among units by the ground of each area in them."""

import geopandas as gpd
import pandas as pd
import pytest
import rawtown
from shapely.geometry import Polygon, box

from sixes_geo.build.deprived import people_by_unit

X, Y = rawtown.X, rawtown.Y


def areas(*sides):
    """Return squares in degrees, each from its west edge to its east edge, 100 m high."""
    shapes = [box(X + west, Y, X + east, Y + 100) for west, east in sides]
    return gpd.GeoDataFrame(geometry=shapes, crs=rawtown.CRS).to_crs(rawtown.GEOGRAPHIC)


def units():
    """Return three units side by side, 100 m wide each."""
    return areas((0, 100), (100, 200), (200, 300)).assign(id=["01", "02", "03"])


def people(*lived):
    return pd.Series(lived, dtype=float)


def by_unit(shapes, lived):
    table = people_by_unit(shapes, lived, units(), crs=rawtown.CRS)
    return dict(zip(table["id"], table["people"], strict=True))


def test_an_area_in_two_units_is_divided_by_its_ground_and_an_empty_unit_has_nobody():
    found = by_unit(areas((75, 175), (10, 20)), people(400, 30))

    assert found == {"01": 130.0, "02": 300.0, "03": 0.0}


def test_what_lies_outside_all_units_is_left_out():
    assert by_unit(areas((250, 350)), people(80)) == {"01": 0.0, "02": 0.0, "03": 40.0}


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_an_area_without_an_outline_is_in_no_unit(nothing):
    shapes = areas((0, 50), (50, 100))
    shapes.loc[1, "geometry"] = nothing

    assert by_unit(shapes, people(7, 8)) == {"01": 7.0, "02": 0.0, "03": 0.0}


def test_areas_that_overlap_keep_the_people_of_each():
    assert by_unit(areas((0, 50), (25, 75)), people(10, 20))["01"] == 30.0
