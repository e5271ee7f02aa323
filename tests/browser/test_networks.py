"""The networks of a city in a browser: the page, the way to the map and back, and the menu."""

from __future__ import annotations

import re

import pytest
from house import none_of
from playwright.sync_api import expect
from waiting import PHONE, drawn, headline, settled, too_wide

from sixes_geo.analysis.kept import networks_count
from sixes_geo.analysis.question import ask
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import LANGUAGES, Translator, catalog
from sixes_geo.wording.networks import count_sentence

TABLES = ".sixes-table"


def said(city, language):
    """Return the sentence that heads the page of a city."""
    read = open_city(city)
    count = networks_count(ask(read, layers=read.view.layers))
    return count_sentence(read, count, Translator(language))


def test_a_network_opens_on_the_map_and_the_home_page_leads_back(server, visit):
    page, english = visit.page, Translator("en")
    page.goto(f"{server.url}/networks?city=medellin&lang=en")
    settled(page)

    page.get_by_role("link", name="Library parks, 2018", exact=True).click()
    drawn(page)
    settled(page)
    assert "layers=library-parks-2018" in page.url
    expect(page.get_by_text(said("rio", "en"), exact=True)).to_be_visible()

    page.get_by_role("link", name=english("networks.see", city="Medell\u00edn")).click()
    expect(page.locator(TABLES)).to_have_count(4)
    assert headline(settled(page)) == said("medellin", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_count_fits_and_so_does_the_menu_above_it(server, visit, language):
    page = visit.page
    page.set_viewport_size(PHONE)
    page.goto(f"{server.url}/networks?city=medellin&lang={language}")
    settled(page)

    assert headline(page) == said("medellin", language)
    expect(page.locator(TABLES)).to_have_count(4)
    none_of(too_wide(page, language))
    places = [
        page.get_by_role("link", name=title, exact=True).bounding_box()
        for title in catalog(language)["menu"].values()
    ]
    hidden = page.get_by_text(re.compile(r"^\d+ more$"))  # where Streamlit puts what does not fit
    assert all(place and place["x"] + place["width"] <= 1280 for place in places)
    assert len({place["x"] for place in places}) == len(places)
    expect(hidden).to_have_count(0)
