"""The day on a snapshot: the reader's own, whatever day it is in UTC."""

import datetime as dt
import time

import pytest

from sixes_geo.analysis.question import ask
from sixes_geo.base import day
from sixes_geo.base.day import FIXED_VARIABLE, today
from sixes_geo.export.fields import Fields, cleaned

TEN_AT_NIGHT = dt.datetime(2026, 11, 29, 1, 0, tzinfo=dt.UTC)
"""In Santiago it is 22:00 on the 28th."""


@pytest.fixture
def in_santiago(monkeypatch):
    """Put this machine into Santiago, at ten at night."""
    monkeypatch.delenv(FIXED_VARIABLE, raising=False)
    monkeypatch.setenv("TZ", "America/Santiago")
    time.tzset()
    monkeypatch.setattr(day, "_now", lambda: TEN_AT_NIGHT)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_santiago")
def test_a_snapshot_made_at_night_does_not_bear_the_day_of_tomorrow(toy_city):
    question = ask(toy_city, layers=["sensors"])

    assert cleaned(question.city, Fields()).date == "2026-11-28"


@pytest.mark.usefixtures("in_santiago")
def test_the_day_is_that_of_the_reader_and_not_of_the_server():
    assert today("America/Bogota") == "2026-11-28"
    assert today("Europe/Lisbon") == "2026-11-29"


@pytest.mark.usefixtures("in_santiago")
@pytest.mark.parametrize("zone", [None, "", "Nowhere/None", "/etc/passwd", "../x", "\0", "A" * 500])
def test_a_zone_that_is_none_is_that_of_this_machine(zone):
    assert today(zone) == "2026-11-28"


@pytest.mark.usefixtures("in_santiago")
@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        ("0", "1970-01-01"),
        ("1795910400", "2026-11-29"),
        ("soon", "2026-11-28"),
        ("9" * 30, "2026-11-28"),
    ],
)
def test_builds_agree_on_a_day(monkeypatch, fixed, expected):
    monkeypatch.setenv(FIXED_VARIABLE, fixed)

    assert today() == expected
    assert today("America/Santiago") == "2026-11-28"  # a browser's reader has a day of their own
