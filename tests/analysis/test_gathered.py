"""Provision that is remembered: the same as counted afresh, and never more than it may hold."""

import pytest

from sixes_geo.analysis import gathered
from sixes_geo.analysis.question import ask


@pytest.fixture
def counted(monkeypatch):
    """Note what is counted afresh."""
    made = []

    def gather(question):
        made.append(question.place_key)
        return len(made)

    monkeypatch.setattr(gathered, "gather", gather)
    return made


def test_what_counts_the_same_sites_is_counted_once(toy_city, counted):
    remember = gathered.remembering()
    first = ask(toy_city, layers=["sensors"])
    other_need = ask(toy_city, layers=["sensors"], need="income:2020")

    assert remember(first) == remember(other_need) == 1
    assert remember(ask(toy_city, layers=["docks"])) == 2
    assert len(counted) == 2


def test_the_least_recently_used_goes_first(toy_city, counted):
    remember = gathered.remembering(2)
    a, b, c = (ask(toy_city, layers=[name]) for name in ("sensors", "docks", "corner"))
    for question in (a, b, a, c):
        remember(question)

    assert (remember(a), remember(c), len(counted)) == (1, 3, 3)
    assert remember(b) == 4
