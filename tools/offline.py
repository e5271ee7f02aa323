"""Run the dashboard without a network, and fail if it tries to reach another host.

Run by `.ci/offline` in a network namespace that only has loopback. A request to another host
cannot succeed there, but it could go unnoticed: strace therefore records every address that is
contacted, and any address that is not this machine fails the run.
"""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
LAYER = ("santiago", "--layer", "bike-share-2022")
STRACE = ("strace", "-D", "-f", "-q", "--seccomp-bpf", "-s", "0")
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
PORT = 8701
START_S, END_S = 400.0, 30.0
POLL_S = 0.1
DNS = 53
OUTSIDE = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
"""A program that contacts an address reserved for documentation."""


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every check on both copies; return an exit status."""
    parser = argparse.ArgumentParser(prog="tools/offline.py", description=__doc__)
    parser.add_argument("--installed", type=Path, required=True, metavar="ENVIRONMENT")
    parser.add_argument("--stick", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        try:
            check_detection(Path(folder))
            check(installed(options.installed, Path(folder)), Path(folder))
            check(unpacked(options.stick, Path(folder)), Path(folder))
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


def clean_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of a user with an empty home and no checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHON") if name in os.environ}
    # A browser is opened by name; here that is a command which does nothing.
    return kept | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "BROWSER": "true"}


def check(copy: Copy, folder: Path) -> None:
    """Serve the dashboard, measure, and write a snapshot with a copy, all under strace."""
    trace = folder / f"{copy.name}.app"
    with serving(copy, trace) as address:
        check_dashboard(address)
    refuse_outside_calls(trace, f"{copy.name}: app")
    output = run(copy, ("measure", *LAYER), folder)
    if "Index" not in output:
        raise FaultError(f"{copy.name}: measure prints {output!r}")
    pdf = folder / f"{copy.name}.pdf"
    run(copy, ("snapshot", *LAYER, "--lang", "es", "--out", str(pdf)), folder)
    if not pdf.read_bytes().startswith(b"%PDF"):
        raise FaultError(f"{copy.name}: the snapshot is not a PDF")


def run(copy: Copy, arguments: Sequence[str], folder: Path) -> str:
    """Run a command of a copy under strace, and return its output."""
    name = f"{copy.name}: {arguments[0]}"
    trace = folder / f"{copy.name}.{arguments[0]}"
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


def check_dashboard(address: str) -> None:
    """Open the dashboard as the browser tests do: it is healthy, and the map is drawn."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser"), str(ROOT / "tests")]
    conftest, waiting = import_module("conftest"), import_module("waiting")
    playwright_api = import_module("playwright.sync_api")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{address}/healthz", timeout=END_S) as answer:
        if answer.status != 200:  # noqa: PLR2004
            raise FaultError(f"{address}/healthz answers {answer.status}")
    requested: set[str] = set()
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=conftest.chromium(), args=conftest.ARGUMENTS
        )
        page = browser.new_page()
        page.on("request", lambda request: requested.add(request.url))
        if not waiting.opened(page, address):
            raise FaultError("no map is drawn")
        browser.close()
    refuse_foreign_pages(address)
    outside = {url for url in requested if not url.startswith((address, "data:", "blob:"))}
    if outside:
        raise FaultError(f"the page requests {', '.join(sorted(outside))}")


def refuse_foreign_pages(address: str) -> None:
    """Connect as a page of another host would: it is refused, and nothing is looked up."""
    client, exceptions = import_module("websockets.sync.client"), import_module("websockets")
    try:
        client.connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            origin="http://elsewhere.example",
            proxy=None,
        ).close()
    except exceptions.InvalidStatus:
        return
    raise FaultError("a page of another host may connect")


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

    A DNS query counts as well, even to a resolver on this machine, which would forward it.
    """
    for line in trace.splitlines():
        for family, rest in re.findall(r"\{sa_family=(\w+)([^}]*)\}", line):
            if family in {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}:
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
    """Make sure that a program which contacts another host is detected."""
    trace = folder / "outside"
    command = [*STRACE, "-e", CALLS, "-o", str(trace), sys.executable, "-c", OUTSIDE]
    subprocess.run(command, check=False, capture_output=True, timeout=END_S)
    if not any("192.0.2.1" in line for line in outside_calls(finished_trace(trace))):
        raise FaultError("a program that contacts another host is not detected")


if __name__ == "__main__":
    sys.exit(main())
