"""Run the dashboard without a network, and fail if it tries to reach another host.

Run in a network namespace that only has loopback: by `.ci/offline` with an installed copy and the
stick, and by a test with the checkout, every page and every format. A request to another host
cannot succeed there, but it could go unnoticed: strace therefore records every address that is
contacted, and any address that is not this machine fails the run, as does asking who has a name.
"""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
QUESTION = ("santiago", "--layer", "bike-share-2022")
STRACE = ("strace", "-D", "-f", "-q", "--seccomp-bpf", "-s", "0")
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
PORT = 8701
START_S, END_S = 400.0, 30.0
POLL_S = 0.1
DNS = 53
RESOLVERS = re.compile(r"resolve|avahi|mdns", re.IGNORECASE)
"""Sockets of programs on this machine that ask others who has a name."""
OUTSIDE = {
    "contacts another host": "socket.create_connection(('192.0.2.1', 80), timeout=5)",
    "looks up another host": "socket.getaddrinfo('elsewhere.example', 80)",
}
"""Programs that contact what is reserved for documentation, and so must be detected."""
FOREIGN = (
    ("localhost", "http://elsewhere.example"),
    ("elsewhere.example", "http://elsewhere.example:{port}"),
    ("localhost", "http://localhost:9"),
    ("localhost", "null"),
)
"""Hosts and origins, as pages of another host send them."""
REOPENED = "{folder}/{copy}.zip"
KEPT = ("SIXES_GEODATA", "SIXES_CACHE")
"""Variables that a test may set for the checkout."""


class FaultError(Exception):
    """Something that must not happen offline."""


@dataclass(frozen=True)
class Copy:
    """An installed or unpacked copy: how to run it, and from which folder."""

    name: str
    command: tuple[str, ...]
    app: tuple[str, ...]
    folder: Path
    environment: dict[str, str]
    question: tuple[str, ...] = QUESTION
    pages: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("pdf",)
    commands: tuple[tuple[str, ...], ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every check on the copies that are named; return an exit status."""
    parser = argparse.ArgumentParser(prog="tools/offline.py", description=__doc__)
    parser.add_argument("--installed", type=Path, metavar="ENVIRONMENT")
    parser.add_argument("--stick", type=Path, metavar="DIR")
    parser.add_argument("--checkout", nargs=2, metavar=("CITY", "LAYER"))
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = [
            *([installed(options.installed, folder)] if options.installed else []),
            *([unpacked(options.stick, folder)] if options.stick else []),
            *(checkouts(options.checkout, folder) if options.checkout else []),
        ]
        try:
            check_detection(folder)
            for copy in copies:
                check(copy, folder)
        except FaultError as fault:
            print(f"offline: {fault}", file=sys.stderr)
            return 1
    return 0


def installed(environment: Path, folder: Path) -> Copy:
    """Return the copy installed from the wheel, to be run outside the checkout."""
    program = str(environment / "bin" / "sixes-geo")
    everywhere = ("app", "--host", "0.0.0.0", "--port", str(PORT))  # noqa: S104  (as in a container)
    return Copy("installed", (program,), (program, *everywhere), folder, clean_environment(folder))


def unpacked(stick: Path, folder: Path) -> Copy:
    """Return the copy on the stick; its first start creates the environment for its commands."""
    own = clean_environment(folder)
    users = Path(own["XDG_DATA_HOME"]) / "sixes-geo"
    script = f'exec "{users}"/environment-*/bin/python -m sixes_geo "$@"'
    app = (str(stick / "start.sh"), "--port", str(PORT + 1))
    return Copy("stick", ("sh", "-c", script, "sh"), app, stick, own)


def checkouts(question: Sequence[str], folder: Path) -> list[Copy]:
    """Return this checkout, with every page and format, and as `streamlit run` starts it."""
    sys.path.insert(0, str(ROOT))
    formats = import_module("sixes_geo.export.formats").FORMATS
    python = (sys.executable, "-m")
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    city, layer = question
    whole = Copy(
        name="checkout",
        command=(*python, "sixes_geo"),
        app=(*python, "sixes_geo", "app", "--port", str(PORT + 2)),
        folder=ROOT,
        environment=clean_environment(folder) | kept,
        question=(city, "--layer", layer),
        pages=("", *(page.stem for page in sorted(ROOT.glob("pages/*/*.py")))),
        formats=formats,
        commands=(("cities",), ("networks", city), ("framework", city), ("reopen", REOPENED)),
    )
    app = (*python, "streamlit", "run", "app.py", "--server.port", str(PORT + 3))
    return [whole, replace(whole, name="streamlit", app=app, pages=("",), formats=(), commands=())]


def clean_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of a user with an empty home and no checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHON") if name in os.environ}
    # A browser is opened by name; here that is a command which does nothing.
    return kept | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "BROWSER": "true"}


def check(copy: Copy, folder: Path) -> None:
    """Serve the dashboard, measure, and write snapshots with a copy, all under strace."""
    trace = folder / f"{copy.name}.app"
    with serving(copy, trace) as address:
        check_dashboard(address, copy.pages)
    refuse_outside_calls(trace, f"{copy.name}: app")
    output = run(copy, ("measure", *copy.question), folder)
    if "Index" not in output:
        raise FaultError(f"{copy.name}: measure prints {output!r}")
    for form in copy.formats:
        path = folder / f"{copy.name}.{form}"
        run(copy, ("snapshot", *copy.question, "--lang", "es", "--out", str(path)), folder)
        if not path.read_bytes().startswith(b"%PDF" if form == "pdf" else b""):
            raise FaultError(f"{copy.name}: the snapshot is not a PDF")
    for command in copy.commands:
        words = [word.format(folder=folder, copy=copy.name) for word in command]
        run(copy, words, folder)


def run(copy: Copy, arguments: Sequence[str], folder: Path) -> str:
    """Run a command of a copy under strace, and return its output."""
    name = f"{copy.name}: {arguments[0]} {Path(arguments[-1]).name}"
    trace = folder / f"{copy.name}.{arguments[0]}.{Path(arguments[-1]).name}.trace"
    completed = subprocess.run(
        [*STRACE, "-e", CALLS, "-o", str(trace), *copy.command, *arguments],
        cwd=copy.folder,
        env=copy.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=START_S,
    )
    if completed.returncode:
        raise FaultError(f"{name} ends with {completed.returncode}: {completed.stderr.strip()}")
    refuse_outside_calls(trace, name)
    return completed.stdout


@contextlib.contextmanager
def serving(copy: Copy, trace: Path) -> Iterator[str]:
    """Serve the dashboard of a copy under strace, yield its address, and stop it."""
    log = trace.with_suffix(".log")
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*STRACE, "-e", CALLS, "-o", str(trace), *copy.app],
            cwd=copy.folder,
            env=copy.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield wait_for_address(server, log, copy.app[-1])
        server.send_signal(signal.SIGTERM)
        status = server.wait(END_S)
    except subprocess.TimeoutExpired as late:
        raise FaultError(f"{copy.name}: app still runs {END_S:.0f} s after SIGTERM") from late
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)  # whatever it started ends with it
    if status not in {0, -signal.SIGTERM}:
        raise FaultError(f"{copy.name}: app ends with {status}: {log.read_text(errors='replace')}")


def wait_for_address(server: subprocess.Popen[bytes], log: Path, port: str) -> str:
    """Wait until the server prints an address, and return its address on this machine."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        if re.search(rf"http://\S+:{port}\b", log.read_text(errors="replace")):
            return f"http://127.0.0.1:{port}"
        time.sleep(POLL_S)
    raise FaultError(f"the app prints no address: {log.read_text(errors='replace')}")


def check_dashboard(address: str, pages: Sequence[str]) -> None:
    """Open pages as the browser tests do: they are healthy, complete, and ask only this server."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser"), str(ROOT / "tests")]
    conftest, waiting = import_module("conftest"), import_module("waiting")
    playwright_api = import_module("playwright.sync_api")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{address}/healthz", timeout=START_S) as answer:
        if answer.status != 200:  # noqa: PLR2004
            raise FaultError(f"{address}/healthz answers {answer.status}")
    requested: set[str] = set()
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=conftest.chromium(), args=conftest.ARGUMENTS
        )
        page = browser.new_page()
        page.on("request", lambda request: requested.add(request.url))
        for name in pages:
            if name:
                page.goto(f"{address}/{name}")
                page.locator("h1").first.wait_for(timeout=waiting.PATIENCE_MS)
                waiting.settled(page)
            elif not waiting.opened(page, address):
                raise FaultError("no map is drawn")
            if page.get_by_test_id("stException").count():
                raise FaultError(f"the page {name} breaks")
        browser.close()
    refuse_foreign_pages(address)
    outside = {url for url in requested if not url.startswith((address, "data:", "blob:"))}
    if outside:
        raise FaultError(f"the page requests {', '.join(sorted(outside))}")


def refuse_foreign_pages(address: str) -> None:
    """Connect as a page of another host would: it is refused, and nothing is looked up."""
    client, exceptions = import_module("websockets.sync.client"), import_module("websockets")
    host, port = address.rpartition("/")[2].split(":")
    for name, origin in FOREIGN:
        try:
            client.connect(
                f"ws://{name}:{port}/_stcore/stream",
                sock=socket.create_connection((host, int(port))),
                origin=origin.format(port=port),
            ).close()
        except exceptions.InvalidStatus:
            continue
        raise FaultError(f"a page of {origin} may connect to {name}")


def refuse_outside_calls(trace: Path, name: str) -> None:
    """Fail if a run contacted any address but this machine's."""
    text = finished_trace(trace)
    outside = sorted(set(outside_calls(text)))
    if outside:
        raise FaultError(f"{name} contacts {'; '.join(outside)}")
    print(f"offline: {name}: {text.count('sa_family=')} addresses contacted, none outside")


def finished_trace(trace: Path) -> str:
    """Return a trace once strace has recorded the end of its first process."""
    until = time.monotonic() + END_S
    while time.monotonic() < until:
        text = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
        first = text.partition(" ")[0]
        if first and re.search(rf"^{first} +\+\+\+ ", text, flags=re.MULTILINE):
            return text
        time.sleep(POLL_S)
    raise FaultError(f"{trace.name}: the trace is incomplete")


def outside_calls(trace: str) -> Iterator[str]:
    """Yield the calls to addresses that are not this machine's.

    Asking who has a name counts as well, even a program on this machine, which would ask others.
    """
    for line in trace.splitlines():
        for family, rest in re.findall(r"\{sa_family=(\w+)([^}]*)\}", line):
            if family in {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}:
                if RESOLVERS.search(rest):
                    yield line.partition(" ")[2]
                continue
            port = re.search(r"htons\((\d+)\)", rest)
            address = re.search(r'"([0-9a-f.:]+)"', rest)
            if not (port and address) or int(port[1]) == DNS or not is_loopback(address[1]):
                yield line.partition(" ")[2]


def is_loopback(address: str) -> bool:
    """Tell whether an address is a loopback address."""
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback


def check_detection(folder: Path) -> None:
    """Make sure that a program which contacts or looks up another host is detected."""
    for number, (what, call) in enumerate(OUTSIDE.items()):
        trace = folder / f"outside.{number}"
        program = (sys.executable, "-c", f"import socket; {call}")
        command = [*STRACE, "-e", CALLS, "-o", str(trace), *program]
        subprocess.run(command, check=False, capture_output=True, timeout=START_S)
        if not list(outside_calls(finished_trace(trace))):
            raise FaultError(f"a program that {what} is not detected")


if __name__ == "__main__":
    sys.exit(main())
