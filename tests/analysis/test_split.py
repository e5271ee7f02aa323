"""Residents of deprived areas inside units, ranked as one group, can turn an answer."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from house import some

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.split import EDGE_M
from sixes_geo.city.tables import read_outlines
from sixes_geo.i18n import Translator
from sixes_geo.measures.placement.concentration import concentration_index
from sixes_geo.output.records import measure_record
from sixes_geo.wording import headline, headline_lines, verdict_words


@pytest.fixture(scope="module")
def rio(published):
    """Measure questions in Rio, each of them once."""
    city, known = published("rio"), {}

    def measure(layer, **options):
        key = (layer, *options.items())
        if key not in known:
            known[key] = assess(ask(city, layers=[layer], **options))
        return known[key]

    return measure


def test_sirens_at_favelas_are_not_told_as_better_off(rio):
    found = rio("siren-communities", unit="ra")

    assert found.test.verdict == "better_off"
    assert found.split.turns
    assert found.split.at.test.verdict == found.split.inside.test.verdict == "worse_off"
    _, verdict = headline_lines(found, Translator("en"))
    assert verdict.startswith("With residents of favelas ranked as one group")
    assert "strongly towards the worse-off: 71 of 72" in verdict
    assert verdict_words(found, Translator("en")).startswith("depends")


@pytest.mark.parametrize(
    ("language", "people"),
    [("es", "residentes de favelas"), ("pt", "moradores de favelas")],
)
def test_the_turn_is_said_in_every_language(rio, language, people):
    told = headline(rio("siren-communities", unit="ra"), Translator(language))

    assert people in told
    assert "71 de 72" in told


def test_sites_at_favelas_are_those_within_their_edge_by_a_plain_loop(rio):
    found = rio("siren-communities", unit="ra")
    city, question = found.city, found.question
    outlines = list(read_outlines(city, "favelas"))
    places = gather(question).sites.to_crs(city.crs).geometry

    metres = [min(place.distance(area) for area in outlines) for place in places]

    assert sum(one <= EDGE_M for one in metres) == found.split.sites == 71
    assert sum(one == 0 for one in metres) == found.split.sites_inside == 37


def test_the_index_of_the_split_is_that_of_a_table_with_the_favelas_as_its_worst_off_row(rio):
    found = rio("siren-communities", unit="ra")
    figures = pd.read_csv(found.city.folder / "indicators.csv", dtype={"id": "str"})
    counted = figures[(figures["unit"] == "ra") & (figures["indicator"] == "favela_people")]
    ranked = found.units.dropna(subset=["need", "population"])
    theirs = counted.set_index("id")["value"].reindex(ranked.index).clip(upper=ranked["population"])
    sites = gather(found.question).sites.to_crs(found.city.crs)
    areas = gpd.GeoSeries(read_outlines(found.city, "favelas")).buffer(EDGE_M, quad_segs=64)
    at = sites[sites.geometry.within(areas.union_all())]
    by_unit = at["unit"].value_counts().reindex(ranked.index, fill_value=0)

    people = pd.concat([ranked["population"] - theirs, pd.Series({"favelas": theirs.sum()})])
    provision = pd.concat([ranked["sites"] - by_unit, pd.Series({"favelas": float(len(at))})])
    need = pd.concat([ranked["need"], pd.Series({"favelas": 0.0})])

    expected = concentration_index(provision, people, need)
    assert found.split.at.index == pytest.approx(expected, abs=1e-9)


def test_an_answer_that_stays_on_its_side_is_told_as_before(rio):
    for layer in ("cameras-2026", "bike-parking", "family-clinics"):
        found = rio(layer)
        assert not found.split.turns
        assert "favelas" not in headline(found, Translator("en"))


def test_nobody_is_more_than_the_people_of_a_unit(rio):
    found = rio("siren-communities", unit="bairro")

    assert 0.2 < found.split.at.people_share < 0.25


def test_there_is_no_split_where_nobody_counted_deprived_areas(rio, published):
    assert rio("siren-communities", unit="hexagon").split is None
    libraries = assess(ask(published("medellin"), layers=["libraries-2018"]))
    assert libraries.split is None


def test_there_is_no_split_of_what_sites_hold(published):
    city = published("santiago")

    assert assess(ask(city, layers=["bike-share-2026"], weight="sites")).split is not None
    assert assess(ask(city, layers=["bike-share-2026"], weight="capacity")).split is None


def test_the_record_says_what_the_sentence_says(rio):
    record = measure_record(rio("siren-communities", unit="ra"))
    split = record["split"]

    assert split["turns"] is True
    assert (split["sites_at"], split["sites_inside"]) == (71, 37)
    assert record["concentration_index"] > 0 > split["concentration_index"]
    assert some(json.dumps(record))
    assert record["sentence"] == headline(rio("siren-communities", unit="ra"), Translator("en"))
