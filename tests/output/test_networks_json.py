"""`networks --json` keeps its contract, and its figures are those of `measure --json`."""

import json
from pathlib import Path

import pytest
from house import none_of
from jsonschema import Draft202012Validator

import sixes_geo.output
from sixes_geo.analysis import kept
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.networks import networks_of
from sixes_geo.analysis.question import ask
from sixes_geo.output.network_records import networks_record
from sixes_geo.output.records import measure_record

SCHEMA = json.loads(
    (Path(sixes_geo.output.__file__).parent / "networks.schema.json").read_text(encoding="utf-8")
)
SHARED = (
    "layer", "weight", "amount_unit", "n_read", "n_used", "concentration_index", "interval",
    "p_value", "verdict", "cautions",
)  # fmt: skip


def record_of(city, **options):
    question = ask(city, layers=city.view.layers, **options)
    return networks_record(networks_of(question, moved=kept.network, on_jobs=kept.workplaces))


def faults_of(record):
    found = Draft202012Validator(SCHEMA).iter_errors(json.loads(json.dumps(record)))
    return [f"{list(one.path)}: {one.message[:200]}" for one in found]


@pytest.fixture(scope="module")
def toy_record(toy_city):
    return record_of(toy_city)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_what_is_printed_keeps_the_schema(toy_record, toy_city):
    none_of(faults_of(toy_record))
    none_of(faults_of(record_of(toy_city, unit="zone")))


def test_a_record_that_breaks_the_schema_is_found(toy_record):
    assert faults_of(toy_record | {"count": {}})
    assert faults_of(toy_record | {"more": 1})


def test_rows_have_the_figures_of_measure_json(toy_record, toy_city):
    assert len(toy_record["networks"]) > 8
    for row in toy_record["networks"]:
        alone = measure_record(assess(ask(toy_city, layers=[row["layer"]])))
        assert {name: row[name] for name in SHARED} == {name: alone[name] for name in SHARED}


def test_the_count_is_that_of_the_rows(toy_record):
    count = toy_record["count"]
    answers = [row["answer"] for row in toy_record["networks"] if row["counted"]]

    assert count["networks"] == len(answers)
    for answer in ("better_off", "worse_off", "even", "cannot_tell"):
        assert count[answer] == answers.count(answer)
    assert count["unplaced"] == len(toy_record["unplaced"])
    assert count["single"] == len(toy_record["single"])
    assert all(row["answer"] is None for row in toy_record["networks"] if not row["counted"])
    assert {row["role"] for row in toy_record["networks"] if row["counted"]} == {"initiative"}


def test_a_published_city_keeps_the_schema_and_its_figures(published):
    city = published("medellin")
    record = record_of(city)

    none_of(faults_of(record))
    assert record["count"]["networks"] == 5
    for row in record["networks"]:
        alone = measure_record(assess(ask(city, layers=[row["layer"]])))
        assert {name: row[name] for name in SHARED} == {name: alone[name] for name in SHARED}
    told = [row for row in record["networks"] if row["answer"] == "better_off"]
    assert len(told) == record["count"]["better_off"] == 2
    for row in told:
        assert row["verdict"] == "better_off"
        assert row["as_one_piece"]["verdict"] == "holds"
        assert row["q_value"] <= 0.05
    watching = [row for row in record["networks"] if row["group"] == "watching"]
    assert [row["role"] for row in watching] == ["surveillance"]
    assert all(row["cautions"] for row in watching)
