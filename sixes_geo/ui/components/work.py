"""Work that a visit waits for: how far it is, how to cancel it, and its end with the visit."""

from __future__ import annotations

import time
from collections import defaultdict
from threading import Lock

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.workers.frames import Record
from sixes_geo.workers.jobs import WAITING, Progress, Ticket

EVERY_S = 0.25
"""How often a page that waits says how far the work is."""

LOOK_EVERY_S = 1.0
"""How often it is seen whether a visitor who asked for a file is still there."""

ASKED = "work-asked"
"""Session key: when a file was asked for last."""

SHORT_S = 2.0
"""How long after a click the work may take to appear."""


class Files:
    """Files being written for visits, which browsers fetch outside any run of a page."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tickets: dict[str, list[Ticket]] = defaultdict(list)
        self._refusals: dict[str, list[SixesGeoError]] = defaultdict(list)

    def waited(self, ticket: Ticket) -> Record:
        """Wait for a file, as long as its visitor is there; why it fails is kept for its page."""
        with self._lock:
            self._tickets[ticket.owner].append(ticket)
        try:
            while not ticket.wait(LOOK_EVERY_S):
                if not _is_there(ticket.owner):
                    ticket.cancel()
            return ticket.result()
        except SixesGeoError as refusal:
            told = any(problem.kind != "cancelled" for problem in refusal.problems)
            if told and _is_there(ticket.owner):
                with self._lock:
                    self._refusals[ticket.owner].append(refusal)
            raise
        finally:
            ticket.cancel()
            with self._lock:
                self._tickets[ticket.owner].remove(ticket)
                if not self._tickets[ticket.owner]:
                    del self._tickets[ticket.owner]

    def of(self, owner: str) -> list[Ticket]:
        """Return the files being written for a visit."""
        with self._lock:
            return list(self._tickets.get(owner, ()))

    def refusals(self, owner: str) -> list[SixesGeoError]:
        """Return, once, why files of a visit could not be written."""
        with self._lock:
            return self._refusals.pop(owner, [])


FILES = Files()


def owner() -> str:
    """Return what identifies this visit among those who ask the workers."""
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""


def waited(ticket: Ticket, tr: Translator) -> Record:
    """Wait for work and say how far it is, with a button to cancel it.

    Any use of the page ends its run, and so does leaving it: then the work is cancelled.

    Raises
    ------
    SixesGeoError
        As the work raised it.
    """
    place = st.empty()
    try:
        if not ticket.wait(EVERY_S):
            with place.container(horizontal=True, vertical_alignment="center"):
                said = st.empty()
                st.button(tr("work.cancel"), key=f"work-cancel-{ticket.name}")
            while not ticket.wait(EVERY_S):
                said.html(markup.element("p", progress_words(ticket.progress, tr), "sixes-quiet"))
        record = ticket.result()
    finally:
        ticket.cancel()
    place.empty()
    return record


def progress_words(progress: Progress, tr: Translator) -> str:
    """Say how far work is."""
    if progress.state == WAITING:
        return tr("work.waiting", count=progress.before)
    return tr(f"work.stage.{progress.stage}") if progress.stage else tr("work.begun")


def note_asked() -> None:
    """Remember that a file was asked for, so that the page says how far it is."""
    st.session_state[ASKED] = time.monotonic()


def show_files(tr: Translator) -> None:
    """Say how far the files are that this visit asked for, each with a button to cancel it."""
    for refusal in FILES.refusals(owner()):
        markup.notice(refusal, tr)
    if ASKED in st.session_state:
        st.fragment(_files, run_every=LOOK_EVERY_S)(tr)


def _files(tr: Translator) -> None:
    """Draw the files being written, and end the looking when there are none."""
    tickets = FILES.of(owner())
    for nth, ticket in enumerate(tickets):
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.quiet(progress_words(ticket.progress, tr))
            st.button(tr("work.cancel"), key=f"work-cancel-file-{nth}", on_click=ticket.cancel)
    asked = st.session_state.get(ASKED)
    if not tickets and asked is not None and time.monotonic() - asked > SHORT_S:
        del st.session_state[ASKED]
        st.rerun()


def _is_there(session: str) -> bool:
    """Tell whether a visit goes on; without a server, whoever asks is there."""
    return not session or not exists() or get_instance().is_active_session(session)
