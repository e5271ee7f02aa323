"""The page of all networks of a city, and the count of every city on the home page."""

from html import escape, unescape

import pytest
import streamlit as st
from visiting import arrive, faults, headings, markup, visit

from sixes_geo.analysis import kept
from sixes_geo.analysis.networks import networks_of
from sixes_geo.analysis.question import ask
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.ui.lifecycle import STARTING
from sixes_geo.wording.networks import count_sentence, group_title

PAGE = "pages/compare/networks.py"

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture(autouse=True)
def fresh():
    """Forget what other cities of the same name were measured to be."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def networks(toy_city):
    return networks_of(ask(toy_city, layers=["sensors"]), moved=kept.network)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_headed_by_the_count_and_shows_every_network(toy_city, networks, language):
    app, tr = visit(PAGE, lang=language), Translator(language)

    assert faults(app) == []
    assert headings(app) == [count_sentence(toy_city, networks.count, tr)]
    page = unescape(markup(app))
    for row in networks.rows:
        assert tr.text(row.layer.title) in page
    assert [one.value for one in app.subheader] == [
        group_title(group, tr) for group in dict.fromkeys(row.group for row in ordered(networks))
    ]
    assert tr("snapshot.watching") in page
    assert tr("networks.rule") in page
    for initiative in networks.unplaced:
        assert tr.text(initiative.name) in page


def ordered(networks):
    """Return the rows in the order of groups on the page."""
    return [
        row
        for group in ("initiatives", "infrastructure", "services", "watching")
        for row in networks.of_group(group)
    ]


def test_a_name_opens_its_network_on_the_map():
    app = visit(PAGE, lang="en")

    assert 'href="./?' in markup(app)
    assert escape("layers=bikes-2024") in markup(app)


def test_another_need_or_unit_is_asked_of_all_networks(toy_city):
    app = visit(PAGE, lang="en", unit="zone", need="income:2024")
    asked = networks_of(ask(toy_city, layers=["sensors"], unit="zone", need="income:2024"))

    assert faults(app) == []
    assert headings(app) == [count_sentence(toy_city, asked.count, Translator("en"))]
    assert "zones" in unescape(markup(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_says_the_count_and_links_to_the_networks(toy_city, networks, language):
    app, tr = arrive(lang=language), Translator(language)

    assert faults(app) == []
    said = [one.value.replace("\\", "") for one in app.markdown]
    assert count_sentence(toy_city, networks.count, tr) in said
    assert tr("networks.title") in [one.value for one in app.subheader]


def test_the_start_of_the_dashboard_does_not_wait_for_the_count(monkeypatch):
    monkeypatch.setattr(STARTING, "is_set", lambda: True)
    app = arrive(lang="en")

    assert faults(app) == []
    assert Translator("en")("networks.title") not in [one.value for one in app.subheader]


def test_a_hall_does_not_see_the_count():
    app = arrive(lang="en", present="1")

    assert Translator("en")("networks.title") not in [one.value for one in app.subheader]
