"""What is signed by the paper is what the paper says: every row of the coding, and no other."""

import csv
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from house import some

from sixes_geo.city.catalog import city_names
from sixes_geo.city.model import ES
from sixes_geo.city.table_checks import CARRIED, tag_faults
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.framework.basis import basis_of
from sixes_geo.framework.paper import (
    FILE,
    KINDS,
    REGION,
    entries,
    entries_of,
    own_coder,
    tag_rows,
)
from sixes_geo.framework.tags import profiles
from sixes_geo.i18n import LANGUAGES

PAPER = "Irazábal & Jirón (2020)"
OURS = "SixEs Geo, inferred"

CODED = list(
    csv.DictReader(
        (Path(__file__).parent / "paper_tags.csv").read_text(encoding="utf-8").splitlines()
    )
)
"""The coding of the paper: who read it for which E, on which basis, on which page."""


@pytest.fixture(scope="module")
def shipped(published):
    """Return every shipped tag whose source is the paper: of the cities, and of the rest."""
    of_cities = chain.from_iterable(read_tags(published(name)) for name in city_names())
    of_rest = chain.from_iterable(entry.tags for entry in entries())
    return [tag for tag in (*of_cities, *of_rest) if tag.source == PAPER]


def rows(tags):
    """Return tags as rows of the coding."""
    return Counter((t.initiative, t.dimension, t.level, t.basis, t.page) for t in tags)


def coded(*, ours):
    """Return the rows of the coding that are our reading, or the others."""
    fields = ("initiative", "dimension", "level", "basis", "page")
    return Counter(
        tuple(row[field] for field in fields)
        for row in CODED
        if (row["level"] == "described") == ours
    )


def test_the_paper_signs_every_row_of_the_coding_and_nothing_else(shipped):
    assert rows(tag for tag in shipped if tag.coder == PAPER) == coded(ours=False)


def test_what_fits_an_e_that_nobody_names_is_signed_by_us(shipped):
    assert rows(tag for tag in shipped if tag.coder != PAPER) == coded(ours=True)
    assert {tag.coder for tag in shipped} == {PAPER, OURS}
    assert own_coder() == OURS


@pytest.mark.parametrize("city", city_names())
def test_no_other_tag_is_signed_by_the_paper(city, published):
    others = [tag for tag in read_tags(published(city)) if tag.source != PAPER]

    assert {tag.coder for tag in others} <= {OURS}
    assert {basis_of(tag) for tag in others} <= {"inferred"}


@pytest.mark.parametrize("city", city_names())
def test_every_tag_has_evidence_in_each_language_and_says_where_it_is_from(city, published):
    for tag in some(read_tags(published(city))):
        assert tag.source
        assert len(set(tag.evidence.values())) == 3
        assert all(text.endswith(".") for text in tag.evidence.values())
        assert tag.basis
        assert bool(tag.page) == (tag.source == PAPER)


@pytest.mark.parametrize("city", city_names())
def test_what_is_only_asked_for_or_warned_of_is_not_there(city, published):
    for profile in some(profiles(published(city)).values()):
        for e in ES:
            levels = {tag.level for tag in profile.es[e].tags}
            assert (e in profile.carried) == bool(levels & set(CARRIED))


@pytest.mark.parametrize("city", city_names())
def test_policing_carries_no_e_and_an_ordinary_service_has_only_what_the_paper_gives(
    city, published
):
    said = profiles(published(city))
    for one in some(read_initiatives(published(city))):
        if one.role == "contrast":
            assert {tag.source for tag in said[one.id].tags} <= {PAPER}
        if one.role == "policing":
            assert not said[one.id].carried


@pytest.mark.parametrize("city", city_names())
def test_the_approach_of_the_table_is_that_of_the_tags(city, published):
    said = profiles(published(city))
    for one in some(read_initiatives(published(city))):
        assert said[one.id].approach.level == one.approach


@pytest.mark.parametrize("city", city_names())
def test_what_the_paper_names_has_the_page_where_it_does(city, published):
    signed = {tag.initiative for tag in read_tags(published(city)) if tag.coder == PAPER}
    for one in some(read_initiatives(published(city))):
        assert bool(one.page) == one.from_paper
        assert one.from_paper or one.id not in signed


@pytest.mark.parametrize(
    ("city", "name", "approach"),
    [
        ("rio", "operations-centre", "top-down"),
        ("rio", "plataforma-saude", "bottom-up"),
        ("rio", "kinetic-pitch-mineira", "fun-and-function"),
        ("medellin", "mi-medellin", "citizens-first"),
        ("medellin", "participatory-budgeting", "unknown"),
        ("santiago", "uoct", "unknown"),
        ("santiago", "se-santiago", "unknown"),
    ],
)
def test_no_approach_is_put_into_the_authors_mouths(city, name, approach, published):
    assert profiles(published(city))[name].approach.level == approach


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_say_no_more_than_the_paper(language, published):
    facts = {
        one.id: one.facts[language]
        for name in city_names()
        for one in read_initiatives(published(name))
        if one.from_paper
    }

    assert "Ruta N" in facts["mi-medellin"]
    assert "34" in facts["uoct"]
    assert "33" in facts["medellin-ciudad-inteligente"]
    assert any(word in facts["medellin-ciudad-inteligente"] for word in ("metas", "goals"))
    assert any(word in facts["smartcity-santiago"] for word in ("prensa", "imprensa", "press"))
    assert "Metro" not in facts["social-urbanism"]


def test_a_place_that_the_paper_does_not_give_has_a_source_of_its_own(published):
    said = {one.id: one for one in read_initiatives(published("santiago"))}

    assert said["smartcity-santiago"].source != PAPER
    assert "ideas.repec.org" not in said["smartcity-santiago"].source_url


def test_what_has_no_place_is_in_no_city_and_in_no_measure(published):
    known = {one.id for name in city_names() for one in read_initiatives(published(name))}
    without = {entry.id for entry in entries()}

    assert not known & without
    assert {row["initiative"] for row in CODED} <= known | without
    assert {"sc-initiatives-latin-america", "medellin-ppps", "santiago-initiatives"} <= without


def test_entries_are_told_in_each_language_with_their_page():
    for entry in some(entries()):
        assert entry.kind in KINDS
        assert entry.city in (REGION, *city_names())
        assert entry.page
        assert set(entry.name) == set(entry.facts) == set(LANGUAGES)
        assert all(text.endswith(".") for text in entry.facts.values())


def test_the_tags_of_entries_pass_the_checks_of_any_table_of_tags():
    table = pd.DataFrame(tag_rows(tomllib.loads(FILE.read_text(encoding="utf-8"))))

    assert tag_faults(FILE, table, {entry.id for entry in entries()}) == []


def test_a_city_is_told_what_is_said_of_the_region_first():
    found = entries_of("rio")

    cities = [entry.city for entry in found]
    assert set(cities) == {REGION, "rio"}
    assert cities.index("rio") == cities.count(REGION)
    assert len(entries_of()) == len(entries()) > len(found)
