"""What the browser fetches and what it may not: lasting files, no other host, a new start."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from serving import Server, free_port
from waiting import FRAME, PATIENCE_MS, drawn, in_map, opened, settled

from sixes_geo.i18n import Translator
from sixes_geo.maps.scene import BASEMAP

TILES = "https://tile.openstreetmap.org"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
APP, CONNECTED = "[data-testid=stApp]", "[data-test-connection-state=CONNECTED]"
EN = Translator("en")


class Fetched:
    """What a tab fetched: addresses of this server, and which of them came from its cache."""

    def __init__(self, page):
        self.addresses: dict[str, str] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.cached: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", lambda event: self._kept(event["requestId"]))
        session.on("Network.responseReceived", self._received)
        session.send("Network.enable")

    def _sent(self, event):
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _kept(self, request):
        self.cached.add(self.addresses[request])

    def _received(self, event):
        answer = event["response"]
        names = {name.lower(): value for name, value in answer["headers"].items()}
        self.headers[answer["url"]] = names
        if answer.get("fromDiskCache"):
            self.cached.add(answer["url"])

    @property
    def assets(self):
        """Return the files of maps among them."""
        return {one for one in self.addresses.values() if "/assets/" in one}


def test_maps_come_from_our_routes_and_a_second_visit_fetches_nothing_anew(server, browser):
    context = browser.new_context()  # one for both, since a browser caches by context
    first, second = context.new_page(), context.new_page()
    before, after = Fetched(first), Fetched(second)
    opened(first, f"{server.url}/?city=medellin&lang=en")
    first.close()
    opened(second, f"{server.url}/?city=medellin&lang=en")

    assert {one.rpartition(".")[2] for one in before.assets} == {"js", "css", "json"}
    assert all(
        "immutable" in before.headers[one]["cache-control"]
        and "max-age=31536000" in before.headers[one]["cache-control"]
        for one in before.assets
    )
    assert {before.headers[one].get("content-encoding") for one in before.assets} == {"gzip"}
    assert after.assets == before.assets
    assert after.assets - after.cached == set()
    assert {one for one in before.addresses.values() if not one.startswith(server.url)} <= {
        one for one in before.addresses.values() if one.startswith(("data:", "blob:", "ws:"))
    }
    context.close()


def test_no_page_and_no_map_can_load_from_the_host_of_the_tiles_without_being_asked(server, visit):
    opened(visit.page, f"{server.url}/?city=medellin&lang=en")
    load = f"""() => new Promise((answer) => {{
      const blocked = [];
      document.addEventListener("securitypolicyviolation", (event) => {{
        blocked.push(event.effectiveDirective);
        if (blocked.length === 2) answer(blocked.sort());
      }});
      new Image().src = "{TILES}/0/0/0.png";
      fetch("{TILES}/0/0/0.png").catch(() => null);
    }})"""

    assert visit.page.evaluate(load) == ["connect-src", "img-src"]
    assert in_map(visit.page, load) == ["connect-src", "img-src"]
    assert visit.outside == []
    assert visit.blocked
    visit.blocked.clear()


def test_the_online_basemap_is_loaded_once_a_person_chose_it_and_the_view_stays(server, visit):
    page, asked = visit.page, []

    def tile(route):
        asked.append(route.request.headers)
        route.fulfill(body=PIXEL, content_type="image/png")

    page.context.route(f"{TILES}/**", tile)
    opened(page, f"{server.url}/?city=medellin&lang=en")
    assert BASEMAP["url"].startswith(TILES)
    in_map(
        page, "() => void window.SixesMap.state.map.setView([6.25, -75.6], 13, {animate: false})"
    )
    before = drawn(page)

    page.get_by_text(EN("controls.more"), exact=True).click()
    page.get_by_text(EN("controls.basemap"), exact=True).click()
    drawn(page, before)

    frame = page.frame_locator(FRAME)
    expect(frame.locator("img.leaflet-tile-loaded").first).to_be_attached(timeout=PATIENCE_MS)
    assert {one["referer"] for one in asked} == {f"{server.url}/"}
    seen = (
        "() => { const at = window.SixesMap.state.map; return [at.getZoom(), at.getCenter().lat]; }"
    )
    assert in_map(page, seen) == pytest.approx([13, 6.25], abs=1e-3)

    chosen = drawn(page)
    page.get_by_text(EN("controls.basemap"), exact=True).click()
    drawn(page, chosen)
    expect(frame.locator("img.leaflet-tile")).to_have_count(0)
    assert "basemap" not in in_map(page, "() => location.search")
    assert all(one.startswith(TILES) for one in visit.outside)
    visit.outside.clear()  # what the person asked for


def test_a_file_that_is_not_there_yet_is_asked_for_again(server, visit):
    missed = []

    def missing(route):
        missed.append(route.request.url)
        route.fulfill(status=404, body="")

    visit.page.context.route("**/assets/*.json", missing, times=1)
    opened(visit.page, f"{server.url}/?city=medellin&lang=en")

    assert len(missed) == 1
    assert visit.asked.count(missed[0]) == 2


def test_an_open_page_goes_on_after_a_new_start_of_the_server(tmp_path, visit):
    page, port = visit.page, free_port()
    running = Server(tmp_path / "first.txt", port=port)
    try:
        running.wait()
        before = opened(page, f"{running.url}/?city=medellin&lang=en")
        running.stop()
        expect(page.locator(f"{APP}:not({CONNECTED})")).to_be_attached(timeout=PATIENCE_MS)
        running = Server(tmp_path / "second.txt", port=port)
        running.wait()
        expect(page.locator(f"{APP}{CONNECTED}")).to_be_attached(timeout=2 * PATIENCE_MS)
        page.get_by_role("link", name=EN("menu.initiatives"), exact=True).click()
        expect(page).to_have_url(re.compile("/initiatives"))
        visit.asked.clear()
        settled(page).get_by_role("link", name=EN("menu.map"), exact=True).click()
        drawn(page)

        assert [one for one in visit.asked if one.endswith(".json") and "/assets/" in one]
        assert before
    finally:
        running.stop()


def test_maps_are_drawn_under_a_path_and_away_from_the_checkout_too(tmp_path, visit):
    settings = tmp_path / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text('[server]\nbaseUrlPath = "mapa"\n[theme]\nbase = "dark"\n')
    running = Server(tmp_path / "log.txt", cwd=tmp_path)
    try:
        running.wait("/mapa/healthz")
        opened(visit.page, f"{running.url}/mapa/?city=medellin&lang=en")

        assets = [one for one in visit.asked if "/assets/" in one]
        assert len(assets) > 5
        assert all(one.startswith(f"{running.url}/mapa/assets/") for one in assets)
        ground = visit.page.locator(APP).evaluate("app => getComputedStyle(app).backgroundColor")
        assert ground == "rgb(255, 255, 255)"  # ours, not what lies in the folder it runs in
        assert f"{running.port}/mapa" in running.log.read_text()
    finally:
        running.stop()
