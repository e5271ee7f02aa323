"""Visits of pages without a browser: the script that a session runs, and what it shows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from house import ROOT
from streamlit.testing.v1 import AppTest

from sixes_geo.ui import SCRIPT

PATIENCE_S = 120
"""Longest wait for a run on a busy machine."""

HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def arrive(script: Path = SCRIPT, **choices: str) -> AppTest:
    """Return the app after a visitor opened a link."""
    app = AppTest.from_file(script, default_timeout=PATIENCE_S)
    app.query_params.update(choices)
    return app.run()


def go(app: AppTest, page: str, **choices: str) -> AppTest:
    """Return the app after its visitor went on to a page, by a link that says more if named."""
    app.query_params.update(choices)
    return app.switch_page(str(ROOT / page)).run()


def visit(page: str = "", **choices: str) -> AppTest:
    """Return the app after a visitor opened a link and, if named, went on to a page."""
    app = arrive(**choices)
    return go(app, page) if page else app


def headings(app: AppTest) -> list[str]:
    """Return the headings of the first rank, as they are read."""
    written = [re.sub(r"<[^>]+>", "", one) for one in HEADING.findall(markup(app))]
    return [unescape(one) for one in written] + [one.value for one in app.title]


def markup(app: AppTest) -> str:
    """Return all the markup of a page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def said(notice) -> str:
    """Return a notice as a reader sees it: without the signs that keep Markdown quiet."""
    return notice.value.replace("\\", "").replace("\u2060", "")


def faults(app: AppTest) -> list[str]:
    """Return what a page should not have to say: exceptions, errors and warnings."""
    return [one.value for one in (*app.exception, *app.error, *app.warning)]
