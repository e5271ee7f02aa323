"""Patterns among neighbours: the toy city, the published ones, and what cannot be looked at."""

import pytest

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.clusters import KINDS, clusters_of
from sixes_geo.analysis.question import ask
from sixes_geo.base.errors import Problem
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.clusters import clusters_drawing
from sixes_geo.maps.palette import CLUSTERS, SPOTS
from sixes_geo.wording.clusters import (
    clusters_basis,
    clusters_headline,
    correlation_words,
    example_words,
    method_words,
)

EN = Translator("en")


@pytest.fixture(scope="module")
def rio(published):
    city = published("rio")
    found = assess(ask(city, layers=["cameras-2026"]))
    return found, clusters_of(found)


def test_islands_of_rio_are_named(rio):
    _, found = rio

    assert found.islands == ("Cidade Universitária", "Paquetá")
    assert (found.units["local"] == "island").sum() == 2
    assert "Paquetá" in method_words(found, EN)
    assert "9,999" in method_words(found, EN)


def test_units_without_people_take_no_part(rio):
    assessed, found = rio
    nobody = assessed.units["need"].isna() | (assessed.units["population"] == 0)

    assert found.units.loc[nobody, "rate"].isna().all()
    assert found.whole.n + len(found.islands) == found.units["rate"].notna().sum()


def test_thirds_hold_about_a_third_each(rio):
    _, found = rio
    for column in ("need_third", "rate_third"):
        counts = found.units[column].value_counts(normalize=True)
        assert set(counts.index) == {0, 1, 2}
        assert counts.between(0.25, 0.42).all()


def test_the_same_seed_gives_the_same_clusters(rio):
    assessed, found = rio

    assert clusters_of(assessed).units.equals(found.units)


def test_worse_off_districts_are_those_of_low_income(rio):
    assessed, found = rio
    worst = found.units["need_third"] == 2

    assert (
        assessed.units.loc[worst, "need"].max()
        <= assessed.units.loc[found.units["need_third"] == 0, "need"].min()
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_drawn_and_told_in_every_language(rio, kind, language):
    assessed, found = rio
    tr = Translator(language)
    shade = clusters_drawing(assessed, found, kind, tr).shade

    assert len(shade.labels) == len(shade.fills) == {"both": 9, "hot": 4}.get(kind, 6)
    assert (shade.square is not None) == (kind == "both")
    texts = [
        shade.title,
        shade.note,
        clusters_headline(assessed, found, tr),
        clusters_basis(assessed, found, tr),
        example_words(assessed, found, kind, tr),
        correlation_words(found, tr),
    ]
    assert all(text and "{" not in text for text in texts)


def test_the_striped_field_is_much_need_with_little(rio):
    assessed, found = rio
    shade = clusters_drawing(assessed, found, "both", EN).shade
    striped = next(at for at, fill in enumerate(shade.fills) if fill.pattern)

    held = found.units[shade.member == striped]
    assert (held["need_third"] == 2).all()
    assert (held["rate_third"] == 0).all()


def test_no_two_clusters_look_alike():
    for fills in (CLUSTERS, SPOTS):
        assert len({(one.colour, one.pattern) for one in fills.values()}) == len(fills)


def test_what_has_no_sites_or_does_not_differ_has_no_pattern(measured):
    for found in (measured("programme"), measured("sensors", need="poverty")):
        assert isinstance(clusters_of(found), Problem) or found.test is not None
    assert isinstance(clusters_of(measured("programme")), Problem)
