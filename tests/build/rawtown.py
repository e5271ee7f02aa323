"""A small city to be built by the engine: raw files, a recipe and a module.

Four square zones of 600 m, two in each district, with uneven borders between them::

    +------+------+
    | 0102 | 0202 |
    +- 01 -+- 02 -+
    | 0101 | 0201 |
    +------+------+

All of it is made up; codes begin with a zero because some real ones do.
"""

from __future__ import annotations

import json
import types

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import LineString, Point, Polygon

CITY = "rawtown"
CRS, GEOGRAPHIC = "EPSG:32719", "EPSG:4326"
X, Y, SIDE, STEP, WAVE = 345_000, 6_298_000, 600, 5, 6.0
ACROSS = 250

ZONES = {"0101": (0, 0), "0102": (0, 1), "0201": (1, 0), "0202": (1, 1)}
PEOPLE = {"0101": 40, "0102": 30, "0201": 20, "0202": 10}
INCOME = {"0101": 100.0, "0102": 200.0, "0201": 300.0, "0202": 400.0}

# name, x, y in metres; a place 300 m outside, one nowhere, one on the border of two zones
STATIONS = [
    ("Ñ", 100, 100),
    ("second", 900, 900),
    ("outside", 1500, 300),
    ("nowhere", None, None),
    ("border", 600, 300),
]
INITIATIVES = {
    "stations": "initiative",
    "lanes": "infrastructure",
    "cameras": "surveillance",  # without a place
}
RAW = ("comunas.geojson", "zones.geojson", "figures.csv", "stations.geojson", "blocks.csv")

TOML = """
{pairs}
[city]
city = "rawtown"
crs = "EPSG:32719"
currency = "CLP"
locale = "es_CL"
version = "1"
name = {text}
country = {text}
note = {text}
view = {{ unit = "comuna", need = "income:2020", layers = ["stations"], weight = "sites" }}
"""

TAGS = """
[coders]
paper = "A paper"
own = "Us"

[sources]
paper = ["A paper", "https://paper.example"]

[[tags]]
initiative = ["stations", "lanes"]
of = ["ecology", "equity"]
level = "named"
basis = "collective"
page = "3"
evidence = {said}

[[tags]]
initiative = "stations"
of = ["equity"]
level = "unknown"
coder = "own"
strengthen = true
source = ["Nobody", ""]
evidence = {more}

[[tags]]
initiative = "cameras"
of = ["approach"]
level = "top-down"
basis = "explicit"
page = "4-5"
evidence = {said}
"""


def text(word):
    """Return one word in three languages, as a recipe holds it."""
    return f'{{ es = "{word} es", pt = "{word} pt", en = "{word} en" }}'


def _entry(table, **values):
    """Return one entry of a recipe; a value that starts with a brace is left as it is."""
    lines = [
        f"{key} = {value if str(value).startswith('{') else json.dumps(value)}"
        for key, value in values.items()
    ]
    return "\n".join([f"[[{table}]]", *lines, ""])


def _unit(unit, level, resource, **more):
    words = {key: text(unit) for key in ("one", "many", "the_k", "note")}
    return _entry(
        "units",
        unit=unit,
        level=level,
        resource=resource,
        population=["population", 2020],
        **more,
        **words,
    )


def _indicator(name, role):
    words = ("title", "unit_of_measure", "highest", "lowest", "note")
    return _entry(
        "indicators",
        indicator=name,
        role=role,
        format="number",
        decimals=0,
        higher_is_better_off=True,
        raw=["figures.csv"],
        **{key: text(name) for key in words},
    )


def _money_layer():
    """Return a layer of money that comes once a year, and its series."""
    words = {key: text("money of {year}") for key in ("title", "noun", "note")}
    layer = _entry(
        "layers",
        layer="money-{year}",
        years=[2019, 2020],
        initiatives=[],
        series="money",
        role="contrast",
        kind="money",
        geometry="unit",
        unit="zone",
        currency="CLP",
        footprint="area",
        vintage="of {year}",
        raw=["figures.csv"],
        **words,
    )
    return layer + _entry("series", series="money", title=text("money"), note=text("money"))


def tags():
    """Return the tags of the initiatives, as text."""
    return TAGS.format(said=text("said"), more=text("more"))


def _layer(name, geometry, role):
    """Return a layer of one initiative of the same name."""
    return _entry(
        "layers",
        layer=name,
        initiatives=[name],
        role=role,
        kind="station",
        geometry=geometry,
        footprint="network",
        vintage="2021",
        raw=["stations.geojson"],
        **{key: text(name) for key in ("title", "noun", "note")},
    )


def recipe(*, dissolved=False, hexagons=None, money=False, raw=RAW):
    """Return the recipe as text; `dissolved` makes the districts out of the zones.

    With `hexagons`, "points" or "zones", there are cells that hold the people found there, or
    with "source" those of a source;
    with `money` there are layers of it.
    """
    cells = {"people": hexagons, "raw": ["blocks.csv"]}
    if hexagons != "source":
        cells = {"across_m": ACROSS, "people": hexagons}
    more = {"dissolved_from": "zone"} if dissolved else {}
    files = [
        _entry(
            "raw",
            path=path,
            publisher="Nobody",
            origin="made up",
            commit="",
            licence="not-stated" if path == "blocks.csv" else "CC0-1.0",
            vintage="2021" if path == "stations.geojson" else "2020",
            **{key: text(path) for key in ("title", "changes", "note")},
        )
        for path in raw
    ]
    parts = [
        TOML.format(pairs="# made up", text=text(CITY)),
        _unit("comuna", "district", "districts", **more),
        _unit("zone", "zone", "zones"),
        *([_unit("hexagon", "hexagon", "hexagons", **cells)] if hexagons else []),
        _indicator("population", "population"),
        _indicator("income", "need"),
        _layer("stations", "point", "initiative"),
        _layer("lanes", "line", "infrastructure"),
        *([_money_layer()] if money else []),
        _entry(
            "context",
            context="limit",
            geometry="polygon",
            shown=True,
            raw=["comunas.geojson"],
            **{key: text("limit") for key in ("title", "note")},
        ),
        *(
            _entry(
                "initiatives",
                id=name,
                kind="station",
                role=role,
                footprint="network",
                approach="unknown",
                status="operating",
                source="Nobody",
                source_url="",
                from_paper=False,
                name=text(name),
                facts=text(name),
            )
            for name, role in INITIATIVES.items()
        ),
        *files,
    ]
    return "\n".join(parts)


def zone_shapes():
    """Return the zones in metres; neighbours share every corner of their uneven border."""
    shapes = {}
    for name, (column, row) in ZONES.items():
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        ring = [
            point
            for start, end in zip(corners, corners[1:] + corners[:1], strict=True)
            for point in _border(start, end)
        ]
        shapes[name] = Polygon(ring)
    return shapes


def _border(start, end):
    """Return the corners from one grid point to the next, without the last; the same both ways."""
    if start > end:
        return _walk(end, start)[:0:-1]
    return _walk(start, end)[:-1]


def _walk(start, end):
    """Return a wavy line between two grid points."""
    share = np.linspace(0, 1, SIDE // STEP + 1)
    across = WAVE * np.sin(40 * share) * np.sin(np.pi * share)
    along = np.outer(share, np.subtract(end, start)) * SIDE
    sideways = np.outer(across, np.subtract(end, start)[::-1])
    path = np.multiply(start, SIDE) + along + sideways + (X, Y)
    return [tuple(point) for point in path]


def write_raw(folder, names=RAW):
    """Write the raw files into the city's folder of raw files."""
    target = folder / CITY
    target.mkdir(parents=True, exist_ok=True)
    zones = gpd.GeoDataFrame(
        {"code": list(ZONES), "of": [name[:2] for name in ZONES]},
        geometry=list(zone_shapes().values()),
        crs=CRS,
    )
    comunas = zones.dissolve("of", as_index=False)[["of", "geometry"]]
    comunas = comunas.rename(columns={"of": "code"})
    _save(target, "zones.geojson", zones)
    _save(target, "comunas.geojson", comunas)
    points = [None if x is None else Point(X + x, Y + y) for _, x, y in STATIONS]
    stations = gpd.GeoDataFrame({"name": [row[0] for row in STATIONS]}, geometry=points, crs=CRS)
    _save(target, "stations.geojson", stations)
    (target / "figures.csv").write_text(_figures(), encoding="utf-8")
    (target / "blocks.csv").write_text(_blocks(), encoding="utf-8")
    for path in target.iterdir():
        if path.name not in names:
            path.unlink()
    return folder


def _save(folder, name, frame):
    frame.to_crs(GEOGRAPHIC).to_file(folder / name, driver="GeoJSON", COORDINATE_PRECISION=9)


def _figures():
    rows = [f"{zone},{PEOPLE[zone]},{INCOME[zone]}" for zone in ZONES]
    return "\n".join(["code,people,income", *rows]) + "\n"


def _blocks():
    """Return a block in the middle of each zone."""
    places = [
        Point(X + (column + 0.5) * SIDE, Y + (row + 0.5) * SIDE) for column, row in ZONES.values()
    ]
    degrees = gpd.GeoSeries(places, crs=CRS).to_crs(GEOGRAPHIC)
    rows = [
        f"{zone}1,{point.x:.6f},{point.y:.6f},{PEOPLE[zone]}"
        for zone, point in zip(ZONES, degrees, strict=True)
    ]
    return "\n".join(["code,lon,lat,people", *rows]) + "\n"


def module():
    """Return the city's module; a test may change what it offers."""
    town = types.ModuleType(f"sixes_geo.build.{CITY}")
    town.SNAP_M = 0.0
    town.units = units
    town.indicators = indicators
    town.sites = sites
    town.people = people
    town.investment = no_investment
    town.context = context
    town.hexagons = hexagons
    return town


def units(raw):
    """Return both levels."""
    comunas = raw.geojson("comunas.geojson").rename(columns={"code": "id"})
    zones = raw.geojson("zones.geojson").rename(columns={"code": "id", "of": "parent"})
    return {
        "comuna": comunas.assign(name="Ñ " + comunas["id"], parent=""),
        "zone": zones.assign(name=zones["id"]),
    }


def indicators(raw):
    """Return people and income of each zone, and people of each district."""
    table = raw.csv("figures.csv")
    people = pd.to_numeric(table["people"]).astype(float)
    parts = [
        _tidy("zone", table["code"], "population", people),
        _tidy("zone", table["code"], "income", pd.to_numeric(table["income"])),
    ]
    whole = people.groupby(table["code"].str[:2]).sum()
    parts.append(_tidy("comuna", whole.index, "population", whole.to_numpy()))
    return pd.concat(parts, ignore_index=True)


def _tidy(unit, ids, indicator, values):
    return pd.DataFrame(
        {
            "unit": unit,
            "id": list(ids),
            "indicator": indicator,
            "year": 2020,
            "value": list(values),
            "lower": np.nan,
            "upper": np.nan,
        }
    )


def sites(raw):
    """Return the stations and a lane that bends from one zone into the next."""
    stations = raw.geojson("stations.geojson")
    lane = LineString([(X + 50, Y + 300), (X + 300, Y + 304), (X + 750, Y + 300)])
    lanes = gpd.GeoDataFrame({"name": [""]}, geometry=[lane], crs=CRS).to_crs(GEOGRAPHIC)
    return pd.concat(
        [
            stations.assign(initiative="stations", year=2021, capacity=np.nan, precision_m=20),
            lanes.assign(initiative="lanes", year=2021, capacity=0.7, precision_m=20),
        ],
        ignore_index=True,
    )


def hexagons(raw, sites):
    """Return one cell around everything, with the people of the blocks and one more."""
    count = pd.to_numeric(raw.csv("blocks.csv")["people"]).sum() + 1.0
    whole = shapely.union_all(raw.geojson("comunas.geojson").geometry.to_numpy()).envelope
    names = {"id": ["89"], "name": [f"{len(sites)} sites"], "parent": ["01"], "people": [count]}
    cells = gpd.GeoDataFrame(names, geometry=[whole], crs=GEOGRAPHIC)
    return cells, _tidy("hexagon", ["89"], "population", [count])


def people(raw):
    """Return the blocks."""
    table = raw.csv("blocks.csv")
    points = gpd.points_from_xy(pd.to_numeric(table["lon"]), pd.to_numeric(table["lat"]))
    count = pd.to_numeric(table["people"]).astype(int)
    return gpd.GeoDataFrame({"id": table["code"], "people": count}, geometry=points, crs=GEOGRAPHIC)


def no_investment(raw):
    """Return nothing."""
    del raw


def money(raw):
    """Return what was spent in two years, from the table of figures."""
    table = raw.csv("figures.csv")
    rows = {"unit": "zone", "id": table["code"], "amount": 1.5, "currency": "CLP"}
    years = [pd.DataFrame(rows).assign(year=year) for year in (2020, 2019)]
    return pd.concat(years, ignore_index=True)[["unit", "id", "year", "amount", "currency"]]


def context(raw):
    """Return the limit of the city."""
    whole = shapely.union_all(raw.geojson("comunas.geojson").geometry.to_numpy())
    rows = {"context": ["limit"], "name": ["Rawtown"]}
    return gpd.GeoDataFrame(rows, geometry=[whole], crs=GEOGRAPHIC)
