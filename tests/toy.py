"""A toy city whose answers can be worked out by hand.

Sixteen squares of 1 km are the zones; four of them together make a district::

    y 4 km  +------+------+------+------+
            | 0303 | 0304 | 0403 | 0404 |
            +---- 03 -----+---- 04 -----+
            | 0301 | 0302 | 0401 | 0402 |
            +------+------+------+------+
            | 0103 | 0104 | 0203 | 0204 |
            +---- 01 -----+---- 02 -----+
            | 0101 | 0102 | 0201 | 0202 |
            +------+------+------+------+  x 4 km

The better off a district, the fewer people live there: ranks are .2, .55, .8 and .95.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from sixes_geo.base import writers
from sixes_geo.spatial.placement import anchor_points, locate

CRS, GEOGRAPHIC = "EPSG:32719", "EPSG:4326"
X, Y, SIDE = 340_000, 6_290_000, 1000

SCRIPT_NAME = '<script>alert(1)</script> "x"'
FORMULA_NAME = '=HYPERLINK("http://evil.example")'
ACCENT_NAME = "Ñuñoa São João"

DISTRICTS = {"01": "South West", "02": "Ñuñoa", "03": "North West", "04": "North East"}
PEOPLE = {"01": 4000, "02": 3000, "03": 2000, "04": 1000}
INCOME = {"01": 100.0, "02": 200.0, "03": 300.0, "04": 400.0}
RANK = {"01": 0.2, "02": 0.55, "03": 0.8, "04": 0.95}
POVERTY = {"01": 40.0, "02": 30.0, "04": 10.0}
ZONE_NAMES = {"0104": SCRIPT_NAME, "0203": ACCENT_NAME, "0402": FORMULA_NAME}
WITHOUT_INCOME = "0304"
WITHOUT_PEOPLE = "0204"
ZONES = tuple(f"{district}0{part}" for district in DISTRICTS for part in range(1, 5))

SENSORS = {"01": 1, "02": 1, "03": 2, "04": 4}
"""Sensors per district; the one of 01 stands on the border with 02."""

DOCKS = {"01": 10.0, "02": 20.0, "04": 30.0}
"""Docks per district; a fourth station, in 04, has none on record."""

# initiative, x, y (km), capacity, precision in metres, name; x is missing for an unknown place
POINTS = [
    ("sensors", 2.0, 0.5, None, 20, "on the border"),
    ("sensors", 2.5, 0.5, None, 20, "Ñ"),
    ("sensors", 0.5, 2.5, None, 20, ""),
    ("sensors", 0.6, 2.5, None, 20, ""),
    ("sensors", 2.5, 2.5, None, 20, SCRIPT_NAME),
    ("sensors", 3.5, 2.5, None, 20, ""),
    ("sensors", 2.5, 3.5, None, 20, ""),
    ("sensors", 3.5, 3.5, None, 20, ""),
    ("sensors", 9.0, 9.0, None, 20, "far out"),
    ("sensors", None, None, None, 20, "somewhere"),
    ("rough", 1.9, 2.5, 6, 300, "near the border of 03 and 04"),
    ("rough", 3.5, 0.5, 2, 20, "exact"),
    ("corner", 2.0, 2.0, None, 300, "where all four meet"),
    ("edge", 1.5, 2.9, None, 300, "near the zone without income"),
    ("centre", 3.5, 3.4, None, 20, "seat"),
    ("docks", 0.5, 0.5, 10, 20, "a"),
    ("docks", 2.5, 0.5, 20, 20, "b"),
    ("docks", 3.5, 3.5, 30, 20, "c"),
    ("docks", 2.5, 3.5, None, 20, "d"),
    ("empty-docks", 0.5, 0.5, None, 20, "no docks on record"),
    ("cameras", 3.5, 2.5, None, 20, ""),
    ("parks", 1.5, 3.5, None, 20, "in the zone without income"),
    ("parks", 3.5, 1.5, None, 20, "in the zone without people"),
    ("parks", 0.5, 0.5, None, 20, "in the first zone"),
    ("parks", 3.5, 3.5, None, 20, "in the last zone"),
]
LINES = [("lanes", [(0.5, 0.5), (3.9, 0.5)], 3.4), ("lanes", [(2.5, 2.5), (2.5, 3.1)], 0.6)]
"""The middle of the first lies in 02, that of the second in 04."""

BIKES = [(2020, 0.5, 0.5), (2020, 3.5, 3.5), (2024, 0.54, 0.5), (2024, 2.5, 2.5), (2024, 2.5, 3.5)]
"""One network at two dates: the station of 01 is kept, 40 m away; that of 04 moves, one is new."""

INITIATIVES = {  # id: role, footprint
    "bikes": ("initiative", "network"),
    "cameras": ("surveillance", "network"),
    "centre": ("initiative", "city-wide"),
    "corner": ("initiative", "spot"),
    "docks": ("initiative", "network"),
    "edge": ("initiative", "spot"),
    "empty-docks": ("initiative", "network"),
    "lanes": ("infrastructure", "network"),
    "parks": ("contrast", "spot"),
    "programme": ("initiative", "unknown"),
    "rough": ("initiative", "spot"),
    "sensors": ("initiative", "network"),
}
LAYERS = {  # layer: initiatives, capacity
    "sensors": (["sensors"], None),
    "rough": (["rough"], "docks"),
    "corner": (["corner"], None),
    "edge": (["edge"], None),
    "centre": (["centre"], None),
    "programme": (["programme"], None),
    "named": (["sensors", "centre", "programme"], None),
    "docks": (["docks"], "docks"),
    "empty-docks": (["empty-docks"], "docks"),
    "lanes": (["lanes"], "kilometres"),
    "cameras": (["cameras"], None),
    "parks": (["parks"], None),
    "bikes-2020": (["bikes"], None),
    "bikes-2024": (["bikes"], None),
    "whole": (["sensors", "docks", "bikes", "centre", "programme"], None),
}
"""Layers of sites; those of bikes are the dates of a series."""

MONEY = {"budget-2020": 2020, "budget-2024": 2024}
"""Layers of money per district, the dates of another series."""

BUDGET = {2020: {"01": 10.0, "02": 20.0, "03": 30.0, "04": 40.0}, 2024: {"01": 100.0, "04": 60.0}}
UNPLACED = {2024: 40.0}
"""Pesos per district and year; in 2024 two districts are missing, and some have no place."""


TAGS = [  # initiative, dimension, level, coder, to be strengthened
    ("sensors", "equity", "primary", "Ana", False),
    ("sensors", "equity", "primary", "Bo", False),
    ("sensors", "efficiency", "secondary", "Ana", False),
    ("sensors", "efficiency", "absent", "Bo", False),
    ("sensors", "public", "operator+funder", "Ana", False),
    ("docks", "equity", "secondary", "Ana", False),
    ("docks", "equity", "primary", "Bo", False),
    ("docks", "ecology", "unknown", "Ana", True),
    ("docks", "private", "partner", "Ana", False),
    ("docks", "people", "none", "Ana", False),
    ("bikes", "efficiency", "primary", "Ana", False),
    ("bikes", "public", "unknown", "Ana", True),
    ("centre", "efficiency", "primary", "Ana", False),
    ("centre", "approach", "top-down", "Ana", False),
    ("cameras", "public", "operator", "Ana", False),
]


def square(x: float, y: float, side: float = SIDE):
    """Return a square by its south-western corner, in kilometres from that of the city."""
    west, south = X + x * 1000, Y + y * 1000
    return box(west, south, west + side, south + side)


def spot(x: float, y: float):
    """Return a point, in kilometres from the south-western corner of the city."""
    return Point(X + x * 1000, Y + y * 1000)


def districts() -> gpd.GeoDataFrame:
    """Return the districts in metres."""
    rows = [
        {"id": name, "name": DISTRICTS[name], "geometry": square(x, y, 2 * SIDE)}
        for name, (x, y) in zip(DISTRICTS, [(0, 0), (2, 0), (0, 2), (2, 2)], strict=True)
    ]
    return gpd.GeoDataFrame(rows, crs=CRS)


def zones() -> gpd.GeoDataFrame:
    """Return the zones in metres."""
    rows = []
    for name in ZONES:
        district, part = int(name[:2]) - 1, int(name[2:]) - 1
        x, y = 2 * (district % 2) + part % 2, 2 * (district // 2) + part // 2
        rows.append(
            {
                "id": name,
                "name": ZONE_NAMES.get(name, f"Zone {name}"),
                "parent": name[:2],
                "geometry": square(x, y),
            }
        )
    return gpd.GeoDataFrame(rows, crs=CRS)


def sites() -> gpd.GeoDataFrame:
    """Return the sites in metres, with the district and zone each stands in."""
    rows = [
        {
            "initiative": initiative,
            "name": name,
            "capacity": capacity,
            "precision_m": precision,
            "geometry": None if x is None else spot(x, y),
        }
        for initiative, x, y, capacity, precision, name in POINTS
    ]
    rows += [
        {
            "initiative": initiative,
            "name": "",
            "capacity": length,
            "precision_m": 20,
            "geometry": LineString([spot(x, y) for x, y in corners]),
        }
        for initiative, corners, length in LINES
    ]
    rows += [
        {"initiative": "bikes", "name": "", "precision_m": 20, "geometry": spot(x, y), "year": year}
        for year, x, y in BIKES
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    frame.insert(0, "id", [str(number) for number in range(1, len(frame) + 1)])
    frame.insert(2, "year", frame.pop("year").fillna(2024).astype(int))
    anchors = anchor_points(frame.geometry, crs=CRS)
    for level, units in (("district", districts()), ("zone", zones())):
        frame[level] = locate(anchors, units, crs=CRS)
    return frame


def indicators() -> pd.DataFrame:
    """Return every figure, one a row."""
    rows = [("district", name, "income", 2024, value) for name, value in INCOME.items()]
    rows += [("district", name, "income", 2020, 500.0 - value) for name, value in INCOME.items()]
    rows += [("district", name, "poverty", 2022, value) for name, value in POVERTY.items()]
    rows += [("district", name, "population", 2024, float(n)) for name, n in PEOPLE.items()]
    for zone in ZONES:
        if zone != WITHOUT_INCOME:
            rows.append(("zone", zone, "income", 2024, INCOME[zone[:2]] + 10 * int(zone[2:])))
        if zone != WITHOUT_PEOPLE:
            rows.append(("zone", zone, "population", 2024, PEOPLE[zone[:2]] / 4))
    table = pd.DataFrame(rows, columns=["unit", "id", "indicator", "year", "value"])
    poverty = table["indicator"] == "poverty"
    table["lower"] = (table["value"] - 5).where(poverty)
    table["upper"] = (table["value"] + 5).where(poverty)
    return table


def investment() -> pd.DataFrame:
    """Return the money, one row a district and year; a row without an id has no place."""
    rows = [
        ("district", name, year, amount)
        for year, amounts in BUDGET.items()
        for name, amount in [*amounts.items(), ("", UNPLACED.get(year, 0.0))]
        if amount
    ]
    table = pd.DataFrame(rows, columns=["unit", "id", "year", "amount"])
    return table.assign(currency="CLP")


def people() -> pd.DataFrame:
    """Return a people point in the middle of each zone."""
    middle = zones().geometry.centroid.to_crs(GEOGRAPHIC)
    return pd.DataFrame(
        {
            "id": ZONES,
            "lon": middle.x,
            "lat": middle.y,
            "people": [PEOPLE[zone[:2]] // 4 for zone in ZONES],
            "district": [zone[:2] for zone in ZONES],
            "zone": ZONES,
        }
    )


def initiatives() -> pd.DataFrame:
    """Return the table of initiatives."""
    rows = []
    for name, (role, footprint) in INITIATIVES.items():
        texts = {f"name_{one}": f"{name} ({one})" for one in ("es", "pt", "en")}
        facts = {f"facts_{one}": f"facts of {name}" for one in ("es", "pt", "en")}
        rows.append(
            {
                "id": name,
                "kind": "toy",
                "role": role,
                "footprint": footprint,
                "approach": "unknown",
                "start_year": "2015" if name == "centre" else "",
                "end_year": "",
                "status": "operating",
                "amount": "1500.5" if name == "programme" else "",
                "currency": "CLP" if name == "programme" else "",
                **texts,
                **facts,
                "source": "Toy Office",
                "source_url": "https://toy.example/initiatives",
                "from_paper": str(name == "centre"),
            }
        )
    return pd.DataFrame(rows)


def tags() -> pd.DataFrame:
    """Return the tags of the initiatives."""
    rows = [
        {
            "initiative": initiative,
            "dimension": dimension,
            "level": level,
            "strengthen": str(strengthen).lower(),
            "coder": coder,
            **{f"evidence_{one}": f"{coder} on {dimension} ({one})" for one in ("es", "pt", "en")},
            "source": "Toy Office",
            "source_url": "https://toy.example/tags",
        }
        for initiative, dimension, level, coder, strengthen in TAGS
    ]
    return pd.DataFrame(rows)


def context() -> gpd.GeoDataFrame:
    """Return the context: an outline, a line and a point."""
    ring = square(0, 0, 4 * SIDE).difference(square(1, 1))
    rows = [
        {"context": "limit", "name": "limit", "geometry": ring},
        {"context": "metro", "name": "line", "geometry": LineString([spot(0, 0), spot(4, 4)])},
        {"context": "metro", "name": "stop", "geometry": spot(1, 1)},
    ]
    return gpd.GeoDataFrame(rows, crs=CRS)


def manifest(folder: Path) -> dict[str, object]:
    """Return the manifest of the files in a folder."""
    return {
        "name": "toy",
        "version": "1",
        "resources": [_resource(path) for path in sorted(folder.iterdir())],
        "sixes:city": {
            "city": "toy",
            "crs": CRS,
            "currency": "CLP",
            "locale": "es_CL",
            "version": "1",
            "name": _text("Toy"),
            "country": _text("Toyland"),
            "note": _text("It does not exist."),
            "view": {
                "unit": "district",
                "need": "income:2024",
                "layers": ["sensors"],
                "weight": "sites",
            },
        },
        "sixes:units": [_unit("district", "districts"), _unit("zone", "zones")],
        "sixes:indicators": [
            _indicator("population", "population", {"district": [2024], "zone": [2024]}),
            _indicator("income", "need", {"district": [2020, 2024], "zone": [2024]}, form="money"),
            _indicator("poverty", "need", {"district": [2022]}, better=False, form="percent"),
        ],
        "sixes:layers": [*map(_layer, LAYERS), *map(_money_layer, MONEY)],
        "sixes:series": [_series("bikes", 100), _series("budget")],
        "sixes:context": [_context("limit", "polygon"), _context("metro", "line")],
        "sixes:raw": [
            {
                "path": "toy.csv",
                "sha256": "0" * 64,
                "publisher": "Toy Office",
                "origin": "https://toy.example",
                "commit": "",
                "licence": "CC0-1.0",
                "vintage": "2024",
                "title": _text("Toy table"),
                "changes": _text("none"),
                "note": _text("Made up."),
            }
        ],
    }


def write(root: Path) -> Path:
    """Write the toy city's folder and return it."""
    folder = root / "toy"
    folder.mkdir(parents=True)
    writers.write_geojson(folder / "districts.geojson", districts().to_crs(GEOGRAPHIC))
    writers.write_geojson(folder / "zones.geojson", zones().to_crs(GEOGRAPHIC))
    writers.write_geojson(folder / "sites.geojson", sites().to_crs(GEOGRAPHIC))
    writers.write_geojson(folder / "context.geojson", context().to_crs(GEOGRAPHIC))
    writers.write_csv(folder / "indicators.csv", indicators())
    writers.write_csv(folder / "initiatives.csv", initiatives())
    writers.write_csv(folder / "investment.csv", investment())
    writers.write_csv(folder / "tags.csv", tags())
    writers.write_parquet(folder / "people.parquet", people())
    writers.write_json(folder / "datapackage.json", manifest(folder))
    return folder


def change_manifest(folder: Path, change) -> None:
    """Change a manifest in place: ``change`` is given what it holds."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def refresh_manifest(folder: Path) -> None:
    """Describe files again in their manifest after changing them on purpose."""
    described = {path.name: _resource(path) for path in folder.iterdir() if path.suffix != ".json"}

    def renew(content):
        content["resources"] = [described[entry["path"]] for entry in content["resources"]]

    change_manifest(folder, renew)


def _text(text: str) -> dict[str, str]:
    """Return a text in three languages; the English one is without a mark."""
    return {"es": f"{text} [es]", "pt": f"{text} [pt]", "en": text}


def _resource(path: Path) -> dict[str, object]:
    """Describe one file."""
    data = path.read_bytes()
    return {
        "name": path.stem,
        "path": path.name,
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "licenses": [{"name": "CC0-1.0", "title": "CC0 1.0", "path": "https://toy.example/terms"}],
        "sources": [{"title": "Toy Office", "path": "toy.csv", "version": "2024"}],
        "sixes:title": _text(path.stem),
        "sixes:vintage": "2024",
        "sixes:changes": _text("none"),
    }


def _unit(name: str, resource: str) -> dict[str, object]:
    """Describe one level of units."""
    return {
        "unit": name,
        "level": name,
        "resource": resource,
        "population": ["population", 2024],
        "one": _text(name),
        "many": _text(f"{name}s"),
        "the_k": _text("the {k} " + f"{name}s"),
        "note": _text(""),
    }


def _indicator(
    name: str, role: str, years: dict[str, list[int]], *, better: bool = True, form: str = "number"
) -> dict[str, object]:
    """Describe one indicator."""
    return {
        "indicator": name,
        "role": role,
        "format": form,
        "decimals": 0,
        "higher_is_better_off": better,
        "years": years,
        "title": _text(f"Title of {name}"),
        "unit_of_measure": _text(f"measure of {name}"),
        "highest": _text(f"the highest {name}"),
        "lowest": _text(f"the lowest {name}"),
        "note": _text(""),
        "raw": ["toy.csv"],
    }


def _layer(name: str) -> dict[str, object]:
    """Describe one layer."""
    initiatives_, capacity = LAYERS[name]
    role, footprint = INITIATIVES[initiatives_[0]]
    entry: dict[str, object] = {
        "layer": name,
        "initiatives": initiatives_,
        "role": role,
        "kind": "named" if name == "named" else "toy",
        "geometry": "line" if name == "lanes" else "point",
        "footprint": footprint,
        "vintage": "2024",
        "raw": ["toy.csv"],
        "title": _text(f"Title of {name}"),
        "noun": _text(f"places of {name}"),
        "note": _text(""),
    }
    series, _, year = name.partition("-20")
    dated = {"series": series, "year": int(f"20{year}")} if year else {}
    dated = {"newest": True} if name == "whole" else dated
    return entry | dated | ({"capacity": _text(capacity)} if capacity else {})


def _money_layer(name: str) -> dict[str, object]:
    """Describe one layer of money per district."""
    return {
        "layer": name,
        "initiatives": [],
        "year": MONEY[name],
        "series": "budget",
        "role": "contrast",
        "kind": "toy",
        "geometry": "unit",
        "unit": "district",
        "currency": "CLP",
        "footprint": "area",
        "vintage": str(MONEY[name]),
        "raw": ["toy.csv"],
        "title": _text(f"Title of {name}"),
        "noun": _text(f"pesos of {name}"),
        "note": _text(""),
    }


def _series(name: str, kept_within_m: int | None = None) -> dict[str, object]:
    """Describe one series of layers."""
    entry: dict[str, object] = {"series": name, "title": _text(f"Title of {name}")}
    kept = {} if kept_within_m is None else {"kept_within_m": kept_within_m}
    return entry | kept | {"note": _text(f"Note of {name}")}


def _context(name: str, geometry: str) -> dict[str, object]:
    """Describe one kind of context."""
    return {
        "context": name,
        "geometry": geometry,
        "shown": name == "limit",
        "raw": ["toy.csv"],
        "title": _text(f"Title of {name}"),
        "note": _text(""),
    }
