"""The published cities: each file is the one described, says what it must, and adds up.

Counts are those of the papers that came with the raw files; whoever updates a layer updates
them here, and sees what changed.
"""

import csv
import hashlib
import importlib.resources
import json
import re
from collections import Counter
from pathlib import Path

import geopandas as gpd
import jsonschema
import numpy as np
import pandas as pd
import pytest
import referencing
import shapely
from house import some

from sixes_geo.analysis.options import needs_of
from sixes_geo.build import rio
from sixes_geo.city import investment, tables
from sixes_geo.city.catalog import MANIFEST, city_names
from sixes_geo.city.listing import LISTING
from sixes_geo.city.model import PeopleYears
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import LANGUAGES
from sixes_geo.spatial.placement import anchor_points, locate

ROOT = Path(__file__).parents[2]
GEODATA = ROOT / "geodata"
CITIES = ("medellin", "rio", "santiago")
LARGEST_FOLDER = 9_500_000
"""Ipea's 6,782 hexagons of Rio take 3 MB with their figures. The server reads them once, and a
browser is sent one level of units at a time: 100 kB for these."""

REBUILD = "rebuild it with `python -m sixes_geo build CITY --raw DIR`; nothing is edited by hand"

NEAR_M = 25.0
"""Borders are generalised by up to 20 m, and lines by 8 m: a site may seem to stand outside."""

SNAP_M = {"rio": rio.SNAP_M}
"""Rio's source gives a point on water or a viaduct to the nearest bairro within 500 m."""

GAPS_M2 = {
    ("medellin", "comuna"): 170,
    ("medellin", "barrio"): 658_900,
    ("medellin", "region"): 9_180_000,
}
"""Gaps that the sources hold: a hole of 160 m2, two nameless strips that are no barrios, and
what the study of regions leaves out, where almost nobody lives."""

UNITS = {
    ("medellin", "comuna"): 21,
    ("medellin", "barrio"): 330,
    ("medellin", "region"): 176,
    ("rio", "ra"): 33,
    ("rio", "bairro"): 165,
    ("santiago", "comuna"): 34,
    ("santiago", "zone"): 1644,
}

HEXAGONS = {"medellin": (623, 500), "santiago": (1002, 1000)}
"""Cells of our own grids, and metres between opposite sides."""

UNINHABITED = {"medellin": 79, "rio": 390, "santiago": 72}
"""Cells kept for a site alone; in Rio 278 are kept for jobs or services, and 112 for a site."""

IPEA = {"cells": 6782, "people": 6_141_600, "jobs": 1_580_698, "few": 873, "in_few": 17_706}
"""Rio's hexagons, as their papers count them, with the 112 that are kept for a site."""

INVESTMENT_TOTALS = {2008: 1_795_219, 2016: 3_125_667, 2024: 7_838_706}
"""Millions of pesos, added up from the raw file; its papers tell 1.795 and 7.839 billones."""

PEOPLE = {
    "medellin": (245, 2_221_918),
    "rio": (6392, 6_183_219),
    "santiago": (42_587, 6_081_855),
}
"""People points and the people in them; Rio's total is IPP's, without the 752 of Argentino."""

SITES = {
    ("medellin", "encicla-2026"): 116,  # 119 rows, less a double, a point twice and a device
    ("medellin", "encicla-2020"): 68,
    ("medellin", "ev-chargers-epm-2026"): 21,
    ("medellin", "ev-chargers-other-2026"): 44,
    ("medellin", "libraries-2018"): 32,
    ("medellin", "library-parks-2018"): 9,
    ("medellin", "traffic-cameras"): 65,
    ("medellin", "schools-2024"): 779,
    ("medellin", "public-schools-2024"): 423,
    ("rio", "cameras-2026"): 3678,
    ("rio", "cameras-2023"): 3476,
    ("rio", "rain-gauges"): 33,
    ("rio", "rain-gauges-federal"): 28,
    ("rio", "siren-communities"): 72,  # 73 rows, one of which is the operations centre
    ("rio", "knowledge-centres"): 10,
    ("rio", "small-knowledge-centres"): 11,
    ("rio", "upp-areas"): 37,  # 38, less the one never installed
    ("rio", "metro"): 41,
    ("rio", "bike-parking"): 1058,
    ("rio", "family-clinics"): 129,
    ("rio", "municipal-health"): 346,
    ("rio", "municipal-schools"): 1590,
    ("rio", "bus-stops"): 7752,
    ("santiago", "bike-share-2015"): 142,
    ("santiago", "bike-share-2022"): 238,
    ("santiago", "bike-share-2026"): 198,
    ("santiago", "ev-chargers-2023"): 169,
    ("santiago", "cycleways-2019"): 619,
    ("santiago", "cycleways-existing"): 195,
    ("santiago", "air-sensors"): 9,
}

CAPACITY = {
    ("medellin", "encicla-2020"): 1755,  # docks
    ("santiago", "bike-share-2026"): 3075,  # docks
    ("santiago", "ev-chargers-2023"): 472,  # chargers
    ("santiago", "cycleways-2019"): 318.6,  # km
    ("santiago", "cycleways-existing"): 214.5,
    ("santiago", "cycleways-plan"): 935.0,
}

BIKE_SHARE = {
    2022: {
        "Las Condes": 96,
        "Providencia": 58,
        "Santiago": 50,
        "Ñuñoa": 15,
        "Vitacura": 14,
        "Independencia": 3,
        "San Joaquín": 2,
    },
    2026: {
        "Las Condes": 95,
        "Providencia": 67,
        "Ñuñoa": 20,
        "Vitacura": 13,
        "Independencia": 3,
    },
}

PAPER = "Irazábal & Jirón (2020)"

SITE_PROPERTIES = {
    "id",
    "initiative",
    "year",
    "name",
    "capacity",
    "precision_m",
    "district",
    "zone",
}
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
ADDRESS = re.compile(r"\w+://|www\.|\b\d{1,3}(?:\.\d{1,3}){3}\b", re.IGNORECASE)

each_city = pytest.mark.parametrize("name", CITIES)
each_grid = pytest.mark.parametrize("name", HEXAGONS)
each_unit = pytest.mark.parametrize(("name", "unit"), UNITS)
each_named_unit = pytest.mark.parametrize(
    ("name", "unit"), [one for one in UNITS if one[1] != "region"]
)


def manifest_of(name):
    return json.loads((GEODATA / name / MANIFEST).read_text(encoding="utf-8"))


def city_of(name):
    return open_city(name, GEODATA)


def unit_of(city, name):
    return next(one for one in city.units if one.unit == name)


def named_units(city):
    """Return the levels that sites and people name."""
    return [unit for unit in city.units if unit.level in ("district", "zone")]


def in_metres(city, unit):
    return tables.read_units(city, unit).to_crs(city.crs)


def features(name, file):
    return json.loads((GEODATA / name / file).read_text(encoding="utf-8"))["features"]


def rows(name, file):
    with (GEODATA / name / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def sites_of(city, layer):
    found = tables.read_sites(city)
    found = found[found["initiative"].isin(layer.initiatives)]
    return found if layer.year is None else found[found["year"] == layer.year]


def layer_of(city, name):
    return next(one for one in city.layers if one.layer == name)


def twice(values):
    return sorted(value for value, times in Counter(values).items() if times > 1)


# ---------------------------------------------------------------- files and manifests


def test_these_are_all_the_cities_and_nothing_lies_between_them():
    assert city_names(GEODATA) == CITIES
    assert {path.name for path in GEODATA.iterdir()} == {*CITIES, "README.md", LISTING}


@each_city
def test_every_file_is_the_one_its_manifest_describes(name):
    wrong = []
    for entry in manifest_of(name)["resources"]:
        data = (GEODATA / name / entry["path"]).read_bytes()
        if entry["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}":
            wrong.append(f"{entry['path']}: other checksum")
        if entry["bytes"] != len(data):
            wrong.append(f"{entry['path']}: {len(data)} bytes in place of {entry['bytes']}")

    assert not wrong, REBUILD


@each_city
def test_no_file_is_undescribed(name):
    described = [entry["path"] for entry in manifest_of(name)["resources"]]

    assert sorted([*described, MANIFEST]) == sorted(p.name for p in (GEODATA / name).iterdir())


@each_city
def test_a_city_is_light_enough_to_be_carried_about(name):
    assert sum(path.stat().st_size for path in (GEODATA / name).iterdir()) < LARGEST_FOLDER


def official_faults(manifest):
    """List where a manifest departs from the Data Package standard; nothing is fetched."""
    profile = importlib.resources.files("dplib") / "profiles" / "2.0" / "datapackage.json"
    schema = json.loads(profile.read_text(encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)
    check.check_schema(schema)
    faults = check(schema, registry=referencing.Registry()).iter_errors(manifest)
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in faults]


@each_city
def test_a_manifest_follows_the_data_package_standard(name):
    assert official_faults(manifest_of(name)) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"resources": []},
        {"resources": [{"name": "zones"}]},
        {"resources": [{"name": "zones", "path": "/etc/passwd"}]},
        {"resources": [{"name": "zones", "path": "a.csv", "bytes": "many"}]},
    ],
)
def test_the_standard_refuses_a_broken_manifest(broken):
    assert official_faults({**manifest_of("rio"), **broken})


@each_city
def test_a_manifest_follows_our_own_schema(name):
    path = ROOT / "sixes_geo" / "city" / "manifest.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema, registry=referencing.Registry())

    assert [fault.message for fault in check.iter_errors(manifest_of(name))] == []
    assert list(check.iter_errors({**manifest_of(name), "sixes:raw": [{}]}))


@each_city
def test_a_table_has_the_columns_its_manifest_tells(name):
    for entry in some(one for one in manifest_of(name)["resources"] if "schema" in one):
        with (GEODATA / name / entry["path"]).open(encoding="utf-8") as table:
            header = table.readline().strip().split(",")
        assert header == [field["name"] for field in entry["schema"]["fields"]], entry["path"]


@each_city
def test_licences_and_sources_are_never_empty(name):
    manifest = manifest_of(name)
    silent = [
        entry["path"]
        for entry in manifest["resources"]
        if not entry["licenses"]
        or not entry["sources"]
        or not all(one["name"].strip() and one["title"].strip() for one in entry["licenses"])
        or not all(one["title"].strip() for one in entry["sources"])
        or not entry["sixes:vintage"].strip()
    ]
    silent += [
        entry["path"]
        for entry in manifest["sixes:raw"]
        if not all(entry[key].strip() for key in ("licence", "publisher", "origin", "vintage"))
    ]

    assert not silent


def texts(node, path=""):
    """Return every text for readers with its place, however deep."""
    if isinstance(node, list):
        return [text for n, part in enumerate(node) for text in texts(part, f"{path}[{n}]")]
    if not isinstance(node, dict):
        return []
    if set(node) & set(LANGUAGES):
        return [(path, node)]
    return [text for key, part in node.items() for text in texts(part, f"{path}.{key}")]


@each_city
def test_every_text_exists_in_every_language(name):
    found = texts(manifest_of(name))
    silent = [
        path
        for path, text in found
        if set(text) != set(LANGUAGES) or not all(words.strip() for words in text.values())
    ]
    silent += [
        f"initiatives.csv {row['id']} {column}"
        for row in rows(name, "initiatives.csv")
        for column in (f"{what}_{one}" for what in ("name", "facts") for one in LANGUAGES)
        if not row[column].strip()
    ]

    assert len(found) > 150
    assert not silent


# ---------------------------------------------------------------- names that lead somewhere


@each_city
def test_no_id_stands_twice(name):
    city = city_of(name)
    doubles = {
        "sites": twice(one["properties"]["id"] for one in features(name, "sites.geojson")),
        "people": twice(tables.read_people(city)["id"]),
        "initiatives": twice(row["id"] for row in rows(name, "initiatives.csv")),
        "indicators": twice(
            (row["unit"], row["id"], row["indicator"], row["year"])
            for row in rows(name, "indicators.csv")
        ),
        **{
            unit.unit: twice(
                one["properties"]["id"] for one in features(name, f"{unit.resource}.geojson")
            )
            for unit in city.units
        },
    }
    if tables.has(city, "investment"):
        money = rows(name, "investment.csv")
        doubles["investment"] = twice((row["unit"], row["id"], row["year"]) for row in money)

    assert {what: ids for what, ids in doubles.items() if ids} == {}


@each_city
def test_every_figure_belongs_to_a_listed_indicator_and_an_existing_unit(name):
    city = city_of(name)
    known = {unit.unit: set(tables.read_units(city, unit)["id"]) for unit in city.units}
    listed = {
        (one.indicator, unit, year)
        for one in city.indicators
        for unit, years in one.years.items()
        for year in years
    }
    table = rows(name, "indicators.csv")

    assert {(row["indicator"], row["unit"], int(row["year"])) for row in table} == listed
    assert [row for row in table if row["id"] not in known[row["unit"]]] == []
    if tables.has(city, "investment"):
        money = rows(name, "investment.csv")
        assert [row for row in money if row["id"] not in known[row["unit"]]] == []


@each_city
def test_every_figure_is_a_number_within_its_own_limits(name):
    city = city_of(name)
    table = pd.read_csv(GEODATA / name / "indicators.csv", dtype={"id": str})
    bounded = table.dropna(subset=["lower", "upper"])
    percent = [one.indicator for one in city.indicators if one.format == "percent"]
    shares = table.loc[table["indicator"].isin(percent), "value"]

    assert np.isfinite(table["value"]).all()
    assert (table["lower"].isna() == table["upper"].isna()).all()
    assert bounded["value"].between(bounded["lower"], bounded["upper"]).all()
    assert shares.between(0, 100).all()
    assert (table.loc[table["indicator"] == "population", "value"] >= 0).all()


@each_city
def test_every_indicator_ranks_enough_units_to_be_a_need(name):
    city = city_of(name)
    for one in some(one for one in city.indicators if one.indicator != "modal_stratum"):
        for unit, years in some(one.years.items()):
            for year in some(years):
                values = tables.figures(city, unit_of(city, unit), one.indicator, year)["value"]
                assert values.nunique() > 10, (one.indicator, unit, year)


@each_city
def test_every_caution_speaks_of_units_and_years_that_exist(name):
    city = city_of(name)
    known = {unit.unit: set(tables.read_units(city, unit)["id"]) for unit in city.units}
    stray = [
        (one.indicator, flag.unit, flag.year, sorted(set(flag.ids) - known.get(flag.unit, set())))
        for one in city.indicators
        for flag in one.flags
        if not set(flag.ids) <= known.get(flag.unit, set())
        or not (flag.year is None or flag.year in one.years[flag.unit])
    ]

    assert not stray


@each_city
def test_layers_and_sites_name_initiatives_that_exist(name):
    city = city_of(name)
    known = {one.id for one in tables.read_initiatives(city)}
    sites = tables.read_sites(city)

    for layer in city.layers:
        assert set(layer.initiatives) <= known, layer.layer
    assert set(sites["initiative"]) <= known


@each_city
def test_every_site_is_in_some_layer(name):
    city = city_of(name)
    shown = {site for layer in city.layers for site in sites_of(city, layer)["id"]}

    assert set(tables.read_sites(city)["id"]) == shown


@each_city
def test_the_paper_is_cited_by_one_address_in_every_city(name):
    cited = [row for row in rows(name, "initiatives.csv") if PAPER in row["source"]]

    assert len(cited) >= 3
    assert {row["source_url"] for row in cited if row["source"] == PAPER} == {
        "https://ideas.repec.org/a/sae/urbstu/v58y2021i3p507-534.html"
    }


@each_city
def test_raw_files_named_by_anything_are_described(name):
    city = city_of(name)
    described = {raw.path for raw in city.raw}
    named = {path for one in [*city.indicators, *city.layers, *city.context] for path in one.raw}
    sources = {source.path for resource in city.resources for source in resource.sources}

    assert named <= described
    assert sources - {""} == described  # what we wrote ourselves names no file


@each_city
def test_context_has_shapes_for_everything_the_manifest_lists(name):
    city = city_of(name)
    drawn = {one["properties"]["context"] for one in features(name, "context.geojson")}

    assert drawn == {one.context for one in city.context}


def test_santiagos_urban_limit_is_one_outline():
    context = tables.read_context(city_of("santiago"))
    limit = context[context["context"] == "urban-limit"].to_crs("EPSG:32719")

    assert len(limit) == 1
    assert limit.geom_type.item() == "Polygon"
    assert limit.area.item() / 1e6 == pytest.approx(782.4, abs=1)
    assert len(limit.geometry.iloc[0].interiors) == 0


# ---------------------------------------------------------------- nothing private


@each_city
def test_sites_and_context_hold_only_the_properties_agreed(name):
    sites = {key for one in features(name, "sites.geojson") for key in one["properties"]}
    context = {key for one in features(name, "context.geojson") for key in one["properties"]}
    people = set(tables.read_people(city_of(name)).columns)

    assert sites <= SITE_PROPERTIES
    assert context <= {"context", "name"}
    assert people == {"id", "lon", "lat", "people", "district", "zone"}


@each_city
def test_no_e_mail_address_lies_anywhere(name):
    found = {
        path.name: E_MAIL.findall(path.read_text(encoding="utf-8"))
        for path in (GEODATA / name).iterdir()
        if path.suffix != ".parquet"
    }

    assert {file: mails for file, mails in found.items() if mails} == {}


@each_city
def test_no_address_of_a_camera_or_a_stream_lies_among_the_sites(name):
    values = [
        str(value)
        for file in ("sites.geojson", "context.geojson")
        for one in features(name, file)
        for value in one["properties"].values()
    ]

    assert [value for value in values if ADDRESS.search(value)] == []


@pytest.mark.parametrize(
    "address",
    ["rtsp://cam", "http://10.0.0.1/x", "HTTPS://a", "www.a.org", "user at 10.20.30.40:554"],
)
def test_an_address_would_be_noticed(address):
    assert ADDRESS.search(address)
    assert E_MAIL.search("write to nombre.apellido@ejemplo.cl now")
    assert not ADDRESS.search("Av. 1.500 / 24.7")


# ---------------------------------------------------------------- shapes


@each_city
def test_every_shape_is_valid_and_has_five_decimals(name):
    for file in ("districts", "zones", "hexagons", "sites", "context"):
        frame = gpd.read_file(GEODATA / name / f"{file}.geojson")
        shapes = frame.geometry.to_numpy()[frame.geometry.notna()]
        corners = shapely.get_coordinates(shapes)
        fine = np.abs(corners - np.round(corners, 5)).max(axis=1) > 1e-9

        assert shapely.is_valid(shapes).all(), file
        assert not shapely.is_empty(shapes).any(), file
        # Only what five decimals would swallow, a few pieces of cycleway of 10 to 40 cm, is finer.
        assert fine.sum() <= (8 if (name, file) == ("santiago", "sites") else 0), file


@each_unit
def test_units_form_a_coverage(name, unit):
    city = city_of(name)
    degrees = tables.read_units(city, unit_of(city, unit)).geometry.to_numpy()
    shapes = in_metres(city, unit_of(city, unit)).geometry.to_numpy()
    whole = shapely.union_all(shapes)
    holes = [
        shapely.area(shapely.polygons(hole))
        for part in shapely.get_parts(whole)
        for hole in part.interiors
    ]

    assert len(shapes) == UNITS[name, unit]
    assert set(shapely.get_type_id(shapes)) <= {3, 6}  # polygons, single or several
    assert shapely.coverage_is_valid(degrees)
    assert shapely.area(shapes).sum() - shapely.area(whole) == pytest.approx(0, abs=1)
    assert sum(holes) <= GAPS_M2.get((name, unit), 0)


@each_grid
def test_hexagons_are_regular_and_share_their_sides(name):
    city = city_of(name)
    unit = unit_of(city, "hexagon")
    many, across = HEXAGONS[name]
    shapes = in_metres(city, unit).geometry
    centres = shapes.centroid.to_numpy()
    tree = shapely.STRtree(centres)
    near, next_ = tree.query(centres, predicate="dwithin", distance=1.5 * across)
    apart = shapely.distance(centres[near], centres[next_])[near != next_]

    assert len(shapes) == many
    assert shapely.coverage_is_valid(tables.read_units(city, unit).geometry.to_numpy())
    assert set(shapely.get_num_coordinates(shapes.to_numpy())) == {7}
    # Five decimals move a corner by up to 80 cm.
    assert apart == pytest.approx(across, abs=2)
    assert shapes.area.to_numpy() == pytest.approx(across**2 * 3**0.5 / 2, rel=0.004)


@each_city
def test_every_site_of_a_city_stands_in_one_hexagon(name):
    city = city_of(name)
    cells = tables.read_units(city, unit_of(city, "hexagon"))
    sites = tables.read_sites(city)
    ours = sites[sites["district"].notna()]
    found = locate(anchor_points(ours.geometry, crs=city.crs), cells, crs=city.crs)

    assert len(ours) > 300
    assert found.notna().all()


@each_city
def test_every_hexagon_has_people_or_a_site(name):
    city = city_of(name)
    unit = unit_of(city, "hexagon")
    cells = tables.read_units(city, unit)
    people = tables.figures(city, unit, *unit.population)["value"]
    sites = tables.read_sites(city)
    ours = sites[sites["district"].notna()]
    standing = set(locate(anchor_points(ours.geometry, crs=city.crs), cells, crs=city.crs))
    empty = set(people.index[people == 0])

    assert people.notna().all()
    assert len(empty) == UNINHABITED[name]
    # The source keeps cells where people work, learn or are treated; not all have formal jobs.
    assert len(empty - standing - worked_in(city, unit)) <= (60 if name == "rio" else 0)
    assert people[people > 0].min() >= 1
    total = IPEA["people"] if name == "rio" else PEOPLE[name][1]
    assert people.sum() == pytest.approx(total, abs=1)


def worked_in(city, unit):
    """Return the units with jobs or businesses."""
    places = [one for one in city.indicators if one.role == "workplaces" and unit.unit in one.years]
    counts = [
        tables.figures(city, unit, one.indicator, year)["value"]
        for one in places
        for year in one.years[unit.unit]
    ]
    return {name for count in counts for name in count.index[count > 0]}


def test_rios_hexagons_are_those_of_their_source():
    city = city_of("rio")
    unit = unit_of(city, "hexagon")
    cells = in_metres(city, unit)
    people = tables.figures(city, unit, "population", 2010)["value"]
    income = tables.figures(city, unit, "income_per_head_mean", 2010)["value"]
    jobs = tables.figures(city, unit, "formal_jobs", 2019)["value"]
    few = people.between(1, 49)

    assert len(cells) == IPEA["cells"]
    assert cells["id"].str.fullmatch("89a8a[0-9a-f]{6}ffff").all()
    assert (people.sum(), jobs.sum()) == (IPEA["people"], IPEA["jobs"])
    assert (few.sum(), people[few].sum()) == (IPEA["few"], IPEA["in_few"])
    assert income.notna().equals(people >= 50)
    assert (income * people).sum() / people[income.notna()].sum() == pytest.approx(1184, abs=3)


def test_rios_hexagons_have_the_shape_of_their_grid():
    city = city_of("rio")
    cells = in_metres(city, unit_of(city, "hexagon")).geometry
    centres = cells.centroid.to_numpy()
    near, next_ = shapely.STRtree(centres).query(centres, predicate="dwithin", distance=500)
    apart = shapely.distance(centres[near], centres[next_])[near != next_]

    assert shapely.coverage_is_valid(
        tables.read_units(city, unit_of(city, "hexagon")).geometry.to_numpy()
    )
    assert set(shapely.get_num_coordinates(cells.to_numpy())) == {7}
    assert (apart > 330).all()
    assert (apart < 375).all()  # the grid of a globe is not regular: it stretches by direction
    assert cells.area.to_numpy() == pytest.approx(108_500, rel=0.03)


def test_rios_hexagons_are_named_after_the_bairro_of_their_centre():
    city = city_of("rio")
    cells = tables.read_units(city, unit_of(city, "hexagon"))
    bairros = tables.read_units(city, unit_of(city, "bairro"))
    centres = cells.to_crs(city.crs).geometry.centroid
    inside = locate(centres, bairros, crs=city.crs, snap_m=rio.SNAP_M + NEAR_M)
    expected = inside.map(bairros.set_index("id")["name"]) + " · " + cells["id"].str[5:11]
    parent = inside.map(bairros.set_index("id")["parent"])

    assert inside.notna().all()
    assert cells["name"].is_unique
    assert (cells["name"] == expected).mean() > 0.997  # borders are generalised by up to 20 m
    assert (cells["parent"] == parent).mean() > 0.998


def test_santiagos_comunas_have_the_people_of_2024_and_shares_of_the_day():
    city = city_of("santiago")
    comuna = unit_of(city, "comuna")
    names = tables.read_units(city, comuna).set_index("id")["name"]
    arriving = tables.figures(city, comuna, "workers_arriving_share", 2012)["value"]
    present = tables.figures(city, comuna, "present_share", 2012)["value"]
    per_resident = tables.figures(city, comuna, "present_per_100_residents", 2012)["value"]
    ranked = per_resident.rename(names).sort_values()

    assert comuna.population == ("population", 2024)
    assert tables.figures(city, comuna, *comuna.population)["value"].sum() == 6_260_194
    assert arriving.sum() == pytest.approx(100, abs=0.01)
    assert present.sum() == pytest.approx(100, abs=0.01)
    assert arriving.rename(names)["Santiago"] == pytest.approx(19.8, abs=0.05)
    assert ranked.index[-2:].tolist() == ["Santiago", "Providencia"]
    assert ranked.index[:2].tolist() == ["Conchalí", "La Pintana"]


def test_workplaces_are_neither_need_nor_people():
    roles = {
        name: sorted(one.indicator for one in city_of(name).indicators if one.role == "workplaces")
        for name in CITIES
    }

    assert roles == {
        "medellin": ["business_taxpayers", "registered_companies"],
        "rio": ["formal_jobs"],
        "santiago": ["present_share", "workers_arriving_share"],
    }
    for name in CITIES:
        city = city_of(name)
        offered = {need.indicator for unit in city.units for need in needs_of(city, unit.unit)}
        assert not offered & set(roles[name])
        assert all(unit.population[0] == "population" for unit in city.units)


def test_rios_jobs_are_the_same_at_every_level():
    city = city_of("rio")
    totals = {
        unit.unit: tables.figures(city, unit, "formal_jobs", 2019)["value"].sum()
        for unit in city.units
    }
    by_bairro = tables.figures(city, unit_of(city, "bairro"), "formal_jobs", 2019)["value"]
    names = tables.read_units(city, unit_of(city, "bairro")).set_index("id")["name"]

    assert set(totals.values()) == {IPEA["jobs"]}
    assert by_bairro.rename(names)[["Centro", "Barra da Tijuca", "Botafogo"]].tolist() == [
        220_053,
        131_234,
        72_666,
    ]


def test_medellins_regions_hold_what_their_source_counts():
    city = city_of("medellin")
    region = unit_of(city, "region")
    work = tables.figures(city, region, "labour_informality", 2017)["value"]
    people = tables.figures(city, region, "population", 2017)["value"]
    shapes = in_metres(city, region)

    assert (round(work.min(), 1), round(work.max(), 1)) == (4.9, 64.0)
    assert work.notna().all()
    assert people.sum() == pytest.approx(2_217_932, abs=1)
    assert shapes.area.sum() / 1e6 == pytest.approx(91.7, abs=0.2)
    comunas = in_metres(city, unit_of(city, "comuna")).set_index("id").geometry
    assert set(shapes["parent"]) <= {str(number) for number in range(1, 17)}
    parents = comunas.reindex(shapes["parent"]).to_numpy()
    shared = shapely.area(shapely.intersection(shapes.geometry.to_numpy(), parents))
    assert (shared / shapes.area.to_numpy()).min() > 0.4


def test_medellins_modal_stratum_is_a_class_and_no_need():
    city = city_of("medellin")
    stratum = next(one for one in city.indicators if one.indicator == "modal_stratum")
    values = tables.figures(city, unit_of(city, "barrio"), "modal_stratum", 2025)["value"].dropna()

    assert stratum.role == "other"
    assert set(values) <= {1, 2, 3, 4, 5, 6}
    assert len(values) > 200


def test_cameras_watch_wherever_they_are():
    watching = {
        (name, layer.layer)
        for name in CITIES
        for layer in city_of(name).layers
        if layer.kind == "camera" and layer.role == "surveillance"
    }
    every = {
        (name, layer.layer)
        for name in CITIES
        for layer in city_of(name).layers
        if layer.kind == "camera"
    }

    assert watching == every
    assert ("medellin", "traffic-cameras") in every


@each_grid
def test_a_hexagon_is_named_after_the_district_most_of_it_lies_in(name):
    city = city_of(name)
    cells = in_metres(city, unit_of(city, "hexagon"))
    district = next(one for one in city.units if one.level == "district")
    shapes = in_metres(city, district).set_index("id")
    parents = shapes.loc[cells["parent"]]
    shared = shapely.area(
        shapely.intersection(cells.geometry.to_numpy(), parents.geometry.to_numpy())
    )
    beyond = 1 - shapely.area(
        shapely.intersection(cells.geometry.to_numpy(), shapes.geometry.union_all())
    ) / shapely.area(cells.geometry.to_numpy())

    assert cells["id"].str.fullmatch(r"H\d\d-\d\d").all()
    assert (cells["name"] == parents["name"].to_numpy() + " · " + cells["id"]).all()
    assert (shared > 0).all()
    assert (shared[beyond < 0.01] / cells.area[beyond < 0.01] >= 0.25).all()


@each_grid
def test_needs_of_hexagons_lie_between_those_they_come_from(name):
    city = city_of(name)
    hexagon = unit_of(city, "hexagon")
    needs = [one for one in city.indicators if one.role == "need" and "hexagon" in one.years]

    of_named = {unit.unit for unit in named_units(city)}
    assert len(needs) == sum(
        one.role == "need" and bool(of_named & set(one.years)) for one in city.indicators
    )
    for one in needs:
        zone = next((unit for unit in city.units[1:2] if one.years.get(unit.unit)), city.units[0])
        years = one.years[zone.unit] if zone.level == "zone" else (max(one.years[zone.unit]),)
        assert one.years["hexagon"] == tuple(years), one.indicator
        for year in years:
            origin = tables.figures(city, zone, one.indicator, year)["value"]
            cells = tables.figures(city, hexagon, one.indicator, year)
            assert (
                cells["value"]
                .between(origin.min() - 0.01, origin.max() + 0.01)[cells["value"].notna()]
                .all()
            )
            assert cells[["lower", "upper"]].isna().all(axis=None)  # those of a unit do not hold


@each_city
def test_where_nobody_lives_a_hexagon_has_no_need(name):
    city = city_of(name)
    unit = unit_of(city, "hexagon")
    people = tables.figures(city, unit, *unit.population)["value"]

    needs = [one for one in city.indicators if one.role == "need" and "hexagon" in one.years]
    for one in some(needs):
        for year in some(one.years["hexagon"]):
            need = tables.figures(city, unit, one.indicator, year)["value"]
            assert need[people == 0].isna().all()
            assert people[need.notna()].sum() > 0.94 * people.sum(), (one.indicator, year)


@each_unit
def test_units_are_named(name, unit):
    city = city_of(name)
    units = tables.read_units(city, unit_of(city, unit))

    assert (units["id"].str.len() > 0).all()
    assert (units["name"].str.strip().str.len() > 0).all()
    assert units["id"].is_monotonic_increasing


@each_city
def test_every_zone_lies_in_a_district_that_exists(name):
    city = city_of(name)
    district, zone = (
        next(one for one in city.units if one.level == level) for level in ("district", "zone")
    )
    districts, zones = tables.read_units(city, district), tables.read_units(city, zone)

    assert set(zones["parent"]) == set(districts["id"])
    assert set(districts["parent"]) == {""}


@each_city
def test_a_zone_lies_in_the_district_it_names(name):
    city = city_of(name)
    district, zone = (
        next(one for one in city.units if one.level == level) for level in ("district", "zone")
    )
    zones = in_metres(city, zone)
    parents = in_metres(city, district).set_index("id").geometry.reindex(zones["parent"])
    shared = shapely.area(shapely.intersection(zones.geometry.to_numpy(), parents.to_numpy()))
    share = pd.Series(shared / zones.area.to_numpy(), index=zones["id"])

    # Medellin's expansion areas and institutions belong to the district that holds most of them.
    assert share[share < 0.5].empty


@each_city
def test_cities_lie_where_they_lie(name):
    west, south, east, north = {
        "medellin": (-75.73, 6.15, -75.46, 6.39),
        "rio": (-43.80, -23.09, -43.09, -22.74),
        "santiago": (-70.96, -33.76, -70.17, -33.09),
    }[name]
    city = city_of(name)

    for unit in some(named_units(city)):
        bounds = tables.read_units(city, unit).total_bounds
        assert bounds[0] > west
        assert bounds[1] > south
        assert bounds[2] < east
        assert bounds[3] < north


# ---------------------------------------------------------------- sites and people


@each_named_unit
def test_every_site_stands_in_the_unit_it_names(name, unit):
    city = city_of(name)
    level = unit_of(city, unit).level
    shapes = in_metres(city, unit_of(city, unit)).set_index("id").geometry
    sites = tables.read_sites(city)
    sites = sites[sites.geometry.notna()].reset_index(drop=True)
    points = anchor_points(sites.geometry, crs=city.crs).to_crs(city.crs).to_numpy()
    named = sites[level].notna().to_numpy()
    own = shapely.distance(points[named], shapes.reindex(sites.loc[named, level]).to_numpy())
    tree = shapely.STRtree(shapes.to_numpy())
    nearest = tree.query_nearest(points[named], return_distance=True, all_matches=False)[1]

    # A snapped site is in no unit, names its nearest one, and that one is near enough.
    snapped = (nearest > 0) & (own <= nearest + NEAR_M) & (own <= SNAP_M.get(name, 0.0))
    assert sites.loc[named].loc[~((own <= NEAR_M) | snapped), ["id", "name", level]].empty

    whole = shapely.union_all(shapes.to_numpy())
    deep = shapely.buffer(whole, -NEAR_M)
    assert sites.loc[~named].loc[shapely.intersects(deep, points[~named]), ["id", "name"]].empty


def test_only_rio_moves_sites_into_a_unit_and_only_a_few():
    city = city_of("rio")
    whole = shapely.union_all(in_metres(city, unit_of(city, "bairro")).geometry.to_numpy())
    sites = tables.read_sites(city)
    points = anchor_points(sites.geometry, crs=city.crs).to_crs(city.crs).to_numpy()
    far = shapely.distance(points, whole) > NEAR_M

    assert SNAP_M == {"rio": 500.0}
    assert far.sum() == 7  # five cameras and a station outside the border, and one school
    assert sites.loc[far, "zone"].isna().sum() == 1


@each_city
def test_a_district_and_a_zone_named_by_one_site_belong_together(name):
    city = city_of(name)
    zone = next(one for one in city.units if one.level == "zone")
    parents = tables.read_units(city, zone).set_index("id")["parent"]
    sites = tables.read_sites(city).dropna(subset=["zone"])
    apart = sites["zone"].map(parents) != sites["district"]

    # The two levels come from maps of different years, whose borders differ by metres.
    assert sites["district"].notna().all()
    assert apart.mean() < 0.01


@each_city
def test_what_is_said_of_a_site_is_plausible(name):
    sites = tables.read_sites(city_of(name))
    doubted = sites[sites.geometry.isna()]

    assert sites["year"].between(1990, 2026).all()
    assert (sites["precision_m"] >= 0).all()
    assert not (sites["capacity"] < 0).any()
    assert (sites.loc[sites.geometry.notna(), "precision_m"] > 0).all()
    assert doubted[["district", "zone"]].isna().all(axis=None)


@each_city
def test_a_layer_has_the_kind_of_shapes_it_says(name):
    city = city_of(name)
    kinds = {"point": {"Point"}, "line": {"LineString"}, "unit": set()}
    wrong = {
        layer.layer: set(sites_of(city, layer).geometry.dropna().geom_type)
        for layer in city.layers
        if not set(sites_of(city, layer).geometry.dropna().geom_type) <= kinds[layer.geometry]
    }

    assert not wrong


@pytest.mark.parametrize(("name", "layer"), SITES)
def test_a_layer_has_as_many_sites_as_its_source(name, layer):
    city = city_of(name)

    assert len(sites_of(city, layer_of(city, layer))) == SITES[name, layer]


@pytest.mark.parametrize(("name", "layer"), CAPACITY)
def test_a_layer_holds_as_much_as_its_source(name, layer):
    city = city_of(name)
    found = sites_of(city, layer_of(city, layer))["capacity"].sum()

    assert found == pytest.approx(CAPACITY[name, layer], abs=0.05)


@pytest.mark.parametrize("year", BIKE_SHARE)
def test_santiagos_stations_stand_in_the_comunas_the_source_counts(year):
    city = city_of("santiago")
    names = tables.read_units(city, unit_of(city, "comuna")).set_index("id")["name"]
    stations = sites_of(city, layer_of(city, f"bike-share-{year}"))

    assert stations["district"].map(names).value_counts().to_dict() == BIKE_SHARE[year]


def test_medellins_bicycle_stations_beyond_the_city_are_kept_and_placed_nowhere():
    city = city_of("medellin")
    stations = sites_of(city, layer_of(city, "encicla-2026"))

    assert stations["district"].isna().sum() == 44
    assert stations["zone"].isna().sum() == 44
    assert stations["district"].notna().sum() == 72
    assert stations.geometry.notna().all()


@pytest.mark.parametrize("year", range(2008, 2025))
def test_medellins_money_adds_up_to_the_citys_series_and_all_of_it_has_a_place(year):
    city = city_of("medellin")
    layer = layer_of(city, f"public-investment-{year}")
    money = investment.read_investment(city, unit_of(city, layer.unit), layer.year)

    assert (layer.per_unit, layer.weights, layer.currency) == (True, ("amount",), "COP")
    assert len(money.amounts.dropna()) == 21
    assert (money.unplaced, money.currency) == (0, "COP")
    if year in INVESTMENT_TOTALS:
        assert money.amounts.sum() == INVESTMENT_TOTALS[year] * 1_000_000


@each_city
def test_a_year_stands_in_every_text_of_a_layer_of_money(name):
    for layer in some(city_of(name).layers):
        if layer.per_unit:
            for told in (layer.title, layer.noun, layer.note):
                assert all(str(layer.year) in words for words in told.values())
                assert not any("{" in words for words in told.values())


@pytest.mark.parametrize(
    ("name", "series", "years"),
    [
        ("santiago", "bike-share", [2015, 2022, 2026]),
        ("medellin", "encicla", [2020, 2026]),
        ("medellin", "public-investment", list(range(2008, 2025))),
        ("rio", "cameras", [2023, 2026]),
    ],
)
def test_a_series_holds_its_dates(name, series, years):
    city = city_of(name)
    dates = [layer.year for layer in city.layers if layer.series == series]

    assert sorted(dates) == years
    assert series in {one.series for one in city.series}


@pytest.mark.parametrize(
    ("name", "before", "after", "kept"),
    [
        ("santiago", "bike-share-2015", "bike-share-2022", 89),
        ("santiago", "bike-share-2022", "bike-share-2026", 168),
        ("medellin", "encicla-2020", "encicla-2026", 58),
        ("rio", "cameras-2023", "cameras-2026", 2599),
    ],
)
def test_places_kept_from_date_to_date_are_as_many_as_the_radius_was_chosen_by(
    name, before, after, kept
):
    city = city_of(name)
    old, new = (
        shapely.get_coordinates(
            sites_of(city, layer_of(city, one)).to_crs(city.crs).geometry.to_numpy()
        )
        for one in (before, after)
    )
    within = next(one for one in city.series if one.series in layer_of(city, before).series)
    apart = np.hypot(*(old[:, None, :] - new[None, :, :]).transpose(2, 0, 1))
    nearest = apart.argmin(axis=1)
    mutual = apart.argmin(axis=0)[nearest] == np.arange(len(old))

    assert within.kept_within_m == 100
    assert (mutual & (apart.min(axis=1) <= 100)).sum() == kept


@each_city
def test_people_points_add_up(name):
    people = tables.read_people(city_of(name))

    assert (len(people), people["people"].sum()) == PEOPLE[name]
    assert (people["people"] >= 0).all()


@pytest.mark.parametrize(
    ("name", "unit"), [("medellin", "barrio"), ("rio", "bairro"), ("santiago", "zone")]
)
def test_people_points_of_a_zone_are_its_population(name, unit):
    city = city_of(name)
    level = unit_of(city, unit)
    population = tables.figures(city, level, *level.population)["value"].dropna()
    people = tables.read_people(city).groupby("zone")["people"].sum()

    difference = people.reindex(population.index, fill_value=0) - population
    wrong = difference[difference.abs() > 1]
    # A block is placed by its centroid, which can lie in the zone next door.
    assert len(wrong) <= 0.02 * len(population)
    assert wrong.abs().sum() <= 0.01 * population.sum()


@pytest.mark.parametrize(
    ("name", "year", "least", "most"),
    [
        ("santiago", 2017, 0.99, 1.0),  # the rest is rural
        ("rio", 2022, 1.0, 1.0),
        ("medellin", 2017, 0.85, 0.95),  # urban barrios only
    ],
)
def test_people_points_are_most_of_the_population(name, year, least, most):
    city = city_of(name)
    district = next(one for one in city.units if one.level == "district")
    population = tables.figures(city, district, "population", year)["value"]
    people = tables.read_people(city)["people"].sum()

    assert population.notna().all()
    assert least <= people / population.sum() <= most


@each_city
def test_people_points_lie_in_the_units_they_name(name):
    city = city_of(name)
    people = tables.read_people(city)
    points = gpd.GeoSeries(gpd.points_from_xy(people["lon"], people["lat"]), crs=4326)
    points = points.to_crs(city.crs).to_numpy()

    for unit in some(named_units(city)):
        named = people[unit.level].notna().to_numpy()
        shapes = in_metres(city, unit).set_index("id").geometry
        own = shapes.reindex(people.loc[named, unit.level]).to_numpy()
        far = ~shapely.dwithin(points[named], own, NEAR_M)
        # The centre of a hexagon at the shore can be at sea, and takes the nearest bairro.
        assert shapely.dwithin(points[named], own, NEAR_M + SNAP_M.get(name, 0.0)).all(), unit.unit
        assert far.mean() <= (0.02 if name in SNAP_M else 0), unit.unit
        assert named.mean() > 0.999, unit.unit


def test_rios_people_points_are_the_centres_of_its_hexagons():
    city = city_of("rio")
    cells = in_metres(city, unit_of(city, "hexagon")).set_index("id").geometry
    people = tables.read_people(city).set_index("id")
    points = gpd.GeoSeries.from_xy(people["lon"], people["lat"], crs=4326).to_crs(city.crs)
    counted = tables.figures(city, unit_of(city, "hexagon"), "population", 2010)["value"]

    assert points.distance(cells.reindex(points.index).centroid).max() < 3
    assert set(people.index) == set(counted.index[counted > 0])
    assert city.people_years == PeopleYears(2022, 2010)
