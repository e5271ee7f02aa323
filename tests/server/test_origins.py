"""Websockets: pages of this server connect, those of another host do not."""

import pytest
from asking import run_async

from sixes_geo.server.origins import OwnOrigin


def connected(headers, allowed=()):
    """Open a websocket; return whether the app was reached, and what was sent instead."""
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append((scope, receive, send))

    async def send(message):
        sent.append(message)

    scope = {
        "type": "websocket",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    run_async(OwnOrigin(app, allowed), scope, None, send)
    return bool(reached), sent


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:8501", "origin": "http://localhost:8501"},
        {"host": "192.168.1.7:8501", "origin": "http://192.168.1.7:8501"},
        {"host": "maps.example.org", "origin": "https://maps.example.org"},
        {"host": "localhost:8501"},
    ],
)
def test_a_page_of_this_server_connects(headers):
    assert connected(headers) == (True, [])


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://localhost:9999", "http://localhost:8501.x"],
)
def test_a_page_of_another_host_is_turned_away_before_the_framework_looks_it_up(origin):
    reached, sent = connected({"host": "localhost:8501", "origin": origin})

    assert not reached
    assert [(message["type"], message["code"]) for message in sent] == [("websocket.close", 1008)]


def test_an_origin_that_the_owner_allows_connects():
    headers = {"host": "inside:8501", "origin": "https://maps.example.org"}

    assert connected(headers, ["https://maps.example.org"]) == (True, [])
    assert not connected(headers)[0]


def test_requests_are_left_alone():
    reached = []

    async def app(scope, receive, send):
        reached.append((scope["type"], receive, send))

    run_async(
        OwnOrigin(app), {"type": "http", "headers": [(b"origin", b"http://evil.example")]}, 1, 2
    )

    assert reached == [("http", 1, 2)]
