"""What a visitor does on the map page, in a real browser that can reach no other host."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import expect
from polling import until
from waiting import (
    FRAME,
    PATIENCE_MS,
    click_unit,
    drawn,
    headline,
    in_map,
    opened,
    settled,
)

COUNT_RUNS = """() => {
  window.sixesRuns = 0;
  const app = document.querySelector('[data-testid=stApp]');
  new MutationObserver(() => {
    if (app.dataset.testScriptState === 'running') window.sixesRuns += 1;
  }).observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""

NEAREST = """() => {
  const { units, map } = window.SixesMap.state;
  const apart = units.layers.map((one) => map.distance(one.getCenter(), map.getCenter()));
  return units.content.ids[apart.indexOf(Math.min(...apart))];
}"""


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_map_of_the_first_city_is_drawn_with_its_sentence(server, visit):
    opened(visit.page, server.url)

    assert "238" in headline(visit.page)
    assert "183" in headline(visit.page)
    assert in_map(visit.page, "() => window.SixesMap.state.units.layers.length") == 34
    sites = "() => [...window.SixesMap.state.drawn.values()].at(-1).getLayers().length"
    assert in_map(visit.page, sites) == 238
    blank = """() => {
      const canvas = document.querySelector('#map_div canvas');
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(pixels.buffer)).size;
    }"""
    assert in_map(visit.page, blank) > 20  # the canvas holds many colours: something is on it


def test_a_click_on_a_district_runs_the_page_once_and_shows_its_profile(server, visit):
    key = opened(visit.page, f"{server.url}/?city=santiago&lang=en")
    visit.page.evaluate(COUNT_RUNS)

    click_unit(visit.page, "13114")
    drawn(visit.page, key)
    settled(visit.page)

    expect(visit.page.get_by_role("heading", name="Las Condes")).to_be_visible()
    assert query(visit.page)["district"] == "13114"
    assert visit.page.evaluate("() => window.sixesRuns") == 1


def test_panning_zooming_and_hovering_never_run_the_page(server, visit):
    visit.page.clock.install()
    key = opened(visit.page, f"{server.url}/?city=rio&lang=pt")
    visit.page.evaluate(COUNT_RUNS)
    frame = visit.page.locator(FRAME)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3

    visit.page.mouse.move(x, y)
    visit.page.mouse.move(x + 30, y + 20, steps=5)
    hint = frame.content_frame.locator(".sixes-hint")
    expect(hint).to_be_visible()
    zoom = "() => window.SixesMap.state.map.getZoom()"
    before = in_map(visit.page, zoom)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 120, y + 60, steps=8)
    visit.page.mouse.up()
    visit.page.mouse.wheel(0, -300)
    until(lambda: in_map(visit.page, zoom) > before, PATIENCE_MS / 1000)
    visit.page.clock.fast_forward(5_000)  # what waits for a pause, as the component does, has it

    assert in_map(visit.page, zoom) > before
    nearest = in_map(visit.page, NEAREST)
    click_unit(visit.page, nearest)  # a run that was asked for before would come before this one
    drawn(visit.page, key)
    settled(visit.page)
    assert visit.page.evaluate("() => window.sixesRuns") == 1


def test_a_change_of_need_recolours_and_keeps_zoom_shapes_and_frame(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/?city=santiago&lang=en")
    in_map(
        page, "() => { window.mine = 1; window.SixesMap.state.map.setView([-33.45, -70.6], 13); }"
    )
    colours = "() => window.SixesMap.state.units.layers.map((one) => one.options.fillColor)"
    before = in_map(page, colours)
    files = [url for url in visit.asked if url.endswith(".json")]

    page.get_by_role("combobox", name="Need").click()
    page.get_by_role("option", name="Social priority index").first.click()
    drawn(page, key)
    settled(page)

    assert in_map(page, "() => window.mine") == 1  # the same frame: nothing was mounted again
    assert in_map(page, "() => window.SixesMap.state.map.getZoom()") == 13
    assert query(page)["need"].startswith("ips:")
    assert in_map(page, colours) != before
    assert [url for url in visit.asked if url.endswith(".json")] == files


def test_networks_side_by_side_are_all_drawn_and_one_click_puts_another_first(server, visit):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    key = opened(page, f"{server.url}/?city=rio&lang=en&layers=rain-gauges,family-clinics")
    marks = "() => [...window.SixesMap.state.drawn.values()].map((one) => one.getLayers().length)"
    assert {33, 129} <= set(in_map(page, marks))
    in_map(page, "() => { window.mine = 1; }")
    assert "rain gauges" in headline(page)
    assert "clinics" not in headline(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390

    name = "Family clinics (contrast: ordinary service)"
    page.get_by_role("button", name=name, exact=True).click()
    drawn(page, key)
    settled(page)

    assert "family clinics" in headline(page)
    assert query(page)["layers"] == "family-clinics,rain-gauges"
    assert {33, 129} <= set(in_map(page, marks))
    assert in_map(page, "() => window.mine") == 1


def test_language_city_and_choices_live_in_the_link(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/?city=santiago&lang=en")

    page.get_by_test_id("stButtonGroup").get_by_text("pt", exact=True).click()
    key = drawn(page, key)
    page.get_by_test_id("stButtonGroup").get_by_text("Medellín").click()
    drawn(page, key)
    settled(page)

    assert query(page)["lang"] == "pt"
    assert query(page)["city"] == "medellin"
    assert "EnCicla" in headline(page)
    assert in_map(page, "() => document.documentElement.lang") == "pt"
    assert page.evaluate("() => document.documentElement.lang") == "pt"


def test_a_copied_link_reopens_the_view_on_a_cold_server(cold_server, visit):
    link = (
        f"{cold_server.url}/?city=rio&lang=pt&unit=ra&need=head_income_mean:2010"
        "&layers=family-clinics,cameras-2023&weight=sites&district=4&context=-&present=0"
    )
    opened(visit.page, link)

    assert query(visit.page)["need"] == "head_income_mean:2010"
    assert query(visit.page)["layers"] == "family-clinics,cameras-2023"
    assert query(visit.page)["district"] == "4"
    expect(visit.page.get_by_role("heading", name="Botafogo")).to_be_visible()
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


def test_a_link_to_another_page_works_on_a_cold_server_and_keeps_city_and_language(
    cold_server, visit
):
    page = visit.page
    page.goto(f"{cold_server.url}/sources?city=medellin&lang=pt")
    expect(settled(page).get_by_role("heading", level=1)).to_contain_text("número")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_test_id("stTopNav").get_by_role("link", name="Mapa").click()
    drawn(page)
    settled(page)

    assert "EnCicla" in headline(page)
    assert query(page)["lang"] == "pt"
    page.reload()
    drawn(page)
    assert query(page)["city"] == "medellin"


def test_a_bad_value_in_a_link_falls_back_with_a_note(server, visit):
    opened(visit.page, f"{server.url}/?city=santiago&lang=en&need=<b>x</b>&district=0&unit=comuna")

    (note,) = visit.page.get_by_test_id("stAlert").all_inner_texts()
    assert "<b>x</b>" in note
    assert "“0”" in note
    assert "238" in headline(visit.page)


def test_nothing_in_a_link_makes_the_browser_ask_or_offer_another_host(server, visit):
    lures = {
        "city": "![x](https://elsewhere.example/p.png)",
        "unit": "[free](https://elsewhere.example/)",
        "need": "www.elsewhere.example",
        "layers": "<img src=https://elsewhere.example/p.png>",
    }
    opened(visit.page, f"{server.url}/?lang=en&{urlencode(lures)}")

    note = visit.page.get_by_test_id("stAlert")
    expect(note.locator("p")).to_have_count(len(lures))
    expect(note.locator("a, img")).to_have_count(0)  # the visit itself forbids requests


def test_the_map_stays_where_its_reader_left_it_through_notes_and_presentation(server, visit):
    page = visit.page
    key = opened(page, f"{server.url}/?city=santiago&lang=en&need=none")
    in_map(
        page, "() => { window.mine = 1; window.SixesMap.state.map.setView([-33.45, -70.6], 13); }"
    )

    page.get_by_test_id("stButtonGroup").get_by_text("pt", exact=True).click()
    key = drawn(page, key)
    settled(page)
    page.keyboard.press("p")
    drawn(page, key)
    settled(page)

    assert in_map(page, "() => window.mine") == 1
    assert in_map(page, "() => window.SixesMap.state.map.getZoom()") == 13


def test_presentation_shows_little_in_large_type_and_escape_returns(server, visit):
    page = visit.page
    opened(page, f"{server.url}/?city=santiago&lang=en")
    size = "h => parseFloat(getComputedStyle(h).fontSize)"
    small = page.locator("h1.sixes-headline").evaluate(size)

    page.keyboard.press("p")
    expect(page.get_by_test_id("stSelectbox")).to_have_count(0, timeout=PATIENCE_MS)
    settled(page)

    assert page.locator("h1.sixes-headline").evaluate(size) > small * 1.3
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    assert query(page)["present"] == "1"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSelectbox").first).to_be_visible(timeout=PATIENCE_MS)


def test_the_first_load_of_the_largest_map_is_small_and_comes_once(server, visit):
    sizes = {}

    def note(response):
        if "/assets/" in response.url and response.url.endswith(".json"):
            sizes[response.url] = len(response.body())

    visit.page.on("response", note)
    opened(visit.page, f"{server.url}/?city=rio&lang=pt")

    assert 0 < sum(sizes.values()) <= 700_000
    asked = [url for url in visit.asked if "/assets/" in url]
    assert asked
    assert len(asked) == len(set(asked))
