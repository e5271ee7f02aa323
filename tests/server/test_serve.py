"""The start command: one line with an address that works, and nothing left behind."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from sixes_geo.server import serve

SLOW_S = 100
"""Longest wait for a start on a busy machine."""

LINE = re.compile(rb"http://localhost:(\d+) ")


@pytest.fixture
def port():
    with closing(socket.socket()) as found:
        found.bind((serve.LOOPBACK, 0))
        return found.getsockname()[1]


def heeds_signals():
    """Take signals as they come, even if whoever runs the tests ignores some, as nohup does."""
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def started(port):
    command = [sys.executable, "-m", "sixes_geo.server.serve", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=serve.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=heeds_signals,  # noqa: PLW1509  (no thread of ours is running)
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(2 * serve.END_S)
            except subprocess.TimeoutExpired:
                process.kill()


def address_of(process):
    """Wait for the line with the address; fail with what was written instead of it."""
    written, until = b"", time.monotonic() + SLOW_S
    while time.monotonic() < until and not LINE.search(written):
        ready, _, _ = select.select([process.stdout], [], [], until - time.monotonic())
        piece = os.read(process.stdout.fileno(), 4096) if ready else b""
        if not piece:
            break
        written += piece
    found = LINE.search(written)
    assert found, written.decode(errors="replace")
    return int(found.group(1))


def asked(port, path):
    with closing(
        serve.NO_PROXY.open(f"http://{serve.LOOPBACK}:{port}{path}", timeout=30)
    ) as answer:
        return answer.status


def listens(port):
    with closing(socket.socket()) as visitor:
        return visitor.connect_ex((serve.LOOPBACK, port)) == 0


def python(program):
    return [sys.executable, "-c", program]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_address_works_once_it_is_told_and_a_signal_ends_it_all(port, number):
    with started(port) as process:
        told = address_of(process)
        answers = [asked(told, path) for path in (serve.READY, "/sources?lang=pt")]
        process.send_signal(number)
        status = process.wait(2 * serve.END_S)

    assert told == port
    assert answers == [200, 200]
    assert status == 0
    assert not listens(port)


def test_a_taken_port_is_refused_in_one_line(port, capsys):
    with closing(socket.socket()) as other:
        other.bind((serve.LOOPBACK, port))
        other.listen()
        status = serve.main(["--port", str(port)])

    assert status == 2
    assert capsys.readouterr().err.strip().count("\n") == 0


@pytest.mark.parametrize("number", ["0", "65536"])
def test_a_port_that_cannot_exist_is_refused(number, capsys):
    assert serve.main(["--port", number]) == 2
    assert capsys.readouterr().err == f"--port {number}: 1-65535\n"


def test_without_a_wish_a_taken_port_is_passed_over(port, monkeypatch):
    monkeypatch.setattr(serve, "FIRST_PORT", port)
    with closing(socket.socket()) as other:
        other.bind((serve.LOOPBACK, port))
        other.listen()
        found = serve.free_port()

    assert port < found < port + serve.PORTS_TRIED


@pytest.fixture
def signals_restored():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals_restored")
def test_a_server_that_fails_gives_its_status_and_no_address(port, capfd):
    assert serve.serve(python("raise SystemExit(3)"), port) == 3

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == f"SixEs Geo: http://localhost:{port}: exit 3\n"


@pytest.mark.usefixtures("signals_restored")
def test_a_server_that_never_answers_is_ended(port, capfd):
    assert serve.serve(python("import time; time.sleep(600)"), port, wait_s=0.3) == 1

    said = capfd.readouterr()
    assert said.out == ""
    assert "TimeoutError" in said.err


BROKEN = """
import http.server, sys

class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        fails = self.path.endswith("script-health-check")
        self.send_response(503 if fails else 200)
        self.end_headers()
        self.wfile.write(b"it broke" if fails else b"ok")

    def log_message(self, *_):
        pass

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), App).serve_forever()
"""


@pytest.mark.usefixtures("signals_restored")
def test_an_app_that_cannot_run_is_not_announced(port, capfd):
    assert serve.serve([*python(BROKEN), str(port)], port) == 1

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == f"SixEs Geo: http://localhost:{port}: 503 it broke\n"
    assert not listens(port)
