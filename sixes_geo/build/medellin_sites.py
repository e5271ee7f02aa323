"""Medellín: the sites of each initiative."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.build.raw import RawFolder
from sixes_geo.city.tables import GEOGRAPHIC

METRIC = "EPSG:9377"
"""Colombia's single origin, metres."""

SURVEYED_M = 20
"""Official points."""

UTILITY_CHARGER_M = 50
LISTED_CHARGER_M = 100
"""Two lists place the same malls up to about 250 m apart; the compiled one is less precise."""

STAND_IN_M = 150
"""Ruta N is placed by the bicycle station at its front door."""

INNOVATION_DISTRICT_M = 750
"""Radius of a disc as large as the 168 ha announced for the district."""

SAME_STATION_M = 50
"""Rows of one name within this distance are one bicycle station (Coltejer, Universidad)."""

NOT_STATIONS = ("Dispositivo para personas con movilidad reducida",)
"""Rows of the bicycle layer that are not stations."""

STOP_DECIMALS = 5
"""About a metre: bus stops that differ less are one stop, listed once per line."""

EPM_LIST = "EPM (oficial)"

MODES = {"metro": "metro", "metrocable": "metrocable", "tranvia": "ayacucho-tram"}


def sites(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return all sites of all initiatives, one row each."""
    parts = [
        _encicla_2026(raw),
        _encicla_2020(raw),
        _chargers(raw),
        _libraries(raw),
        _stations(raw),
        _bus_stops(raw),
        _air_stations(raw),
        _traffic_cameras(raw),
        _schools(raw),
        _named(raw),
    ]
    return pd.concat(parts, ignore_index=True)


def _rows(
    shapes: gpd.GeoDataFrame,
    *,
    initiative: str | pd.Series,
    year: int,
    name: pd.Series,
    precision_m: int | pd.Series,
    capacity: float | pd.Series = float("nan"),
) -> gpd.GeoDataFrame:
    """Return the columns of all sites."""
    columns = {
        "initiative": initiative,
        "year": year,
        "name": name,
        "capacity": capacity,
        "precision_m": precision_m,
    }
    table = pd.DataFrame(columns, index=shapes.index).astype({"capacity": float})
    table["precision_m"] = table["precision_m"].astype("int64")
    return gpd.GeoDataFrame(table, geometry=shapes.geometry, crs=GEOGRAPHIC)


def _encicla_2026(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the bicycle stations of the valley, without duplicates."""
    shapes = raw.geojson("encicla_estaciones_2026.geojson")
    shapes = shapes[~shapes["nombre"].isin(NOT_STATIONS)]
    shapes = shapes[~_repeated(shapes)]
    return _rows(
        shapes,
        initiative="encicla",
        year=2026,
        name=shapes["nombre"],
        precision_m=SURVEYED_M,
    )


def _repeated(shapes: gpd.GeoDataFrame) -> pd.Series:
    """Return which rows have the name of an earlier one and are next to it."""
    points = shapes.to_crs(METRIC)
    first = points.drop_duplicates("nombre").set_index("nombre").geometry
    origins = gpd.GeoSeries(list(first.loc[points["nombre"]]), index=points.index, crs=METRIC)
    near = points.distance(origins) < SAME_STATION_M
    repeated: pd.Series = points["nombre"].duplicated() & near
    return repeated


def _encicla_2020(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the bicycle stations of 2020 with their docks."""
    shapes = raw.geojson("encicla_estaciones_2020.geojson")
    return _rows(
        shapes,
        initiative="encicla",
        year=2020,
        name=shapes["nombre"],
        precision_m=SURVEYED_M,
        capacity=pd.to_numeric(shapes["capacidad_bicis"]),
    )


def _chargers(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the charging sites; the city utility's list is a separate initiative."""
    shapes = raw.geojson("electrolineras_2026.geojson")
    official = shapes["lista"] == EPM_LIST
    return _rows(
        shapes,
        initiative=_choose(official, "ev-chargers-epm", "ev-chargers-other"),
        year=2026,
        name=shapes["nombre"],
        precision_m=_choose(official, UTILITY_CHARGER_M, LISTED_CHARGER_M),
    )


def _libraries(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the public libraries; the library parks are a separate initiative."""
    shapes = raw.geojson("bibliotecas_red_2018.geojson")
    park = shapes["tipo"] == "Parque Biblioteca"
    return _rows(
        shapes,
        initiative=_choose(park, "library-parks", "public-libraries"),
        year=2018,
        name=shapes["nombre"],
        precision_m=SURVEYED_M,
    )


def _stations(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return metro, cable and tram stations, once per mode, whatever their number of lines."""
    shapes = raw.geojson("metro_estaciones_paradas.geojson")
    shapes = shapes[shapes["modo"].isin(list(MODES))]
    points = shapes.to_crs(METRIC)
    keys = ["modo", "cod_estacion"]
    stations = points.dissolve(keys, aggfunc={"nombre": "first"}).reset_index()
    centres = stations.geometry.centroid
    spread = stations.geometry.hausdorff_distance(centres)
    return _rows(
        stations.set_geometry(centres).to_crs(GEOGRAPHIC),
        initiative=stations["modo"].map(MODES),
        year=2026,
        name=stations["nombre"],
        precision_m=SURVEYED_M + spread.apply(lambda metres: math.ceil(metres / 10) * 10),
    )


def _bus_stops(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return Metroplús stops, each once, even if two lines or directions share it."""
    shapes = raw.geojson("metro_estaciones_paradas.geojson")
    shapes = shapes[shapes["modo"] == "metroplus_bus"]
    coordinates = shapes.geometry.x.round(STOP_DECIMALS), shapes.geometry.y.round(STOP_DECIMALS)
    shapes = shapes[~pd.concat(coordinates, axis=1).duplicated()]
    return _rows(
        shapes,
        initiative="metroplus",
        year=2026,
        name=shapes["nombre"],
        precision_m=SURVEYED_M,
    )


def _air_stations(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the fine-particle stations in operation."""
    shapes = raw.geojson("siata_estaciones_pm25.geojson")
    shapes = shapes[shapes["activa"].astype(bool)]
    return _rows(
        shapes,
        initiative="siata-air-network",
        year=2022,
        name=shapes["nombre"],
        precision_m=SURVEYED_M,
    )


def _traffic_cameras(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the traffic cameras of the city's mobility system."""
    shapes = raw.geojson("camaras_ars_simm.geojson")
    return _rows(
        shapes,
        initiative="traffic-cameras",
        year=2025,
        name=shapes["sitio"],
        precision_m=SURVEYED_M,
    )


def _schools(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the school sites; private ones are a separate initiative."""
    table = raw.csv("sedes_educativas_2024.csv")
    points = gpd.points_from_xy(pd.to_numeric(table["lon"]), pd.to_numeric(table["lat"]))
    return _rows(
        gpd.GeoDataFrame(table, geometry=points, crs=GEOGRAPHIC),
        initiative=_choose(table["sector"] == "oficial", "public-schools", "private-schools"),
        year=2024,
        name=table["sede_educativa"],
        precision_m=SURVEYED_M,
    )


def _named(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the named initiatives with a site; the location of one of them is unknown."""
    shapes = raw.geojson("encicla_estaciones_2026.geojson")
    door = shapes.loc[shapes["nombre"] == "Ruta N", "geometry"].iloc[0]
    rows = gpd.GeoDataFrame(geometry=[door, door, None], crs=GEOGRAPHIC)
    return _rows(
        rows,
        initiative=pd.Series(["ruta-n", "medellinnovation-district", "son-bata"]),
        year=2026,
        name=pd.Series(["Ruta N", "Medellinnovation", "Son Batá"]),
        precision_m=pd.Series([STAND_IN_M, INNOVATION_DISTRICT_M, 0]),
    )


def _choose(where: pd.Series, yes: object, no: object) -> pd.Series:
    """Return one of two values for each row."""
    return pd.Series(np.where(where, yes, no), index=where.index)  # type: ignore[call-overload]
