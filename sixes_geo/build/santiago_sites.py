"""Santiago: the sites of its initiatives and of reference services."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sixes_geo.build.raw import RawFolder
from sixes_geo.city.tables import GEOGRAPHIC

METRIC = "EPSG:32719"
COLUMNS = ["initiative", "year", "name", "capacity", "precision_m", "geometry"]

SURVEYED_M = 20
GEOCODED_M = 50
"""The charging sites are geocoded addresses from an unnamed publisher."""

AIR_YEAR = 2026
"""The list of air-quality stations has no date: this is the year it was read."""

CYCLEWAY_PLAN_YEAR = 2015
"""The plan's files state no year: this is the year of the repository they are from."""

NAMED = {
    "smartcity_santiago": ("smartcity-santiago", "Smartcity Santiago", 800),
    "calles_compartidas": ("calles-compartidas", "Calles Compartidas", 150),
    "paseo_bandera": ("paseo-bandera", "Paseo Bandera", 300),
    "campus_sj_smart_city": ("campus-san-joaquin-smart-city", "Campus San Joaquín", 400),
    "uoct_centro": ("uoct", "UOCT", 0),
    "uoct_piloto_1990": ("uoct-pilot-1990", "UOCT 1990", 0),
}
"""Rows with a place: initiative, name, radius of uncertainty in metres (0: no position).

The other rows are programmes without a place, or phases of the bike-share mapped in 2015.
"""

SCHOOLS = {
    "municipal": "public-schools",
    "slep": "public-schools",
    "particular_subvencionado": "subsidised-schools",
    "administracion_delegada": "subsidised-schools",
    "particular_pagado": "fee-paying-schools",
}


def sites(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return all sites of all initiatives and reference services."""
    parts = [
        _bike_share_2015(raw),
        _bike_share(raw.geojson("bici_itau_estaciones_2022.geojson"), 2022),
        _bike_share(raw.geojson("bici_itau_estaciones_2026.geojson"), 2026),
        _chargers(raw),
        _cycleways(raw.geojson("ciclovias_osm_2019.geojson"), "nombre", "cycleways", 2019),
        _cycleways(
            raw.geojson("ciclovias_existentes_sectra_repo2015.geojson"),
            "via",
            "cycleways",
            CYCLEWAY_PLAN_YEAR,
        ),
        _cycleways(
            raw.geojson("ciclovias_plan_maestro_sectra_repo2015.geojson"),
            "via",
            "cycleways-plan",
            CYCLEWAY_PLAN_YEAR,
        ),
        _rail_2019(raw),
        _metro_2023(raw),
        _air(raw),
        _named(raw),
        _bus_stops(raw),
        _schools(raw),
        _health(raw),
    ]
    return pd.concat(parts, ignore_index=True)


def _frame(
    shapes: gpd.GeoDataFrame,
    name: pd.Series[str],
    initiative: str | pd.Series[str],
    year: int,
    *,
    capacity: pd.Series[float] | None = None,
    precision_m: int = SURVEYED_M,
) -> gpd.GeoDataFrame:
    """Return the columns of all sites."""
    filled = shapes.assign(
        initiative=initiative,
        year=year,
        name=name.fillna("").str.strip(),
        capacity=np.nan if capacity is None else capacity.astype(float),
        precision_m=precision_m,
    )
    return filled[COLUMNS]


def _points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Turn longitude and latitude into points, missing if a coordinate is."""
    lon, lat = pd.to_numeric(table["lon"]), pd.to_numeric(table["lat"])
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=table.index)
    return gpd.GeoDataFrame(table, geometry=points.where(lon.notna() & lat.notna()), crs=GEOGRAPHIC)


def _bike_share_2015(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the stations mapped in 2015, by operator or, if missing, by network."""
    stations = raw.geojson("bici_publica_osm_2015.geojson")
    scheme = stations["operador"].fillna(stations["red"]).str.lower()
    known = {"bikesantiago": "bikesantiago", "bici las condes": "bici-las-condes"}
    initiative = scheme.map(known).fillna("bike-share-unattributed")
    capacity = pd.to_numeric(stations["capacidad"])
    return _frame(stations, stations["nombre_estacion"], initiative, 2015, capacity=capacity)


def _bike_share(stations: gpd.GeoDataFrame, year: int) -> gpd.GeoDataFrame:
    """Return the stations of one date; only the later list has docks."""
    capacity = pd.to_numeric(stations["capacidad"]) if "capacidad" in stations else None
    return _frame(stations, stations["nombre_estacion"], "bike-itau", year, capacity=capacity)


def _chargers(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the charging sites with their number of chargers; power cannot be added up."""
    sites = raw.geojson("electrolineras_2023.geojson")
    return _frame(
        sites,
        sites["direccion"],
        "ev-chargers",
        2023,
        capacity=pd.to_numeric(sites["n_cargadores"]),
        precision_m=GEOCODED_M,
    )


def _cycleways(
    segments: gpd.GeoDataFrame, name: str, initiative: str, year: int
) -> gpd.GeoDataFrame:
    """Return single lines with their kilometres; parts of one segment share its length."""
    merged = segments.set_geometry(shapely.line_merge(segments.geometry.values), crs=GEOGRAPHIC)
    parts = merged.explode(index_parts=False)
    length = parts.to_crs(METRIC).length
    share = length / length.groupby(level=0).transform("sum")
    kilometres = pd.to_numeric(parts["km"]) * share
    return _frame(parts, parts[name], initiative, year, capacity=kilometres)


def _rail_2019(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return Metro and train stations of 2019, with interchanges once.

    The source has one point per line for some interchanges ("Franklin_L2", "Franklin_L6"); the
    first is kept. The two stations named Pedro Aguirre Cerda are 1.5 km apart, of two modes.
    """
    stations = raw.geojson("metro_tren_estaciones_2019.geojson")
    name = stations["estacion"].str.replace(r"_L\d+A?$", "", regex=True)
    repeated = pd.DataFrame({"mode": stations["modo"], "name": name.map(_folded)}).duplicated()
    stations, name = stations[~repeated], name[~repeated]
    initiative = stations["modo"].map({"metro": "metro", "tren": "metrotren-nos"})
    return _frame(stations, name, initiative, 2019)


def _folded(name: Hashable) -> str:
    """Return a name in lower case without accents, in which sources differ."""
    letters = unicodedata.normalize("NFKD", str(name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _metro_2023(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the Metro's stations with the extensions of 2023."""
    stations = raw.geojson("metro_estaciones_osm.geojson")
    return _frame(stations, stations["estacion"], "metro", 2023)


def _air(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the public stations of air quality."""
    stations = raw.geojson("sinca_calidad_aire_estaciones.geojson")
    name = stations["station_name"].str.replace(" (Acreditada)", "", regex=False)
    return _frame(stations, name, "air-quality-network", AIR_YEAR)


def _named(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the named initiatives with a site, located or not; none is surveyed."""
    table = raw.csv("iniciativas_smart_city_nombradas.csv").set_index("id")
    points = _points(table[table.index.isin(NAMED)])
    described = pd.DataFrame.from_dict(
        NAMED, orient="index", columns=["initiative", "name", "radius"]
    )
    described = described.reindex(points.index)
    year = points["anio"].str[:4].astype(int)
    named = _frame(points, described["name"], described["initiative"], 0)
    return named.assign(year=year, precision_m=described["radius"])


def _bus_stops(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the bus stops by the code on their sign, with their number of services."""
    stops = _points(raw.csv("paraderos_bus_2017.csv"))
    services = pd.to_numeric(stops["n_servicios"])
    return _frame(stops, stops["codigo"], "bus-stops", 2017, capacity=services)


def _schools(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the schools, by who runs them and who pays for them."""
    schools = _points(raw.csv("establecimientos_educacionales_2025.csv"))
    return _frame(schools, schools["nombre"], schools["dependencia"].map(SCHOOLS), 2025)


def _health(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the public health units."""
    units = _points(raw.csv("salud_publica_2026.csv"))
    return _frame(units, units["nombre"], "public-health", 2026)
