"""What the published cities say in words: money, percentages, and what is only announced."""

import re

import pytest
from house import none_of, some

from sixes_geo.city.catalog import city_names
from sixes_geo.city.tables import read_initiatives
from sixes_geo.i18n import LANGUAGES

each_city = pytest.mark.parametrize("name", city_names())


def initiative_of(city, wanted):
    return next(one for one in read_initiatives(city) if one.id == wanted)


def texts(city):
    """Yield every text of a city that comes with its data, with what it belongs to."""
    for one in (*city.indicators, *city.layers, *city.context):
        yield from ((one.title["en"], text) for text in (one.title, one.note))
    for unit in city.units:
        yield unit.unit, unit.note
    for raw in city.raw:
        yield from ((raw.path, text) for text in (raw.title, raw.changes, raw.note))
    for initiative in read_initiatives(city):
        yield initiative.id, initiative.facts


@each_city
def test_a_need_in_money_names_its_currency_in_full_and_by_its_code(published, name):
    city = published(name)
    money = [one for one in city.indicators if one.format == "money"]

    none_of(
        f"{one.indicator} {language}: {one.unit_of_measure[language]}"
        for one in money
        for language in LANGUAGES
        if not re.match(rf"\D+ \({city.currency}\) ", one.unit_of_measure[language])
    )
    assert bool(money) == (name != "medellin")


@each_city
def test_percentages_in_data_are_written_as_the_language_does(published, name):
    none_of(
        f"{of} {language}: {found.group()}"
        for of, text in some(texts(published(name)))
        for language in ("en", "pt")
        for found in re.finditer(r"\d\s%.{0,20}", text.get(language, ""))
    )


def test_a_network_that_was_only_announced_is_not_told_as_operating(published):
    network = initiative_of(published("santiago"), "reci-santiago")

    assert (network.status, network.start_year) == ("planned", None)
    assert "not whether it has begun" in network.facts["en"]
    assert network.source_url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_of_the_participatory_budget_that_are_known_are_told(published, language):
    budget = initiative_of(published("medellin"), "participatory-budgeting")

    for name in ("Popular", "El Poblado", "La Candelaria", "21", "COP"):
        assert name in budget.facts[language]
    assert budget.source_url.count("://") == 4


def test_comunas_of_santiago_have_the_people_of_the_last_census(published):
    assert published("santiago").unit_named("comuna").population == ("population", 2024)
