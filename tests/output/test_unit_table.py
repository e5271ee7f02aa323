"""Tables for screen, file and command line hold the same figures and nothing that runs."""

import csv
import io
import json

import pandas as pd
import pytest
import toy
from house import some
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import need_options
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.base.names import DANGEROUS, bare, neutral
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.records import city_record, full_record, measure_record
from sixes_geo.output.unit_table import csv_table, screen_table

RECORD = {
    "city",
    "layer",
    "unit",
    "need",
    "weight",
    "amount_unit",
    "amount_title",
    "seed",
    "n_read",
    "n_used",
    "n_outside",
    "n_unlocated",
    "n_citywide",
    "concentration_index",
    "null_sd",
    "z",
    "p_value",
    "interval",
    "verdict",
    "quintiles",
    "units",
    "robustness",
    "data",
    "version",
}
"""The keys of `measure --json`, as the design has them."""

QUINTILE = {
    "quintile",
    "population",
    "sites",
    "amount",
    "share_population",
    "share_sites",
    "share_amount",
    "rate_per_10k",
}
UNIT = {
    "id",
    "name",
    "population",
    "need",
    "sites",
    "amount",
    "share_population",
    "share_sites",
    "share_amount",
    "gap",
    "location_quotient",
    "rate_per_10k",
    "expected",
    "p_value",
    "q_value",
    "verdict",
}
FILE = {"resource", "sha256", "vintage", "licence"}

CHOICES = [
    ("sensors", {}),
    ("sensors", {"unit": "zone"}),
    ("sensors", {"need": "poverty"}),
    ("docks", {"weight": "capacity"}),
    ("rough", {"unit": "zone"}),
    ("parks", {"unit": "zone"}),
    ("centre", {}),
    ("programme", {"unit": "zone"}),
]
choices = pytest.mark.parametrize(("layer", "options"), CHOICES)


def rows_of(found, language="en"):
    """Read the file back as a spreadsheet would."""
    text = csv_table(found, Translator(language)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@choices
def test_the_record_has_every_key_of_the_contract(measured, layer, options):
    record = measure_record(measured(layer, **options))

    assert set(record) >= RECORD
    assert [one for one in record["quintiles"] if not set(one) >= QUINTILE] == []
    assert [one for one in record["units"] if not set(one) >= UNIT] == []
    assert [one for one in record["data"] if not set(one) >= FILE] == []
    assert record["verdict"] in ("better_off", "worse_off", "cannot_tell")


@choices
def test_the_record_is_plain_json_without_a_single_nan(measured, layer, options):
    record = measure_record(measured(layer, **options))

    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_the_record_holds_the_figures_of_the_assessment(measured):
    found = measured()
    record = measure_record(found)

    assert (record["n_read"], record["n_used"], record["n_outside"]) == (10, 8, 1)
    assert (record["n_unlocated"], record["n_citywide"]) == (1, 0)
    assert record["concentration_index"] == pytest.approx(0.5375)
    assert record["interval"] == list(found.test.interval)
    assert (record["city"], record["unit"], record["weight"]) == ("toy", "district", "sites")
    assert record["need"].startswith("income")
    assert [one["id"] for one in record["units"]] == list(toy.DISTRICTS)
    assert [one["sites"] for one in record["units"]] == list(toy.SENSORS.values())
    assert sum(one["sites"] for one in record["quintiles"] if one["sites"]) == 8


def test_the_first_quintile_is_the_worst_off(measured):
    for need in ("income", "poverty"):
        quintiles = {
            one["quintile"]: one for one in measure_record(measured(need=need))["quintiles"]
        }

        assert list(quintiles) == [1, 2, 3, 4, 5]
        assert quintiles[5]["population"] == 1000


def test_what_is_missing_is_nothing_and_not_zero(measured):
    units = {one["id"]: one for one in measure_record(measured(need="poverty"))["units"]}

    assert units["03"]["need"] is None
    assert units["03"]["quintile"] is None
    assert units["03"]["sites"] == 2


def test_what_cannot_be_measured_has_no_figures(measured):
    record = measure_record(measured("centre"))

    for key in ("concentration_index", "null_sd", "z", "p_value", "interval"):
        assert record[key] is None
    assert record["verdict"] == "cannot_tell"
    assert record["n_citywide"] == 1


def test_the_record_names_the_very_files_it_rests_on(measured, toy_city):
    record = measure_record(measured(unit="zone"))
    sums = {one.name: one.sha256 for one in toy_city.resources}

    found = {one["resource"]: one["sha256"] for one in record["data"]}

    assert {"zones", "indicators", "sites", "initiatives"} <= set(found)
    assert "districts" not in found
    assert all(sums[name] == digest for name, digest in found.items())
    assert all(one["licence"] and one["vintage"] for one in record["data"])


def test_a_city_is_listed_with_every_key_of_the_contract(toy_city):
    record = city_record(toy_city)

    assert {"city", "name", "units", "needs", "layers"} <= set(record)
    counts = {one["unit"]: one["count"] for one in record["units"]}
    assert counts == {"district": 4, "zone": 16}
    assert all(one["title"] for part in ("units", "needs", "layers") for one in record[part])
    layers = {one["layer"]: one for one in record["layers"]}
    assert list(layers) == [*toy.LAYERS, *toy.MONEY]
    assert all({"title", "sites", "footprint", "vintage"} <= set(one) for one in layers.values())
    assert (layers["sensors"]["sites"], layers["programme"]["sites"]) == (10, 0)
    assert layers["centre"]["footprint"] == "city-wide"
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_a_city_lists_its_needs_level_by_level(toy_city):
    listed = city_record(toy_city)["needs"]

    found = {(one["unit"], one["need"]): one["years"] for one in listed}
    assert found == {
        ("district", "income"): [2024, 2020],
        ("district", "poverty"): [2022],
        ("zone", "income"): [2024],
    }
    assert set(need_options(toy_city, "district")) == {
        f"{need}:{year}"
        for (unit, need), years in found.items()
        for year in years
        if unit == "district"
    }


@pytest.mark.parametrize("name", ["medellin", "rio", "santiago"])
def test_a_published_city_is_listed_as_plain_json(published, name):
    record = city_record(published(name))

    assert json.loads(json.dumps(record, allow_nan=False)) == record


@given(st.text())
def test_no_text_is_left_that_a_spreadsheet_would_run(text):
    made = neutral(text)

    assert not made.startswith(DANGEROUS)
    assert made.endswith(text)
    assert bare(made) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", toy.FORMULA_NAME])
def test_every_start_of_a_formula_is_disarmed(text):
    assert neutral(text) == f"'{text}"


@choices
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_file_is_a_formula(measured, layer, options, language):
    for row in some(rows_of(measured(layer, **options), language)):
        for cell in some(row.values()):
            assert is_number(cell) or not cell.startswith(DANGEROUS)


def test_the_file_keeps_ids_names_and_gaps(measured):
    rows = {row["id"]: row for row in rows_of(measured(unit="zone"))}

    assert list(rows) == list(toy.ZONES)
    assert rows["0104"]["name"] == toy.SCRIPT_NAME
    assert rows["0203"]["name"] == toy.ACCENT_NAME
    assert rows["0402"]["name"] == f"'{toy.FORMULA_NAME}"
    assert rows[toy.WITHOUT_INCOME]["need"] == ""
    assert rows[toy.WITHOUT_PEOPLE]["population"] == ""
    assert float(rows["0401"]["need"]) == 410


def test_the_file_says_what_it_is_about(measured):
    row = rows_of(measured("docks", weight="capacity"))[0]

    assert (row["need_indicator"], row["need_year"]) == ("income", "2024")
    assert row["layers"] == "docks"
    assert (row["n_read"], row["n_used"]) == ("4", "4")
    assert (float(row["amount"]), row["amount_unit"]) == (10, "docks")
    assert float(row["sites"]) == 1


def test_the_file_opens_in_a_spreadsheet_with_its_accents(measured):
    data = csv_table(measured(unit="zone"), Translator("es"))

    assert data.startswith(b"\xef\xbb\xbf")
    assert toy.ACCENT_NAME.encode() in data
    assert data.count(b"\r\n") == 17


@pytest.mark.parametrize("language", LANGUAGES)
@choices
def test_the_screen_shows_every_unit_once_in_the_language_of_the_reader(
    measured, layer, options, language
):
    found = measured(layer, **options)
    tr = Translator(language)

    table = screen_table(found, tr)

    assert table.columns.is_unique
    assert tr("table.name") in table.columns
    assert sorted(table[tr("table.name")]) == sorted(found.units["name"])


def test_the_screen_holds_the_figures_of_the_assessment(measured):
    tr = Translator("en")

    table = screen_table(measured(), tr).set_index(tr("table.name"))

    assert table[tr("district.sites")].to_dict() == {
        toy.DISTRICTS[one]: count for one, count in toy.SENSORS.items()
    }
    shares = table[tr("table.share_population")]
    assert (shares / shares.sum()).tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    assert table[tr("table.gap")].sum() == pytest.approx(0)


def test_a_missing_need_stays_missing_on_the_screen(measured):
    tr = Translator("en")
    table = screen_table(measured(need="poverty"), tr).set_index(tr("table.name"))

    need = next(one for one in table.columns if "poverty" in one)
    assert pd.isna(table.loc[toy.DISTRICTS["03"], need])
    assert table[need].notna().sum() == 3


@pytest.mark.parametrize("name", ["santiago", "rio", "medellin"])
def test_no_figure_on_the_screen_has_more_digits_than_are_read(published, name):
    city = published(name)
    question = ask(city, layers=list(city.view.layers), unit="hexagon")
    tr = Translator("en")

    table = screen_table(assess(question), tr)

    people = table[tr("table.population")]
    assert people.dropna().tolist() == people.dropna().round().tolist()
    decimals = question.need.decimals
    need = table.iloc[:, 1].dropna()
    assert [str(one) for one in need] == [str(round(one, decimals)) for one in need]
    assert max(len(str(share)) for share in table[tr("table.share_population")]) <= len("0.1234")


def whole(city, *layers, **options):
    """Return everything that is printed of one question."""
    question = ask(city, layers=layers, **options)
    provision = gather(question)
    return full_record(assess(question, provision), provision)


def test_the_record_holds_everything_the_pages_show(toy_city):
    record = whole(toy_city, "bikes-2024")

    assert {"curve", "band", "empty_units", "robustness", "reach", "clusters", "dates"} <= set(
        record
    )
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    own = [one for one in record["robustness"] if one["asked"]]
    assert len(own) == 1
    assert own[0]["concentration_index"] == record["concentration_index"]
    assert len(record["dates"]) == 2
    step = record["steps"][0]
    assert step["difference"]["after"] == record["concentration_index"]
    assert {one["layer"] for one in record["contrasts"]} == {"parks"}
    assert record["reach"] == {"why_not": "finer_than_people"}


def test_what_cannot_be_measured_is_said_to_be_so(toy_city):
    record = whole(toy_city, "budget-2024", weight="amount")

    assert record["reach"] == {"why_not": "no_sites"}
    assert record["band"] == []
    assert record["empty_units"] is None
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_a_variation_is_told(toy_city):
    record = whole(toy_city, "sensors", "docks", variation=Variation(200, "docks"))

    assert (record["border_m"], record["without"]) == (200, "docks")
    assert sum(one["asked"] for one in record["robustness"]) <= 1
