"""What a snapshot says: the figures of the assessment, its cautions, and its sources."""

import pytest
from house import some
from samples import DAY, OPENING

from sixes_geo.analysis.question import Variation, ask
from sixes_geo.analysis.robustness import Robustness
from sixes_geo.city.catalog import city_names
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.store import ContributedIndicator, keep
from sixes_geo.export.content import content
from sixes_geo.export.districts import all_rows
from sixes_geo.export.fields import Fields
from sixes_geo.export.mapdraw import draw_map
from sixes_geo.export.snapshot import freeze
from sixes_geo.export.view import scene_of
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.shade import need_shade
from sixes_geo.wording import MOST_LISTED, headline, index_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_page_says(toy_snapshot, language):
    snapshot = toy_snapshot(language=language)
    tr = Translator(language)

    told = content(snapshot)

    assert told["title"] == told["sentence"] == headline(snapshot.assessment, tr)
    assert told["figures"][1]["value"] == index_words(snapshot.assessment, tr)
    assert len(told["limits"]) >= 5
    assert len(told["definitions"]) == 6
    assert [one["publisher"] for one in told["sources"]] == ["Toy Office"]
    assert told["checksum"] == snapshot.checksum


def test_a_title_of_ones_own_stands_above_the_sentence(toy_snapshot):
    told = content(toy_snapshot(fields=Fields(title="Ours", date=DAY)))

    assert told["own_title"]
    assert told["title"] == "Ours"
    assert told["sentence"] != "Ours"


def test_what_is_counted_in_parts_is_told_as_about_so_many(published):
    city = published("rio")
    choice = ask(city, layers=["cameras-2026"], variation=Variation(border="200"))
    told = content(freeze(choice, "en", Fields(date=DAY)))

    assert told["figures"][0]["value"] == "about 3,600"
    assert "about 3,600" in told["sentence"]


def test_what_watches_is_never_shown_without_a_word_of_it(city_snapshot, toy_snapshot):
    assert "benefit" in content(city_snapshot("rio", "en"))["warning"]
    assert content(toy_snapshot())["warning"] == content(toy_snapshot())["made"] == ""


def test_the_table_lists_those_with_a_verdict_and_those_in_focus(city_snapshot):
    told = content(city_snapshot("santiago"))["units"]

    verdicts = [row["verdict"] for row in told["rows"]]
    assert verdicts.count("more") == 4  # Ñuñoa, with 15 stations, cannot be told from chance
    assert verdicts.count("fewer") == MOST_LISTED
    assert [row["cells"][0] for row in told["rows"] if row["focus"]] == ["La Pintana"]
    assert len(all_rows(city_snapshot("santiago"))) == 34


def test_two_districts_of_one_name_can_be_told_apart(published):
    city = published("medellin")
    choice = ask(city, layers=["libraries-2018"], unit="barrio")
    found = freeze(choice, "es", Fields(date=DAY))

    names = [row["cells"][0] for row in all_rows(found)]

    assert len(names) == len(set(names)) == 330
    assert sum(name.startswith("Eduardo Santos · ") for name in names) == 2


def test_money_has_no_verdict_on_districts(published):
    city = published("medellin")
    choice = ask(city, layers=["public-investment-2024"], weight="amount")
    found = freeze(choice, "en", Fields(date=DAY))

    told = content(found)

    assert len(told["units"]["heads"]) == 5
    assert told["units"]["counts"] == []
    assert {len(row["cells"]) for row in told["units"]["rows"]} == {5}


def test_only_what_carries_an_e_is_counted_and_the_sentence_says_so(toy_city):
    choice = ask(toy_city, layers=["whole"], variation=Variation(es=("equity",)))

    told = content(freeze(choice, "en", Fields(date=DAY)))

    assert "equity" in told["sentence"]


def test_an_indicator_of_people_comes_out_with_its_authors(toy_city, toy_again):
    made = ContributedIndicator(
        indicator="own-heard",
        name="Heard of it",
        question="Who?",
        e="education",
        use="need",
        higher_means="better_off",
        unit_of_measure="%",
        source="Street survey",
        authors="Junta Ñuñoa <b>x</b>",
        date="2026-05-01",
        year=2026,
        per="district",
        values={str(one): float(nth) for nth, one in enumerate(_ids(toy_city))},
    )
    keep("toy", made)
    city = toy_again()
    name = next(one.indicator for one in city.indicators if one.indicator.startswith("own-"))

    choice = ask(city, layers=["sensors"], need=f"{name}:2026")
    told = content(freeze(choice, "en", Fields(date=DAY)))

    assert any("Junta Ñuñoa <b>x</b>" in one["publisher"] for one in told["sources"])
    assert "Heard of it" in told["basis"]
    assert "Junta Ñuñoa <b>x</b>" in told["made"]


@pytest.mark.parametrize("name", city_names())
def test_every_layer_of_every_city_can_be_told_and_drawn(published, toy_snapshot, name):
    city, known = published(name), toy_snapshot().robustness
    nothing = Robustness(known.variants, 0, 0, 0)
    for layer in some(city.layers):
        weight = "amount" if layer.per_unit else "sites"
        choice = ask(city, layers=[layer.layer], weight=weight)
        found = freeze(choice, "pt", Fields(date=DAY), robustness=nothing)
        shade = need_shade(found.assessment, found.tr)

        assert content(found)["sentence"]
        drawn = draw_map(found.assessment, shade, scene_of(found), found.tr, size=(1000.0, 700.0))
        assert drawn.startswith(b"<svg")
        assert b"nan" not in drawn


def test_the_cities_that_are_printed_are_all_there_are():
    assert set(OPENING) == set(city_names())


def _ids(city):
    return read_units(city, city.unit_named("district"))["id"]
