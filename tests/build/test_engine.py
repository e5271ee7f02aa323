"""A city is built whole from its raw files, the same each time, or not at all."""

import hashlib
import json
import shutil
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rawtown
import shapely

from sixes_geo.base.errors import BuildError, Problem
from sixes_geo.build import engine
from sixes_geo.build.yearly import WHOLE
from sixes_geo.city import investment, tables
from sixes_geo.city.catalog import read_city
from sixes_geo.city.model import PeopleYears
from sixes_geo.spatial.placement import anchor_points, locate

FILES = {
    "context.geojson",
    "datapackage.json",
    "districts.geojson",
    "indicators.csv",
    "initiatives.csv",
    "people.parquet",
    "sites.geojson",
    "tags.csv",
    "zones.geojson",
}


@pytest.fixture(scope="module")
def raw_files(tmp_path_factory):
    """Write the raw files once; what changes them works on a copy."""
    return rawtown.write_raw(tmp_path_factory.mktemp("raw"))


@pytest.fixture
def town(monkeypatch, tmp_path, raw_files):
    """Put the made-up city where the engine finds it; its module and recipe can be changed."""
    shutil.copytree(raw_files, tmp_path / "raw")
    return put(monkeypatch, tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory, raw_files):
    """Build the made-up city as it is, once for all tests that only read."""
    return built_once(tmp_path_factory.mktemp("built"), raw_files)


@pytest.fixture(scope="module")
def built_hexagons(tmp_path_factory, raw_files):
    """Build the made-up city with hexagons, once for all tests that only read."""
    recipe = rawtown.recipe(hexagons="points")
    return built_once(tmp_path_factory.mktemp("hexagons"), raw_files, recipe)


def put(patch, folder, recipe=None):
    """Let the engine find the made-up city in a folder; return its module."""
    module = rawtown.module()
    patch.setitem(sys.modules, module.__name__, module)
    for name in ("RECIPES", "TAGS"):
        patch.setattr(engine, name, folder / name.lower())
        (folder / name.lower()).mkdir()
    use(recipe or rawtown.recipe())
    use_tags(rawtown.tags())
    return module


def built_once(folder, raw_files, recipe=None):
    """Build the made-up city in a folder and leave everything else as it was."""
    with pytest.MonkeyPatch.context() as patch:
        put(patch, folder, recipe)
        return engine.build(rawtown.CITY, raw_files, folder / "out")


@pytest.fixture
def build(town, tmp_path):
    """Build the made-up city and return its folder."""
    assert sys.modules[f"sixes_geo.build.{rawtown.CITY}"] is town

    def run(out="out", **options):
        return engine.build(rawtown.CITY, tmp_path / "raw", tmp_path / out, **options)

    return run


@pytest.fixture
def refusal(build, tmp_path):
    """Refuse to build, with an older build in place that must stay as it is."""

    def run(hint):
        old = tmp_path / "out" / rawtown.CITY
        old.mkdir(parents=True)
        (old / "old.txt").write_text("old")
        with pytest.raises(BuildError) as caught:
            build()
        assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == [
            "old.txt"
        ]
        assert (old / "old.txt").read_text() == "old"
        assert caught.value.hint == hint
        return list(caught.value.problems)

    return run


def use(text):
    """Make a text the made-up city's recipe."""
    (engine.RECIPES / f"{rawtown.CITY}.toml").write_text(text, encoding="utf-8")


def use_tags(text):
    """Make a text what coders say of the made-up city."""
    (engine.TAGS / f"{rawtown.CITY}.toml").write_text(text, encoding="utf-8")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed(make, change):
    """Return a step of the module whose table is changed on its way out."""
    return lambda raw: change(make(raw))


# ---------------------------------------------------------------- what is built


def test_a_folder_holds_every_layer_and_its_manifest(built):
    assert built.name == rawtown.CITY
    assert set(contents(built)) == FILES


def test_what_is_built_can_be_read_and_is_what_its_manifest_describes(built):
    city = read_city(rawtown.CITY, built.parent)

    for resource in city.resources:
        path = tables.verified_path(city, resource.name)
        assert path.stat().st_size == resource.size
    assert {resource.path for resource in city.resources} == FILES - {"datapackage.json"}


def test_a_second_build_is_the_same_to_the_byte(built, build):
    assert contents(build()) == contents(built)


def test_the_order_in_which_rows_come_changes_nothing(built, build, town):
    for name in ("sites", "people", "indicators"):
        make = getattr(rawtown, name)
        setattr(town, name, changed(make, lambda table: table.iloc[::-1]))
    town.units = changed(
        rawtown.units, lambda both: {unit: frame.iloc[::-1] for unit, frame in both.items()}
    )

    assert contents(build("reversed")) == contents(built)


def test_what_lay_in_the_folder_before_is_gone(build):
    folder = build()
    (folder / "stray.csv").write_text("a\n")

    assert set(contents(build())) == FILES


def test_each_step_is_told_as_it_begins(build):
    told = []

    build(progress=told.append)

    assert told == [
        "units",
        "indicators",
        "sites",
        "people",
        "investment",
        "context",
        "manifest",
    ]


def test_codes_keep_their_leading_zeros_in_every_file(built):
    indicators = pd.read_csv(built / "indicators.csv", dtype=str)
    people = pd.read_parquet(built / "people.parquet")
    zones = json.loads((built / "zones.geojson").read_text(encoding="utf-8"))

    assert set(indicators["id"]) == {*rawtown.ZONES, "01", "02"}
    assert list(people["zone"]) == list(rawtown.ZONES)
    assert list(people["district"]) == ["01", "01", "02", "02"]
    assert [one["properties"]["id"] for one in zones["features"]] == list(rawtown.ZONES)


def test_a_site_is_placed_once_and_its_district_is_not_said_twice(built):
    written = json.loads((built / "sites.geojson").read_text(encoding="utf-8"))["features"]
    named = {one["properties"].get("name"): one["properties"] for one in written}
    city = read_city(rawtown.CITY, built.parent)
    sites = tables.read_sites(city).set_index("name")

    assert named["Ñ"]["zone"] == "0101"
    assert "district" not in named["Ñ"]
    assert sites.loc["Ñ", "district"] == "01"
    assert sites.loc["border", "zone"] == "0101"  # of two that touch, the smaller code
    assert sites.loc[["outside", "nowhere"], ["zone", "district"]].isna().all(axis=None)


def test_a_site_nowhere_has_no_geometry_and_a_line_is_placed_by_its_middle(built):
    city = read_city(rawtown.CITY, built.parent)
    sites = tables.read_sites(city).set_index("initiative")
    lane = sites.loc["lanes"]

    assert sites.loc["stations"].set_index("name").geometry["nowhere"] is None
    assert lane.geometry.geom_type == "LineString"
    assert lane["zone"] == "0101"  # 50 m to 750 m: the middle is at 400 m, the border at 600 m
    assert shapely.get_num_coordinates(lane.geometry) == 2  # a bend of 4 m is not worth a corner


@pytest.mark.parametrize(("snap_m", "zone"), [(0.0, None), (290.0, None), (310.0, "0201")])
def test_a_site_outside_takes_the_nearest_unit_only_as_far_as_the_city_says(
    build, town, snap_m, zone
):
    town.SNAP_M = snap_m
    sites = tables.read_sites(read_city(rawtown.CITY, build().parent)).set_index("name")

    found = sites.loc["outside", "zone"]
    assert (None if pd.isna(found) else found) == zone


def test_districts_dissolved_from_zones_have_the_very_borders_of_the_zones(build):
    use(rawtown.recipe(dissolved=True))
    city = read_city(rawtown.CITY, build().parent)
    district, zone = (tables.read_units(city, unit) for unit in city.units)
    whole = zone.dissolve("parent").geometry

    assert list(district["id"]) == ["01", "02"]
    for name, shape in zip(district["id"], district.geometry, strict=True):
        assert shapely.equals_exact(shape.normalize(), whole[name].normalize())
        assert shapely.equals(shape, whole[name])


def test_money_is_written_where_there_is_some(build, town):
    town.investment = rawtown.money
    folder = build()
    city = read_city(rawtown.CITY, folder.parent)

    assert set(contents(folder)) == FILES | {"investment.csv"}
    assert tables.has(city, "investment")
    assert (folder / "investment.csv").read_text(encoding="utf-8").splitlines()[:2] == [
        "unit,id,year,amount,currency",
        "zone,0101,2020,1.5,CLP",
    ]


def test_a_layer_of_money_a_year_is_written_as_one_each(build, town):
    town.investment = rawtown.money
    use(rawtown.recipe(money=True))
    city = read_city(rawtown.CITY, build().parent)
    stations, lanes, newest, oldest, whole = city.layers
    zone = city.units[1]

    assert [one.layer for one in (stations, lanes, whole)] == [
        "stations",
        "lanes",
        WHOLE,
    ]
    assert not any(one.per_unit for one in (stations, lanes, whole))
    assert [(one.layer, one.year, one.unit) for one in (newest, oldest)] == [
        ("money-2020", 2020, "zone"),
        ("money-2019", 2019, "zone"),
    ]
    assert newest.title["en"] == "money of 2020 en"
    assert [one.series for one in city.series] == [newest.series] == ["money"]
    assert investment.read_investment(city, zone, 2019).amounts.tolist() == [1.5] * 4


def test_what_coders_say_is_a_row_for_each_thing_said_of_each_initiative(built):
    said = ["said es", "said pt", "said en", "A paper", "https://paper.example"]
    more = ["more es", "more pt", "more en", "Nobody", ""]
    table = pd.read_csv(built / "tags.csv", dtype=str, keep_default_na=False)

    assert list(table.columns) == [
        "initiative",
        "dimension",
        "level",
        "strengthen",
        "coder",
        "evidence_es",
        "evidence_pt",
        "evidence_en",
        "source",
        "source_url",
        "basis",
        "page",
    ]
    assert table.to_numpy().tolist() == [
        ["cameras", "approach", "top-down", "false", "A paper", *said, "explicit", "4-5"],
        ["lanes", "ecology", "named", "false", "A paper", *said, "collective", "3"],
        ["lanes", "equity", "named", "false", "A paper", *said, "collective", "3"],
        ["stations", "ecology", "named", "false", "A paper", *said, "collective", "3"],
        ["stations", "equity", "named", "false", "A paper", *said, "collective", "3"],
        ["stations", "equity", "unknown", "true", "Us", *more, "", ""],
    ]


def test_tags_can_be_read_with_coder_evidence_and_source(built):
    tags = tables.read_tags(read_city(rawtown.CITY, built.parent))
    wished = tags[-1]

    assert [(one.initiative, one.dimension, one.level) for one in tags[:2]] == [
        ("cameras", "approach", "top-down"),
        ("lanes", "ecology", "named"),
    ]
    assert len(tags) == 6
    assert [one.strengthen for one in tags] == [False] * 5 + [True]
    assert [(one.basis, one.page) for one in tags[:2]] == [("explicit", "4-5"), ("collective", "3")]
    assert (wished.initiative, wished.coder, wished.source) == ("stations", "Us", "Nobody")
    assert wished.evidence == {"es": "more es", "pt": "more pt", "en": "more en"}


def test_a_city_of_which_nobody_has_said_anything_has_no_tags(build):
    (engine.TAGS / f"{rawtown.CITY}.toml").unlink()
    folder = build()
    city = read_city(rawtown.CITY, folder.parent)

    assert set(contents(folder)) == FILES - {"tags.csv"}
    assert tables.read_tags(city) == ()
    assert [one.id for one in tables.read_initiatives(city)] == ["cameras", "lanes", "stations"]


def test_the_layer_of_all_initiatives_is_made_of_those_with_places_that_are_no_watch(built):
    city = read_city(rawtown.CITY, built.parent)
    *others, whole = city.layers
    written = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))

    assert [one.layer for one in others] == ["stations", "lanes"]
    assert (whole.layer, whole.initiatives, whole.newest) == (WHOLE, ("stations",), True)
    assert (whole.role, whole.kind, whole.geometry) == ("initiative", "all", "point")
    assert (whole.footprint, whole.vintage) == ("network", "1")
    assert whole.title["en"] == "All initiatives, latest date"
    assert set(whole.title) == set(whole.noun) == set(whole.note) == {"es", "pt", "en"}
    assert written["sixes:layers"][-1]["raw"] == ["stations.geojson"]


def test_a_city_without_initiatives_of_its_own_has_no_layer_of_all_of_them(build):
    watched = rawtown.recipe().replace('role = "initiative"', 'role = "contrast"')
    use(watched.replace('role = "infrastructure"', 'role = "contrast"'))
    city = read_city(rawtown.CITY, build().parent)

    assert [(one.layer, one.role) for one in city.layers] == [
        ("stations", "contrast"),
        ("lanes", "contrast"),
    ]


@pytest.mark.parametrize(("people", "tolerance"), [("points", 0.0), ("zones", 0.05)])
def test_hexagons_hold_everybody_and_every_site_of_the_city(build, town, people, tolerance):
    use(rawtown.recipe(hexagons=people))
    town.SNAP_M = 310.0
    folder = build()
    city = read_city(rawtown.CITY, folder.parent)
    hexagon = city.units[2]
    cells = tables.read_units(city, hexagon)
    sites = tables.read_sites(city)
    ours = sites[sites["district"].notna()]
    residents = tables.figures(city, hexagon, *hexagon.population)["value"]

    assert set(contents(folder)) == FILES | {"hexagons.geojson"}
    assert list(cells.columns) == ["id", "name", "parent", "geometry"]
    assert set(cells["parent"]) == {"01", "02"}
    assert residents.sum() == pytest.approx(100, abs=tolerance)
    assert len(ours) == 5  # the lane and four stations, one of them 300 m outside
    found = locate(anchor_points(ours.geometry, crs=rawtown.CRS), cells, crs=rawtown.CRS)
    assert found.notna().all()
    assert residents[found].min() == 0  # nobody lives where the one outside stands


def test_the_need_of_a_hexagon_is_that_of_the_people_in_it(built_hexagons):
    city = read_city(rawtown.CITY, built_hexagons.parent)
    hexagon = city.units[2]
    residents = tables.figures(city, hexagon, "population", 2020)["value"]
    income = tables.figures(city, hexagon, "income", 2020)["value"].dropna()

    assert sorted(income) == [100, 200, 300, 400]  # a block in the middle of each zone
    assert sorted(residents[income.index]) == [10, 20, 30, 40]
    assert (residents * income).sum() == 4000 + 6000 + 6000 + 4000
    assert city.indicators[1].years["hexagon"] == (2020,)


def test_hexagons_tell_what_they_were_made_of(build):
    use(rawtown.recipe(hexagons="points"))
    told = []
    manifest = json.loads((build(progress=told.append) / "datapackage.json").read_text("utf-8"))
    resources = {entry["name"]: entry for entry in manifest["resources"]}

    assert told[-2:] == ["hexagons", "manifest"]
    assert {one["path"] for one in resources["hexagons"]["sources"]} == {
        "comunas.geojson",
        "zones.geojson",
    }
    assert resources["hexagons"]["sixes:changes"]["en"].startswith("A grid of this project")
    assert {one["path"] for one in resources["indicators"]["sources"]} > {"figures.csv"}


def test_hexagons_of_a_source_are_as_it_says(build):
    use(rawtown.recipe(hexagons="source"))
    folder = build()
    city = read_city(rawtown.CITY, folder.parent)
    hexagon = city.units[2]
    cells = tables.read_units(city, hexagon)
    manifest = json.loads((folder / "datapackage.json").read_text("utf-8"))
    told = {one["name"]: one for one in manifest["resources"]}["hexagons"]

    assert cells[["id", "name", "parent"]].to_numpy().tolist() == [["89", "6 sites", "01"]]
    assert tables.figures(city, hexagon, "population", 2020)["value"].tolist() == [101]
    assert city.indicators[1].years == {"zone": (2020,)}  # no need is interpolated
    assert [one["path"] for one in told["sources"]] == ["blocks.csv"]
    assert "A grid of this project" not in told["sixes:changes"]["en"]


def test_people_points_keep_the_units_that_their_source_gives_them(build, town):
    town.people = changed(rawtown.people, lambda table: table.assign(zone="0204"))
    people = pd.read_parquet(build() / "people.parquet")

    assert set(people["zone"]) == {"0204"}
    assert people["district"].tolist() == [code[:2] for code in people["id"]]


@pytest.mark.parametrize("years", [{"year": 2020}, {"year": 2022, "pattern": 2010}])
def test_the_manifest_says_when_people_were_counted(build, years):
    lines = "\n".join(["[people]", *(f"{key} = {year}" for key, year in years.items())])
    use(f"{rawtown.recipe()}\n{lines}\n")
    city = read_city(rawtown.CITY, build().parent)

    assert city.people_years == PeopleYears(**years)


@pytest.mark.parametrize("people", ["points", "zones"])
def test_hexagons_are_the_same_to_the_byte_in_any_order_of_rows(build, town, people):
    use(rawtown.recipe(hexagons=people))
    straight = contents(build("straight"))
    for name in ("sites", "people", "indicators"):
        make = getattr(rawtown, name)
        setattr(town, name, changed(make, lambda table: table.iloc[::-1]))
    town.units = changed(
        rawtown.units, lambda both: {unit: frame.iloc[::-1] for unit, frame in both.items()}
    )

    assert contents(build("reversed")) == straight


def test_a_file_names_only_the_raw_files_it_was_made_from(built, raw_files):
    manifest = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    resources = {entry["name"]: entry for entry in manifest["resources"]}
    sources = {
        name: [one.get("path", one["title"]) for one in entry["sources"]]
        for name, entry in resources.items()
    }

    assert sources == {
        "context": ["comunas.geojson"],
        "districts": ["comunas.geojson", "zones.geojson"],
        "indicators": ["figures.csv"],
        "initiatives": ["Nobody"],
        "people": ["blocks.csv"],
        "sites": ["stations.geojson"],
        "tags": ["A paper", "Nobody"],
        "zones": ["comunas.geojson", "zones.geojson"],
    }
    assert resources["sites"]["sixes:vintage"] == "2021"
    assert [one["name"] for one in resources["people"]["licenses"]] == ["not-stated"]
    for entry in manifest["sixes:raw"]:
        data = (raw_files / rawtown.CITY / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()


# ---------------------------------------------------------------- what is refused


@pytest.mark.usefixtures("town")
def test_an_unknown_city_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(BuildError) as caught:
        engine.build("elsewhere", tmp_path, tmp_path / "out")

    problem = Problem("unknown_city", {"got": "elsewhere", "allowed": rawtown.CITY})
    assert caught.value.problems == (problem,)
    assert not (tmp_path / "out").exists()


def test_missing_raw_files_are_listed_all_together(refusal, tmp_path):
    folder = tmp_path / "raw" / rawtown.CITY
    for name in ("blocks.csv", "figures.csv", "zones.geojson"):
        (folder / name).unlink()

    assert refusal("give_raw_folder") == [
        Problem("missing_file", {"path": str(folder / name)})
        for name in ("zones.geojson", "figures.csv", "blocks.csv")
    ]


def test_a_raw_folder_that_is_not_there_lacks_every_file(build, tmp_path):
    (tmp_path / "raw" / rawtown.CITY).rename(tmp_path / "away")

    with pytest.raises(BuildError) as caught:
        build()

    assert len(caught.value.problems) == len(rawtown.RAW)
    assert not (tmp_path / "out").exists()


def test_a_raw_file_that_is_read_must_be_declared(refusal):
    use(rawtown.recipe(raw=[name for name in rawtown.RAW if name != "blocks.csv"]))

    assert refusal("declare_raw") == [Problem("undeclared_raw", {"path": "blocks.csv"})]


def test_a_raw_file_that_is_declared_must_be_read(refusal, town):
    nobody = gpd.GeoDataFrame({"id": [], "people": []}, geometry=[], crs=rawtown.GEOGRAPHIC)
    town.people = lambda _: nobody

    assert refusal("fix_recipe") == [Problem("unread_raw", {"path": "blocks.csv"})]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_figure_that_is_no_number_is_refused(refusal, town, value):
    town.indicators = changed(
        rawtown.indicators,
        lambda table: table.assign(value=[value, *table["value"].iloc[1:]]),
    )

    assert refusal("fix_recipe") == [Problem("missing_values", {"path": "indicators.csv"})]


def test_rows_that_stand_twice_are_refused_even_with_different_values(refusal, town):
    town.indicators = changed(
        rawtown.indicators,
        lambda table: pd.concat([table, table.head(2).assign(value=-1.0)], ignore_index=True),
    )

    assert refusal("fix_recipe") == [
        Problem("duplicate_rows", {"path": "indicators.csv", "got": 2})
    ]


def test_names_that_nobody_lists_are_refused(refusal, town):
    stray = pd.DataFrame(
        {"unit": ["zone", "ward"], "id": ["9999", "01"], "indicator": ["luck", "income"]}
    ).assign(year=2020, value=1.0)
    town.indicators = changed(rawtown.indicators, lambda table: pd.concat([table, stray]))
    town.sites = changed(
        rawtown.sites, lambda table: table.replace({"initiative": {"lanes": "ghosts"}})
    )

    assert refusal("fix_recipe") == [
        Problem("unlisted_initiative", {"got": "ghosts"}),
        Problem("unknown_unit_id", {"unit": "ward", "got": "01"}),
        Problem("unknown_unit_id", {"unit": "zone", "got": "9999"}),
        Problem("unlisted_indicator", {"got": "luck"}),
    ]


def test_every_fault_of_the_tags_is_refused_and_says_of_which(refusal):
    said = 'level = "named"\nbasis = "explicit"\npage = "3"\nevidence = ' + rawtown.text("said")
    use_tags(
        rawtown.tags()
        + f"""
[[tags]]
initiative = "stations"
of = ["equity"]
{said}

[[tags]]
initiative = "ghosts"
of = ["equity"]
{said}

[[tags]]
initiative = "lanes"
of = ["luck"]
{said}

[[tags]]
initiative = "lanes"
of = ["economy"]
level = "much"
coder = "nobody"
evidence = {rawtown.text("said")}
"""
    )

    found = refusal("fix_recipe")

    assert [(one.kind, one.at) for one in found] == [
        ("duplicate_rows", 0),
        ("leads_nowhere", 0),
        ("not_among", "lanes · luck"),
        ("not_among", "lanes · economy"),
        ("left_out", "lanes · economy"),
    ]
    assert found[0] == Problem("duplicate_rows", {"path": "tags.csv", "got": 1})
    assert [one.fields["got"] for one in found[1:4]] == ["ghosts", "luck", "much"]


@pytest.mark.parametrize(
    ("level", "more"),
    [
        ("described", 'basis = "explicit"\npage = "3"'),
        ("named", 'basis = "explicit"'),
        ("named", 'page = "3"'),
    ],
)
def test_nothing_is_signed_by_the_paper_that_it_does_not_say_on_a_page(refusal, level, more):
    entry = f'initiative = "lanes"\nof = ["economy"]\nlevel = "{level}"\n{more}'
    use_tags(f"{rawtown.tags()}\n[[tags]]\n{entry}\nevidence = {rawtown.text('said')}\n")

    assert refusal("fix_recipe") == [
        Problem("not_signed", {"path": "tags.csv", "got": level}, "lanes · economy")
    ]


def test_a_layer_of_an_initiative_that_nobody_lists_is_refused(refusal):
    use(rawtown.recipe().replace('initiatives = ["lanes"]', 'initiatives = ["lanes", "ghosts"]'))

    assert refusal("fix_recipe") == [
        Problem(
            "leads_nowhere",
            {"path": "lanes", "got": "ghosts", "allowed": "cameras, lanes, stations"},
        )
    ]


def test_every_fault_of_the_money_is_refused(refusal, town):
    use(rawtown.recipe(money=True))
    stray = pd.DataFrame(
        {
            "unit": "zone",
            "id": ["0101", "9999", None, "0102"],
            "year": [2020, 2020, 2020, 2018],
            "amount": [1.0, 1.0, 1.0, np.inf],
            "currency": "CLP",
        }
    )
    town.investment = changed(
        rawtown.money,
        lambda table: pd.concat([table[table["year"] == 2020], stray], ignore_index=True),
    )

    assert refusal("fix_recipe") == [
        Problem("unknown_unit_id", {"unit": "zone", "got": "9999"}),
        Problem("duplicate_rows", {"path": "investment.csv", "got": 1}),
        Problem("missing_values", {"path": "investment.csv"}),
        Problem("missing_values", {"path": "investment.csv money-2019"}),
    ]


def test_a_layer_of_money_needs_a_table_of_it(refusal):
    use(rawtown.recipe(money=True))

    assert refusal("fix_recipe") == [
        Problem("missing_values", {"path": "investment.csv money-2020"}),
        Problem("missing_values", {"path": "investment.csv money-2019"}),
    ]


def test_every_fault_of_a_build_is_in_one_refusal(refusal, town):
    use(rawtown.recipe().replace('id = "lanes"', 'id = "paths"'))
    town.indicators = changed(
        rawtown.indicators,
        lambda table: pd.concat([table, table.tail(1).assign(value=np.nan)], ignore_index=True),
    )

    assert refusal("fix_recipe") == [
        Problem("unlisted_initiative", {"got": "lanes"}),
        Problem(
            "leads_nowhere",
            {"path": "lanes", "got": "lanes", "allowed": "cameras, paths, stations"},
        ),
        Problem("duplicate_rows", {"path": "indicators.csv", "got": 1}),
        Problem("missing_values", {"path": "indicators.csv"}),
        Problem(
            "leads_nowhere",
            {"path": "tags.csv", "got": "lanes", "allowed": "cameras, paths, stations"},
        ),
    ]


def test_a_refusal_is_one_line_that_names_the_city(town, build):
    town.indicators = changed(rawtown.indicators, lambda table: pd.concat([table, table.head(1)]))

    with pytest.raises(BuildError) as caught:
        build()

    line = str(caught.value)
    assert rawtown.CITY in line
    assert "indicators.csv" in line
    assert "\n" not in line
