"""Every format from one snapshot: the same figures, the same bytes, ten at a time."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from samples import DAY, HOSTILE

from sixes_geo.analysis.question import ask
from sixes_geo.contributions.store import ContributedIndicator, keep
from sixes_geo.export import bundle, spatial
from sixes_geo.export.content import content
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import freeze
from sixes_geo.i18n import Translator
from sixes_geo.output.records import measure_record
from sixes_geo.wording import INDEX_DECIMALS

ROOT = Path(__file__).parents[2]
EVERY = [
    ("pdf", {"sheet": "a4"}),
    ("pdf", {"sheet": "slides"}),
    ("png", {"size": "1200x630"}),
    ("svg", {"picture": "map"}),
    ("html", {}),
    ("gpkg", {}),
    ("geojson", {}),
    ("csv", {}),
]


def unpacked(made):
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="session")
def archive(city_snapshot):
    """Pack a published city once."""
    return bundle.export_file(city_snapshot("medellin", "es"), "zip")


def test_the_archive_holds_every_format_and_the_checksum_of_each(archive):
    files = unpacked(archive)
    manifest = json.loads(files.pop("manifest.json"))

    assert {name.rpartition(".")[2] for name in files} == {
        "txt", "pdf", "html", "png", "svg", "gpkg", "geojson", "csv", "json"}  # fmt: skip
    assert manifest["files"] == {
        name: hashlib.sha256(made).hexdigest() for name, made in files.items()
    }
    assert manifest["choice"]["seed"] == 0
    assert manifest["made_with"]["typst"]
    assert {one["resource"] for one in manifest["data"]} >= {"districts", "indicators", "sites"}
    assert "Medellín" in files["README.txt"].decode("utf-8-sig")


def test_every_format_tells_the_same_figures(archive, city_snapshot, tmp_path):
    snapshot = city_snapshot("medellin", "es")
    files, tr = unpacked(archive), Translator("es")
    record = json.loads(files["measure.json"])

    index = tr.signed(record["concentration_index"], INDEX_DECIMALS)
    low, high = (tr.signed(one, INDEX_DECIMALS) for one in record["interval"])
    pdf = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files["snapshot.pdf"])).pages
    )
    html = BeautifulSoup(files["snapshot.html"], "html.parser").get_text()
    for text in (pdf, html, files["README.txt"].decode("utf-8-sig")):
        assert f"{index} ({low} a {high})" in text.replace("\n", " ")
    table = pd.read_csv(io.BytesIO(files["units.csv"]), dtype={"id": str})
    shapes = gpd.read_file(io.BytesIO(files["units.geojson"]))
    path = tmp_path / "data.gpkg"
    path.write_bytes(files["data.gpkg"])
    layer = pyogrio.read_dataframe(path, layer="units")
    counted = {one["id"]: one["sites"] for one in record["units"]}
    for found in (table, shapes, layer):
        assert dict(zip(found["id"], found["sites"], strict=True)) == counted
        verdicts = {one["id"]: one["verdict"] for one in record["units"]}
        assert dict(zip(found["id"], found["verdict"], strict=True)) == verdicts
        shares = found.set_index("id")["share_sites"].round(6).to_dict()
        assert shares == {one["id"]: round(one["share_sites"], 6) for one in record["units"]}
    rows = BeautifulSoup(files["snapshot.html"], "html.parser").find("table").find_all("tr")[1:]
    written = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    assert sorted((row[0], row[2], row[3]) for row in written) == sorted(
        (one["name"], tr.number(one["sites"], 0), tr.percent(one["share_sites"]))
        for one in record["units"]
    )
    assert measure_record(snapshot.assessment)["concentration_index"] == pytest.approx(
        record["concentration_index"]
    )
    cells = {row["cells"][0]: row["cells"][2] for row in content(snapshot)["units"]["rows"]}
    for one in record["units"]:
        if one["name"] in cells:
            assert cells[one["name"]] == tr.number(one["sites"], 0)


@pytest.mark.parametrize(("form", "options"), EVERY)
def test_the_same_snapshot_gives_the_same_bytes(toy_snapshot, form, options):
    first = bundle.export_file(toy_snapshot(fields=HOSTILE), form, **options)

    assert bundle.export_file(toy_snapshot(fields=HOSTILE), form, **options) == first


def test_two_processes_write_the_same_archive(toy_root, tmp_path):
    made = []
    for nth in ("1", "2"):
        path = tmp_path / f"{nth}.zip"
        command = [sys.executable, "-m", "sixes_geo", "snapshot", "toy", "--layer", "sensors"]
        environment = {
            "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": nth, "SIXES_GEODATA": str(toy_root),
            "SIXES_REGISTRY": str(tmp_path / "none"), "HOME": str(tmp_path),
        }  # fmt: skip
        subprocess.run(
            [*command, "--lang", "pt", "--date", DAY, "--out", str(path)],
            check=True, cwd=ROOT, env=environment, capture_output=True,
        )  # fmt: skip
        made.append(path.read_bytes())

    assert made[0] == made[1]


def test_ten_at_once_are_measured_and_written_the_same(toy_city):
    def write(nth):
        form, options = EVERY[nth % 5]
        frozen = freeze(ask(toy_city, layers=["sensors"]), "en", Fields(date=DAY))
        return bundle.export_file(frozen, form, **options)

    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(write, range(10)))

    assert made[:5] == made[5:]


def test_cells_that_a_spreadsheet_would_run_are_neutralised(toy_snapshot):
    found = toy_snapshot()
    sites = found.provision.sites.copy()
    sites.iloc[0, sites.columns.get_loc("name")] = "=cmd|'/c calc'!A1"
    snapshot = replace(found, provision=replace(found.provision, sites=sites))

    table = pd.read_csv(io.BytesIO(spatial.sites_csv(snapshot)))

    assert table["name"].iloc[0] == "'=cmd|'/c calc'!A1"
    for text in table.select_dtypes(exclude="number").to_numpy().ravel():
        assert not str(text).startswith(("=", "+", "-", "@"))


def test_the_geopackage_holds_layers_results_and_papers(archive, tmp_path):
    path = tmp_path / "data.gpkg"
    path.write_bytes(unpacked(archive)["data.gpkg"])
    names = [name for name, _ in pyogrio.list_layers(path)]

    assert names == ["units", "sites", "quintiles", "robustness", "metadata"]
    told = pyogrio.read_dataframe(path, layer="metadata").set_index("key")["value"]
    assert json.loads(told["choice"])["city"] == "medellin"
    assert len(pyogrio.read_dataframe(path, layer="sites")) == 32
    assert pyogrio.read_info(path, layer="units")["crs"] == "EPSG:4326"


def test_an_indicator_of_people_goes_along_with_its_authors(toy_again, toy_snapshot):
    units = toy_snapshot().assessment.units.index
    made = ContributedIndicator(
        indicator="own-heard", name="Heard of it", question="Who?", e="education", use="need",
        higher_means="better_off", unit_of_measure="%", source="Street",
        authors="Junta Ñuñoa", date="2026-05-01", year=2026, per="district",
        values={str(one): float(nth) for nth, one in enumerate(units)},
    )  # fmt: skip
    keep("toy", made)
    city = toy_again()
    name = next(one.indicator for one in city.indicators if one.indicator.startswith("own-"))
    question = ask(city, layers=["sensors"], need=f"{name}:2026")
    snapshot = freeze(question, "en", Fields(date=DAY))

    files = unpacked(bundle.export_file(snapshot, "zip"))

    manifest = json.loads(files["manifest.json"])
    assert manifest["added"] == [
        {"indicator": name, "name": "Heard of it", "authors": "Junta Ñuñoa", "date": "2026-05-01"}
    ]
    assert "Junta Ñuñoa" in files[f"indicators/{name}.csv"].decode("utf-8-sig")
    for text in (files["README.txt"], files["snapshot.html"], files["units.csv"]):
        assert "Junta Ñuñoa" in text.decode("utf-8-sig")
    pdf = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files["snapshot.pdf"])).pages
    )
    assert "Junta Ñuñoa" in re.sub(r"\s+", " ", pdf)
