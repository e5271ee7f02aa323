"""What one view of a measuring page points out, all the others show, without a full run."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from waiting import PATIENCE_MS, click_unit, drawn, in_map, opened, settled

PICKED = "() => window.SixesMap.state.scene.picked"
CHARTS = "[data-testid=stVegaLiteChart]"
HEADLINE = "h1.sixes-headline"


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def marks(page, chart, kind):
    """Return the marks of the nth chart of a page."""
    return page.locator(CHARTS).nth(chart).locator(f"svg g.mark-{kind}.role-mark path")


def test_a_bar_points_its_districts_out_and_lets_them_go(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/equity?city=santiago&lang=en")
    assert in_map(page, PICKED) == []

    marks(page, 1, "rect").last.click()  # the sites of the best-off quintile
    key = drawn(page, key)
    picked = in_map(page, PICKED)
    assert len(picked) == 7
    assert query(page)["district"] == "-"

    pointed = page.locator(CHARTS).nth(1).locator("svg").element_handle()
    page.get_by_role("button", name="Clear selection", exact=True).click()
    key = drawn(page, key)
    assert in_map(page, PICKED) == []
    pointed.wait_for_element_state("hidden", timeout=PATIENCE_MS)  # a fresh chart takes its place

    marks(page, 1, "rect").last.click()  # the same bar again
    drawn(page, key)
    assert len(in_map(page, PICKED)) == 7


def test_a_click_on_the_map_points_out_one_mark_and_is_kept_in_the_link(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/equity?city=santiago&lang=en")

    click_unit(page, "13114")
    drawn(page, key)

    assert len(in_map(page, PICKED)) == 1
    page.wait_for_function("() => location.search.includes('district=13114')", timeout=PATIENCE_MS)
    faint = page.locator(CHARTS).nth(2).locator("svg g.mark-symbol.role-mark path[opacity='0.25']")
    expect(faint).to_have_count(33)


def test_a_dot_of_the_strip_opens_its_own_view(server, visit):
    page = visit.page
    opened(page, f"{server.url}/equity?city=santiago&lang=en")
    before = page.locator(HEADLINE).inner_text()

    marks(page, 3, "symbol").nth(20).click()
    page.wait_for_function("() => !location.search.includes('unit=comuna')", timeout=PATIENCE_MS)
    settled(page)

    assert query(page)["unit"] in ("zone", "hexagon")
    expect(page.locator(HEADLINE)).not_to_have_text(before)


def test_a_longer_distance_reaches_more_people(server, visit):
    page = visit.page
    opened(page, f"{server.url}/reach?city=santiago&lang=en&within=250")
    near = page.locator(HEADLINE).inner_text()
    opened(page, f"{server.url}/reach?city=santiago&lang=en&within=2000")
    far = page.locator(HEADLINE).inner_text()

    assert float(near.split("%")[0]) < float(far.split("%")[0])


def test_cities_stand_side_by_side_without_a_rank(server, visit):
    page = visit.page
    page.goto(f"{server.url}/cities?lang=en&kind=bike-share")
    expect(page.locator(HEADLINE)).to_be_visible(timeout=PATIENCE_MS)
    settled(page)

    expect(page.locator(CHARTS)).to_have_count(2)
    assert query(page)["kind"] == "bike-share"
