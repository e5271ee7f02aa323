"""People near sites in the toy city, worked out by hand, and in the published ones."""

import pandas as pd
import pytest
import toy

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.reach import CURVE, people_points, reach_of
from sixes_geo.base.errors import Problem
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


def test_the_toy_zones_within_reach_of_the_docks_by_hand(toy_city):
    # Stations stand in the middles of zones 0101, 0201, 0403 and 0404, whose people live there.
    _, found = reached(toy_city, "docks", threshold_m=10)

    shares = shares_of(found)
    near = toy.PEOPLE["01"] / 4 + toy.PEOPLE["02"] / 4 + 2 * toy.PEOPLE["04"] / 4
    assert shares["all"] == pytest.approx(near / 10_000)
    assert (found.points, found.sites, found.people) == (16, 4, 10_000)


def test_access_adds_up_to_the_supply_in_reach(toy_city):
    _, found = reached(toy_city, "docks", weight="capacity", threshold_m=10)

    assert (found.access * pd.Series(toy.PEOPLE)).sum() / 10_000 == pytest.approx(60)
    assert found.access["03"] == 0


def test_the_curve_rises_to_everybody(toy_city):
    _, found = reached(toy_city, "sensors")
    everybody = found.curve[found.curve["group"] == "all"]

    assert everybody["threshold_m"].tolist() == list(CURVE)
    assert everybody["share"].is_monotonic_increasing
    assert set(found.curve["group"]) == {"all", *found.curve["group"]} - {None}


def test_points_say_what_they_are(toy_city, published):
    assert reached(toy_city, "sensors")[1].level.unit == "zone"
    santiago = published("santiago")
    _, found = reached(santiago, "bike-share-2022")
    assert (found.points, found.level) == (42_587, None)
    assert "42,587 block centroids" in reach_basis(
        reached(santiago, "bike-share-2022")[0], found, EN
    )


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
    assessed, found = reached(toy_city, "sensors")

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
