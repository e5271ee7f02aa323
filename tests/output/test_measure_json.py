"""`measure --json` keeps its contract: counts are called sites, what is weighed is an amount."""

import csv
import io
import json
from collections import Counter
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest
from house import some
from jsonschema import Draft202012Validator

import sixes_geo.output
from sixes_geo.analysis import assessment, clusters, ranking
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.cli.main import main
from sixes_geo.output.records import city_record, full_record, measure_record

GEODATA = Path(__file__).parents[2] / "geodata"
SCHEMA = json.loads(
    (Path(sixes_geo.output.__file__).parent / "measure.schema.json").read_text(encoding="utf-8")
)
PRINTED = [
    ("medellin", "public-investment-2024", "amount", "COP"),
    ("medellin", "libraries-2018", "sites", "sites"),
    ("medellin", "encicla-2020", "capacity", "docks"),
    ("rio", "rain-gauges", "sites", "sites"),
    ("rio", "bike-parking", "capacity", "places"),
    ("santiago", "bike-share-2026", "capacity", "docks"),
    ("santiago", "cycleways-2019", "capacity", "km"),
    ("santiago", "metro-2019", "sites", "sites"),
]


def manifest(city):
    return json.loads((GEODATA / city / "datapackage.json").read_text(encoding="utf-8"))


def published_layers():
    """List (city, layer) straight from the manifests."""
    for path in sorted(GEODATA.glob("*/datapackage.json")):
        yield from (
            (path.parent.name, one["layer"]) for one in manifest(path.parent.name)["sixes:layers"]
        )


def facts(city, file):
    """Return what a file of a city says of each of its features."""
    text = (GEODATA / city / f"{file}.geojson").read_text(encoding="utf-8")
    return [one["properties"] for one in json.loads(text)["features"]]


def faults_of(record):
    """Return where a record breaks the contract, and how."""
    found = Draft202012Validator(SCHEMA).iter_errors(record)
    return [f"{list(one.path)}: {one.message[:200]}" for one in found]


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    """Draw few times: how sure the figures are is not asked here."""
    monkeypatch.setattr(assessment, "BAND_DRAWS", 19)
    monkeypatch.setattr(ranking, "DRAWS", 99)
    monkeypatch.setattr(clusters, "PERMUTATIONS", 99)


@cache
def printed(city, layer, weight):
    """Return what the command prints."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        assert main(["measure", city, "--layer", layer, "--weight", weight, "--json"]) == 0
    return json.loads(shown.getvalue())


def described(part, where="top"):
    """Go through every key that the contract names, with what it says of it."""
    for name, one in part.get("properties", {}).items():
        yield f"{where}.{name}", one
        yield from described(one, f"{where}.{name}")
    for name in ("items", "additionalProperties"):
        if isinstance(part.get(name), dict):
            yield from described(part[name], where)
    for one in part.get("oneOf", ()):
        yield from described(one, where)


def quintiles(units, held):
    """Add up what units hold by the quintile each is in, unit by unit."""
    sums = Counter()
    for unit in units:
        if unit["quintile"] is not None:
            sums[unit["quintile"]] += held.get(unit["id"], 0)
    return [sums[quintile] for quintile in range(1, 6)]


def test_the_contract_is_a_schema_that_describes_every_key():
    Draft202012Validator.check_schema(SCHEMA)
    names = ("record", "unit", "quintile", "brief")
    parts = [SCHEMA["then"], *(SCHEMA["$defs"][name] for name in names)]
    keys = {name: one for part in parts for name, one in described(part)}

    assert len(keys) > 100
    assert [
        name
        for name, one in keys.items()
        if not (
            one.get("description") or SCHEMA["$defs"][one["$ref"].split("/")[-1]]["description"]
        )
    ] == []


def test_pesos_of_a_unit_are_no_sites():
    with (GEODATA / "medellin" / "investment.csv").open(encoding="utf-8", newline="") as rows:
        pesos = {
            one["id"]: float(one["amount"])
            for one in csv.DictReader(rows)
            if one["year"] == "2024" and one["id"]
        }

    found = printed("medellin", "public-investment-2024", "amount")

    assert found["amount_unit"] == "COP"
    assert {one["id"]: one["amount"] for one in found["units"]} == pesos
    assert {one["sites"] for one in found["units"]} == {None}
    assert [one["amount"] for one in found["quintiles"]] == quintiles(found["units"], pesos)
    assert found["quintiles"][0]["amount"] == 1_630_857_000_000
    assert [(one["sites"], one["share_sites"]) for one in found["quintiles"]] == [(None, None)] * 5
    assert sum(one["share_amount"] for one in found["quintiles"]) == pytest.approx(1)


def test_docks_are_weighed_and_stations_counted():
    layer = next(
        one for one in manifest("santiago")["sixes:layers"] if one["layer"] == "bike-share-2026"
    )
    parents = {one["id"]: one["parent"] for one in facts("santiago", "zones")}
    stations, docks = Counter(), Counter()
    for one in facts("santiago", "sites"):
        if one["initiative"] in layer["initiatives"] and one["year"] == layer["year"]:
            stations[parents[one["zone"]]] += 1
            docks[parents[one["zone"]]] += one["capacity"]

    found = printed("santiago", "bike-share-2026", "capacity")

    units = found["units"]
    assert (sum(stations.values()), sum(docks.values())) == (198, 3075)
    assert {one["id"]: one["sites"] for one in units if one["sites"]} == stations
    assert {one["id"]: one["amount"] for one in units if one["amount"]} == docks
    assert [one["sites"] for one in found["quintiles"]] == quintiles(units, stations)
    assert [one["amount"] for one in found["quintiles"]] == quintiles(units, docks)
    assert (found["quintiles"][4]["sites"], found["quintiles"][4]["amount"]) == (195, 3034)
    for quintile in found["quintiles"]:
        assert quintile["share_sites"] == quintile["sites"] / 198
        assert quintile["share_amount"] == quintile["amount"] / 3075
        assert quintile["rate_per_10k"] == pytest.approx(
            quintile["amount"] / quintile["population"] * 1e4
        )


@pytest.mark.parametrize(("city", "layer", "weight", "measured_in"), PRINTED)
def test_what_is_printed_keeps_the_contract(city, layer, weight, measured_in):
    found = printed(city, layer, weight)

    assert faults_of(found) == []
    assert (found["weight"], found["amount_unit"]) == (weight, measured_in)
    assert found["amount_titles"]["en"] == found["amount_title"]
    for other in (*found["dates"], *found["contrasts"]):
        assert (other["amount_unit"] == "sites") == (other["weight"] == "sites")


def test_networks_side_by_side_keep_the_contract_each_by_itself():
    shown = io.StringIO()
    layers = ("--layer", "rain-gauges", "--layer", "family-clinics")
    with redirect_stdout(shown):
        assert main(["measure", "rio", *layers, "--json"]) == 0
    found = json.loads(shown.getvalue())

    assert faults_of(found) == []
    gauges, clinics = found["networks"]
    assert (gauges["layer"], clinics["layer"]) == ("rain-gauges", "family-clinics")
    assert gauges["concentration_index"] == pytest.approx(0.20, abs=0.005)
    assert clinics["concentration_index"] == pytest.approx(-0.23, abs=0.005)
    assert clinics["verdict"] == "worse_off"
    assert faults_of({"networks": [gauges]}) != []
    assert faults_of({"networks": [gauges, {}]}) != []
    assert faults_of({**gauges, "networks": found["networks"]}) != []


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["units"][0].update(sites=3),
        lambda one: one["quintiles"][0].update(sites=1),
        lambda one: one["quintiles"][0].update(docks=1),
        lambda one: one["units"][0].pop("share_amount"),
        lambda one: one.update(amount_unit=""),
    ],
)
def test_a_record_that_breaks_the_contract_is_found(toy_city, change):
    question = ask(toy_city, layers=["budget-2024"], weight="amount")
    provision = gather(question)
    record = full_record(assess(question, provision), provision)
    assert faults_of(record) == []

    change(record)

    assert faults_of(record) != []


@pytest.mark.parametrize(("city", "layer"), list(published_layers()))
def test_sites_are_counts_by_every_weight_and_amounts_add_up(published, city, layer):
    found_city = published(city)
    weights = next(one.weights for one in found_city.layers if one.layer == layer)
    counted = []
    for weight in weights:
        question = ask(found_city, layers=[layer], weight=weight)
        provision = gather(question)
        record = measure_record(assess(question, provision))
        units, parts = record["units"], record["quintiles"]
        if weight == "amount":
            assert {one["sites"] for one in (*units, *parts)} == {None}
            assert {one["share_sites"] for one in (*units, *parts)} == {None}
        else:
            counted.append([(one["sites"], one["share_sites"]) for one in units])
            standing = sum(one["sites"] for one in units)
            assert standing <= record["n_used"] + 1e-6
            assert standing == pytest.approx(len(provision.sites))
            ranked = sum(one["sites"] for one in units if one["quintile"] is not None)
            assert sum(one["sites"] or 0 for one in parts) == pytest.approx(ranked)
        if weight == "sites":
            for one in (*units, *parts):
                assert (one["amount"], one["share_amount"]) == (one["sites"], one["share_sites"])
        if weight == "capacity":
            held = float(provision.sites["capacity"].astype(float).sum())
            assert sum(one["amount"] for one in units) == pytest.approx(held)
        ranked = sum(one["amount"] for one in units if one["quintile"] is not None)
        assert sum(one["amount"] or 0 for one in parts) == pytest.approx(ranked)
    assert all(one == counted[0] for one in counted)


@pytest.mark.parametrize("city", ["medellin", "rio", "santiago"])
def test_a_city_lists_sites_of_layers_that_have_them_and_units_of_measure(published, city):
    layers = {one["layer"]: one for one in city_record(published(city))["layers"]}

    for name, one in some(layers.items()):
        by_unit = "amount" in one["amount_units"]
        assert (one["sites"] is None) == by_unit, name
        assert all(one["amount_units"].values())
        assert by_unit or one["amount_units"]["sites"] == "sites"
