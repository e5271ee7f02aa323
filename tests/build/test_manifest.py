"""A manifest describes the files that lie there, with every source and licence as stated."""

import copy
import hashlib
import json
import tomllib

import pytest
import rawtown
from house import some

from sixes_geo.build import manifest
from sixes_geo.build.raw import RawFolder
from sixes_geo.city.catalog import read_city

YEARS = {"income": {"zone": [2020]}, "population": {"zone": [2020], "comuna": [2020]}}
USED_BY = {
    "districts": ["comunas.geojson", "zones.geojson"],
    "zones": ["comunas.geojson", "zones.geojson"],
    "indicators": ["figures.csv"],
    "people": ["blocks.csv", "figures.csv"],
}
FILES = {
    "districts.geojson": b'{"type":"FeatureCollection"}',
    "zones.geojson": b"{}",
    "indicators.csv": b"unit,id\n",
    "people.parquet": b"PAR1",
}


@pytest.fixture
def recipe():
    return tomllib.loads(rawtown.recipe())


@pytest.fixture
def raw(tmp_path):
    rawtown.write_raw(tmp_path / "raw")
    return RawFolder(tmp_path / "raw" / rawtown.CITY, rawtown.RAW)


@pytest.fixture
def folder(tmp_path):
    """Return a city's folder with four files."""
    path = tmp_path / "out" / rawtown.CITY
    path.mkdir(parents=True)
    for name, data in FILES.items():
        (path / name).write_bytes(data)
    return path


@pytest.fixture
def described(folder, recipe, raw):
    return manifest.describe(folder, recipe, raw, USED_BY, YEARS)


@pytest.fixture
def resources(described):
    return {entry["name"]: entry for entry in described["resources"]}


def test_every_file_is_described_by_its_size_and_checksum(resources):
    assert [entry["path"] for entry in resources.values()] == sorted(FILES)
    for entry in resources.values():
        data = FILES[entry["path"]]
        assert entry["bytes"] == len(data)
        assert entry["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()


def test_formats_are_named_as_the_world_names_them(resources):
    found = {name: (entry["format"], entry["mediatype"]) for name, entry in resources.items()}

    assert found == {
        "districts": ("geojson", "application/geo+json"),
        "indicators": ("csv", "text/csv"),
        "people": ("parquet", "application/vnd.apache.parquet"),
        "zones": ("geojson", "application/geo+json"),
    }


def test_the_manifest_does_not_describe_itself(folder, recipe, raw):
    (folder / "datapackage.json").write_text("{}")

    again = manifest.describe(folder, recipe, raw, USED_BY, YEARS)

    assert [entry["path"] for entry in again["resources"]] == sorted(FILES)


def test_licences_are_listed_once_each_as_stated(resources):
    assert resources["districts"]["licenses"] == [{"name": "CC0-1.0", "title": "CC0-1.0"}]
    assert resources["people"]["licenses"] == [
        {"name": "CC0-1.0", "title": "CC0-1.0"},
        {"name": "not-stated", "title": "not-stated"},
    ]


def test_one_licence_stated_on_two_pages_keeps_both(folder, recipe, raw):
    one, other = recipe["raw"][:2]
    pages = ["https://example.org/a", "https://example.org/b"]
    one.update(licence="MIT", licence_title="MIT", licence_url=pages[0])
    other.update(licence="MIT", licence_title="MIT", licence_url=pages[1])

    again = manifest.describe(folder, recipe, raw, USED_BY, YEARS)

    licences = next(one for one in again["resources"] if one["name"] == "zones")["licenses"]
    assert [one.get("path") for one in licences if one["name"] == "MIT"] == pages


def test_two_wordings_of_one_licence_are_both_kept(folder, recipe, raw):
    one, other = recipe["raw"][0], recipe["raw"][1]
    one.update(licence_title="as is", licence_url="https://example.org/terms")
    other.update(licence_title="as was")

    again = manifest.describe(folder, recipe, raw, USED_BY, YEARS)

    licences = next(one for one in again["resources"] if one["name"] == "zones")["licenses"]
    assert licences == [
        {"name": "CC0-1.0", "title": "as is", "path": "https://example.org/terms"},
        {"name": "CC0-1.0", "title": "as was"},
    ]


def test_sources_vintage_and_changes_are_those_of_the_raw_files(resources):
    people = resources["people"]

    assert people["sources"] == [
        {"title": f"Nobody: {path} en", "path": path, "version": "2020"}
        for path in ("blocks.csv", "figures.csv")
    ]
    assert people["sixes:vintage"] == "2020"
    assert people["sixes:changes"]["pt"] == (
        "blocks.csv: blocks.csv pt · figures.csv: figures.csv pt"
    )


def test_different_vintages_are_all_named_in_order(folder, recipe, raw):
    recipe["raw"][0]["vintage"] = "2019-05"

    again = manifest.describe(folder, recipe, raw, USED_BY, YEARS)

    zones = next(one for one in again["resources"] if one["name"] == "zones")
    assert zones["sixes:vintage"] == "2019-05, 2020"


def test_only_tables_of_known_columns_have_a_schema(resources):
    fields = resources["indicators"]["schema"]["fields"]

    assert [field["name"] for field in fields] == [
        "unit",
        "id",
        "indicator",
        "year",
        "value",
        "lower",
        "upper",
    ]
    assert {field["name"]: field["type"] for field in fields}["id"] == "string"
    assert [name for name, entry in resources.items() if "schema" in entry] == ["indicators"]


def test_indicators_say_which_years_they_have_per_unit(described):
    years = {entry["indicator"]: entry["years"] for entry in described["sixes:indicators"]}

    assert years == YEARS


def test_an_indicator_without_figures_has_no_years(folder, recipe, raw):
    again = manifest.describe(folder, recipe, raw, USED_BY, {})

    assert [entry["years"] for entry in again["sixes:indicators"]] == [{}, {}]


def test_a_table_of_this_projects_own_texts_names_the_sources_of_its_rows_once(folder, recipe, raw):
    (folder / "initiatives.csv").write_bytes(b"id\n")
    (folder / "tags.csv").write_bytes(b"initiative\n")
    recipe["initiatives"][1]["source"] = "Somebody"
    recipe["tags"] = tomllib.loads(rawtown.tags())
    used_by = {**USED_BY, "initiatives": [], "tags": []}

    found = manifest.describe(folder, recipe, raw, used_by, YEARS)["resources"]

    own = {entry["name"]: entry for entry in found if entry["name"] in ("initiatives", "tags")}
    assert own["initiatives"]["sources"] == [{"title": "Nobody"}, {"title": "Somebody"}]
    assert own["tags"]["sources"] == [{"title": "A paper"}, {"title": "Nobody"}]
    for entry in own.values():
        assert entry["licenses"] == [{"name": "MIT", "title": "MIT"}]
        assert entry["sixes:vintage"] == "1"
        assert entry["sixes:changes"]["en"].startswith("Texts of this project")
    assert own["tags"]["sixes:title"]["pt"] == "Etiquetas dos 6 E e dos parceiros"


def test_raw_files_keep_their_papers_and_gain_a_checksum(described, recipe, raw):
    entries = described["sixes:raw"]

    for entry, stated in some(zip(entries, recipe["raw"], strict=True)):
        data = (raw.folder / entry["path"]).read_bytes()
        assert entry == {**stated, "sha256": hashlib.sha256(data).hexdigest()}


def test_the_recipe_is_not_changed(folder, recipe, raw):
    before = copy.deepcopy(recipe)

    manifest.describe(folder, recipe, raw, USED_BY, YEARS)

    assert recipe == before


def test_no_place_on_the_builders_machine_gets_into_a_manifest(described, tmp_path):
    assert str(tmp_path) not in json.dumps(described)


def test_what_is_described_can_be_read(folder, described):
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")

    city = read_city(rawtown.CITY, folder.parent)

    assert city.crs == rawtown.CRS
    assert [unit.resource for unit in city.units] == ["districts", "zones"]
    assert city.resources[2].size == len(FILES["people.parquet"])
