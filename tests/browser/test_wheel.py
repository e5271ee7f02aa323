"""The wheel is a filter: a click changes map, table, figures and link alike, and lets go again."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from waiting import PATIENCE_MS, drawn, in_map, opened, settled

WHEEL = ".st-key-wheel-frame svg"
COUNT = "() => window.SixesMap.state.scene.sites[0].count"
HEADLINE = "h1.sixes-headline"


def wedge(page, name):
    """Return the part of the wheel that bears a name."""
    return page.locator(f"{WHEEL} text", has_text=name).first


def test_a_click_on_the_wheel_changes_map_table_figures_and_link(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/initiatives?city=medellin&lang=en&layers=all-initiatives")
    everything = in_map(page, COUNT)

    wedge(page, "equity").click(force=True)
    key = drawn(page, key)
    settled(page)

    page.wait_for_function("() => location.search.includes('e=equity')", timeout=PATIENCE_MS)
    assert in_map(page, COUNT) < everything
    expect(page.locator(HEADLINE)).to_contain_text("that carry equity")
    expect(page.get_by_text("Index +", exact=False).first).to_contain_text("equity")

    wedge(page, "equity").click(force=True)  # the part under the word takes it
    drawn(page, key)
    page.wait_for_function("() => !location.search.includes('e=equity')", timeout=PATIENCE_MS)
    assert in_map(page, COUNT) == everything


def test_every_part_of_the_wheel_takes_a_click_its_centre_too(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/initiatives?city=medellin&lang=en&layers=all-initiatives")
    asked = []

    for e in ("efficiency", "economy", "ecology", "education", "engagement"):
        wedge(page, e).click(force=True)
        page.wait_for_function(f"() => location.search.includes('{e}')", timeout=PATIENCE_MS)
        key = drawn(page, key)
        settled(page)
        asked.append(e)

    told = parse_qs(urlsplit(page.url).query)["e"]
    assert set(told[0].split(",")) == set(asked)


def test_the_link_of_a_filter_opens_the_same_view(server, visit):
    page = visit.page
    link = "initiatives?city=medellin&lang=es&layers=all-initiatives&e=education&p=public"
    opened(page, f"{server.url}/{link}")

    expect(page.locator(HEADLINE)).to_contain_text("que apuntan a la educación")
    assert in_map(page, COUNT) == 33


def test_the_page_opens_on_all_initiatives_and_gives_the_map_back(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/?city=santiago&lang=en&layers=bike-share-2015")

    page.get_by_role("link", name="Initiatives", exact=True).click()
    key = drawn(page, key)
    page.wait_for_function("() => location.search.includes('layers=all')", timeout=PATIENCE_MS)
    assert in_map(page, COUNT) > 300
    page.get_by_role("link", name="Map", exact=True).click()
    drawn(page, key)
    page.wait_for_function("() => location.search.includes('layers=bike')", timeout=PATIENCE_MS)


def test_a_link_that_names_networks_is_followed_and_offers_all(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/initiatives?city=santiago&lang=en&layers=bike-share-2015")
    bicycles = in_map(page, COUNT)

    page.get_by_role("button", name="Look at all initiatives").click()

    drawn(page, key)
    settled(page)
    assert in_map(page, COUNT) > bicycles


def test_a_name_in_the_table_opens_the_page_of_its_initiative(server, visit):
    page = visit.page
    opened(page, f"{server.url}/initiatives?city=medellin&lang=en&need=ipm:2024")

    page.get_by_role("link", name="Ruta N", exact=True).click()

    expect(page.locator(HEADLINE)).to_contain_text("Ruta N", timeout=PATIENCE_MS)
    page.get_by_role("link", name="See it on the map").click()
    drawn(page)
    settled(page)
    assert "layers=paper-initiatives" in page.url
    assert "need=ipm" in page.url


def test_an_indicator_goes_in_by_file_and_ranks_districts(server, visit, tmp_path):
    page = visit.page
    heads = "id,value,name,question,e,use,higher_means,unit_of_measure,source,authors,date,year,per"
    told = (
        "Heard of it,Who,education,need,better_off,%,Street,Junta <b>x</b>,2026-05-01,2026,comuna"
    )
    rows = "\n".join(f"{n:02},{n}" for n in range(2, 17))
    path = tmp_path / "mine.csv"
    path.write_text(f"{heads}\n01,1,{told}\n{rows}\n", encoding="utf-8")
    page.goto(f"{server.url}/contributions?city=medellin&lang=en")
    expect(page.locator(HEADLINE)).to_be_visible(timeout=PATIENCE_MS)
    settled(page)

    page.locator("input[type=file]").first.set_input_files(str(path))
    read = page.get_by_text("16 of 21 comunas and corregimientos, from 1 to 16")
    expect(read).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Keep this indicator").click()
    expect(page.get_by_text("is kept: it can be chosen as need")).to_be_visible(timeout=PATIENCE_MS)
    [code] = re.findall(r"\b[0-9a-f]{32}\b", page.get_by_test_id("stMain").inner_text())
    expect(page.get_by_text("Made by Junta <b>x</b>").first).to_be_visible()
    expect(page.get_by_role("button", name="Keep this indicator")).to_have_count(0)

    page.get_by_role("link", name="See it on the map").first.click()
    drawn(page)
    expect(page.locator(".sixes-quiet", has_text="Heard of it, 2026").first).to_be_visible()
    expect(page.get_by_text("is an indicator made by Junta <b>x</b>, 2026-05-01")).to_be_visible()
    expect(page.get_by_text("Junta <b>x</b>").first).to_be_attached()

    page.goto(f"{server.url}/contributions?city=medellin&lang=en")  # another visit: the code tells
    page.get_by_test_id("stPopover").get_by_role("button", name="Remove").click()
    page.get_by_label("Code (not needed for what you kept in this visit)").fill(code)
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.get_by_text("Nobody has added an indicator")).to_be_visible(timeout=PATIENCE_MS)
