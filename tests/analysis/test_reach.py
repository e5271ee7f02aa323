"""People near sites in the toy city, worked out by hand, and in the published ones."""

import math

import pandas as pd
import pytest
import toy

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.people import people_points
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.reach import CURVE, reach_of
from sixes_geo.base.errors import Problem
from sixes_geo.city import tables
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.wording.explanations import reach_lines
from sixes_geo.wording.reach import (
    distance_words,
    nearest_words,
    reach_basis,
    reach_headline,
    reach_words,
    shares_of,
)

EN = Translator("en")


def reached(city, *layers, threshold_m=500, **options):
    choice = ask(city, layers=layers, **options)
    provision = gather(choice)
    found = assess(choice, provision)
    return found, reach_of(found, provision, threshold_m)


GRAIN = 1000 / math.sqrt(math.pi)
"""Radius of a circle as large as a zone of the toy city."""


def test_a_distance_below_the_grain_has_no_answer(toy_city):
    found = reached(toy_city, "docks", threshold_m=500)[1]

    assert isinstance(found, Problem)
    assert (found.kind, found.fields["least"]) == ("finer_than_people", 565)


def test_no_share_is_given_of_people_who_live_within_250_m_of_a_place_in_rio(published):
    found = reached(published("rio"), "knowledge-centres", threshold_m=250)[1]

    # Ten discs of 250 m are two square kilometres: they cannot hold 11 % of the people.
    assert isinstance(found, Problem) or shares_of(found)["all"] < 0.05


def test_between_one_and_two_grains_people_are_spread_over_their_zone(toy_city):
    # Stations stand in the middles of zones 0101, 0201, 0403 and 0404. A disc of 800 m around the
    # middle covers all of a square but its corners, and a part of each of its neighbours.
    _, found = reached(toy_city, "docks", threshold_m=800)

    assert found.spread
    assert found.grain_m == pytest.approx(GRAIN)
    alone = math.pi * 0.8**2 - 4 * (0.8**2 * math.acos(0.5 / 0.8) - 0.5 * math.sqrt(0.8**2 - 0.25))
    inside = dict.fromkeys(("0101", "0201", "0403", "0404"), alone)
    points = people_points(toy_city, toy_city.unit_named("zone")).set_index("unit")["people"]
    least = sum(points[zone] * share for zone, share in inside.items()) / points.sum()
    assert least < shares_of(found)["all"] < 2.5 * least


def test_from_two_grains_on_people_are_at_their_point(toy_city):
    _, found = reached(toy_city, "docks", threshold_m=1500)

    assert not found.spread
    assert (found.points, found.sites, found.people) == (16, 4, 10_000)


def test_a_nearest_distance_is_never_told_finer_than_the_grain(toy_city):
    _, found = reached(toy_city, "docks", threshold_m=800)

    assert found.nearest["distance_m"].min() >= GRAIN - 1e-6
    assert found.nearest["below_grain"].any()
    assert "at most 565 m" in nearest_words(found, EN)


def test_the_people_were_counted_when_the_basis_says(toy_city):
    assessed, found = reached(toy_city, "docks", threshold_m=800)

    assert f"people {found.level.population[1]}" in reach_basis(assessed, found, EN)


def test_access_adds_up_to_the_supply_in_reach(toy_city):
    _, found = reached(toy_city, "docks", weight="capacity", threshold_m=800)

    assert (found.access * pd.Series(toy.PEOPLE)).sum() / 10_000 == pytest.approx(60)
    assert found.access["03"] == 0


def test_the_curve_rises_from_the_grain_on(toy_city):
    _, found = reached(toy_city, "sensors", threshold_m=800)
    everybody = found.curve[found.curve["group"] == "all"]

    assert everybody["threshold_m"].tolist() == [metres for metres in CURVE if metres >= GRAIN]
    spread = everybody[everybody["threshold_m"] < 2 * GRAIN]
    assert spread["share"].is_monotonic_increasing
    assert set(found.curve["group"]) == {"all", *found.curve["group"]} - {None}


def test_points_say_what_they_are(toy_city, published):
    assert reached(toy_city, "sensors", threshold_m=800)[1].level.unit == "zone"
    santiago = published("santiago")
    _, found = reached(santiago, "bike-share-2022")
    assert (found.points, found.level) == (42_587, None)
    assert "42,587 block centroids" in reach_basis(
        reached(santiago, "bike-share-2022")[0], found, EN
    )


def test_rios_points_are_hexagons_of_2010_with_the_people_of_2022(published):
    city = published("rio")
    assessed, found = reached(city, "knowledge-centres", threshold_m=250)

    assert (found.points, found.level.unit, found.people) == (6392, "hexagon", 6_183_219)
    assert found.grain_m == pytest.approx(189, abs=3)
    assert found.spread
    # Ten discs of 250 m are 2 of the city's 1,204 km2.
    assert 0.001 < shares_of(found)["all"] < 0.01
    basis = [reach_basis(assessed, found, Translator(language)) for language in LANGUAGES]
    assert all("2022" in text and "2010" in text for text in basis), basis
    assert "people 2022, spread as in 2010" in reach_basis(assessed, found, EN)


@pytest.mark.parametrize(
    ("name", "layer", "spread"), [("rio", "bus-stops", False), ("medellin", "encicla-2026", True)]
)
def test_points_that_are_coarser_than_most_are_not_lost_at_great_distances(
    published, name, layer, spread
):
    _, found = reached(published(name), layer, threshold_m=2000)
    curve = found.curve[found.curve["group"] == "all"].set_index("threshold_m")["share"]
    half = found.nearest.query("group == 'all' and quantile == 0.5")["distance_m"].item()

    assert found.spread is spread
    assert shares_of(found)["all"] == pytest.approx(curve[2000])
    assert curve.is_monotonic_increasing
    if half > 2 * found.grain_m:  # far enough for points to be where they are
        assert curve[50 * round(half / 50)] == pytest.approx(0.5, abs=0.02)


def test_a_point_of_a_hexagon_is_in_that_hexagon(published):
    city = published("rio")
    points = people_points(city, city.unit_named("hexagon"))

    assert points["unit"].tolist() == tables.read_people(city)["id"].tolist()
    bairro = people_points(city, city.unit_named("bairro"))
    assert bairro["unit"].nunique() == 165


def test_a_point_is_put_into_the_hexagon_it_lies_in(published):
    city = published("medellin")
    points = people_points(city, city.unit_named("hexagon"))

    assert points["unit"].notna().mean() > 0.95
    comunas = people_points(city, city.unit_named("comuna"))

    assert points["people"].sum() == comunas["people"].sum()


def test_money_and_missing_places_have_no_reach(toy_city):
    for layer, options in (("budget-2024", {"weight": "amount"}), ("programme", {})):
        found = reached(toy_city, layer, **options)[1]
        assert isinstance(found, Problem)
        assert found.kind == "no_sites"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reach_is_told_in_every_language(toy_city, language):
    tr = Translator(language)
    assessed, found = reached(toy_city, "sensors", threshold_m=800)

    texts = [
        reach_headline(assessed, found, tr),
        reach_basis(assessed, found, tr),
        reach_words(found, tr),
        nearest_words(found, tr),
        *reach_lines(assessed, found, tr),
    ]
    assert all(text and "{" not in text for text in texts)


def test_distances_are_metres_up_to_a_kilometre():
    assert distance_words(468.4, EN) == "468 m"
    assert distance_words(6564, EN) == "6.6 km"
