"""Answers kept on disk are the plain ones, field by field, whatever happens to the files."""

import dataclasses
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sixes_geo.analysis import asked, kept, nulls
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.robustness import every_variant
from sixes_geo.store import results
from sixes_geo.workers import shared
from sixes_geo.workers.frames import as_passed


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Keep results in a folder of the test's own."""
    monkeypatch.setenv(results.FOLDER_VARIABLE, str(tmp_path / "results"))
    return tmp_path / "results"


def fields(result):
    """Return all fields of a result, with a missing number as a text, so that it equals itself."""

    def comparable(value):
        if isinstance(value, dict):
            return {name: comparable(each) for name, each in value.items()}
        if isinstance(value, tuple):
            return tuple(comparable(each) for each in value)
        return "missing" if isinstance(value, float) and math.isnan(value) else value

    return comparable(dataclasses.asdict(result))


def never(_question):
    pytest.fail("measured again")


def test_a_kept_network_test_is_the_fresh_one(toy_city):
    for layer in ("sensors", "corner", "whole"):
        question = ask(toy_city, layers=[layer])
        fresh = nulls.network(question, gather(question))
        first, again = kept.network(question), kept.network(question, never)

        assert fields(first) == fields(again) == fields(fresh), layer
        assert type(again.keeps[0]) is type(fresh.keeps[0])


def test_a_kept_network_test_is_the_fresh_one_in_a_published_city(published):
    city = published("medellin")
    question = ask(city, layers=["encicla-2026"])
    fresh = nulls.network(question, gather(question))

    assert fields(kept.network(question)) == fields(fresh)
    assert fields(kept.network(question, never)) == fields(fresh)
    jobs = nulls.workplaces(question, gather(question))
    assert fields(kept.workplaces(question)) == fields(jobs)
    assert fields(kept.workplaces(question, never)) == fields(jobs)


def test_the_network_test_is_kept_once_for_all_weights(toy_city):
    by_sites = kept.network(ask(toy_city, layers=["docks"], weight="sites"))
    by_docks = kept.network(ask(toy_city, layers=["docks"], weight="capacity"), never)

    assert fields(by_sites) == fields(by_docks)


def test_kept_variants_are_the_fresh_ones_whichever_is_shown(toy_city):
    for layer in ("sensors", "docks", "programme"):
        question = ask(toy_city, layers=[layer])
        fresh = every_variant(question)
        other = replace(question, need=toy_city.indicators[-1], border=200)

        for table in (kept.variants(question), kept.variants(other, never)):
            pd.testing.assert_frame_equal(table, fresh)


@pytest.mark.parametrize("layer", ["budget-2024", "programme"])
def test_that_there_is_no_answer_is_kept_too(toy_city, layer):
    question = ask(toy_city, layers=[layer])

    assert kept.network(question) is None
    assert kept.network(question, never) is None
    assert kept.workplaces(question) is None


def test_another_need_seed_or_unit_is_another_answer(toy_city):
    asked = [
        ask(toy_city, layers=["sensors"], **other)
        for other in ({}, {"need": "income:2020"}, {"seed": 1}, {"unit": "zone"})
    ]
    found = [kept.network(question) for question in asked]

    assert len({repr(fields(one)) for one in found}) == len(asked)
    assert found[1].index == pytest.approx(-found[0].index), "in 2020 incomes are the other way"


def test_the_raster_of_units_is_kept_for_every_need_and_layer(toy_city, place, monkeypatch):
    fresh = nulls.unit_raster(toy_city, toy_city.unit_named("zone"))
    kept.unit_raster(toy_city, toy_city.unit_named("zone"))
    monkeypatch.setattr(nulls, "unit_raster", never)
    again = kept.unit_raster(toy_city, toy_city.unit_named("zone"))

    assert again.grid == fresh.grid
    assert again.values.dtype == fresh.values.dtype
    np.testing.assert_array_equal(again.values, fresh.values)
    assert len(list(place.glob("unit-*"))) == 2


def test_where_people_live_is_kept_for_every_unit_and_layer(toy_city, place, monkeypatch):
    fresh = nulls.ground_of(toy_city)
    kept.ground(toy_city)
    monkeypatch.setattr(nulls, "ground_of", never)
    again = kept.ground(toy_city)

    assert again.grain_m == fresh.grain_m == pytest.approx(1000 / math.sqrt(math.pi))
    np.testing.assert_array_equal(again.places, fresh.places)
    np.testing.assert_array_equal(again.people, fresh.people)
    assert len(list(place.glob("people-*"))) == 2


@pytest.mark.usefixtures("in_toy")
def test_a_server_has_its_workers_measure_what_is_not_kept_yet(toy_city, monkeypatch):
    question = ask(toy_city, layers=["sensors"])
    given = []

    def ask_worker(name, record, **_):
        given.append((name, record["what"]))
        return as_passed(asked.measured(as_passed(record), lambda _: None))

    monkeypatch.setattr(shared, "ask", ask_worker)
    monkeypatch.setattr(shared, "is_ready", lambda: len(given) == 0)
    found = kept.network(question, never)

    assert given == [("measure", "network")]
    assert fields(found) == fields(nulls.network(question, gather(question)))
    assert fields(kept.network(question, never)) == fields(found)


@pytest.mark.usefixtures("in_toy")
def test_a_worker_that_sees_other_data_measures_nothing(toy_city, monkeypatch):
    question = ask(toy_city, layers=["sensors"])
    answers = []

    def ask_worker(_name, record, **_):
        answers.append(asked.measured(record | {"key": "of other data"}, lambda _: None))
        return answers[-1]

    monkeypatch.setattr(shared, "ask", ask_worker)
    monkeypatch.setattr(shared, "is_ready", lambda: True)
    found = kept.network(question)

    assert answers == [{"same": False}]
    assert fields(found) == fields(nulls.network(question, gather(question)))


def test_spoilt_files_are_replaced_and_the_answer_stays(toy_city, place):
    question = ask(toy_city, layers=["sensors"])
    fresh = fields(kept.network(question))
    files = {path: path.read_bytes() for path in place.glob("*.kept")}
    assert len(files) == 5, "the answer, grid and raster, grain and points"
    for path, content in files.items():
        path.write_bytes(content[: len(content) // 2])

    assert fields(kept.network(question)) == fresh
    assert {path: path.read_bytes() for path in place.glob("*.kept")} == files
