"""How the dashboard answers when many use it at once, over the websocket that browsers use.

Run it with ``python benchmarks/load.py``. It starts a server on this machine's loopback, lets 1,
10, 20 and 50 visitors open pages and change choices at random, each thinking for 3 to 8 s in
between, and prints for each number of visitors what was answered, how fast and at what memory.
``--pdf`` has a PDF of Rio's cameras written over and over meanwhile, as fast as it goes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from sixes_geo.analysis.options import need_options, unit_options
from sixes_geo.contributions.cities import open_cities

ROOT = Path(__file__).parents[1]
THINKING_S = (3.0, 8.0)
PATIENCE_S = 120
MOST_CLIENTS, MOST_SECONDS = 200, 3_600
LANGUAGES = ("es", "pt", "en")
PERCENTILES = (50, 95, 99)


@dataclass
class Seen:
    """What the visitors of one round saw."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def choices() -> list[str]:
    """Return the links that visitors open: every city, unit, need and network on offer."""
    links = []
    for city in open_cities()[0]:
        for layer in city.layers:
            for unit in unit_options(city, (layer,)):
                asked = f"city={city.city}&layers={layer.layer}&unit={unit}"
                links += [f"{asked}&need={need}" for need in need_options(city, unit)]
    return links


async def visit(address: str, links: list[str], until: float, seen: Seen, seed: int) -> None:
    """Visit pages at random until a time, like one browser tab."""
    dice = random.Random(seed)  # noqa: S311  (a round can be repeated)
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*/*.py"))
    language = dice.choice(LANGUAGES)
    await asyncio.sleep(dice.uniform(0, THINKING_S[0]))
    try:
        async with connect(address, subprotocols=["streamlit"], max_size=None) as browser:
            while time.monotonic() < until:
                link = f"{dice.choice(links)}&lang={language}"
                start = time.monotonic()
                faults = await asyncio.wait_for(
                    answered(browser, dice.choice(pages), link), PATIENCE_S
                )
                seen.times.append(time.monotonic() - start)
                seen.errors += [f"{fault} ({link})" for fault in faults]
                await asyncio.sleep(dice.uniform(*THINKING_S))
    except (OSError, ConnectionClosed) as fault:
        seen.errors.append(type(fault).__name__)


async def answered(browser, page: str, link: str) -> list[str]:
    """Open a page with a link, wait until its run has ended, and return what broke in it."""
    asked = BackMsg()
    asked.rerun_script.query_string = link
    asked.rerun_script.page_name = page
    await browser.send(asked.SerializeToString())
    faults = []
    while True:
        told = ForwardMsg()
        told.ParseFromString(await browser.recv())
        kind = told.WhichOneof("type")
        if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            faults.append(told.delta.new_element.exception.type)
        if kind == "script_finished":
            if told.script_finished == ForwardMsg.ScriptFinishedStatus.Value(
                "FINISHED_EARLY_FOR_RERUN"
            ):
                continue
            return faults


async def weigh(process: psutil.Process, until: float, seen: Seen) -> None:
    """Note the memory of the server and its workers, every second."""
    while time.monotonic() < until:
        total = 0
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += each.memory_info().rss
        seen.megabytes.append(total / 1e6)
        await asyncio.sleep(1)


async def write_pdfs(folder: Path, until: float) -> int:
    """Write PDFs of Rio's cameras, one after the other, by the command line."""
    made = 0
    while time.monotonic() < until:
        command = ("snapshot", "rio", "--layer", "cameras-2026", "--out", str(folder / "x.pdf"))
        writing = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sixes_geo", *command, cwd=ROOT
        )
        await writing.wait()
        made += 1
    return made


async def round_of(
    clients: int, seconds: float, port: int, process: psutil.Process, links: list[str]
) -> Seen:
    """Let so many visitors in for so long."""
    seen, until = Seen(), time.monotonic() + seconds
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    visits = [visit(address, links, until, seen, nth) for nth in range(clients)]
    await asyncio.gather(*visits, weigh(process, until, seen))
    return seen


def line(clients: int, seconds: float, seen: Seen) -> str:
    """Return the line of the table for one round."""
    times = sorted(seen.times)
    places = [min(len(times) - 1, len(times) * each // 100) for each in PERCENTILES]
    took = "".join(f"{times[place] if times else float('nan'):>8.2f}" for place in places)
    memory = seen.megabytes or [float("nan")]
    third = max(1, len(memory) // 3)
    first, last = statistics.mean(memory[:third]), statistics.mean(memory[-third:])
    return (
        f"{clients:>8}{len(times):>9}{len(times) / seconds:>10.2f}{took}"
        f"{len(seen.errors):>8}{first:>10.0f}{last:>10.0f}{max(memory):>10.0f}"
    )


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz"):
            return
        time.sleep(0.2)
    sys.exit("the server did not start")


def arguments() -> argparse.Namespace:
    """Return what was asked for, within bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 10, 20, 50])
    parser.add_argument("--seconds", type=float, default=180, help="of each round")
    parser.add_argument("--pdf", action="store_true", help="write PDFs meanwhile")
    found = parser.parse_args()
    if not all(0 < each <= MOST_CLIENTS for each in found.clients):
        parser.error(f"--clients: from 1 to {MOST_CLIENTS}")
    if not 0 < found.seconds <= MOST_SECONDS:
        parser.error(f"--seconds: up to {MOST_SECONDS}")
    return found


async def run(options: argparse.Namespace, port: int, process: psutil.Process) -> None:
    """Run all rounds and print a table."""
    links = choices()
    print(f"{len(links)} links; times in seconds, memory of server and workers in MB")
    print(
        f"{'visitors':>8}{'answers':>9}{'a second':>10}{'p50':>8}{'p95':>8}{'p99':>8}"
        f"{'errors':>8}{'MB first':>10}{'MB last':>10}{'MB most':>10}"
    )
    for clients in options.clients:
        with TemporaryDirectory() as folder:
            until = time.monotonic() + options.seconds
            pdfs = asyncio.create_task(write_pdfs(Path(folder), until)) if options.pdf else None
            seen = await round_of(clients, options.seconds, port, process, links)
            print(line(clients, options.seconds, seen), flush=True)
            if pdfs is not None:
                print(f"{await pdfs} PDFs meanwhile")
        for fault in sorted(set(seen.errors))[:5]:
            print(f"  {fault}")


def main() -> None:
    """Start a server, let visitors in, and end it."""
    options, port = arguments(), free_port()
    with subprocess.Popen(  # noqa: S603  (our own command)
        [sys.executable, "-m", "sixes_geo", "app", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            wait_ready(port, server)
            asyncio.run(run(options, port, psutil.Process(server.pid)))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
