"""Our own addresses: files that a browser keeps for good, and whether a page can be served."""

import gzip
from threading import Event

import pytest
from asking import response_of
from house import some
from starlette.applications import Starlette

from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.server import assets, health
from sixes_geo.server.assets import STORE, AssetStore
from sixes_geo.server.routes import FORMER_PAGES, routes

CONTENT = b'{"names": ["' + b"x" * 4000 + b'"]}'


@pytest.fixture
def app():
    return Starlette(routes=routes())


@pytest.fixture
def address():
    return "/assets/" + STORE.keep(("test", "a"), lambda: CONTENT)


@pytest.fixture
def unserved(monkeypatch):
    """Begin as a server does that has shown no page yet."""
    monkeypatch.setattr(health, "_served", Event())


def test_a_file_is_kept_for_good_under_a_name_that_says_what_is_in_it(app, address):
    answer = response_of(app, address)

    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["etag"].strip('"') in address
    assert "content-encoding" not in answer.headers


def test_who_takes_compressed_files_gets_one_and_caches_keep_the_two_apart(app, address):
    answer = response_of(app, address, accept_encoding="br, gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == CONTENT
    assert len(answer.body) < len(CONTENT) / 10
    assert answer.headers["vary"] == response_of(app, address).headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] != response_of(app, address).headers["etag"]


def test_a_file_is_compressed_once():
    asset = assets.asset_named(STORE.keep(("test", "once"), lambda: CONTENT))

    assert asset.gzipped is asset.gzipped


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_who_has_a_file_already_is_told_so_without_it(app, address, accepted):
    tag = response_of(app, address, accept_encoding=accepted).headers["etag"]
    for told in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = response_of(app, address, accept_encoding=accepted, if_none_match=told)

        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == tag
        assert "immutable" in answer.headers["cache-control"]
    assert response_of(app, address, if_none_match='"other"').status == 200


def test_the_head_of_a_file_tells_its_size(app, address):
    answer = response_of(app, address, "HEAD")

    assert answer.status == 200
    assert answer.headers["content-length"] == str(len(CONTENT))


@pytest.mark.parametrize("name", ["", "x.json", "../app.py", "engine-0/sixes-map.js", "%2e%2e"])
def test_a_name_that_is_not_there_is_not_found_and_not_remembered(app, name):
    answer = response_of(app, f"/assets/{name}")

    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_leaflet_and_our_scripts_are_served_with_their_types(app):
    kinds = {"js": "text/javascript", "css": "text/css", "png": "image/png"}
    for folder, names in (
        (assets.leaflet_address(), ["leaflet.js", "leaflet.css", "images/layers.png"]),
        (assets.engine_address(), ["sixes-draw.js", "sixes-map.js", "sixes-map.css"]),
    ):
        for name in some(names):
            answer = response_of(app, f"{folder}/{name}".removeprefix("../.."))

            assert answer.status == 200
            assert answer.headers["content-type"].startswith(kinds[name.rpartition(".")[2]])
            assert "immutable" in answer.headers["cache-control"]


def test_routes_lie_under_the_path_of_the_dashboard():
    app = Starlette(routes=routes("/some/path/"))

    assert response_of(app, "/some/path/healthz").status in (200, 503)
    assert response_of(app, "/healthz").status == 404


def test_the_store_makes_a_content_once_and_forgets_what_was_asked_for_longest_ago():
    store, made = AssetStore(most_bytes=250), []

    def content(letter):
        def make():
            made.append(letter)
            return letter.encode() * 100

        return make

    a, b = store.keep("a", content("a")), store.keep("b", content("b"))
    assert store.keep("a", content("a")) == a
    assert made == ["a", "b"]

    store.keep("c", content("c"))
    assert store.get(b) is None
    assert store.get(a).content == b"a" * 100

    assert store.keep("b", content("b")) == b
    assert store.get(b).content == b"b" * 100


def test_the_store_serves_one_content_of_two_keys_under_one_name():
    store = AssetStore()

    assert store.keep("a", lambda: b"same") == store.keep("b", lambda: b"same")


def test_the_store_keeps_the_newest_however_large():
    store = AssetStore(most_bytes=10)

    assert store.get(store.keep("a", lambda: b"x" * 50)).content == b"x" * 50


@pytest.mark.usefixtures("unserved", "in_toy")
def test_nothing_is_well_before_a_page_was_served(app):
    before = response_of(app, "/healthz")
    health.page_was_served()
    after = response_of(app, "/healthz")

    assert (before.status, before.body) == (503, b"starting")
    assert (after.status, after.body) == (200, b"ok")
    assert after.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("unserved")
def test_nothing_is_well_while_no_city_can_be_read(app, tmp_path, monkeypatch, toy_root):
    health.page_was_served()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    missing = response_of(app, "/healthz")
    monkeypatch.setenv(DATA_VARIABLE, str(toy_root))
    back = response_of(app, "/healthz")

    assert (missing.status, missing.body) == (503, b"data")
    assert back.status == 200


@pytest.mark.parametrize(("former", "name"), sorted(FORMER_PAGES.items()))
def test_the_former_address_of_a_page_leads_to_todays_with_all_it_asks_for(app, former, name):
    answer = response_of(app, f"/{former}", query="city=rio&lang=pt")

    assert answer.status == 308
    assert answer.headers["location"] == f"/{name}?city=rio&lang=pt"
    assert response_of(app, f"/{former}").headers["location"] == f"/{name}"


def test_a_former_address_knows_the_path_that_the_dashboard_is_served_at():
    answer = response_of(Starlette(routes=routes("maps")), "/maps/space")

    assert answer.headers["location"] == "/maps/clusters"
