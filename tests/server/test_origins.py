"""Requests and connections: this server's own are answered, those for or by others are not."""

import logging
import socket

import pytest
from asking import run_async
from streamlit import net_util
from streamlit.web.server.starlette import starlette_websocket

from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.server import machine
from sixes_geo.server.machine import LOOPBACK
from sixes_geo.server.origins import DENIAL, MOST_LOGGED, OwnVisitors, known, origin_of

EVERY = "0.0.0.0"  # noqa: S104  (as people type it)
MAPS = "https://maps.example.org"
DENIABLE = {DENIAL: {}}


@pytest.fixture
def laptop(monkeypatch):
    """Let this machine be called laptop."""
    monkeypatch.setattr(socket, "gethostname", lambda: "Laptop.Example.org")


def asked(*headers, listened=LOOPBACK, public=(), kind="http", scheme="http", **more):
    """Ask for something; return the headers that the framework sees, and what was sent instead."""
    reached, sent = [], []

    async def app(scope, receive, send):
        del receive, send
        reached.append([(name.decode(), value.decode()) for name, value in scope["headers"]])

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "scheme": scheme,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        **more,
    }
    run_async(OwnVisitors(app, known(listened, public)), scope, None, send)
    assert len(reached) <= 1
    return reached[0] if reached else None, sent


def host(name):
    return ("host", name)


def origin(page):
    return ("origin", page)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "name",
    ["localhost", "localhost:8501", "LOCALHOST:9", "localhost.:80", "127.0.0.1:8600", "127.1.2.3",
     "[::1]", "[::1]:8501"],
)  # fmt: skip
def test_this_machine_is_answered_whatever_port_leads_here(name, kind):
    assert asked(host(name), kind=kind) == ([host(name)], [])


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_who_names_no_host_is_no_browser_and_is_answered(kind):
    assert asked(kind=kind) == ([], [])


FOREIGN_HOSTS = [
    "evil.example", "evil.example:8501", "localhost.evil.example", "evil-localhost", "", ":8501",
    "localhost:8501:8501", "localhost:port", "localhost:99999", "localhost:0", "localhost/",
    "localhost/x", "user@localhost", "localhost#x", "local\thost", "localhost,evil.example",
    "[127.0.0.1]", "[::1", "::1", "[::g]", "[]", "0x7f.1", "2130706433", "127.0.0.1.nip.example",
    "l\u00f3calhost",
]  # fmt: skip


@pytest.mark.usefixtures("laptop")
@pytest.mark.parametrize("listened", [LOOPBACK, EVERY])
@pytest.mark.parametrize("name", FOREIGN_HOSTS)
def test_a_name_that_somebody_else_made_lead_here_is_refused(name, listened):
    reached, sent = asked(host(name), listened=listened)

    assert reached is None
    assert sent[0]["status"] == 421


def test_two_hosts_or_two_origins_are_none():
    assert asked(host("localhost"), host("evil.example"))[0] is None
    page = "http://localhost"
    assert asked(host("localhost"), origin(page), origin("http://evil.example"))[0] is None


@pytest.mark.usefixtures("laptop")
@pytest.mark.parametrize(
    "name",
    ["192.168.1.7:8501", "8.8.8.8", "[2001:db8::1]:80", "laptop", "laptop.local:8501",
     "laptop.example.org"],
)  # fmt: skip
def test_a_server_for_others_is_answered_under_any_address_and_its_own_names(name):
    assert asked(host(name), listened=EVERY)[0] == [host(name)]
    assert asked(host(name), listened="192.168.1.7")[0] == [host(name)]
    assert asked(host(name), listened=None)[0] == [host(name)]
    assert asked(host(name))[0] is None


@pytest.mark.usefixtures("laptop")
def test_a_server_for_others_is_not_answered_under_names_that_only_look_like_its_own():
    for name in ("laptop.evil.example", "laptop.local.evil.example", "other.local"):
        assert asked(host(name), listened=EVERY)[0] is None


@pytest.mark.parametrize("listened", [EVERY, LOOPBACK, "localhost", "host.example", None])
def test_nobody_is_asked_what_this_machine_is_called(listened, monkeypatch):
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
        monkeypatch.setattr(socket, name, pytest.fail)

    ours = known(listened, [MAPS])

    assert ours.has_host("maps.example.org")
    assert not ours.has_host("evil.example")


def test_a_public_url_is_answered_by_any_scheme_and_port_that_a_proxy_may_use():
    for name in ("maps.example.org", "maps.example.org:443", "MAPS.example.org:80"):
        assert asked(host(name), public=[f"{MAPS}/city"])[0] == [host(name)]
    assert asked(host("maps.example.org"))[0] is None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("name", "page", "scheme"),
    [
        ("localhost:8501", "http://localhost:8501", "http"),
        ("127.0.0.1:80", "http://127.0.0.1", "http"),
        ("[::1]:8501", "http://[::1]:8501", "http"),
        ("localhost", "https://localhost", "https"),
    ],
)
def test_a_page_of_this_server_is_answered(name, page, scheme, kind):
    scheme = scheme if kind == "http" else scheme.replace("http", "ws")

    assert asked(host(name), origin(page), kind=kind, scheme=scheme)[0] is not None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "page",
    ["http://evil.example", "null", "", "http://localhost:9999", "http://localhost:8501.x",
     "https://localhost:8501", "http://127.0.0.1:8501", "file://", "http://localhost:8501@evil.x",
     "http://localhost:99999", MAPS, "chrome-extension://abc"],
)  # fmt: skip
def test_a_page_of_another_host_is_refused_before_the_framework_looks_it_up(page, kind):
    reached, sent = asked(host("localhost:8501"), origin(page), kind=kind, extensions=DENIABLE)

    assert reached is None
    assert sent[0]["status"] == 403


def test_a_page_is_not_own_because_its_name_leads_here():
    # As a page whose name its owner lets lead to this machine: host and origin agree.
    reached, sent = asked(host("evil.example:8501"), origin("http://evil.example:8501"))

    assert reached is None
    assert sent[0]["status"] == 421


def test_a_page_of_a_public_url_is_answered_whatever_host_its_proxy_names():
    for name in ("localhost:8501", "maps.example.org"):
        assert asked(host(name), origin(MAPS), public=[MAPS])[0] is not None
    assert asked(origin(MAPS), public=[MAPS])[0] == []
    unsafe = origin(MAPS.replace("https", "http"))
    assert asked(host("localhost:8501"), unsafe, public=[MAPS])[0] is None


@pytest.mark.parametrize("listened", [LOOPBACK, EVERY])
@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("LocalHost:8501", "http://localhost:8501"),
        ("localhost:80", "http://localhost"),
        ("localhost.:8501", "http://localhost.:8501"),
        ("localhost:8501", MAPS),
        ("maps.example.org:443", MAPS),
        ("[::1]:8501", "http://[::1]:8501"),
        (None, MAPS),
    ],
)
def test_the_framework_asks_nobody_about_what_is_let_through(listened, name, page, monkeypatch):
    for outside in ("get_internal_ip", "get_external_ip"):
        monkeypatch.setattr(net_util, outside, pytest.fail)
    headers = [*([host(name)] if name else []), origin(page)]

    reached, _ = asked(*headers, listened=listened, public=[MAPS], kind="websocket", scheme="ws")

    seen = dict(reached)
    assert starlette_websocket._is_origin_allowed(seen.get("origin"), seen.get("host"))


def test_a_refused_request_is_told_what_to_do_in_every_language():
    for headers, key in (
        ([host("evil.example")], "server.foreign_host"),
        ([host("localhost"), origin("http://evil.example")], "server.foreign_origin"),
    ):
        for kind, prefix in (("http", "http.response"), ("websocket", DENIAL)):
            _, (start, body) = asked(*headers, kind=kind, extensions=DENIABLE)
            assert start["type"] == f"{prefix}.start"
            told = body["body"].decode()
            assert told.splitlines() == [Translator(one)(key) for one in LANGUAGES]
            assert "--public-url" in told
            assert "evil" not in told


def test_a_server_that_cannot_answer_a_websocket_closes_it():
    _, sent = asked(host("evil.example"), kind="websocket")

    assert [(message["type"], message["code"]) for message in sent] == [("websocket.close", 1008)]


def test_what_is_refused_is_logged_once_and_never_floods_the_log(caplog):
    async def app(scope, receive, send):
        raise AssertionError(scope, receive, send)

    async def send(message):
        del message

    guarded = OwnVisitors(app, known(LOOPBACK))
    with caplog.at_level(logging.WARNING):
        for name in ["evil.example", "evil.example", "x" * 5000, *map(str, range(3 * MOST_LOGGED))]:
            scope = {"type": "http", "scheme": "http", "headers": [(b"host", name.encode())]}
            run_async(guarded, scope, None, send)

    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith("refused: host 'evil.example' is not this server")
    assert len(lines) == len(set(lines)) == MOST_LOGGED + 1
    assert max(map(len, lines)) < 250


def test_what_a_visitor_names_cannot_break_a_line_of_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        asked(host("evil\x1b[2J\r\nINFO all is well"))

    [record] = caplog.records
    assert "\x1b" not in record.getMessage()
    assert "\n" not in record.getMessage()


def test_start_and_end_of_the_server_are_left_alone():
    heard = []

    async def app(scope, receive, send):
        heard.append((scope["type"], receive, send))

    run_async(OwnVisitors(app, known(LOOPBACK)), {"type": "lifespan"}, 1, 2)

    assert heard == [("lifespan", 1, 2)]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://maps.example.org", MAPS),
        ("HTTPS://Maps.Example.org:443/city/", MAPS),
        ("http://10.0.0.7:8501", "http://10.0.0.7:8501"),
        ("http://[2001:DB8::1]:80", "http://[2001:db8::1]"),
        ("https://espa\u00f1ol.example", "https://xn--espaol-zwa.example"),
    ],
)
def test_a_public_url_is_written_as_browsers_do(url, written):
    assert origin_of(url) == written


@pytest.mark.parametrize(
    "url",
    ["", "maps.example.org", "ftp://maps.example.org", "https://", "https://a b", "https://a:0",
     "https://a:70000", "https://user@a", "https://a?x", "https://a#x", "https://*.example.org",
     "https://\u00f1..example", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_no_public_url(url):
    with pytest.raises(ValueError):  # noqa: PT011  (its text is the address)
        origin_of(url)


def test_what_is_no_public_url_is_left_out_with_a_line_in_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        ours = known(LOOPBACK, ["*", MAPS])

    assert [record.getMessage() for record in caplog.records] == [
        "left out: '*' is not a web address"
    ]
    assert ours.origins == {MAPS}
    assert not ours.has_host("evil.example")


def test_a_server_that_listens_on_a_name_is_answered_under_it():
    assert asked(host("hall.example"), listened="Hall.example")[0] is not None


def test_a_machine_without_a_name_has_none(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "")

    assert machine.own_names() == frozenset()
    assert known(None).names == {"localhost"}
