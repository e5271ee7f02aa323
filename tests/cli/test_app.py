"""The command `app`: one address that works, told once it does, and nothing left behind."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import streamlit as st
from polling import until
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from sixes_geo.base.errors import ChoiceError
from sixes_geo.cli import address
from sixes_geo.cli import app as command
from sixes_geo.cli.main import main
from sixes_geo.i18n import Translator
from sixes_geo.server import machine, origins, run
from sixes_geo.server.headers import OTHERS, policy

ROOT = Path(__file__).parents[2]
SLOW_S = 100
"""Longest wait for a start on a busy machine."""
SOON_S = 15
"""Longest wait for an end."""

ELSEWHERE = "127.0.0.2"
"""Another address of this machine: a server of all addresses answers there as well."""

LINE = re.compile(rb"http://localhost:(\d+)  \(")
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
EN = Translator("en")


@pytest.fixture
def port():
    with closing(socket.socket()) as found:
        found.bind((machine.LOOPBACK, 0))
        return found.getsockname()[1]


def heeds_signals():
    """Take signals as they come, even if whoever runs the tests ignores some, as nohup does."""
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def ignores_hangups():
    heeds_signals()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@contextmanager
def started(*module, before=heeds_signals, cwd=ROOT):
    """Run a module of Python; what it writes goes to a pipe."""
    with subprocess.Popen(
        [sys.executable, "-m", *map(str, module)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=before,  # noqa: PLW1509  (no thread of ours is running)
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def app(*options):
    return ("sixes_geo", "app", *options)


def written_until(process, line):
    """Return what a process wrote up to a line, or fail with what it wrote instead."""
    written, limit = b"", time.monotonic() + SLOW_S
    while time.monotonic() < limit and not line.search(written):
        ready, _, _ = select.select([process.stdout], [], [], limit - time.monotonic())
        piece = os.read(process.stdout.fileno(), 4096) if ready else b""
        if not piece:
            break
        written += piece
    assert line.search(written), written.decode(errors="replace")
    return written


def answered(port, path, **headers):
    """Return status, headers and text of an answer, or nothing if nobody answers."""
    try:
        address = f"http://{machine.LOOPBACK}:{port}{path}"
        request = urllib.request.Request(address, headers=headers)
        with closing(NO_PROXY.open(request, timeout=30)) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refusal:
        with closing(refusal):
            return refusal.code, dict(refusal.headers), refusal.read()
    except OSError:
        return None


def asked(port, path, limit_s=0.0):
    """Return status, headers and text of an answer; wait for one if asked to."""
    found = until(lambda: answered(port, path), limit_s)
    assert found, f"nobody answers on port {port}"
    return found


def listens(port, host=machine.LOOPBACK):
    with closing(socket.socket()) as visitor:
        return visitor.connect_ex((host, port)) == 0


def missing(headers):
    """Return the names of our headers that an answer does not carry."""
    told = {name.lower(): value for name, value in headers.items()}
    wanted = {**OTHERS, "Content-Security-Policy": policy()}
    return [name for name, value in wanted.items() if told.get(name.lower()) != value]


def turned_away(port):
    """Return how the server answers what is meant for another host, or made by a page of one."""
    statuses = [
        answered(port, "/healthz", Host="evil.example")[0],
        answered(port, "/healthz", Origin="http://evil.example")[0],
    ]
    for name in ("localhost", "evil.example"):
        sock = socket.create_connection((machine.LOOPBACK, port))
        with pytest.raises(InvalidStatus) as refusal:
            connect(f"ws://{name}:{port}/_stcore/stream", sock=sock, origin="http://evil.example")
        assert missing(refusal.value.response.headers) == []
        statuses.append(refusal.value.response.status_code)
    return statuses


REFUSED = [421, 403, 403, 421]
"""A foreign host, a page of one, and the same for websockets."""


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM]
    + [pytest.param(one, marks=pytest.mark.long) for one in (signal.SIGINT, signal.SIGHUP)],
)
def test_the_address_works_once_it_is_told_and_a_signal_ends_it_all(port, number):
    with started(*app("--port", port)) as process:
        told = written_until(process, LINE)
        pages = [asked(port, path) for path in ("/sources?lang=pt", "/nothing", "/_stcore/health")]
        lost = asked(port, "/component/nothing/x.js")
        well = asked(port, "/healthz")
        refused = turned_away(port)
        alone = not listens(port, ELSEWHERE)
        with connect(f"ws://{machine.LOOPBACK}:{port}/_stcore/stream", proxy=None) as visitor:
            process.send_signal(number)
            with pytest.raises(ConnectionClosedError, match="1012"):  # "service restart"
                list(visitor)
        status = process.wait(SOON_S)
        written = process.stdout.read().decode()

    assert told.count(b"http://") == 1
    assert refused == REFUSED
    assert alone
    assert "handshake" not in written  # refused connections leave a line of ours each, once
    assert written.count("refused: ") == 3, written
    assert [status for status, _, _ in pages] == [200, 200, 200]
    assert lost[0] == 404
    assert (well[0], well[2]) == (200, b"ok")
    for _, headers, _ in (*pages, lost, well):
        assert missing(headers) == []
        assert "server" not in {name.lower() for name in headers}
    assert status == 0
    assert not listens(port)


def test_a_start_that_is_broken_off_ends_at_once(port):
    with started(*app("--port", port, "--log-level", "info")) as process:
        written_until(process, re.compile(b"starting version"))
        process.send_signal(signal.SIGTERM)

        assert process.wait(SOON_S) == 0
        assert LINE.search(process.stdout.read()) is None


@pytest.mark.long
def test_what_was_to_outlive_its_window_does(port):
    with started(*app("--port", port), before=ignores_hangups) as process:
        written_until(process, LINE)
        process.send_signal(signal.SIGHUP)

        assert asked(port, "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(SOON_S) == 0


@pytest.mark.long
def test_the_start_and_the_end_are_logged_for_who_wants_to_know(port):
    with started(*app("--port", port, "--log-level", "info")) as process:
        told = written_until(process, LINE)
        process.send_signal(signal.SIGTERM)
        told += process.stdout.read()

    assert re.findall(r"INFO sixes_geo.ui.lifecycle: (\w+)", told.decode()) == [
        "starting",
        "ready",
        "ending",
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    "module",
    [
        ("streamlit", "run", "app.py", "--server.port"),
        ("uvicorn", "app:app", "--port"),
    ],
    ids=lambda module: module[0],
)
def test_other_servers_serve_the_same_app_to_this_machine_only(port, module):
    with started(*module, port) as process:
        well = asked(port, "/healthz", limit_s=SLOW_S)
        page = asked(port, "/sources?lang=pt")
        refused = turned_away(port)
        alone = not listens(port, ELSEWHERE)
        process.send_signal(signal.SIGTERM)
        process.wait(SOON_S)

    assert (well[0], well[2]) == (200, b"ok")
    assert page[0] == 200
    assert missing(page[1]) == []
    assert refused == REFUSED
    assert alone


def serves_at_once(_script, listening, ready):
    """Stand in for a server that starts and is ended."""
    listening.close()
    ready()
    return True


def test_everybody_on_the_network_is_told_how_to_open_it_and_the_owner_what_that_means(
    port, capsys, monkeypatch
):
    monkeypatch.setattr(machine, "network_addresses", lambda: ["192.168.1.7", "10.0.0.2"])
    monkeypatch.setattr(run, "serve", serves_at_once)

    assert main(["app", "--host", "0.0.0.0", "--port", str(port)]) == 0  # noqa: S104

    shown = capsys.readouterr().out
    for told in ("localhost", "192.168.1.7", "10.0.0.2"):
        assert f"http://{told}:{port}" in shown
    assert EN("cli.app_everybody") in shown


def test_this_machine_alone_needs_no_warning(port, capsys, monkeypatch):
    monkeypatch.setattr(run, "serve", serves_at_once)

    assert main(["app", "--port", str(port)]) == 0

    line = EN("cli.app_ready", address=f"http://localhost:{port}")
    assert capsys.readouterr().out == f"\n{line}\n\n"


def test_public_urls_are_told_and_handed_to_the_app(port, capsys, monkeypatch):
    monkeypatch.setattr(run, "serve", serves_at_once)
    urls = ["https://maps.example.org/city", "http://hall.lan:8501"]
    options = [part for url in urls for part in ("--public-url", url)]

    assert main(["app", "--port", str(port), *options]) == 0

    shown = capsys.readouterr().out.split()
    assert [word for word in shown if word in urls] == urls
    ours = origins.known(st.get_option(origins.LISTENED), st.get_option(origins.PUBLIC))
    assert ours.has_host("hall.lan")
    assert ours.has_origin("https://maps.example.org", "")
    assert not ours.has_host("10.0.0.7")


def test_every_public_url_that_is_none_is_named_at_once(capsys):
    assert main(["app", "--public-url", "x", "--public-url", "ftp://y"]) == 2

    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "--public-url x" in told
    assert "--public-url ftp://y" in told


def test_the_browser_is_opened_once_the_address_works(port, monkeypatch):
    opened = []

    class AtOnce:
        def __init__(self, target, args, daemon):
            assert daemon
            self.start = lambda: target(*args)

    def serve(script, listening, ready):
        assert opened == []
        return serves_at_once(script, listening, ready)

    monkeypatch.setattr(run, "serve", serve)
    monkeypatch.setattr(command, "Thread", AtOnce)
    monkeypatch.setattr(command.webbrowser, "open", opened.append)

    assert main(["app", "--port", str(port), "--open"]) == 0
    assert opened == [f"http://localhost:{port}"]


def test_a_taken_port_is_refused_in_one_line(port, capsys):
    with closing(socket.socket()) as other:
        other.bind((machine.LOOPBACK, port))
        other.listen()
        status = main(["app", "--port", str(port)])

    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert str(port) in told.err


@pytest.mark.parametrize(
    "options",
    [
        ["--port", "0"],
        ["--port", "65536"],
        ["--port", "x"],
        ["--host", "example.org"],
        ["--host", "192.0.2.1"],
        ["--host", ""],
        ["--log-level", "loud"],
        ["--public-url", "maps.example.org"],
    ],
)
def test_what_cannot_be_served_is_refused_in_one_line(options, capsys):
    assert main(["app", *options]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert options[0] in told.err


def test_without_a_wish_a_taken_port_is_passed_over(port, monkeypatch):
    monkeypatch.setattr(run, "FIRST_PORT", port)
    with closing(socket.socket()) as other:
        other.bind((machine.LOOPBACK, port))
        other.listen()
        with closing(run.bound(machine.LOOPBACK)) as found:
            assert port < found.getsockname()[1] < port + run.PORTS_TRIED


def test_no_free_port_at_all_names_those_that_were_tried(port, monkeypatch):
    monkeypatch.setattr(run, "FIRST_PORT", port)
    monkeypatch.setattr(run, "PORTS_TRIED", 1)
    with closing(run.bound(machine.LOOPBACK, port)), pytest.raises(ChoiceError, match=str(port)):
        address.bound(machine.LOOPBACK, None)


BROKEN = """
from contextlib import asynccontextmanager
from starlette.applications import Starlette

@asynccontextmanager
async def lifespan(app):
    raise RuntimeError("it broke")
    yield

app = Starlette(lifespan=lifespan)
"""


START = """
from pathlib import Path
from sixes_geo.cli import app, main

app.app_script = lambda: Path("app.py")
raise SystemExit(main.main(["app", "--port", "{port}"]))
"""


def test_an_app_that_cannot_start_is_not_announced(tmp_path, port):
    (tmp_path / "app.py").write_text(BROKEN)
    (tmp_path / "start.py").write_text(START.format(port=port))

    with started("start", cwd=tmp_path) as process:
        told, _ = process.communicate(timeout=SLOW_S)

    assert process.returncode == 1
    assert EN("cli.app_failed", address=f"http://localhost:{port}") in told.decode()
    assert b"it broke" in told
    assert not LINE.search(told)
    assert not listens(port)
