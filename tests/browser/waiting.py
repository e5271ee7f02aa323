"""Waiting for a page and its map, and reading what they show."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from polling import until

FRAME = 'iframe[title="streamlit_folium.st_folium"]'
PATIENCE_MS = 30_000
PHONE = {"width": 390, "height": 844}
WINDOWS = (tuple(PHONE.values()), (1280, 720))
"""A phone, and a projector or an old laptop."""
FITTED_S = 5
"""Longest time that charts take to fit themselves into another window."""
DRAWN = """before => {
  const frame = document.querySelector('iframe[title="streamlit_folium.st_folium"]');
  const inside = frame && frame.contentDocument && frame.contentDocument.documentElement;
  const key = inside && inside.dataset.sixes;
  return key && key !== before ? key : null;
}"""


def settled(page: Page) -> Page:
    """Wait until the script has run and all elements are filled in."""
    idle = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(idle).to_be_attached(timeout=PATIENCE_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE_MS)
    return page


def drawn(page: Page, before: str = "") -> str:
    """Wait until a map other than `before` is drawn and return its key."""
    handle = page.wait_for_function(DRAWN, arg=before, timeout=PATIENCE_MS)
    return str(handle.json_value())


def opened(page: Page, address: str) -> str:
    """Open an address, wait for everything, and return the key of the map."""
    page.goto(address)
    key = drawn(page)
    settled(page)
    return key


def width_of(page: Page) -> int:
    """Return how wide the contents of a page are, also where a part of it scrolls by itself."""
    script = """() => Math.max(
      document.documentElement.scrollWidth,
      ...[...document.querySelectorAll("[data-testid=stMain]")].map((one) => one.scrollWidth)
    )"""
    return int(page.evaluate(script))


def too_wide(page: Page, name: str) -> list[str]:
    """Return at which widths of a window the contents of a page stay wider than it."""
    told = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        if not until(lambda width=width: width_of(page) <= width, FITTED_S):
            told.append(f"{name}: {width_of(page)} px in a window of {width}")
    return told


def in_map(page: Page, script: str) -> Any:
    """Return what a script finds inside the map's frame."""
    frame = page.query_selector(FRAME).content_frame()
    return frame.evaluate(script)


def headline(page: Page) -> str:
    """Return the headline of the page."""
    return page.locator("h1.sixes-headline").inner_text()


def click_unit(page: Page, unit: str) -> None:
    """Click in the middle of a unit on the map, as a person would."""
    place = in_map(
        page,
        f"""() => {{
          const {{ units, map }} = window.SixesMap.state;
          const layer = units.layers[units.content.ids.indexOf("{unit}")];
          const point = map.latLngToContainerPoint(layer.getCenter());
          const box = map.getContainer().getBoundingClientRect();
          return [point.x + box.left, point.y + box.top];
        }}""",
    )
    page.locator(FRAME).scroll_into_view_if_needed()
    corner = page.locator(FRAME).bounding_box()
    page.mouse.click(corner["x"] + place[0], corner["y"] + place[1])
