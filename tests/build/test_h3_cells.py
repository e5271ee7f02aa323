"""Cells of the H3 grid are where the H3 library draws them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from h3_reference import CENTRES, FAR, MIDDLE, NEXT, OUTLINES

from sixes_geo.build import h3_cells
from sixes_geo.city import tables

IDS = np.array(list(CENTRES))
PLACES = np.array(list(CENTRES.values()))
METRES = np.array([102_600, 110_700])
"""Metres of a degree of longitude and latitude in Rio."""


def corners_apart(shape, expected):
    """Return how far any corner of a shape is from the nearest expected one, in metres."""
    own = shapely.get_coordinates(shape)[:-1]
    apart = np.linalg.norm((own[:, None] - np.array(expected)[None]) * METRES, axis=2)
    return max(apart.min(axis=0).max(), apart.min(axis=1).max())


def test_the_cells_that_touch_a_cell_are_one_step_away():
    place = dict(zip(IDS, h3_cells.addresses(IDS).tolist(), strict=True))
    here = np.array(place[MIDDLE])
    steps = {(0, 1), (1, 0), (1, 1), (0, -1), (-1, 0), (-1, -1)}

    assert {name for name, at in place.items() if tuple(at - here) in steps} == NEXT
    assert len({tuple(at) for at in place.values()}) == len(IDS) == 37


def test_outlines_are_those_of_the_library_to_the_last_decimal():
    shapes = h3_cells.outlines(IDS, PLACES, np.array(list(OUTLINES)))

    for shape, expected in zip(shapes, OUTLINES.values(), strict=True):
        assert len(shapely.get_coordinates(shape)) == 7
        assert corners_apart(shape, expected) < 0.8  # five decimals


def test_a_cell_is_drawn_that_was_not_given():
    given = IDS != MIDDLE
    (shape,) = h3_cells.outlines(IDS[given], PLACES[given], np.array([MIDDLE]))

    assert corners_apart(shape, OUTLINES[MIDDLE]) < 0.8


def test_neighbours_share_their_corners_to_the_last_digit():
    shapes = h3_cells.outlines(IDS, PLACES, IDS)

    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert shapely.union_all(shapes.to_numpy()).geom_type == "Polygon"


def test_cousins_are_all_the_cells_below_an_ancestor():
    sisters = h3_cells.cousins(np.array([MIDDLE]), 1)
    cousins = h3_cells.cousins(np.array([MIDDLE]), 2)

    assert (len(sisters), len(cousins)) == (7, 49)
    assert MIDDLE in sisters
    assert set(sisters) < set(cousins)
    assert cousins.tolist() == sorted(set(cousins))
    assert set(IDS) <= set(h3_cells.cousins(IDS, 4))
    shapes = gpd.GeoSeries(h3_cells.outlines(IDS, PLACES, cousins))
    assert shapely.union_all(shapes.to_numpy()).geom_type == "Polygon"


@pytest.mark.parametrize("cell", FAR)
def test_the_published_hexagons_are_the_librarys(published, cell):
    city = published("rio")
    cells = tables.read_units(city, city.unit_named("hexagon")).set_index("id").geometry

    assert corners_apart(cells[cell], FAR[cell]) < 0.8
