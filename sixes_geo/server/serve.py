"""Start the dashboard: `python -m sixes_geo.server.serve [--port N]`.

Until some session has run the app, the server knows no page but the home page: whoever came
first, by the link of another page, would be told that it does not exist. So the server runs
the app once for itself, and only then is the address told.
"""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from http import HTTPStatus
from pathlib import Path

from sixes_geo import __version__
from sixes_geo.i18n import Translator

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
FIRST_PORT = 8501
PORTS_TRIED = 50
LAST_PORT = 65_535

READY, WARM = "/_stcore/health", "/_stcore/script-health-check"
"""What the server answers once it listens, and what makes it run the app once."""

START_S = 90.0
"""Longest wait for the server and the first run: an old laptop needs its time."""
POLL_S = 0.1
END_S = 10.0
"""How long a server that was told to end may take before it is ended."""

NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Loopback is asked directly, whatever proxy the environment names."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the server, tell its address, stay until it ends, and return an exit status."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {__spec__.name}" if __spec__ else None,
        description=Translator("en")("cli.description"),
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--port", type=int, metavar="N")
    options = parser.parse_args(arguments)
    try:
        port = free_port(options.port)
    except OSError as refusal:
        asked = FIRST_PORT if options.port is None else options.port
        sys.stderr.write(f"--port {asked}: {refusal.strerror or refusal}\n")
        return 2
    # Whoever ends this process, by key, by signal or by closing the window, ends the server;
    # a signal that was to be ignored, as by nohup, still is.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    return serve(server_command(port), port)


def free_port(wanted: int | None = None) -> int:
    """Return a port nobody listens on.

    Parameters
    ----------
    wanted
        The one port to take; if not given, the first free one from `FIRST_PORT` on.

    Returns
    -------
    int
        The port. Another program may take it before the server does; the server then ends.

    Raises
    ------
    OSError
        If the wanted port, or every port tried, is taken or not allowed.
    """
    ports = [wanted] if wanted is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    refusal = OSError()
    for port in ports:
        if not 0 < port <= LAST_PORT:
            raise OSError(0, f"1-{LAST_PORT}")
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as tried:
            # As the server itself does: a port that was in use a moment ago is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((LOOPBACK, port))
            except OSError as caught:
                refusal = caught
            else:
                return port
    raise refusal


def server_command(port: int) -> list[str]:
    """Return the command that serves the app to this machine only."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        f"--server.port={port}",
        f"--server.address={LOOPBACK}",
        "--server.scriptHealthCheckEnabled=true",
        "--logger.hideWelcomeMessage=true",  # It names the address too early.
        "--logger.level=warning",
    ]


def serve(command: Sequence[str], port: int, *, wait_s: float = START_S) -> int:
    """Run a server, tell its address once the app has run, and stay until it ends.

    Parameters
    ----------
    command
        What starts the server; it runs in the project's folder, where its settings lie.
    port
        The port it listens on.
    wait_s
        Seconds it may take to start and to run the app once.

    Returns
    -------
    int
        0 if it was interrupted, 1 if the app could not be run, else the server's own status.

    Notes
    -----
    Whatever happens, the server has ended when this returns. What it writes goes where this
    process writes.
    """
    home = f"http://localhost:{port}"
    server = subprocess.Popen(command, cwd=ROOT)  # noqa: S603  (our own command)
    try:
        fault = _warm(server, port, time.monotonic() + wait_s)
        if fault:
            sys.stderr.write(f"SixEs Geo: {home}: {fault}\n")
            return server.poll() or 1
        if server.poll() is None:
            sys.stdout.write(f"\nSixEs Geo: {home}  (Ctrl+C)\n\n")
            sys.stdout.flush()
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(server)


def _warm(server: subprocess.Popen[bytes], port: int, until: float) -> str:
    """Have the app run once; return what went wrong, or nothing."""
    address = f"http://{LOOPBACK}:{port}"
    status, answer = 0, ""
    while server.poll() is None and time.monotonic() < until:
        status, answer = _asked(address + READY, until)
        if status == HTTPStatus.OK:
            status, answer = _asked(address + WARM, until)
            return "" if status == HTTPStatus.OK else f"{status} {answer}"
        time.sleep(POLL_S)
    ended = server.poll()
    return f"exit {ended}" if ended is not None else f"{status or TimeoutError.__name__} {answer}"


def _asked(address: str, until: float) -> tuple[int, str]:
    """Return status and text of an answer; status 0 while there is none."""
    left = max(until - time.monotonic(), POLL_S)
    try:
        with closing(NO_PROXY.open(address, timeout=left)) as answer:
            return int(answer.status), ""
    except urllib.error.HTTPError as refusal:
        with closing(refusal):
            return refusal.code, refusal.read().decode(errors="replace").strip()
    except OSError:
        return 0, ""


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server, gently first; nothing interrupts this."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(END_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
