"""Health: whether pages can be served, for load balancers, containers and start scripts."""

from __future__ import annotations

from threading import Event

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.contributions.cities import open_cities

READY, STARTING, DATA = "ok", "starting", "data"
"""Healthy; no page has been served yet; no city can be read."""

_served = Event()


def page_was_served() -> None:
    """Record that a page has been served."""
    _served.set()


def state() -> str:
    """Return `READY`, or a word for what is missing."""
    if not _served.is_set():
        return STARTING
    try:
        open_cities()
    except SixesGeoError:
        return DATA
    return READY
