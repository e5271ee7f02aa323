"""Areas on a grid: each cell has the area that holds its centre, found another way as well."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from toy import CRS

from sixes_geo.spatial.raster import NOWHERE, areas_on_grid


def on_grid(*shapes, columns=4, rows=3, cell=10.0, corner=(0.0, 0.0)):
    areas = gpd.GeoSeries(list(shapes), crs=CRS)
    return areas_on_grid(areas, corner, cell, (columns, rows)).reshape(rows, columns).tolist()


def test_two_squares_fill_their_cells_and_leave_the_others():
    assert on_grid(box(0, 0, 20, 20), box(20, 0, 30, 30)) == [
        [0, 0, 1, NOWHERE],
        [0, 0, 1, NOWHERE],
        [NOWHERE, NOWHERE, 1, NOWHERE],
    ]


def test_a_cell_belongs_to_the_area_of_its_centre_alone():
    assert on_grid(box(0, 0, 14.9, 10), box(14.9, 0, 40, 10), rows=1) == [[0, 1, 1, 1]]
    assert on_grid(box(0, 0, 15.1, 10), box(15.1, 0, 40, 10), rows=1) == [[0, 0, 1, 1]]


def test_a_hole_is_no_part_of_an_area_and_islands_are():
    ring = box(0, 0, 30, 30).difference(box(10, 10, 20, 20))
    islands = MultiPolygon([box(10, 10, 20, 20), box(30, 20, 40, 30)])

    assert on_grid(ring, islands) == [
        [0, 0, 0, NOWHERE],
        [0, 1, 0, NOWHERE],
        [0, 0, 0, 1],
    ]


def test_where_areas_overlap_the_first_counts():
    assert on_grid(box(0, 0, 30, 10), box(10, 0, 40, 10), rows=1) == [[0, 0, 0, 1]]


@pytest.mark.parametrize("seed", range(20))
def test_every_cell_agrees_with_asking_each_area_for_its_centre(seed):
    rng = np.random.default_rng(seed)
    middles = rng.uniform(0, 100, (12, 2))
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(middles), extend_to=box(0, 0, 100, 100), ordered=True
    )
    shapes = [shapely.intersection(each, box(0, 0, 100, 100)) for each in cells.geoms]
    shapes[3] = Polygon(shapes[3].exterior, [shapely.centroid(shapes[3]).buffer(1).exterior])
    cell = float(rng.uniform(0.7, 3.3))
    side = int(np.ceil(100 / cell))

    found = areas_on_grid(gpd.GeoSeries(shapes, crs=CRS), (0.0, 0.0), cell, (side, side))

    x, y = np.meshgrid((np.arange(side) + 0.5) * cell, (np.arange(side) + 0.5) * cell)
    holds = np.array([shapely.contains_xy(shape, x.ravel(), y.ravel()) for shape in shapes])
    expected = np.where(holds.any(axis=0), holds.argmax(axis=0), NOWHERE)
    np.testing.assert_array_equal(found, expected)
