"""Publishers and licences are named once, as stated, and in the language of the reader."""

from dataclasses import replace

import pytest
from house import some

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.question import ask
from sixes_geo.city.model import Licence
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.scene import Addresses, Display, build_scene
from sixes_geo.wording.sources import UNNAMED, licence_words, publishers_named, stated_words

languages = pytest.mark.parametrize("tr", [Translator(one) for one in LANGUAGES], ids=LANGUAGES)


def test_publishers_are_named_once_in_order_and_never_as_not_stated(toy_city):
    told = ["INE; IBGE", UNNAMED, "IBGE; SMS", "INE"]
    raw = [replace(toy_city.raw[0], publisher=one) for one in told]

    assert publishers_named(raw) == ["INE", "IBGE", "SMS"]


@languages
def test_what_nobody_states_is_said_in_the_language_of_the_reader(tr):
    assert stated_words(UNNAMED, tr) == tr("sources.not_stated")
    assert stated_words("IBGE", tr) == "IBGE"


@languages
def test_a_licence_stated_for_a_part_keeps_that_part(tr):
    words = licence_words(Licence("not-stated", "not-stated; OpenStreetMap: ODbL", ""), tr)

    assert words == tr(
        "sources.licence", licence=f"{tr('sources.not_stated')}; OpenStreetMap: ODbL"
    )


@languages
@pytest.mark.parametrize("city", ["medellin", "rio", "santiago"])
def test_no_licence_of_a_published_city_carries_a_remark_in_english(published, city, tr):
    if tr.language == "en":
        return
    for raw in some(published(city).raw):
        words = licence_words(raw.licence, tr)
        for english in ("stated", "not-stated", "package", "repository", "attribution"):
            assert english not in words


@languages
def test_the_corner_of_the_map_names_each_publisher_once(published, tr):
    city = published("santiago")
    found = assess(ask(city, layers=["bike-share-2026", "ev-chargers-2023"]))

    addresses = Addresses("", dict.fromkeys(found.question.layer_names, ""), {})
    credit = build_scene(found, Display(), addresses, tr)["credit"]
    names = credit.removeprefix(tr("map.credit", publishers="")).split("; ")

    assert UNNAMED not in credit
    assert len(names) == len(set(names)) > 1
