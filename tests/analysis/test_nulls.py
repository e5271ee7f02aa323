"""Other nulls: the sites of an answer moved as one piece, or laid on jobs."""

import math

import numpy as np
import pandas as pd
import pytest
import shapely
import toy

from sixes_geo.analysis import nulls
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.people import people_points
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.cities import open_city
from sixes_geo.measures import network_test

JOBS = {"01": 1.0, "02": 1.0, "03": 1.0, "04": 5.0}
INDEX_OF_JOBS = sum(JOBS[name] * (2 * toy.RANK[name] - 1) for name in JOBS) / 8


def question(city, *layers, **options):
    return ask(city, layers=layers, **options)


def moved(city, *layers, **options):
    asked = question(city, *layers, **options)
    return nulls.network(asked, gather(asked))


@pytest.fixture
def with_jobs(own_root):
    """Open the toy city with jobs per district."""

    def open_with(jobs):
        folder = own_root / "toy"
        path = folder / "indicators.csv"
        table = pd.read_csv(path, dtype={"id": "str"})
        rows = [
            {"unit": "district", "id": name, "indicator": "jobs", "year": 2024, "value": value}
            for name, value in jobs.items()
        ]
        pd.concat([table, pd.DataFrame(rows)]).to_csv(path, index=False)
        toy.refresh_manifest(folder)

        def describe(content):
            income = next(one for one in content["sixes:indicators"] if one["role"] == "need")
            jobs = income | {"indicator": "jobs", "role": "workplaces", "format": "number"}
            content["sixes:indicators"].append(jobs | {"years": {"district": [2024]}})

        toy.change_manifest(folder, describe)
        return open_city("toy", own_root)

    return open_with


# ---------------------------------------------------------------- moved as one piece


def test_the_index_of_the_network_is_that_of_the_answer(toy_city, measured):
    for layer in ("sensors", "bikes-2024", "corner", "cameras"):
        found = moved(toy_city, layer)
        assert found.index == pytest.approx(measured(layer).test.index, abs=1e-12), layer
        assert found.n == measured(layer).test.n


def test_a_site_known_only_roughly_has_the_mean_rank_of_where_it_may_stand(toy_city):
    asked = question(toy_city, "rough")
    pieces = gather(asked).pieces
    by_hand = [
        sum(toy.RANK[unit] * share for unit, share in zip(rows["unit"], rows["share"], strict=True))
        for _, rows in pieces.groupby("site")
    ]

    assert len(by_hand) == 2
    assert any(len(rows) > 1 for _, rows in pieces.groupby("site"))
    assert moved(toy_city, "rough").index == pytest.approx(2 * np.mean(by_hand) - 1)


def test_docks_and_kilometres_move_with_their_sites(toy_city):
    assert moved(toy_city, "docks", weight="capacity") == moved(toy_city, "docks", weight="sites")
    lanes = moved(toy_city, "lanes", weight="capacity")
    assert lanes.n == 2, "a line counts by the midpoint of each piece"
    assert lanes.index == pytest.approx(toy.RANK["02"] + toy.RANK["04"] - 1)


def test_layers_are_moved_each_by_itself_and_initiatives_where_one_layer_holds_all(toy_city):
    assert moved(toy_city, "sensors").networks == 1
    assert moved(toy_city, "sensors", "docks").networks == 2
    assert moved(toy_city, "whole").networks == 3


@pytest.mark.parametrize("layer", ["budget-2024", "programme", "centre"])
def test_money_and_what_has_no_place_are_not_moved(toy_city, layer):
    assert moved(toy_city, layer) is None


def test_sites_of_which_none_has_the_capacity_on_record_can_still_be_moved(toy_city):
    assert moved(toy_city, "empty-docks").n == 1


def test_without_people_points_nothing_is_moved(own_root):
    def forget(content):
        kept = [one for one in content["resources"] if one["name"] != "people"]
        content["resources"] = kept

    toy.change_manifest(own_root / "toy", forget)

    assert moved(open_city("toy", own_root), "sensors") is None


def test_the_seed_is_that_of_the_question(toy_city):
    assert moved(toy_city, "sensors", seed=1) == moved(toy_city, "sensors", seed=1)
    assert moved(toy_city, "sensors", seed=1).seed == 1


def test_sites_outside_all_units_are_no_part_of_the_piece(toy_city):
    asked = question(toy_city, "sensors")
    provision = gather(asked)

    assert provision.accounting.outside == 1
    assert nulls.network(asked, provision).n == len(provision.sites) == 8


def test_the_raster_knows_the_unit_of_every_place(toy_city):
    unit = toy_city.unit_named("zone")
    raster = nulls.unit_raster(toy_city, unit)
    middles = toy.zones().geometry.centroid

    assert raster.grid.cell_m == 25.0
    assert raster(np.column_stack([middles.x, middles.y])).tolist() == list(range(16))
    assert np.isnan(raster(np.array([[toy.X - 100.0, toy.Y]]))).all()


@pytest.mark.parametrize("layer", ["ev-chargers-epm-2026"])
def test_a_network_of_medellin_is_moved_as_if_every_place_were_located_exactly(published, layer):
    city = published("medellin")
    asked = question(city, layer)
    provision = gather(asked)
    found = nulls.network(asked, provision)
    assessed = assess(asked, provision)
    units = read_units(city, asked.unit)
    shapes = units.geometry.to_crs(city.crs).to_numpy()
    tree = shapely.STRtree(shapes)
    people = assessed.units["population"]
    order = assessed.units["need"].sort_values().index
    above = people[order].cumsum() - people[order] / 2
    rank = (above / people.sum()).reindex(units["id"]).to_numpy()

    def exact(xy):
        place, inside = tree.query(shapely.points(xy), predicate="intersects")
        ranks = np.full(len(xy), np.nan)
        ranks[place] = rank[inside]
        return ranks

    points = people_points(city, asked.unit)
    sites = provision.sites.geometry.to_crs(city.crs)
    slow = network_test(
        np.column_stack([sites.x, sites.y]),
        points[["x", "y"]].to_numpy(),
        points["people"],
        exact,
        grain_m=500,
    )

    assert found.index == pytest.approx(slow.index, abs=1e-9)
    assert found.index == pytest.approx(assessed.test.index, abs=1e-12)
    assert found.verdict == slow.verdict == "holds"
    assert found.p_value == pytest.approx(slow.p_value, abs=0.005)
    assert found.null_mean == pytest.approx(slow.null_mean, abs=0.01)
    assert found.effective_n == pytest.approx(slow.effective_n, rel=0.05)


# ---------------------------------------------------------------- laid on jobs


def test_sites_are_compared_with_the_index_of_the_jobs(with_jobs):
    asked = question(with_jobs(JOBS), "sensors")

    found = nulls.workplaces(asked, gather(asked))
    residents = assess(asked).test

    assert found.expected == pytest.approx(INDEX_OF_JOBS)
    assert found.index == residents.index
    assert found.interval == pytest.approx(residents.interval, abs=0.01)
    assert found.p_value > residents.p_value, "eight sensors stand where the jobs are"
    assert residents.expected == 0


def test_a_weight_is_laid_on_jobs_as_well(with_jobs):
    asked = question(with_jobs(JOBS), "docks", weight="capacity")

    found = nulls.workplaces(asked, gather(asked))

    assert found.expected == pytest.approx(INDEX_OF_JOBS)
    assert found.index == assess(asked).test.index


def test_where_jobs_of_a_unit_are_unknown_there_is_no_answer(with_jobs):
    asked = question(with_jobs({"01": 1.0, "02": 1.0, "04": 5.0}), "sensors")

    assert nulls.workplaces(asked, gather(asked)) is None


@pytest.mark.parametrize("layer", ["programme", "budget-2024", "empty-docks"])
def test_what_cannot_be_tested_has_no_test_by_jobs(with_jobs, layer):
    asked = question(with_jobs(JOBS), layer, **({"weight": "capacity"} if "docks" in layer else {}))

    assert nulls.workplaces(asked, gather(asked)) is None


def test_a_level_without_jobs_has_no_test_by_jobs(toy_city, with_jobs):
    city = with_jobs(JOBS)
    by_zone = question(city, "sensors", unit="zone")

    assert nulls.workplaces_of(city, city.unit_named("zone")) is None
    assert nulls.workplaces(by_zone, gather(by_zone)) is None
    assert nulls.workplaces_of(toy_city, toy_city.unit_named("district")) is None


@pytest.mark.parametrize(
    ("city", "indicator", "year"),
    [
        ("rio", "formal_jobs", 2019),
        ("medellin", "business_taxpayers", 2026),
        ("santiago", "workers_arriving_share", 2012),
    ],
)
def test_every_city_says_where_people_work_by_the_unit_it_opens_with(
    published, city, indicator, year
):
    read = published(city)
    found, newest = nulls.workplaces_of(read, read.unit_named(read.view.unit))

    assert (found.indicator, newest) == (indicator, year)
    asked = question(read, *read.view.layers)
    test = nulls.workplaces(asked, gather(asked))
    assert 0 < test.expected < 1, "jobs stand where the better-off live"
    assert not math.isnan(test.p_value)
