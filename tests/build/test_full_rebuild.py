"""The published cities are what their raw files give, where those files are at hand.

The raw files are no part of the project; `SIXES_RAW` names the folder that holds a folder of
them per city. Figures are worked out again here from the raw text with nothing but Python.
"""

import csv
import importlib
import json
import math
import os
import statistics
from functools import cache
from pathlib import Path

import pytest
import shapely
from pyproj import Transformer

from sixes_geo.build import engine
from sixes_geo.build.raw import RawFolder
from sixes_geo.city import tables
from sixes_geo.city.catalog import read_city

ROOT = Path(__file__).parents[2]
GEODATA = ROOT / "geodata"
RAW = Path(os.environ.get("SIXES_RAW") or ROOT.parent / "shared" / "reference")
LIMIT_M = 20.0

UNITS = [
    ("medellin", "comuna"),
    ("medellin", "barrio"),
    ("medellin", "region"),
    ("rio", "ra"),
    ("rio", "bairro"),
    ("santiago", "comuna"),
    ("santiago", "zone"),
]

REFRESH = (
    "geodata/{name} is not what the recipe and the raw files give: if both are right, run "
    "`python -m sixes_geo build {name} --raw DIR`; if only the Parquet file differs, see whether "
    "pyarrow is the version of requirements.txt"
)

pytestmark = pytest.mark.skipif(
    not RAW.is_dir(), reason="the raw files are not here; set SIXES_RAW to their folder"
)


def raw_of(name):
    declared = (GEODATA / name / "datapackage.json").read_text(encoding="utf-8")
    return RawFolder(RAW / name, tuple(one["path"] for one in json.loads(declared)["sixes:raw"]))


@cache
def units_of(name):
    """Return a city's units as its raw files draw them."""
    return importlib.import_module(f"sixes_geo.build.{name}").units(raw_of(name))


def rows(name, file):
    with (RAW / name / file).open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def properties(name, file):
    text = (RAW / name / file).read_text(encoding="utf-8")
    return [one["properties"] for one in json.loads(text)["features"]]


def published(name, unit, indicator, year, column="value"):
    """Return an indicator as it is published, by unit."""
    with (GEODATA / name / "indicators.csv").open(encoding="utf-8", newline="") as table:
        return {
            row["id"]: float(row[column])
            for row in csv.DictReader(table)
            if (row["unit"], row["indicator"], int(row["year"])) == (unit, indicator, year)
        }


# ---------------------------------------------------------------- the whole


@pytest.mark.parametrize("name", engine.recipes())
def test_a_city_is_rebuilt_to_the_byte(name, tmp_path):
    rebuilt = engine.build(name, RAW, tmp_path)
    new = {path.name: path.read_bytes() for path in rebuilt.iterdir()}
    old = {path.name: path.read_bytes() for path in (GEODATA / name).iterdir()}

    differing = sorted(file for file in old | new if old.get(file) != new.get(file))
    assert not differing, REFRESH.format(name=name)


@pytest.mark.parametrize(("name", "unit"), UNITS)
def test_no_border_moved_more_than_20_metres(name, unit):
    city = read_city(name, GEODATA)
    source = units_of(name)[unit].to_crs(city.crs).set_index("id").geometry
    level = next(one for one in city.units if one.unit == unit)
    new = tables.read_units(city, level).to_crs(city.crs).set_index("id").geometry
    assert set(source.index) == set(new.index)

    old = shapely.make_valid(source.reindex(new.index).to_numpy())
    now = new.to_numpy()
    lost = shapely.area(shapely.difference(old, shapely.buffer(now, LIMIT_M)))
    gained = shapely.area(shapely.difference(now, shapely.buffer(old, LIMIT_M)))

    moved = [(one, a, b) for one, a, b in zip(new.index, lost, gained, strict=True) if a + b > 0]
    assert not moved


@pytest.mark.parametrize(("name", "unit"), UNITS)
def test_units_keep_their_size(name, unit):
    city = read_city(name, GEODATA)
    source = units_of(name)[unit].to_crs(city.crs).set_index("id").geometry.area
    level = next(one for one in city.units if one.unit == unit)
    new = tables.read_units(city, level).to_crs(city.crs).set_index("id").geometry.area

    assert new.sum() == pytest.approx(source.sum(), rel=0.001)
    assert (new / source.reindex(new.index) - 1).abs().max() < 0.12


# ---------------------------------------------------------------- figures, by plain Python


def hexagon_at(x, y, across):
    """Return the whole-number address of the hexagon around a place, by rounding cube coordinates.

    The usual rule for hexagons pointed to the north; it shares nothing with how they are drawn.
    """
    side = across / math.sqrt(3)
    q, r = (math.sqrt(3) / 3 * x - y / 3) / side, (2 / 3 * y) / side
    whole = [round(q), round(r), round(-q - r)]
    off = [abs(whole[0] - q), abs(whole[1] - r), abs(whole[2] + q + r)]
    worst = off.index(max(off))
    whole[worst] -= sum(whole)
    return whole[0], whole[1]


def test_santiagos_hexagons_hold_the_people_and_the_income_of_their_blocks():
    income = {row["cut"]: float(row["ypc"]) for row in rows("santiago", "casen_2022_comunas.csv")}
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:32719", always_xy=True).transform
    people, earned = {}, {}
    for row in rows("santiago", "manzanas_censo2017_centroides.csv"):
        cell = hexagon_at(*to_metres(float(row["lon"]), float(row["lat"])), 1000)
        counted = int(row["pob_2017"])
        people[cell] = people.get(cell, 0) + counted
        earned[cell] = earned.get(cell, 0) + counted * income[row["cut"]]
    city = read_city("santiago", GEODATA)
    centres = tables.read_units(city, city.units[2]).to_crs(city.crs).set_index("id").centroid
    address = {hexagon_at(place.x, place.y, 1000): name for name, place in centres.items()}
    residents = published("santiago", "hexagon", "population", 2017)
    need = published("santiago", "hexagon", "casen_income_median", 2022)
    living = {address.get(cell) for cell, heads in people.items() if heads}
    apart = [
        abs(heads - residents[address[cell]])
        for cell, heads in people.items()
        if address.get(cell) in need
    ]

    # Corners are rounded by up to a metre: a block on a side, two of them alone in their cell,
    # stands across it.
    assert len(living ^ set(need)) <= 2
    assert sum(apart) < 0.01 * 6_081_855
    assert statistics.median(apart) == 0
    for cell, heads in people.items():
        if heads and heads == residents.get(address.get(cell)):
            assert need[address[cell]] == pytest.approx(earned[cell] / heads, rel=0.001)


def test_santiagos_income_and_people_are_those_of_the_raw_tables():
    casen = {row["cut"]: float(row["ypc"]) for row in rows("santiago", "casen_2022_comunas.csv")}
    census = {
        row["cut"]: int(row["pob_censo_2017"]) for row in rows("santiago", "poblacion_comunas.csv")
    }

    assert len(casen) == len(census) == 34
    assert published("santiago", "comuna", "casen_income_median", 2022) == casen
    assert published("santiago", "comuna", "population", 2017) == census
    assert sum(census.values()) == 6_119_984


def test_santiagos_poverty_has_the_limits_of_the_raw_table():
    table = [
        row
        for row in rows("santiago", "pobreza_sae_2022_comunas.csv")
        if row["dimension"] == "ingresos"
    ]

    for column, source in (
        ("value", "tasa"),
        ("lower", "limite_inferior"),
        ("upper", "limite_superior"),
    ):
        assert published("santiago", "comuna", "poverty_income_sae", 2022, column) == {
            row["cut"]: pytest.approx(float(row[source])) for row in table
        }


def test_santiagos_zones_hold_the_people_of_their_blocks():
    zones = {
        one["zona"]: one["pob_2017"]
        for one in properties("santiago", "zonas_censales_2017_gse2012.geojson")
        if one["pob_2017"] is not None
    }
    blocks = rows("santiago", "manzanas_censo2017_centroides.csv")

    assert published("santiago", "zone", "population", 2017) == zones
    assert len(blocks) == 42_587
    assert sum(int(row["pob_2017"]) for row in blocks) == sum(zones.values()) == 6_081_855


def test_santiagos_stations_are_counted_as_the_raw_file_counts_them():
    for year in (2022, 2026):
        raw = [one["cut"] for one in properties("santiago", f"bici_itau_estaciones_{year}.geojson")]
        city = read_city("santiago", GEODATA)
        sites = tables.read_sites(city)
        chosen = sites[(sites["initiative"] == "bike-itau") & (sites["year"] == year)]

        assert sorted(chosen["district"]) == sorted(raw)


def test_rios_income_is_that_of_the_raw_table():
    bairros = {str(one["codbairro"]) for one in properties("rio", "rio_bairros_ipp.geojson")}
    income = {
        row["codbairro"]: float(row["renda_resp_media_brl2022"])
        for row in rows("rio", "rio_bairros_renda_responsavel_censo2022.csv")
        if row["codbairro"] in bairros and row["renda_resp_media_brl2022"]
    }

    assert len(income) == 162
    assert published("rio", "bairro", "head_income_mean", 2022) == pytest.approx(income)


def test_rios_regions_hold_the_people_of_their_bairros():
    people = {}
    for one in properties("rio", "rio_bairros_ipp.geojson"):
        region = str(one["codra"])
        people[region] = people.get(region, 0) + one["pop_2022"]

    assert published("rio", "ra", "population", 2022) == people
    assert sum(people.values()) == 6_183_219


def test_rios_hexagons_are_those_of_the_raw_table():
    table = rows("rio", "rio_aop_hexagonos_2010_2019.csv")
    people = {row["id_hex"]: int(row["pop_2010"]) for row in table}
    income = {
        row["id_hex"]: float(row["renda_dom_pc_media_brl2010"])
        for row in table
        if int(row["pop_2010"]) >= 50
    }
    found = published("rio", "hexagon", "population", 2010)

    assert {name: found[name] for name in people} == people
    assert sum(found.values()) == sum(people.values()) == 6_141_600
    assert published("rio", "hexagon", "income_per_head_mean", 2010) == income


def test_rios_people_points_share_out_the_people_of_their_bairros():
    totals = {
        str(one["codbairro"]): one["pop_2022"]
        for one in properties("rio", "rio_bairros_ipp.geojson")
    }
    table = rows("rio", "rio_aop_hexagonos_2010_2019.csv")
    before = {}
    for row in table:
        before[row["codbairro"]] = before.get(row["codbairro"], 0) + int(row["pop_2010"])
    people = tables.read_people(read_city("rio", GEODATA)).set_index("id")
    living = [row for row in table if int(row["pop_2010"])]
    apart = [
        people["people"][row["id_hex"]]
        - int(row["pop_2010"]) * totals[row["codbairro"]] / before[row["codbairro"]]
        for row in living
    ]

    assert {row["id_hex"]: row["codbairro"] for row in living} == people["zone"].to_dict()
    assert people.groupby("zone")["people"].sum().to_dict() == totals
    assert max(map(abs, apart)) < 1


def test_rios_jobs_are_those_of_the_raw_table():
    raw = {
        row["codbairro"]: int(row["empregos_2019"])
        for row in rows("rio", "rio_aop_bairros_2010_2019.csv")
    }

    assert published("rio", "bairro", "formal_jobs", 2019) == raw
    assert sum(published("rio", "ra", "formal_jobs", 2019).values()) == sum(raw.values())


def test_rios_cameras_stand_in_the_bairros_that_the_raw_lists_name():
    sites = tables.read_sites(read_city("rio", GEODATA))
    for year in (2023, 2026):
        raw = [row["codbairro"] for row in rows("rio", f"rio_cameras_cor_{year}.csv")]
        chosen = sites[(sites["initiative"] == "cameras") & (sites["year"] == year)]

        assert sorted(chosen["zone"]) == sorted(raw)


def test_medellins_living_conditions_are_those_of_the_raw_table():
    table = rows("medellin", "ecv_imcv_ipm_idh_comuna_2014_2024.csv")
    for indicator, year in (("imcv", 2024), ("ipm", 2014), ("idh", 2019)):
        raw = {
            row["codigo"]: float(row["valor"])
            for row in table
            if (row["indicador"], row["anio"]) == (indicator, str(year))
        }

        assert len(raw) == 21
        assert published("medellin", "comuna", indicator, year) == raw


def test_medellins_mean_stratum_follows_from_the_shares_of_blocks():
    raw = {}
    for row in rows("medellin", "estrato_share_comuna_2026.csv"):
        shares = [float(row[f"pct_manzanas_estrato_{stratum}"]) for stratum in range(1, 7)]
        raw[row["codigo"]] = statistics.fmean(range(1, 7), weights=shares)

    # The source rounds the shares to a tenth of a point and the mean to two or three decimals.
    assert published("medellin", "comuna", "mean_stratum", 2026) == pytest.approx(raw, abs=0.01)


def test_medellins_money_is_in_whole_pesos():
    with (GEODATA / "medellin" / "investment.csv").open(encoding="utf-8", newline="") as table:
        money = list(csv.DictReader(table))
    raw = rows("medellin", "inversion_publica_comuna_2008_2024.csv")

    assert len(money) == 21 * 17
    for year in (2008, 2024):
        total = sum(float(row["amount"]) for row in money if row["year"] == str(year))
        millions = sum(float(row[f"inversion_{year}_mill_cop"]) for row in raw)
        assert total == pytest.approx(millions * 1e6)
    assert {row["currency"] for row in money} == {"COP"}
