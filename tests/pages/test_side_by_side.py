"""Several networks on the pages: each with its own figure, and together only on request."""

from html import unescape

import pytest
import streamlit as st
from house import PAGES, none_of
from visiting import arrive, faults, go, headings, markup, notice_text, visit

GAUGES_AND_CLINICS = "rain-gauges,family-clinics"
ALIKE = "rain-gauges,siren-communities"
TOGETHER = "Count them together"


def chosen(app, name):
    """Return a field of the link."""
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def beside(app, name):
    """Return the button that makes a network the first."""
    return next(one for one in app.button if one.label.replace("\\", "").startswith(name))


def labels(app):
    return [one.label for one in app.checkbox]


def test_two_networks_have_a_figure_each_and_the_page_says_whose_its_charts_are():
    app = visit(city="rio", lang="en", layers=GAUGES_AND_CLINICS)

    page = unescape(markup(app))
    assert faults(app) == []
    assert "rain gauges" in headings(app)[0]
    assert "clinics" not in headings(app)[0]
    assert "+0.20" in page
    assert "More in worse-off districts than chance would put there · Index −0.23" in page
    assert "n = 128 family clinics" in page
    assert "charts and tables are about City rain gauges (Alerta Rio)" in page


def test_networks_of_two_roles_are_not_offered_to_be_counted_together_and_the_page_says_why():
    app = visit(city="rio", lang="en", layers=GAUGES_AND_CLINICS)

    assert TOGETHER not in labels(app)
    assert "different kinds (initiative, contrast: ordinary service)" in markup(app)
    assert TOGETHER not in labels(visit(city="rio", lang="en", layers="rain-gauges"))


def test_a_link_that_counts_networks_of_two_roles_together_opens_them_side_by_side_with_a_note():
    app = visit(city="rio", lang="en", layers=GAUGES_AND_CLINICS, together="1")

    (note,) = app.warning
    assert "asked to count networks together" in notice_text(note)
    assert "contrast: ordinary service" in notice_text(note)
    assert chosen(app, "together") == "0"
    assert "−0.23" in unescape(markup(app))


def test_the_network_beside_becomes_the_first_with_one_click():
    app = visit(city="rio", lang="en", layers=GAUGES_AND_CLINICS)

    beside(app, "Family clinics").click().run()

    assert faults(app) == []
    assert chosen(app, "layers") == "family-clinics,rain-gauges"
    assert "family clinics" in headings(app)[0]
    assert beside(app, "City rain gauges")


def test_networks_of_one_role_are_counted_together_only_on_request_and_not_with_the_next_one():
    app = visit(city="rio", lang="en", layers=ALIKE)
    assert "sirens" not in headings(app)[0]

    box = next(one for one in app.checkbox if one.label == TOGETHER)
    assert "drowns small ones" in box.help
    box.check().run()

    assert chosen(app, "together") == "1"
    assert "rain gauges and gauges of communities with sirens" in headings(app)[0]
    app.multiselect[0].set_value([*ALIKE.split(","), "knowledge-centres"]).run()
    assert chosen(app, "together") == "0"
    assert "sirens" not in headings(app)[0]


def test_a_network_keeps_its_figure_when_the_one_before_it_is_removed():
    app = visit(city="santiago", lang="en", layers="bike-share-2022,cycleways-existing")
    told = unescape(markup(app))

    app.multiselect[0].set_value(["cycleways-existing"]).run()

    assert chosen(app, "weight") == "capacity"  # kilometres, as it was measured beside the first
    index = told.partition("Index ")[2].partition("Index ")[2].partition(")")[0]
    assert f"Index {index})" in unescape(markup(app))


def test_every_page_shows_several_networks_and_money_beside_them_without_a_fault():
    layers = "air-sensors,libraries-2018,public-investment-2024"
    app = arrive(city="medellin", lang="en", unit="barrio", layers=layers)
    wrong = []
    for page in PAGES:
        go(app, page.name)
        wrong += [f"{page.name}: {fault}" for fault in faults(app)]
        wrong += [f"{page.name}: {head}" for head in headings(app)[1:]]
        if page.name.startswith("pages/measure/") and "six_es" not in page.name:
            told = "SIATA air stations" in markup(app) and beside(app, "Public library network")
            wrong += [] if told else [f"{page.name}: not told what it is about"]

    none_of(wrong)


def test_money_beside_sites_is_told_by_the_unit_it_is_known_for():
    layers = "air-sensors,public-investment-2024"
    page = unescape(markup(visit(city="medellin", lang="en", unit="barrio", layers=layers)))

    assert "known by comunas and corregimientos only" in page
    assert "n = 21 comunas and corregimientos" in page


def test_a_snapshot_of_several_networks_is_said_to_be_of_the_first():
    app = visit("pages/snapshot/snapshot.py", city="rio", lang="en", layers=GAUGES_AND_CLINICS)

    assert (
        "A snapshot holds one answer: here that of the first network, City rain gauges"
        in markup(app)
    )


@pytest.fixture
def in_toy_alone(in_toy):
    """Forget what was measured in other cities, and afterwards what was in the toy city."""
    st.cache_resource.clear()
    yield in_toy
    st.cache_resource.clear()


@pytest.mark.usefixtures("in_toy_alone")
def test_a_district_is_told_with_what_each_network_has_there_and_what_is_unknown_is_not_zero():
    told = {}
    for district in ("04", "02"):
        app = visit(city="toy", lang="en", layers="sensors,docks,budget-2024", district=district)
        assert faults(app) == []
        told[district] = unescape(markup(app)).partition("sixes-strip")[2].partition("</p>")[0]

    assert "Title of sensors: 4" in told["04"]
    assert "Title of docks: 2" in told["04"]
    assert "Amount (CLP): $60" in told["04"]
    assert "Title of sensors: 1" in told["02"]
    assert "Amount (CLP): no figure" in told["02"]
