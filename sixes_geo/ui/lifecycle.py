"""Start and end of the dashboard, and errors on its pages."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.web.bootstrap import load_config_options

from sixes_geo import __version__
from sixes_geo.base.errors import SixesGeoError
from sixes_geo.ui.session.state import KEPT, PAGE
from sixes_geo.workers import shared

LOG = logging.getLogger(__name__)

STARTING = threading.Event()
"""Set while the home page runs before anybody is let in: what takes long waits for a visitor."""


class StartError(RuntimeError):
    """The home page fails: there is nothing to serve."""


def configure(settings: Mapping[str, object]) -> str:
    """Pass settings to Streamlit, before the app is created.

    Parameters
    ----------
    settings
        By their names in Streamlit's documentation; they override a ``config.toml``.

    Returns
    -------
    str
        The path at which the dashboard is served, which a ``config.toml`` may set.
    """
    load_config_options(dict(settings))
    return str(st.get_option("server.baseUrlPath"))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Run the home page once before the server accepts visitors; log start and end.

    The first visitor then finds all pages known and the data of the home page in memory, and
    a dashboard that cannot run is never announced.
    """
    LOG.info("starting version %s", __version__)
    STARTING.set()
    try:
        succeeded, reason = await get_instance().does_script_run_without_error()
    finally:
        STARTING.clear()
    if reason == "timeout":
        LOG.warning("the home page takes long; visitors may have to wait")
    elif not succeeded:
        raise StartError(reason)
    try:
        shared.start()
    except SixesGeoError as refusal:
        LOG.warning("no workers: %s", refusal)
    LOG.info("ready")
    try:
        yield
    finally:
        LOG.info("ending")
        shared.stop()


def log_script_error(error: Exception) -> None:
    """Log an error on a page, with the page and the selection."""
    LOG.error("a page broke: %s", current_view(), exc_info=error)


def current_view() -> str:
    """Return page and selection for a log: checked names only, no free text."""
    chosen = {"page": st.session_state.get(PAGE, ""), **st.session_state.get(KEPT, {})}
    return " ".join(f"{name}={value}" for name, value in chosen.items())
