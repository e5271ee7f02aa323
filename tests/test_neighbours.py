"""Units that touch are neighbours, at a corner too; islands are named."""

import geopandas as gpd
import pandas as pd
import toy

from sixes_geo.layers import read_units
from sixes_geo.neighbours import contiguity


def test_the_toy_districts_all_meet_in_one_point():
    graph = contiguity(toy.districts())

    assert {name: set(graph[name].index) for name in toy.DISTRICTS} == {
        name: set(toy.DISTRICTS) - {name} for name in toy.DISTRICTS
    }


def test_a_corner_zone_has_three_neighbours_and_an_inner_one_eight():
    graph = contiguity(toy.zones())

    assert len(graph["0101"]) == 3
    assert len(graph["0104"]) == 8


def test_what_touches_nothing_is_an_island():
    far = gpd.GeoDataFrame({"id": ["99"]}, geometry=[toy.square(20, 20)], crs=toy.CRS)
    graph = contiguity(pd.concat([toy.zones()[["id", "geometry"]], far], ignore_index=True))

    assert graph.isolates.tolist() == ["99"]
    assert graph.unique_ids.tolist() == [*toy.ZONES, "99"]


def test_the_order_of_rows_leaves_no_trace():
    one, other = contiguity(toy.zones()), contiguity(toy.zones()[::-1])

    assert one.equals(other)


def test_every_published_level_has_few_islands(published):
    for name in ("santiago", "rio", "medellin"):
        city = published(name)
        for unit in city.units:
            units = read_units(city, unit)
            assert len(contiguity(units).isolates) <= max(2, 0.05 * len(units)), (name, unit.unit)
