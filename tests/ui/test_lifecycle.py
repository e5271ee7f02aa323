"""The start of the dashboard, and what is logged when a page breaks."""

import logging
from types import SimpleNamespace

import pytest
import streamlit as st
from asking import run_async
from streamlit.testing.v1 import AppTest

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.i18n import Translator
from sixes_geo.ui import lifecycle
from sixes_geo.ui.components import markup
from sixes_geo.workers import shared

PERSON = "Maria of the third floor"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Start without workers: they take a second to become warm."""
    monkeypatch.setenv(shared.SIZE_VARIABLE, "0")


def started(monkeypatch, ran, reason, during=lambda: None):
    """Start with a home page that runs or does not, and does something while it runs."""

    async def run():
        during()
        return ran, reason

    runtime = SimpleNamespace(does_script_run_without_error=run)
    monkeypatch.setattr(lifecycle, "get_instance", lambda: runtime)

    async def live():
        async with lifecycle.lifespan(None):
            return "served"

    return run_async(live)


def test_the_start_the_first_run_and_the_end_are_logged(monkeypatch, caplog):
    with caplog.at_level(logging.INFO, "sixes_geo"):
        assert started(monkeypatch, ran=True, reason="ok") == "served"

    assert [one.message.split()[0] for one in caplog.records] == ["starting", "ready", "ending"]


def test_a_home_page_that_breaks_is_not_served(monkeypatch):
    with pytest.raises(lifecycle.StartError, match="error"):
        started(monkeypatch, ran=False, reason="error")


def test_only_the_run_before_the_first_visitor_is_a_start(monkeypatch):
    seen = []
    started(monkeypatch, ran=True, reason="ok", during=lambda: seen.append(starting()))

    assert seen == [True]
    assert not starting()
    with pytest.raises(lifecycle.StartError):
        started(monkeypatch, ran=False, reason="error")
    assert not starting()


def test_workers_start_when_the_home_page_has_run_and_end_with_the_server(monkeypatch):
    seen = []
    monkeypatch.setattr(shared, "start", lambda: seen.append(f"start {starting()}"))
    monkeypatch.setattr(shared, "stop", lambda: seen.append("stop"))

    started(monkeypatch, ran=True, reason="ok", during=lambda: seen.append("home page"))

    assert seen == ["home page", "start False", "stop"]


def test_a_number_of_workers_that_cannot_be_is_logged_and_pages_are_served(monkeypatch, caplog):
    monkeypatch.setenv(shared.SIZE_VARIABLE, "many")

    assert started(monkeypatch, ran=True, reason="ok") == "served"
    assert "SIXES_WORKERS is many" in caplog.text


def starting():
    return lifecycle.STARTING.is_set()


def test_a_slow_home_page_is_served_with_a_warning(monkeypatch, caplog):
    assert started(monkeypatch, ran=False, reason="timeout") == "served"
    assert "wait" in caplog.text


def breaks():
    """Stand in for a page that breaks."""
    import streamlit as st  # noqa: PLC0415  (AppTest runs this text alone)

    from sixes_geo.ui.lifecycle import log_script_error  # noqa: PLC0415

    st.session_state["page"] = "equity"
    st.session_state["kept"] = {"city": "rio", "layers": "cameras-2023"}
    st.session_state["own-name"] = "Maria of the third floor"
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as fault:
        log_script_error(fault)


def test_what_broke_a_page_is_logged_with_page_and_choice_and_nothing_personal(caplog):
    AppTest.from_function(breaks).run()

    (record,) = [one for one in caplog.records if one.name == "sixes_geo.ui.lifecycle"]
    assert record.levelname == "ERROR"
    assert record.message.endswith("page=equity city=rio layers=cameras-2023")
    assert record.exc_info[0] is ZeroDivisionError
    assert PERSON not in caplog.text


def test_what_is_refused_is_logged_by_kind_without_what_it_holds(monkeypatch, caplog):
    monkeypatch.setattr(st, "error", lambda *_, **__: None)
    refusal = ChoiceError(
        "contribution", [Problem("not_json", {"got": PERSON})], "fix_file", where=PERSON
    )
    with caplog.at_level(logging.INFO, "sixes_geo"):
        markup.notice(refusal, Translator("en"))

    assert "refused: contribution (not_json)" in caplog.text
    assert PERSON not in caplog.text
