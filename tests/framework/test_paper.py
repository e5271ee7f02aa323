"""The table of tags holds what the paper says of its initiatives, and no E that it does not."""

import pytest
from house import some

from sixes_geo.city.catalog import city_names
from sixes_geo.city.model import ES
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.framework.tags import profiles

PAPER = "Irazábal & Jirón (2020)"

# initiative: Es tied to it, Es to be strengthened, partners, partners to be strengthened, approach
SAID = {
    "rio": {
        "operations-centre": (
            "efficiency economy", "equity education engagement", "public private", "", "top-down"),
        "pacifying-police-units": ("", "", "public", "", "top-down"),
        "plataforma-saude": (
            "ecology equity education engagement", "", "private people", "public", "bottom-up"),
        "kinetic-pitch-mineira": (
            "", "equity engagement education", "private public people", "public people",
            "top-down"),
    },
    "santiago": {
        "smartcity-santiago": ("efficiency economy ecology", "", "private", "", "top-down"),
        "uci-mtt": ("efficiency economy ecology", "", "public", "", "top-down"),
        "se-santiago": ("efficiency economy ecology", "", "public private", "", "mixed"),
        "municipal-schemes": ("efficiency", "", "public", "", "mixed"),
        "uoct": ("efficiency", "", "public private", "", "top-down"),
    },
    "medellin": {
        "ruta-n": ("economy efficiency", "", "public private", "people", "mixed"),
        "mi-medellin": ("engagement", "", "public people", "", "bottom-up"),
        "participatory-budgeting": ("engagement equity", "", "public people", "", "bottom-up"),
        "son-bata": ("equity education engagement", "", "people public", "", "bottom-up"),
        "medellin-ciudad-inteligente": (
            "education equity engagement", "", "public", "", "top-down"),
        "medellinnovation-district": ("economy", "", "public private", "people", "top-down"),
        "social-urbanism": ("equity education", "", "public people", "", "mixed"),
        "g8-universities": ("education economy", "", "public private", "", "mixed"),
    },
}  # fmt: skip

NAMED = [(city, name) for city, entries in SAID.items() for name in entries]


@pytest.mark.parametrize("city", SAID)
def test_every_initiative_of_the_paper_is_there_and_no_other_claims_to_be(city, published):
    found = {one.id for one in read_initiatives(published(city)) if one.from_paper}

    assert found == set(SAID[city])


@pytest.mark.parametrize(("city", "name"), NAMED)
def test_an_initiative_has_what_the_paper_gives_it_and_nothing_more(city, name, published):
    tied, strengthened, partners, wanted, approach = SAID[city][name]

    found = profiles(published(city))[name]

    assert set(found.carried) == set(tied.split())
    assert {e for e in ES if found.es[e].level == "primary"} == set(tied.split())
    assert {e for e in ES if found.es[e].strengthen} == set(strengthened.split())
    assert set(found.partners) == set(partners.split())
    assert {p for p in found.ps if found.ps[p].strengthen} == set(wanted.split())
    assert found.approach.level == approach


@pytest.mark.parametrize(("city", "name"), NAMED)
def test_what_the_paper_does_not_state_is_unknown_and_never_absent(city, name, published):
    found = profiles(published(city))[name]

    assert {found.es[e].level for e in found.lacking} <= {"unknown"}
    assert all(tag.source == PAPER for tag in found.tags)


@pytest.mark.parametrize("city", city_names())
def test_every_tag_has_a_coder_evidence_in_each_language_and_a_source(city, published):
    for tag in some(read_tags(published(city))):
        assert tag.coder
        assert tag.source
        assert len(set(tag.evidence.values())) == 3
        assert all(text.endswith(".") for text in tag.evidence.values())


@pytest.mark.parametrize("city", city_names())
def test_what_the_paper_does_not_name_is_coded_by_this_project_and_said_to_be(city, published):
    own = {one.id for one in read_initiatives(published(city)) if not one.from_paper}

    assert {tag.coder for tag in read_tags(published(city)) if tag.initiative in own} == {
        "SixEs Geo"
    }


@pytest.mark.parametrize("city", city_names())
def test_no_ordinary_service_is_tagged_and_no_policing_carries_an_e(city, published):
    said = profiles(published(city))
    for one in some(read_initiatives(published(city))):
        if one.role == "contrast":
            assert not said[one.id].tags
        if one.role == "policing":
            assert not said[one.id].carried


@pytest.mark.parametrize("city", city_names())
def test_the_approach_of_the_table_is_that_of_the_tags(city, published):
    said = profiles(published(city))
    for one in some(read_initiatives(published(city))):
        assert said[one.id].approach.level == one.approach
