"""Run the product where there is no way out, and fail if it ever looks for one.

Run by `.ci/offline` in a network namespace that has loopback alone. There a request for an
outside host cannot succeed, but it could pass unseen: so strace writes down every address that
the product asks for, and any that is not this machine is a fault.
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
LOOKUP = 53
OUTSIDE = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
"""Asks for an address that is nobody's."""


class FaultError(Exception):
    """What the product did that it must not do."""


@dataclass(frozen=True)
class Copy:
    """A copy of the product: how to run it, and from which folder."""

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
            refuse_blindness(Path(folder))
            check(installed(options.installed, Path(folder)), Path(folder))
            check(unpacked(options.stick, Path(folder)), Path(folder))
        except FaultError as fault:
            print(f"offline: {fault}", file=sys.stderr)
            return 1
    return 0


def installed(environment: Path, folder: Path) -> Copy:
    """Return the copy that was installed from the wheel, to be run far from the checkout."""
    program = str(environment / "bin" / "sixes-geo")
    everywhere = ("app", "--host", "0.0.0.0", "--port", str(PORT))  # noqa: S104  (as in a container)
    return Copy("installed", (program,), (program, *everywhere), folder, of_a_stranger(folder))


def unpacked(stick: Path, folder: Path) -> Copy:
    """Return the copy on the stick; its first start makes the environment that commands need."""
    own = of_a_stranger(folder)
    users = Path(own["XDG_DATA_HOME"]) / "sixes-geo"
    script = f'exec "{users}"/environment-*/bin/python -m sixes_geo "$@"'
    app = (str(stick / "start.sh"), "--port", str(PORT + 1))
    return Copy("stick", ("sh", "-c", script, "sh"), app, stick, own)


def of_a_stranger(folder: Path) -> dict[str, str]:
    """Return the environment of a person who has an empty home and no checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHON") if name in os.environ}
    # A browser is opened by name; here that is a command which does nothing.
    return kept | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "BROWSER": "true"}


def check(copy: Copy, folder: Path) -> None:
    """Have a copy serve the dashboard, measure, and write a snapshot; all of it watched."""
    trace = folder / f"{copy.name}.app"
    with served(copy, trace) as address:
        see(address)
    judge(trace, f"{copy.name}: app")
    told = ran(copy, ("measure", *LAYER), folder)
    if "Index" not in told:
        raise FaultError(f"{copy.name}: measure says {told!r}")
    paper = folder / f"{copy.name}.pdf"
    ran(copy, ("snapshot", *LAYER, "--lang", "es", "--out", str(paper)), folder)
    if not paper.read_bytes().startswith(b"%PDF"):
        raise FaultError(f"{copy.name}: the snapshot is no PDF")


def ran(copy: Copy, arguments: Sequence[str], folder: Path) -> str:
    """Run a command of a copy to its end, watched, and return what it writes."""
    name = f"{copy.name}: {arguments[0]}"
    trace = folder / f"{copy.name}.{arguments[0]}"
    told = subprocess.run(
        [*STRACE, "-e", CALLS, "-o", str(trace), *copy.command, *arguments],
        cwd=copy.folder,
        env=copy.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=START_S,
    )
    if told.returncode:
        raise FaultError(f"{name} ends with {told.returncode}: {told.stderr.strip()}")
    judge(trace, name)
    return told.stdout


@contextlib.contextmanager
def served(copy: Copy, trace: Path) -> Iterator[str]:
    """Serve the dashboard of a copy, watched; give its address, and see to it that it ends."""
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
        yield address_of(server, log, copy.app[-1])
        server.send_signal(signal.SIGTERM)
        status = server.wait(END_S)
    except subprocess.TimeoutExpired as late:
        raise FaultError(
            f"{copy.name}: app goes on {END_S:.0f} s after being told to end"
        ) from late
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)  # whatever it started ends with it
    if status not in {0, -signal.SIGTERM}:
        raise FaultError(f"{copy.name}: app ends with {status}: {log.read_text(errors='replace')}")


def address_of(server: subprocess.Popen[bytes], log: Path, port: str) -> str:
    """Wait until the server tells an address, and return the one on this machine."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        if re.search(rf"http://\S+:{port}\b", log.read_text(errors="replace")):
            return f"http://127.0.0.1:{port}"
        time.sleep(POLL_S)
    raise FaultError(f"the app tells no address: {log.read_text(errors='replace')}")


def see(address: str) -> None:
    """Look at the dashboard as the browser tests do: it is well, and the map is drawn."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser"), str(ROOT / "tests")]
    conftest, waiting = import_module("conftest"), import_module("waiting")
    playwright_api = import_module("playwright.sync_api")
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with straight.open(f"{address}/healthz", timeout=END_S) as answer:
        if answer.status != 200:  # noqa: PLR2004
            raise FaultError(f"{address}/healthz answers {answer.status}")
    asked: set[str] = set()
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=conftest.chromium(), args=conftest.ARGUMENTS
        )
        page = browser.new_page()
        page.on("request", lambda request: asked.add(request.url))
        if not waiting.opened(page, address):
            raise FaultError("no map is drawn")
        browser.close()
    knock(address)
    strange = {url for url in asked if not url.startswith((address, "data:", "blob:"))}
    if strange:
        raise FaultError(f"the page asks for {', '.join(sorted(strange))}")


def knock(address: str) -> None:
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


def judge(trace: Path, name: str) -> None:
    """Refuse a run that asked for any address but this machine's."""
    text = whole(trace)
    strange = sorted(set(strange_in(text)))
    if strange:
        raise FaultError(f"{name} asks for {'; '.join(strange)}")
    print(f"offline: {name}: {text.count('sa_family=')} addresses asked for, none outside")


def whole(trace: Path) -> str:
    """Return a trace once strace has written the end of the program it began with."""
    until = time.monotonic() + END_S
    while time.monotonic() < until:
        text = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
        first = text.partition(" ")[0]
        if first and re.search(rf"^{first} +\+\+\+ ", text, flags=re.MULTILINE):
            return text
        time.sleep(POLL_S)
    raise FaultError(f"{trace.name}: the trace has no end")


def strange_in(trace: str) -> Iterator[str]:
    """Yield the calls that name an address which is not this machine's.

    A question for a name counts too, even if the one who is asked lives on this machine: it
    would pass it on.
    """
    for line in trace.splitlines():
        for family, rest in re.findall(r"\{sa_family=(\w+)([^}]*)\}", line):
            if family in {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}:
                continue
            port = re.search(r"htons\((\d+)\)", rest)
            told = re.search(r'"([0-9a-f.:]+)"', rest)
            if not (port and told) or int(port[1]) == LOOKUP or not is_here(told[1]):
                yield line.partition(" ")[2]


def is_here(address: str) -> bool:
    """Tell whether an address is this machine's own."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def refuse_blindness(folder: Path) -> None:
    """Make sure that a program which does ask outside is found out."""
    trace = folder / "outside"
    command = [*STRACE, "-e", CALLS, "-o", str(trace), sys.executable, "-c", OUTSIDE]
    subprocess.run(command, check=False, capture_output=True, timeout=END_S)
    if not any("192.0.2.1" in line for line in strange_in(whole(trace))):
        raise FaultError("a program that asks outside is not found out")


if __name__ == "__main__":
    sys.exit(main())
