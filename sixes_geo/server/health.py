"""Whether a page can be served: what a load balancer, a container or a start script asks."""

from __future__ import annotations

from threading import Event

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.contributions.cities import open_cities

READY, STARTING, DATA = "ok", "starting", "data"
"""All is well; no page has been served yet; no city can be read."""

_served = Event()


def page_was_served() -> None:
    """Note that a page has run to its end."""
    _served.set()


def state() -> str:
    """Return `READY`, or in one word what is missing."""
    if not _served.is_set():
        return STARTING
    try:
        open_cities()
    except SixesGeoError:
        return DATA
    return READY
