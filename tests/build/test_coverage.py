"""Shapes become lighter and stay a coverage: borders shared, valid, within 20 m of the source."""

import geopandas as gpd
import numpy as np
import pytest
import rawtown
import shapely
from house import some
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from sixes_geo.build import coverage

CRS, GEOGRAPHIC = rawtown.CRS, rawtown.GEOGRAPHIC
X, Y = rawtown.X, rawtown.Y
LIMIT_M = 20.0


def frame(shapes):
    """Return shapes in metres as units in degrees."""
    ids = [f"{number:03}" for number in range(len(shapes))]
    return gpd.GeoDataFrame({"id": ids}, geometry=list(shapes), crs=CRS).to_crs(GEOGRAPHIC)


def square(column, row, side):
    return box(X + column, Y + row, X + column + side, Y + row + side)


def metres(units):
    return units.to_crs(CRS).geometry.to_numpy()


def corners(units):
    return shapely.get_num_coordinates(units.geometry.to_numpy()).sum()


def overlap(shapes):
    """Area that more than one of the shapes holds."""
    return shapely.area(shapes).sum() - shapely.area(shapely.union_all(shapes))


def on_grid(units):
    found = shapely.get_coordinates(units.geometry.to_numpy())
    return np.array_equal(found, np.round(found, coverage.DECIMALS))


def cells(seed, count, side, jag):
    """Return a tiling of random cells whose borders are uneven by `jag` metres."""
    random = np.random.default_rng(seed)
    spots = shapely.multipoints(np.add(random.uniform(0, side, (count, 2)), (X, Y)))
    whole = square(0, 0, side)
    edges = shapely.voronoi_polygons(spots, extend_to=whole, only_edges=True)
    lines = shapely.union_all([edges, whole.boundary])
    lines = shapely.segmentize(shapely.intersection(lines, whole), 4 * jag)
    places = {}

    def moved(points):
        return np.array(
            [
                places.setdefault(tuple(np.round(point, 3)), random.normal(0, jag / 3, 2)) + point
                for point in points
            ]
        )

    uneven = shapely.union_all(shapely.get_parts(shapely.transform(lines, moved)))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(uneven)))


def test_the_random_cells_are_a_coverage():
    tiles = cells(0, count=40, side=3000, jag=8.0)

    assert len(tiles) >= 40
    assert shapely.coverage_is_valid(tiles)


@pytest.fixture(scope="module")
def zones():
    """Return the uneven zones of the made-up city, in degrees."""
    return frame(rawtown.zone_shapes().values())


@pytest.fixture(scope="module")
def light(zones):
    return coverage.generalised(zones, crs=CRS)


# ---------------------------------------------------------------- generalised


def test_the_source_of_these_tests_is_a_coverage_with_much_detail(zones):
    assert shapely.coverage_is_valid(metres(zones))
    assert corners(zones) > 1900


def test_shapes_become_much_lighter(zones, light):
    assert corners(light) < corners(zones) / 5


def test_borders_that_were_shared_stay_shared(light):
    shapes = metres(light)

    assert shapely.coverage_is_valid(light.geometry.to_numpy())
    assert shapely.coverage_is_valid(shapes, gap_width=5.0)
    assert overlap(shapes) == pytest.approx(0, abs=1e-6)
    assert shapely.union_all(shapes).geom_type == "Polygon"
    assert len(shapely.union_all(shapes).interiors) == 0


def test_nothing_moves_more_than_20_metres(zones, light):
    for source, new in some(zip(metres(zones), metres(light), strict=True)):
        assert shapely.difference(source, shapely.buffer(new, LIMIT_M)).is_empty
        assert shapely.difference(new, shapely.buffer(source, LIMIT_M)).is_empty


@pytest.mark.parametrize("height", [22, 30, 60])
@pytest.mark.parametrize("edge", ["shared", "outer"])
def test_a_needle_longer_than_20_metres_is_kept(edge, height):
    # Its area, which is what simplifying looks at, is that of a trifle.
    x, way = (600, 1) if edge == "shared" else (0, -1)
    needle = Polygon(
        [(X + x, Y + 300), (X + x + way * height, Y + 304), (X + x, Y + 308)],
    )
    tiles = np.array([square(0, 0, 600) | needle, square(600, 0, 600) - needle])

    new = metres(coverage.generalised(frame(tiles), crs=CRS))

    assert shapely.is_empty(shapely.difference(tiles, shapely.buffer(new, LIMIT_M))).all()
    assert shapely.is_empty(shapely.difference(new, shapely.buffer(tiles, LIMIT_M))).all()


def test_a_needle_on_the_coast_keeps_no_detail_inland():
    shapes = list(rawtown.zone_shapes().values())
    needle = Polygon([(X + 10, Y + 300), (X - 40, Y + 301), (X + 10, Y + 302)])
    units = frame([shapes[0] | needle, *shapes[1:]])

    light = coverage.generalised(units, crs=CRS).geometry.to_numpy()

    inland = shapely.line_merge(shapely.intersection(light[0], light[1]))
    coast = shapely.intersection(light[0], shapely.boundary(shapely.union_all(light)))
    # The border inland is half as long as the coast: without the needle, half as many corners.
    assert shapely.get_num_coordinates(coast) > 50
    assert shapely.get_num_coordinates(inland) < 15


def test_every_corner_has_five_decimals(light):
    assert on_grid(light)


def test_rows_keep_their_order_and_what_else_they_hold(zones, light):
    assert list(light["id"]) == list(zones["id"])
    assert light.crs == GEOGRAPHIC


def test_what_came_in_is_not_changed(zones):
    before = shapely.to_wkb(zones.geometry.to_numpy())

    coverage.generalised(zones, crs=CRS)

    assert list(shapely.to_wkb(zones.geometry.to_numpy())) == list(before)


def test_a_hairline_gap_between_neighbours_is_closed():
    gap = box(X + 600, Y + 100, X + 600.6, Y + 500)
    units = frame([square(0, 0, 600), square(600, 0, 600) - gap])

    light = metres(coverage.generalised(units, crs=CRS))

    assert len(shapely.union_all(metres(units)).interiors) == 1
    assert len(shapely.union_all(light).interiors) == 0
    assert shapely.coverage_is_valid(light, gap_width=2.0)


def test_a_gap_that_is_a_place_of_its_own_stays():
    units = frame([square(0, 0, 600) - square(200, 200, 100), square(600, 0, 600)])

    light = metres(coverage.generalised(units, crs=CRS))

    assert shapely.area(shapely.union_all(light)) == pytest.approx(2 * 600**2 - 100**2, rel=0.001)


def test_an_overlap_goes_to_one_of_the_two():
    units = frame([square(0, 0, 605), square(600, 0, 600)])

    light = metres(coverage.generalised(units, crs=CRS))

    assert overlap(light) == pytest.approx(0, abs=1e-6)
    assert shapely.area(light).sum() == pytest.approx(1200 * 600 + 605 * 605 - 600 * 605, rel=0.01)


def test_a_shape_that_crosses_itself_is_repaired():
    bow = Polygon([(X, Y), (X + 600, Y + 600), (X + 600, Y), (X, Y + 600)])

    light = coverage.generalised(frame([bow, square(600, 0, 600)]), crs=CRS)

    assert light.is_valid.all()
    assert shapely.area(metres(light))[0] == pytest.approx(600**2 / 2, rel=0.01)


@pytest.mark.parametrize("seed", range(12))
def test_rounding_never_breaks_a_coverage(seed):
    # Cells of about 10 m with borders uneven by 2 m: rounding to a metre folds corners over.
    tiles = cells(seed, count=150, side=120, jag=2.0)
    degrees = frame(tiles).geometry.to_numpy()
    folded = shapely.transform(degrees, lambda found: np.round(found, coverage.DECIMALS))

    grid = coverage._on_grid(degrees)

    assert not (shapely.is_valid(folded).all() and shapely.coverage_is_valid(folded))
    assert shapely.is_valid(grid).all()
    assert shapely.coverage_is_valid(grid)
    assert on_grid(gpd.GeoDataFrame(geometry=grid))


@pytest.mark.parametrize("seed", range(6))
def test_a_city_of_random_cells_stays_a_coverage_near_its_source(seed):
    tiles = cells(seed, count=40, side=3000, jag=8.0)
    units = frame(tiles)

    light = coverage.generalised(units, crs=CRS)

    new = metres(light)
    assert shapely.is_valid(new).all()
    assert shapely.coverage_is_valid(light.geometry.to_numpy())
    assert overlap(new) == pytest.approx(0, abs=1e-5)
    assert shapely.is_empty(shapely.difference(tiles, shapely.buffer(new, LIMIT_M))).all()
    assert shapely.is_empty(shapely.difference(new, shapely.buffer(tiles, LIMIT_M))).all()


# ---------------------------------------------------------------- simplified


def simplified(*shapes, tolerance_m=20.0):
    series = gpd.GeoSeries(list(shapes), crs=CRS, index=[7 * n for n in range(len(shapes))])
    return coverage.simplified(series.to_crs(GEOGRAPHIC), crs=CRS, tolerance_m=tolerance_m)


def test_a_bend_smaller_than_the_tolerance_goes_and_a_larger_one_stays():
    small = LineString([(X, Y), (X + 300, Y + 15), (X + 600, Y)])
    large = LineString([(X, Y), (X + 300, Y + 25), (X + 600, Y)])

    assert list(shapely.get_num_coordinates(simplified(small, large).to_numpy())) == [2, 3]


def test_points_are_rounded_and_the_index_stays():
    points = simplified(Point(X + 0.123, Y), None)

    assert list(points.index) == [0, 7]
    assert points[7] is None
    assert on_grid(gpd.GeoDataFrame(geometry=points.iloc[:1]))


def test_a_line_too_short_for_the_grid_keeps_its_length():
    # Some cycleways come in pieces of 10 to 40 cm: rounded, both their ends are one point.
    line = LineString([(X, Y), (X + 0.2, Y)])

    short = simplified(line)

    assert short.is_valid.all()
    assert short.to_crs(CRS).length.iloc[0] == pytest.approx(0.2, abs=0.03)


def test_a_part_too_small_for_the_grid_is_left_out_of_an_outline():
    speck = Polygon([(X + 900, Y), (X + 900.3, Y), (X + 900.3, Y + 0.3)])
    outline = simplified(MultiPolygon([square(0, 0, 600), speck]))

    assert outline.is_valid.all()
    assert outline.geom_type.iloc[0] == "Polygon"
    assert outline.to_crs(CRS).area.iloc[0] == pytest.approx(600**2, rel=0.005)


def test_a_hole_too_small_for_the_grid_is_filled():
    hole = square(300, 300, 0.3)

    outline = simplified(square(0, 0, 600) - hole, tolerance_m=0.01)

    assert outline.is_valid.all()
    assert len(outline.iloc[0].interiors) == 0


def test_an_outline_too_small_for_the_grid_is_not_lost():
    outline = simplified(square(0, 0, 0.4), tolerance_m=0.01)

    assert outline.is_valid.all()
    assert outline.to_crs(CRS).area.iloc[0] == pytest.approx(0.16, rel=0.2)


@pytest.mark.parametrize("seed", range(6))
def test_rounding_never_breaks_an_outline(seed):
    tiles = cells(seed, count=150, side=120, jag=2.0)
    tiles = tiles[shapely.area(tiles) > 0.01]

    outlines = simplified(*tiles, tolerance_m=0.01)

    assert outlines.is_valid.all()
    assert not outlines.is_empty.any()
