"""No page is wider than its window, and no table on a phone is cut, in any language."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import PAGES, none_of
from playwright.sync_api import expect
from waiting import PATIENCE_MS, PHONE, settled, too_wide

from sixes_geo.i18n import LANGUAGES

RIGHT = "all => Math.max(0, ...all.map((one) => one.getBoundingClientRect().right))"
MAP = "map"


def cut(page, name):
    """Return the tables of a page that end outside the window of a phone."""
    cells = page.locator(".sixes-fit").locator("th:visible, td:visible")
    right = cells.evaluate_all(RIGHT)
    return [f"{name}: a table ends at {right} px"] if right > PHONE["width"] else []


@pytest.mark.parametrize("name", [Path(page.name).stem for page in PAGES])
def test_no_page_is_wider_than_its_window(server, visit, name):
    page, wrong = visit.page, []
    for language in LANGUAGES if name == MAP else ("es",):
        page.set_viewport_size(PHONE)
        page.goto(f"{server.url}/{'' if name == MAP else name}?city=medellin&lang={language}")
        expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE_MS)
        settled(page)
        wrong += [*cut(page, f"{name} {language}"), *too_wide(page, f"{name} {language}")]

    none_of(wrong)
