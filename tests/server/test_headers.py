"""Headers on every answer: nothing from another host, unless a person chose the basemap."""

import pytest
from asking import response_of, run_async
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sixes_geo.server.headers import OTHERS, SecurityHeaders, failed, headers_for, policy
from sixes_geo.server.origins import DENIAL

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


def missing(received):
    """Return the names of our headers that an answer does not carry."""
    wanted = {**OTHERS, "Content-Security-Policy": policy()}
    return [name for name, value in wanted.items() if received.get(name.lower()) != value]


def test_what_a_page_of_another_site_could_do_with_these_pages_is_named():
    told = headers_for("/", b"")

    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert told["X-Frame-Options"] == "SAMEORIGIN"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["X-DNS-Prefetch-Control"] == "off"
    assert "geolocation=()" in told["Permissions-Policy"]


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nothing", 404)])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_answer_carries_the_headers(path, status, method):
    answer = response_of(APP, path, method)

    assert answer.status == status
    assert missing(answer.headers) == []


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
    assert missing(told) == []
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


def connected(*messages, extensions):
    """Open a websocket of an app that sends some messages; return what its visitor is sent."""
    sent = []

    async def app(scope, receive, send):
        del scope, receive
        for message in messages:
            await send(message)

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "query_string": b"", "extensions": extensions}
    run_async(SecurityHeaders(app), scope, None, send)
    return sent


ACCEPT, CLOSE = {"type": "websocket.accept"}, {"type": "websocket.close", "code": 1008}
SEND = {"type": "websocket.send", "bytes": b"x"}


@pytest.mark.parametrize("extensions", [{}, {DENIAL: {}}])
def test_what_goes_over_a_websocket_is_left_alone(extensions):
    assert connected(ACCEPT, SEND, CLOSE, extensions=extensions) == [ACCEPT, SEND, CLOSE]


def test_a_websocket_that_is_refused_carries_the_headers_if_the_server_can_send_any():
    refusal = {"type": f"{DENIAL}.start", "status": 421, "headers": [(b"x", b"y")]}

    for message, status in ((CLOSE, 403), (refusal, 421)):
        start = connected(message, extensions={DENIAL: {}})[0]
        told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        assert (start["type"], start["status"]) == (f"{DENIAL}.start", status)
        assert missing(told) == []
    assert connected(CLOSE, extensions={}) == [CLOSE]
