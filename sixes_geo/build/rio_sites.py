"""Rio de Janeiro: the sites of its initiatives and of reference services."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.city.tables import GEOGRAPHIC

if TYPE_CHECKING:
    from sixes_geo.build.raw import RawFolder

CRS = "EPSG:31983"
"""SIRGAS 2000 / UTM 23S, in which areas and distances are measured."""

SURVEYED_M = 20
FOUR_DECIMALS_M = 15
STATION_STAND_IN_M = 300
ROUGH_M = 150
"""Least radius of a location that its source calls approximate."""

SAME_STATION_M = 300.0
"""Entries with the same mode and name within this distance are one station."""

_DISPUTED_GAUGES = {"Saúde": 750, "Piedade": 350, "Grota Funda": 250}
"""Two sources place these gauges 705, 326 and 201 m apart; which is right is unknown."""

_NOT_A_COMMUNITY = "Centro de Operações"
"""One of the gauges beside the sirens is at the Operations Centre itself."""

_NAMED = {
    "Centro de Operacoes Rio": "operations-centre",
    "Santa Marta Digital": "santa-marta-digital",
    "NewCities E-health": "santa-marta-e-health",
    "Campo de futebol Pavegen": "kinetic-pitch-mineira",
    "Navezinha Carioca": "small-knowledge-centres",
    "Nave do Conhecimento": "knowledge-centres",
}
"""Beginnings of names in the manual list, with the initiative they belong to."""

_SPELLING = {
    "Operacoes": "Operações",
    "Clinica da Familia": "Clínica da Família",
    "Engenhao": "Engenhão",
    "Nova Brasilia": "Nova Brasília",
    "Alemao": "Alemão",
    "Alianca": "Aliança",
    "Iraja": "Irajá",
    "Mare": "Maré",
    "Sao Cristovao": "São Cristóvão",
}
"""Accents of names, which the manual list leaves out."""


class Register(NamedTuple):
    """A list of sites that can be used as it is."""

    initiative: str
    file: str
    name: str
    year: int
    precision_m: int = SURVEYED_M
    capacity: str = ""


_REGISTERS = (
    Register("cameras", "rio_cameras_cor_2026.csv", "nome_camera", 2026),
    Register("cameras", "rio_cameras_cor_2023.csv", "nome_camera", 2023),
    Register("rain-gauges-federal", "rio_cemaden_pluviometros.csv", "nome", 2015, FOUR_DECIMALS_M),
    Register("metro", "rio_metro_estacoes_ipp.csv", "nome", 2024),
    Register("bike-parking", "rio_bicicletarios_datario.csv", "nome", 2023, 30, "vagas"),
    Register("municipal-schools", "rio_escolas_municipais.csv", "nome", 2023),
    Register("bus-stops", "rio_paradas_onibus.csv", "", 2024),
)


def sites(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the sites of all initiatives, with year, capacity and precision."""
    tables = [_register(raw, register) for register in _REGISTERS]
    tables += [_city_gauges(raw), _siren_communities(raw), _transit(raw), _health(raw)]
    tables += [_upp_areas(raw), _named(raw)]
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=GEOGRAPHIC)


def installed_upps(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the areas of the pacifying police units that were installed."""
    areas = raw.geojson("rio_upp_limites_2017.geojson")
    return areas[areas["situacao"] == "instalada"].reset_index(drop=True)


def is_operational(status: pd.Series[str]) -> pd.Series[bool]:
    """Tell what was in operation in 2023, not planned, under construction or closed."""
    return status.str.startswith("Operacional")


def mode_name(modes: pd.Series[str]) -> pd.Series[str]:
    """Return the transit mode; the source lists the Santa Teresa tram as monorail."""
    return modes.replace({"Monotrilho": "Bonde"})


def disc_radius(areas: gpd.GeoSeries) -> pd.Series[int]:
    """Return the radius of a disc as large as each area, rounded to 50 m, at least 50 m."""
    radius: pd.Series[float] = np.sqrt(areas.to_crs(CRS).area / np.pi)
    return ((radius / 50).round() * 50).clip(lower=50).astype(int)


def _as_sites(
    table: pd.DataFrame,
    initiative: str | pd.Series[str],
    *,
    year: int | pd.Series[int],
    name: pd.Series[str],
    precision_m: int | pd.Series[int],
    capacity: float | pd.Series[float] = float("nan"),
) -> gpd.GeoDataFrame:
    """Return a table with ``lon`` and ``lat`` as sites."""
    points = gpd.points_from_xy(pd.to_numeric(table["lon"]), pd.to_numeric(table["lat"]))
    columns = {
        "initiative": initiative,
        "year": year,
        "name": name.str.strip(),
        "capacity": capacity,
        "precision_m": precision_m,
    }
    return gpd.GeoDataFrame(columns, index=table.index, geometry=points, crs=GEOGRAPHIC)


def _register(raw: RawFolder, register: Register) -> gpd.GeoDataFrame:
    """Return every row of a list as a site."""
    table = raw.csv(register.file)
    capacity: float | pd.Series[float] = float("nan")
    if register.capacity:
        capacity = pd.to_numeric(table[register.capacity]).astype(float)
    return _as_sites(
        table,
        register.initiative,
        year=register.year,
        name=table[register.name] if register.name else pd.Series("", index=table.index),
        precision_m=register.precision_m,
        capacity=capacity,
    )


def _city_gauges(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the city's rain gauges, with a wider radius for those in dispute."""
    table = raw.csv("rio_alerta_rio_pluviometros.csv")
    precision = table["nome"].map(_DISPUTED_GAUGES).fillna(SURVEYED_M).astype(int)
    return _as_sites(table, "rain-gauges", year=2026, name=table["nome"], precision_m=precision)


def _siren_communities(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the gauges beside the sirens of communities."""
    table = raw.csv("rio_sirenes_pluviometros_defesa_civil.csv")
    table = table[table["nome"] != _NOT_A_COMMUNITY]
    return _as_sites(
        table, "siren-communities", year=2019, name=table["nome"], precision_m=FOUR_DECIMALS_M
    )


def _transit(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the stations in operation in 2023, each once per mode."""
    table = raw.csv("rio_estacoes_tma_2023.csv")
    table = table[is_operational(table["situacao"])]
    name = table["estacao"].str.strip() + " (" + mode_name(table["modo"]) + ")"
    stations = _as_sites(table, "transit", year=2023, name=name, precision_m=SURVEYED_M)
    return stations[~_is_repeated(stations)]


def _is_repeated(stations: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Tell which entries repeat a station for another of its lines.

    Names alone are not enough: São Francisco Xavier is also a railway station, 3 km away.
    """
    key = stations["name"].str.casefold().str.replace(r"^term\. ", "terminal ", regex=True)
    labels = stations.index.to_series()
    metres = stations.geometry.to_crs(CRS)
    first = metres.loc[labels.groupby(key).transform("first")].set_axis(stations.index)
    is_repeated: pd.Series[bool] = key.duplicated() & (metres.distance(first) < SAME_STATION_M)
    return is_repeated


def _health(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the municipal health units; family clinics have two spellings."""
    table = raw.csv("rio_unidades_saude_municipais.csv")
    is_clinic = table["tipo_unidade"].isin(["CLINICA DA FAMILIA", "CF"])
    initiative = is_clinic.map({True: "family-clinics", False: "other-municipal-health"})
    return _as_sites(table, initiative, year=2024, name=table["nome"], precision_m=SURVEYED_M)


def _upp_areas(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return a point in the area of each pacifying police unit, with the area's radius."""
    areas = installed_upps(raw)
    return _as_sites(
        areas,
        "upp-areas",
        year=2017,
        name=areas["nomeabrev"],
        precision_m=disc_radius(areas.geometry),
    )


def _named(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the sites of the manual list, each with its stated precision."""
    table = raw.csv("rio_iniciativas_pontuais.csv")
    initiative = table["nome"].map(_initiative_of)
    reported = table["situacao"].str.extract(r"\b(20\d\d)\b", expand=False)
    year = pd.to_numeric(reported.fillna(table["ano_inicio"])).astype(int)
    name = table["nome"].replace(_SPELLING, regex=True)
    sites_of_list = _as_sites(table, initiative, year=year, name=name, precision_m=SURVEYED_M)
    return sites_of_list.assign(precision_m=_stated_precision(raw, table, sites_of_list))


def _initiative_of(name: str) -> str:
    """Return the initiative of a name; else the name itself, which no recipe lists."""
    return next((known for start, known in _NAMED.items() if name.startswith(start)), name)


def _stated_precision(
    raw: RawFolder, table: pd.DataFrame, places: gpd.GeoDataFrame
) -> pd.Series[int]:
    """Return the radius that follows from how the list says a site was located."""
    stated = table["precisao"].fillna("")
    bairros = raw.geojson("rio_bairros_ipp.geojson")
    radius_of_bairro = disc_radius(bairros.set_axis(bairros["codbairro"].astype(str)).geometry)
    radius_of_favela = _nearest_radius(raw.geojson("rio_favelas_ipp.geojson"), places)
    rough = stated.str.contains("aproximado") & stated.str.contains("favela")
    precision = pd.Series(SURVEYED_M, index=table.index)
    precision = precision.mask(stated.str.contains("favela"), radius_of_favela)
    precision = precision.mask(
        stated.str.startswith("bairro"), table["codbairro"].map(radius_of_bairro)
    )
    precision = precision.mask(stated.str.contains("estacao de metro"), STATION_STAND_IN_M)
    return precision.mask(rough, precision.clip(lower=ROUGH_M)).astype(int)


def _nearest_radius(areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.Series[int]:
    """Return the disc radius of the area that contains, or is nearest to, each site."""
    metres = areas.to_crs(CRS)
    _, nearest = metres.sindex.nearest(places.geometry.to_crs(CRS), return_all=False)
    return pd.Series(disc_radius(metres.geometry).to_numpy()[nearest], index=places.index)
