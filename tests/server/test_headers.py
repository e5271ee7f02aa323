"""Headers on every answer: nothing from another host, unless a person chose the basemap."""

import pytest
from asking import response_of, run_async
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sixes_geo.server.headers import SecurityHeaders, failed, policy

TILES = "https://tile.openstreetmap.org"
FRAME = "/component/streamlit_folium.st_folium/index.html"


def shown(request):
    del request
    return PlainTextResponse("ok", headers={"Content-Security-Policy": "default-src *"})


def broken(request):
    raise RuntimeError(request.url.path)


APP = Starlette(
    routes=[Route("/", shown), Route("/broken", broken), Route("/component/{path:path}", shown)],
    middleware=[Middleware(SecurityHeaders)],
    exception_handlers={Exception: failed},
)


def sources(answer, directive):
    """Return where an answer lets one kind of thing come from."""
    parts = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    return parts[directive].split()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nothing", 404)])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_answer_carries_the_headers(path, status, method):
    answer = response_of(APP, path, method)

    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["content-security-policy"] == policy()


def test_an_answer_that_broke_down_carries_them_too_and_gives_nothing_away():
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/broken", "query_string": b"", "headers": []}
    with pytest.raises(RuntimeError):  # for the server to log
        run_async(APP, scope, receive, send)

    start, body = messages
    assert start["status"] == 500
    told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    assert told["content-security-policy"] == policy()
    assert told["x-content-type-options"] == "nosniff"
    assert body["body"] == b""


@pytest.mark.parametrize(
    "query", ["", "basemap=on", "basemap=online&basemap=online", "x=basemap=online"]
)
def test_no_other_host_is_let_through(query):
    for path in ("/", FRAME):
        answer = response_of(APP, path, query=query)

        assert "http" not in answer.headers["content-security-policy"]
        assert sources(answer, "default-src") == ["'self'"]
        assert sources(answer, "connect-src") == ["'self'"]
        assert sources(answer, "frame-ancestors") == ["'self'"]


def test_the_frame_of_a_map_that_asks_for_the_basemap_may_load_its_pictures_and_nothing_else():
    asking = response_of(APP, FRAME, query="streamlitUrl=x&basemap=online")
    usual = response_of(APP, FRAME)

    assert sources(asking, "img-src") == [*sources(usual, "img-src"), TILES]
    assert asking.headers["content-security-policy"].count("http") == 1


def test_no_page_may_load_the_basemap_by_asking_for_it():
    answer = response_of(APP, "/", query="basemap=online")

    assert TILES not in answer.headers["content-security-policy"]


def test_websockets_are_left_alone():
    heard = []

    async def app(scope, receive, send):
        heard.append((scope["type"], receive, send))

    async def send(message):
        del message

    run_async(SecurityHeaders(app), {"type": "websocket"}, None, send)

    assert heard == [("websocket", None, send)]
