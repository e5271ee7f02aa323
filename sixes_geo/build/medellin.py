"""Medellín: from the city's raw files to tidy tables."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from sixes_geo.build.medellin_sites import sites
from sixes_geo.build.raw import RawFolder

__all__ = ["SNAP_M", "context", "indicators", "investment", "people", "sites", "units"]

SNAP_M = 0.0
"""EnCicla and the chargers serve the whole valley: sites outside the city stay outside."""

COMUNA = "comuna"
BARRIO = "barrio"
REGION = "region"

PESOS_PER_MILLION = 1_000_000

LANDMARKS = (
    "AT002",
    "AT014",
    "AT023",
    "AT025",
    "AT034",
    "AT045",
    "AT048",
    "AT049",
    "AT056",
    "AT059",
    "AT062",
    "AT065",
    "AT066",
    "AT068",
    "AT081",
    "AT090",
)
"""Codes of the sites that help orientation; the rest are shops, statues, churches."""


def units(raw: RawFolder) -> dict[str, gpd.GeoDataFrame]:
    """Return comunas and corregimientos, barrios and veredas, and analytical regions."""
    return {COMUNA: _comunas(raw), BARRIO: _barrios(raw), REGION: _regions(raw)}


def _comunas(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the 16 comunas and 5 corregimientos, by official number."""
    shapes = raw.geojson("comunas_corregimientos.geojson")
    shapes = shapes.assign(id=_number(shapes["codigo"]), name=shapes["nombre"], parent="")
    return shapes[["id", "name", "parent", "geometry"]]


def _barrios(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the barrios and veredas, without the two strips that are neither of them."""
    shapes = raw.geojson("barrios_veredas.geojson")
    shapes = shapes[shapes["tipo"] != "sin_nombre"]
    shapes = shapes.assign(
        id=shapes["codigo"].astype(str), name=shapes["nombre"], parent=_number(shapes["cod_comuna"])
    )
    return shapes[["id", "name", "parent", "geometry"]].reset_index(drop=True)


def _regions(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the analytical regions, named after the comuna that each shares most with."""
    shapes = raw.geojson("regiones_analiticas_informalidad_2017.geojson")
    shapes = shapes.assign(id=_region_ids(shapes), parent=_number(shapes["cod_comuna"]))
    shapes["name"] = shapes["nombre_comuna"] + " · " + shapes["id"]
    return shapes[["id", "name", "parent", "geometry"]]


def _region_ids(table: pd.DataFrame) -> pd.Series:
    """Return the ids of regions, which sort as their numbers do: R007."""
    return "R" + table["id_region"].astype("int64").astype(str).str.zfill(3)


def indicators(raw: RawFolder) -> pd.DataFrame:
    """Return every figure per comuna, barrio and region, as a long table."""
    parts = [
        _living_conditions(raw),
        _stratum(raw),
        _food_worry(raw),
        _population_2026(raw),
        _population_2016_2020(raw),
        *_barrio_figures(raw),
        _modal_stratum(raw),
        *_businesses(raw),
        *_region_figures(raw),
    ]
    long = pd.concat(parts, ignore_index=True).dropna(subset=["value"])
    long = long.assign(lower=float("nan"), upper=float("nan"))
    return long[["unit", "id", "indicator", "year", "value", "lower", "upper"]]


def _living_conditions(raw: RawFolder) -> pd.DataFrame:
    """Return the three indices of the living-conditions survey."""
    table = raw.csv("ecv_imcv_ipm_idh_comuna_2014_2024.csv")
    return pd.DataFrame(
        {
            "unit": COMUNA,
            "id": _number(table["codigo"]),
            "indicator": table["indicador"],
            "year": pd.to_numeric(table["anio"]),
            "value": pd.to_numeric(table["valor"]),
        }
    )


def _stratum(raw: RawFolder) -> pd.DataFrame:
    """Return the mean stratum of blocks."""
    table = raw.csv("estrato_share_comuna_2026.csv")
    return _figures(table, "codigo", "estrato_medio_manzanas", "mean_stratum", 2026)


def _food_worry(raw: RawFolder) -> pd.DataFrame:
    """Return the share of surveyed households that feared running out of food."""
    table = raw.csv("ecv2020_comuna_estrato_inseguridad_alimentaria.csv")
    return _figures(table, "cod_comuna", "pct_preocupacion_alimentos", "food_worry", 2020)


def _population_2026(raw: RawFolder) -> pd.DataFrame:
    """Return the national total of 2026 distributed among comunas."""
    table = raw.csv("poblacion_hogares_comuna_2026.csv")
    return _figures(table, "codigo", "poblacion_2026_dane_repartida", "population", 2026)


def _population_2016_2020(raw: RawFolder) -> pd.DataFrame:
    """Return the official projection on the 2005 census, all ages and both sexes."""
    table = raw.csv("poblacion_comuna_edad_sexo_2016_2020.csv")
    table = table[table["sexo"] == "total"]
    table = table.assign(value=pd.to_numeric(table["poblacion"]), year=pd.to_numeric(table["anio"]))
    total = table.groupby(["codigo", "year"], as_index=False)["value"].sum()
    total = total.assign(unit=COMUNA, id=_number(total["codigo"]), indicator="population")
    columns = ["unit", "id", "indicator", "year", "value"]
    return pd.DataFrame(total, columns=columns)


def _barrio_figures(raw: RawFolder) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return population and share of high stratum of the urban barrios, 2017."""
    table = raw.csv("barrio_estrato_alto_poblacion_entorno_2017.csv")
    percent = pd.to_numeric(table["frac_estrato_alto"]) * 100
    table = table.assign(high_stratum_percent=percent.round(4))
    people_2017 = _figures(table, "codigo", "poblacion_2017_est", "population", 2017, unit=BARRIO)
    high = _figures(
        table, "codigo", "high_stratum_percent", "high_stratum_share", 2017, unit=BARRIO
    )
    return people_2017, high


def _modal_stratum(raw: RawFolder) -> pd.DataFrame:
    """Return the commonest stratum of the barrios that are drawn."""
    table = raw.csv("barrio_estrato_modal_predios.csv")
    table = table[table["codigo"].isin(_barrios(raw)["id"])]
    return _figures(table, "codigo", "estrato_modal", "modal_stratum", 2025, unit=BARRIO)


def _businesses(raw: RawFolder) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the businesses registered with the tax office and the chamber of commerce."""
    table = raw.csv("valor_suelo_vivienda_empresas_comuna.csv")
    return (
        _figures(table, "codigo", "contribuyentes_ica", "business_taxpayers", 2026),
        _figures(table, "codigo", "empresas_camara_2022", "registered_companies", 2022),
    )


def _region_figures(raw: RawFolder) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people and informal work of the analytical regions, 2017."""
    shapes = raw.geojson("regiones_analiticas_informalidad_2017.geojson")
    table = pd.DataFrame(shapes.drop(columns="geometry")).assign(id=_region_ids(shapes))
    return (
        _figures(table, "id", "poblacion_2017_barrios", "population", 2017, unit=REGION),
        _figures(table, "id", "pct_informalidad_laboral", "labour_informality", 2017, unit=REGION),
    )


def people(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return a point inside each barrio whose population is known."""
    shapes = _barrios(raw)
    table = raw.csv("barrio_estrato_alto_poblacion_entorno_2017.csv")
    counted = pd.to_numeric(table.set_index("codigo")["poblacion_2017_est"])
    shapes = shapes[shapes["id"].isin(counted.dropna().index)]
    points = shapes.assign(
        people=shapes["id"].map(counted).round().astype("int64"),
        geometry=shapes.representative_point(),
    )
    return points[["id", "people", "geometry"]].reset_index(drop=True)


def investment(raw: RawFolder) -> pd.DataFrame | None:
    """Return public investment per comuna and year in pesos of each year."""
    table = raw.csv("inversion_publica_comuna_2008_2024.csv").drop(columns="nombre")
    long = table.melt(id_vars="codigo", var_name="column", value_name="millions")
    long = long.assign(
        unit=COMUNA,
        id=_number(long["codigo"]),
        year=pd.to_numeric(long["column"].str.extract(r"_(\d{4})_", expand=False)),
        amount=pd.to_numeric(long["millions"]) * PESOS_PER_MILLION,
        currency="COP",
    ).dropna(subset=["amount"])
    return long[["unit", "id", "year", "amount", "currency"]].reset_index(drop=True)


def context(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the outline of the sixteen urban comunas, lines of the Metro, and landmarks."""
    parts = [_urban_comunas(raw), _metro_lines(raw), _landmarks(raw)]
    return pd.concat(parts, ignore_index=True)


def _urban_comunas(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return one shape: the comunas, without the corregimientos."""
    shapes = raw.geojson("comunas_corregimientos.geojson")
    urban = shapes[shapes["tipo"] == "comuna"].union_all()
    rows = {"context": ["urban-comunas"], "name": ["Comunas 1-16"]}
    return gpd.GeoDataFrame(rows, geometry=[urban], crs=shapes.crs)


def _metro_lines(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the lines of the Metro system, of all modes."""
    shapes = raw.geojson("metro_lineas_2020.geojson")
    name = shapes["linea"] + ": " + shapes["nombre"]
    return shapes.assign(context="metro-lines", name=name)[["context", "name", "geometry"]]


def _landmarks(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the chosen landmarks."""
    shapes = raw.geojson("atractivos_turisticos_2024.geojson")
    chosen = shapes[shapes["cod"].isin(LANDMARKS)]
    chosen = chosen.assign(context="landmarks", name=chosen["nombre_sitio"])
    return chosen[["context", "name", "geometry"]]


def _figures(
    table: pd.DataFrame, key: str, column: str, indicator: str, year: int, *, unit: str = COMUNA
) -> pd.DataFrame:
    """Return one column of a wide table as tidy rows."""
    codes = _number(table[key]) if unit == COMUNA else table[key]
    return pd.DataFrame(
        {
            "unit": unit,
            "id": codes,
            "indicator": indicator,
            "year": year,
            "value": pd.to_numeric(table[column]),
        }
    )


def _number(codes: pd.Series) -> pd.Series:
    """Return official numbers as text without leading zeros: some files write 01 for 1."""
    return pd.to_numeric(codes).astype("int64").astype(str)
