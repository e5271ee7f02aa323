"""Visits to pages without a browser, and what the pages show."""

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
    """Return the app after opening a link."""
    app = AppTest.from_file(script, default_timeout=PATIENCE_S)
    app.query_params.update(choices)
    return app.run()


def go(app: AppTest, page: str, **choices: str) -> AppTest:
    """Return the app after going to another page, with changed fields of the link."""
    app.query_params.update(choices)
    return app.switch_page(str(ROOT / page)).run()


def visit(page: str = "", **choices: str) -> AppTest:
    """Return the app after opening a link and going to a page, if one is named."""
    app = arrive(**choices)
    return go(app, page) if page else app


def headings(app: AppTest) -> list[str]:
    """Return the texts of the first-level headings."""
    texts = [re.sub(r"<[^>]+>", "", heading) for heading in HEADING.findall(markup(app))]
    return [unescape(text) for text in texts] + [title.value for title in app.title]


def markup(app: AppTest) -> str:
    """Return all the markup of a page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def notice_text(notice) -> str:
    """Return the text of a notice without the characters that escape Markdown."""
    return notice.value.replace("\\", "").replace("\u2060", "")


def faults(app: AppTest) -> list[str]:
    """Return the exceptions, errors and warnings on a page."""
    return [element.value for element in (*app.exception, *app.error, *app.warning)]
