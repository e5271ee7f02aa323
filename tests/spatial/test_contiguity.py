"""Units that touch are neighbours, at a corner too; islands are named."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import toy
from house import some
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.city.tables import figures, read_units
from sixes_geo.spatial.contiguity import contiguity

cells = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20)


def squares(corners, crs=None):
    """Return unit squares by the name and the lower left corner of each."""
    shapes = [shapely.box(x, y, x + 1, y + 1) for x, y in corners.values()]
    return gpd.GeoDataFrame({"id": list(corners)}, geometry=shapes, crs=crs)


def near(graph):
    """Return the neighbours of each unit, none for an island."""
    pairs = graph.adjacency[graph.adjacency > 0].index
    found = {unit: set() for unit in graph.unique_ids}
    for unit, neighbour in pairs:
        found[unit].add(neighbour)
    return found


def test_a_side_and_a_corner_but_no_gap():
    corners = {"a": (0, 0), "b": (1, 0), "c": (2, 1), "d": (3.000001, 1), "e": (9, 9)}

    graph = contiguity(squares(corners))

    assert near(graph) == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}, "d": set(), "e": set()}
    assert set(graph.adjacency) == {0, 1}
    assert graph.isolates.tolist() == ["d", "e"]


def test_a_long_side_touches_all_that_stand_along_it():
    tall = gpd.GeoDataFrame({"id": ["t"]}, geometry=[shapely.box(1, 0, 2, 3)])
    low = squares({"a": (0, 0), "b": (0, 1), "c": (0, 2)})

    assert near(contiguity(pd.concat([low, tall], ignore_index=True)))["t"] == {"a", "b", "c"}


@given(cells)
def test_squares_of_a_board_touch_where_a_king_could_go(corners):
    names = {f"{x}-{y}": (x, y) for x, y in corners}
    graph = contiguity(squares(names))

    assert near(graph) == {
        name: {
            other
            for other, (x, y) in names.items()
            if max(abs(x - names[name][0]), abs(y - names[name][1])) == 1
        }
        for name in names
    }


def test_the_toy_districts_all_meet_in_one_point():
    graph = contiguity(toy.districts())

    assert near(graph) == {name: set(toy.DISTRICTS) - {name} for name in toy.DISTRICTS}


def test_a_corner_zone_has_three_neighbours_and_an_inner_one_eight():
    graph = contiguity(toy.zones())

    assert len(graph["0101"]) == 3
    assert len(graph["0104"]) == 8


def test_what_touches_nothing_is_an_island():
    far = squares({"99": (20, 20)}, crs=toy.CRS)
    graph = contiguity(pd.concat([toy.zones()[["id", "geometry"]], far], ignore_index=True))

    assert graph.isolates.tolist() == ["99"]
    assert graph.unique_ids.tolist() == [*toy.ZONES, "99"]


def test_the_order_of_rows_leaves_no_trace():
    one, other = contiguity(toy.zones()), contiguity(toy.zones()[::-1])

    assert one.equals(other)
    pd.testing.assert_series_equal(one.adjacency, other.adjacency)


def test_degrees_and_metres_give_the_same():
    zones = toy.zones()

    assert contiguity(zones).equals(contiguity(zones.to_crs("EPSG:4326")))


@pytest.mark.parametrize("name", ["santiago", "rio", "medellin"])
def test_no_published_unit_is_parted_from_its_neighbour_by_rounding(name, published):
    # Borders are kept to five decimals, about a metre: whoever comes within half a metre must
    # touch, and few units may touch nobody.
    city = published(name)
    for unit in some(city.units):
        units = read_units(city, unit)
        graph = contiguity(units)
        shapes = units.set_index("id").geometry.sort_index().to_crs(city.crs)
        pairs = shapes.sindex.query(shapes.array, predicate="dwithin", distance=0.5)
        close = {(shapes.index[i], shapes.index[j]) for i, j in pairs.T if i != j}

        assert close == set(graph.adjacency[graph.adjacency > 0].index), unit.unit
        people = figures(city, unit, *unit.population)["value"]
        lived_in = people.index[people > 0]  # a cell kept for a site alone can be far from others
        alone = graph.isolates.intersection(lived_in)
        assert len(alone) <= max(2, 0.02 * len(lived_in)), unit.unit
