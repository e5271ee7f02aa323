"""Work that a visit waits for: told how far it is, cancelled with a click, and with the visit."""

import threading

import pytest
from polling import until
from streamlit.testing.v1 import AppTest

from sixes_geo.base.errors import Problem, WorkError
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.ui.components import work
from sixes_geo.workers.jobs import DONE, RUNNING, WAITING, Progress

PATIENCE_S = 20


class Slow:
    """A ticket of work that ends when it is let, or cancelled."""

    def __init__(self, owner="", looks=1, fault=""):
        self.fault = fault
        self.owner, self.name, self.looks = owner, "export", looks
        self.ended, self.cancelled = threading.Event(), threading.Event()
        self.progress = Progress(WAITING, 2)

    def wait(self, seconds=None):
        """Wait a little."""
        self.looks -= 1
        return self.ended.wait(0.01 if seconds else None) or self.looks < 0

    def result(self):
        """Return the answer."""
        if self.fault or self.cancelled.is_set():
            raise WorkError("work", [Problem(self.fault or "cancelled")], "try_later")
        return {"file": b"x"}

    def cancel(self):
        """End."""
        self.cancelled.set()
        self.ended.set()


def test_how_far_work_is_is_said_in_every_language():
    for language in LANGUAGES:
        tr = Translator(language)
        said = [
            work.progress_words(each, tr)
            for each in (
                Progress(WAITING, 0),
                Progress(WAITING, 1),
                Progress(RUNNING),
                Progress(RUNNING, 0, "measuring"),
                Progress(RUNNING, 0, "drawing"),
                Progress(DONE, 0, "writing"),
            )
        ]
        assert len(set(said)) == len(said)
        assert "1" in said[1]


def page(ticket):
    """Stand in for a page that waits for work."""
    import streamlit as st  # noqa: PLC0415  (AppTest runs this text alone)

    from sixes_geo.i18n import Translator  # noqa: PLC0415
    from sixes_geo.ui.components import work  # noqa: PLC0415

    st.text(work.waited(ticket, Translator("en"))["file"])


def test_a_page_that_waits_shows_the_answer_and_no_more_of_the_waiting():
    ticket = Slow(looks=3)

    app = AppTest.from_function(page, args=(ticket,), default_timeout=PATIENCE_S).run()

    assert not app.exception
    assert [one.value for one in app.text] == ["b'x'"]
    assert len(app.button) == 0
    assert ticket.cancelled.is_set(), "nobody waits any more"


def test_work_that_fails_frees_its_place_and_says_why():
    ticket = Slow(looks=0)
    ticket.cancel()

    app = AppTest.from_function(page, args=(ticket,), default_timeout=PATIENCE_S).run()

    assert len(app.exception) == 1
    assert app.exception[0].stack_trace or app.exception[0].message
    assert len(app.button) == 0


def test_files_of_a_visit_are_cancelled_when_it_goes_away(monkeypatch):
    there = {"stays", "goes"}
    monkeypatch.setattr(work, "_is_there", lambda owner: owner in there)
    files, found = work.Files(), {}
    tickets = {owner: Slow(owner, looks=10**9) for owner in sorted(there)}

    def wait(owner):
        try:
            found[owner] = files.waited(tickets[owner])
        except WorkError as refusal:
            found[owner] = refusal

    threads = [threading.Thread(target=wait, args=(owner,)) for owner in tickets]
    for thread in threads:
        thread.start()
    until(lambda: all(files.of(owner) for owner in tickets), PATIENCE_S)
    there.discard("goes")
    until(lambda: "goes" in found, PATIENCE_S)
    assert isinstance(found["goes"], WorkError)
    assert "stays" not in found
    tickets["stays"].ended.set()
    for thread in threads:
        thread.join(PATIENCE_S)

    assert found["stays"] == {"file": b"x"}
    assert [files.of(owner) for owner in tickets] == [[], []]
    assert files.refusals("goes") == [], "nobody is there to be told"


def test_why_a_file_could_not_be_written_is_told_once_but_not_to_who_cancelled_it():
    files = work.Files()
    for fault, told in (("work_ended", 1), ("cancelled", 0)):
        with pytest.raises(WorkError):
            files.waited(Slow("a visit", looks=0, fault=fault))

        assert len(files.refusals("a visit")) == told
        assert files.refusals("a visit") == []


def test_the_list_of_files_shows_while_there_are_some_and_then_goes(monkeypatch):
    ticket = Slow("")
    monkeypatch.setattr(work.FILES, "of", lambda _owner: [] if ticket.ended.is_set() else [ticket])

    def files():
        import time  # noqa: PLC0415

        import streamlit as st  # noqa: PLC0415

        from sixes_geo.i18n import Translator  # noqa: PLC0415
        from sixes_geo.ui.components import work  # noqa: PLC0415

        if st.session_state.setdefault("first", True):
            st.session_state["work-asked"] = time.monotonic() - 60
        st.session_state["first"] = False
        work.show_files(Translator("en"))

    monkeypatch.setattr(work, "SHORT_S", 0)
    app = AppTest.from_function(files, default_timeout=PATIENCE_S).run()
    assert [one.label for one in app.button] == ["Cancel"]
    assert "Waiting; 2 before this" in app.get("html")[0].proto.body
    app.button[0].click().run()

    assert ticket.cancelled.is_set()
    assert len(app.button) == 0
