"""What happens when the dashboard starts, when a page breaks, and when the dashboard ends."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.web.bootstrap import load_config_options

from sixes_geo import __version__
from sixes_geo.ui.session.state import KEPT, PAGE

LOG = logging.getLogger(__name__)


class StartError(RuntimeError):
    """The home page breaks: there is nothing to serve."""


def configure(settings: Mapping[str, object]) -> str:
    """Hand settings to the framework, before the app is made.

    Parameters
    ----------
    settings
        By their names in its documentation; those of a ``config.toml`` come second.

    Returns
    -------
    str
        The path that the dashboard is served at, which a ``config.toml`` may name.
    """
    load_config_options(dict(settings))
    return str(st.get_option("server.baseUrlPath"))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Run the home page once before anybody is let in, and note the start and the end.

    A first visitor then finds every page known and the data of the home page read, and what
    cannot run is never announced.
    """
    LOG.info("starting version %s", __version__)
    ran, reason = await get_instance().does_script_run_without_error()
    if reason == "timeout":
        LOG.warning("the home page takes long; visitors may have to wait")
    elif not ran:
        raise StartError(reason)
    LOG.info("ready")
    yield
    LOG.info("ending")


def log_script_error(fault: Exception) -> None:
    """Log what broke a page, with the page and the choice."""
    LOG.error("a page broke: %s", place(), exc_info=fault)


def place() -> str:
    """Return page and choice of this run for a log: checked names of ours, no free texts."""
    chosen = {"page": st.session_state.get(PAGE, ""), **st.session_state.get(KEPT, {})}
    return " ".join(f"{name}={value}" for name, value in chosen.items())
