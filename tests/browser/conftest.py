"""A server and a Chromium that cannot reach other hosts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from serving import OURS, STREAMLIT, Server

from sixes_geo.analysis.kept import networks_count
from sixes_geo.analysis.question import ask
from sixes_geo.contributions.cities import open_cities

REQUIRED = "SIXES_REQUIRE_BROWSER"
OWN_HOSTS = ("127.0.0.1", "localhost")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
"""Also with no other host that can be reached, so that requests need no guard: a browser whose
requests are held up caches nothing."""


def chromium() -> str | None:
    """Return the system's Chromium, if there is one."""
    named = os.environ.get("SIXES_CHROMIUM")
    return named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        reason = "no Chromium on this machine (`make browser` installs one)"
        if os.environ.get(REQUIRED):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def counted(browser: Browser, kept_results: Path) -> None:
    """Count the networks of all cities, which a visitor waits for once per machine."""
    del browser, kept_results  # without a browser nothing is needed
    for city in open_cities()[0]:
        networks_count(ask(city, layers=city.view.layers))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, counted: None) -> Iterator[Server]:
    del counted
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    running.wait()
    yield running
    running.stop()


@pytest.fixture(params=[OURS, pytest.param(STREAMLIT, marks=pytest.mark.long)])
def cold_server(request: pytest.FixtureRequest, tmp_path: Path, counted: None) -> Iterator[Server]:
    """Start a server without earlier visits, by our own command and as `streamlit run` does."""
    del counted
    running = Server(tmp_path / "log.txt", request.param)
    running.wait()
    yield running
    running.stop()


class Visit:
    """One browser tab, with a record of its requests, and of those to other hosts."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.outside: list[str] = []
        self.faults: list[str] = []
        self.blocked: list[str] = []
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.blocked.append(message.text)

    def _request(self, url: str) -> None:
        self.asked.append(url)
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in OWN_HOSTS:
            self.outside.append(url)

    def _failed(self, request: Request) -> None:
        """Forget a request that the page's own policy stopped; it is among `blocked`."""
        if request.failure == "csp":
            self.outside.remove(request.url)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-GB", service_workers="block"
    )
    visitor = Visit(context)
    yield visitor
    context.close()
    assert visitor.outside == []
    assert visitor.blocked == []
    assert visitor.faults == []
