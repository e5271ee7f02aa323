"""Santiago: tidy tables of the 34 comunas of Gran Santiago from the raw files."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from sixes_geo.build.deprived import people_by_unit
from sixes_geo.build.raw import RawFolder
from sixes_geo.build.santiago_sites import METRIC, sites
from sixes_geo.city.tables import GEOGRAPHIC

__all__ = ["SNAP_M", "context", "indicators", "investment", "people", "sites", "units"]

SNAP_M: float = 0.0
"""All sites of the city are inside a comuna: none is moved to the nearest."""

SMALLEST_HOLE_M2 = 500_000.0
"""Holes in the urban limit below this are seams between comunas, not open land."""

COMUNAS = "comunas_34_ine2017.geojson"
ZONES = "zonas_censales_2017_gse2012.geojson"
CAMPS = "campamentos_minvu_2024.geojson"
PEOPLE = "poblacion_comunas.csv"

CASEN = {
    "ypc": "casen_income_median",
    "ytotcorh": "casen_household_income_median",
    "esc": "casen_schooling",
}
SAE = {"ingresos": "poverty_income_sae", "multidimensional": "poverty_multi_sae"}
SIEDU = {
    "BPU_24": "internet_per_1000_dwellings",
    "BPU_201": "internet_per_100_people",
    "BPU_17": "street_lights",
    "EA_53": "vegetation_cover",
    "EA_93": "cycleway_share",
}
ZONE_FIELDS = {
    "pob_2017": ("population", 2017),
    "nse_2012": ("nse_2012", 2012),
    "escolaridad_2012": ("schooling_2012", 2012),
}


BY_DAY = 2012
"""Year in which the survey of where people are by day began."""


def units(raw: RawFolder) -> dict[str, gpd.GeoDataFrame]:
    """Return the comunas and the census zones; a zone is named by comuna and code."""
    comunas = raw.geojson(COMUNAS).rename(columns={"cut": "id", "nombre": "name"})
    zones = raw.geojson(ZONES).rename(columns={"zona": "id", "cut": "parent"})
    columns = ["id", "name", "parent", "geometry"]
    return {
        "comuna": comunas.assign(parent="")[columns],
        "zone": zones.assign(name=zones["comuna"] + " · " + zones["id"].str[5:])[columns],
    }


def indicators(raw: RawFolder) -> pd.DataFrame:
    """Return every figure per comuna and zone; a missing one has no row."""
    parts = [
        _population(raw),
        _casen(raw),
        _poverty(raw),
        _comuna(raw.csv("ips_2019_comunas.csv"), "ips_2019", "ips", 2019),
        _comuna(
            raw.csv("comunas_indicadores_resumen.csv"), "nse_2012_ponderado_zona", "nse_2012", 2012
        ),
        _comuna(
            raw.csv("eod2012_ingreso_comunas.csv"),
            "ingreso_hogar_mediano_clp",
            "eod_household_income_median",
            2012,
        ),
        *_by_day(raw),
        _siedu(raw),
        _zones(raw),
        *_settlement_people(raw),
    ]
    return pd.concat(parts, ignore_index=True)


def people(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the centroids of the census blocks of 2017 with their inhabitants."""
    blocks = raw.csv("manzanas_censo2017_centroides.csv")
    points = gpd.points_from_xy(pd.to_numeric(blocks["lon"]), pd.to_numeric(blocks["lat"]))
    table = {"id": blocks["manzana"], "people": pd.to_numeric(blocks["pob_2017"]).astype(int)}
    return gpd.GeoDataFrame(table, geometry=points, crs=GEOGRAPHIC)


def investment(raw: RawFolder) -> pd.DataFrame | None:
    """Return None: no table of public money per comuna is available."""
    del raw
    return None


def context(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the urban limit, the informal settlements, and the Metro and train lines."""
    limit = _urban_limit(raw.geojson("limite_urbano_34_ine2017.geojson"))
    camps = raw.geojson(CAMPS)
    lines = raw.geojson("metro_tren_lineas_2019.geojson")
    metro = lines[lines["modo"] == "metro"]
    trains = lines[lines["modo"] == "tren"]
    parts = [
        _shapes(limit, "urban-limit", limit["nombre"]),
        _shapes(camps, "informal-settlements", camps["nombre"]),
        _shapes(metro, "metro-lines", metro["linea"].str.replace("LÍNEA", "Línea")),
        _shapes(trains, "train-lines", trains["linea"].str.capitalize()),
    ]
    return pd.concat(parts, ignore_index=True)


def _urban_limit(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the main urban areas as one outline, without the gaps between their borders.

    The seven detached villages have their own limits and are not part of the city.
    """
    main = areas[pd.to_numeric(areas["principal"]) == 1].to_crs(METRIC)
    parts = shapely.get_parts(main.geometry.union_all())
    outline = shapely.union_all([_without_small_holes(part) for part in parts])
    return gpd.GeoDataFrame({"nombre": ["Gran Santiago"]}, geometry=[outline], crs=METRIC).to_crs(
        GEOGRAPHIC
    )


def _without_small_holes(area: shapely.Polygon) -> shapely.Polygon:
    """Return an area without its small holes."""
    holes = [hole for hole in area.interiors if shapely.Polygon(hole).area >= SMALLEST_HOLE_M2]
    return shapely.Polygon(area.exterior, holes)


def _shapes(frame: gpd.GeoDataFrame, kind: str, name: pd.Series[str]) -> gpd.GeoDataFrame:
    """Keep the shapes of one kind of context with their names."""
    return frame.assign(context=kind, name=name)[["context", "name", "geometry"]]


def _tidy(
    ids: pd.Series[str],
    value: pd.Series[str],
    *,
    unit: str,
    indicator: str,
    year: int | pd.Series[int],
    lower: pd.Series[str] | None = None,
    upper: pd.Series[str] | None = None,
) -> pd.DataFrame:
    """Return rows of the long table, without those that have no value."""
    frame = pd.DataFrame(
        {
            "unit": unit,
            "id": ids,
            "indicator": indicator,
            "year": year,
            "value": pd.to_numeric(value).astype(float),
            "lower": float("nan") if lower is None else pd.to_numeric(lower).astype(float),
            "upper": float("nan") if upper is None else pd.to_numeric(upper).astype(float),
        }
    )
    return frame.dropna(subset=["value"])


def _comuna(table: pd.DataFrame, column: str, indicator: str, year: int) -> pd.DataFrame:
    """Return one column of a table of comunas."""
    return _tidy(table["cut"], table[column], unit="comuna", indicator=indicator, year=year)


def _population(raw: RawFolder) -> pd.DataFrame:
    """Return the census population; the projections were 14 % too high and are left out."""
    table = raw.csv(PEOPLE)
    counts = {2017: "pob_censo_2017", 2024: "pob_censo_2024"}
    return pd.concat(
        [_comuna(table, column, "population", year) for year, column in counts.items()]
    )


def _casen(raw: RawFolder) -> pd.DataFrame:
    """Return income and schooling of the household survey, without its raw poverty rate."""
    table = raw.csv("casen_2022_comunas.csv")
    return pd.concat([_comuna(table, column, name, 2022) for column, name in CASEN.items()])


def _poverty(raw: RawFolder) -> pd.DataFrame:
    """Return the official poverty rates with their 95 % limits."""
    table = raw.csv("pobreza_sae_2022_comunas.csv")
    parts = []
    for dimension, indicator in SAE.items():
        rows = table[table["dimension"] == dimension]
        parts.append(
            _tidy(
                rows["cut"],
                rows["tasa"],
                unit="comuna",
                indicator=indicator,
                year=rows["anio"].astype(int),
                lower=rows["limite_inferior"],
                upper=rows["limite_superior"],
            )
        )
    return pd.concat(parts)


def _by_day(raw: RawFolder) -> list[pd.DataFrame]:
    """Return where people work and are by day, as shares: the levels of the survey are too low."""
    table = raw.csv("eod2012_dia_comunas.csv")
    shares = {
        "workers_arriving_share": "personas_llegan_trabajo",
        "present_share": "presentes_11h",
    }
    counts = {name: pd.to_numeric(table[column]) for name, column in shares.items()}
    parts = table.assign(**{name: 100 * one / one.sum() for name, one in counts.items()}).round(4)
    ratio = _comuna(table, "presentes_11h_por_100_residentes", "present_per_100_residents", BY_DAY)
    return [*(_comuna(parts, name, name, BY_DAY) for name in shares), ratio]


def _siedu(raw: RawFolder) -> pd.DataFrame:
    """Return the chosen urban indicators, each in its latest year."""
    table = raw.csv("siedu_indicadores_comunas.csv")
    table = table.assign(year=table["anio"].astype(int))
    parts = []
    for code, indicator in SIEDU.items():
        rows = table[table["id"] == code]
        latest = rows[rows["year"] == rows["year"].max()]
        parts.append(
            _tidy(
                latest["cut"],
                latest["valor"],
                unit="comuna",
                indicator=indicator,
                year=latest["year"],
            )
        )
    return pd.concat(parts)


def _zones(raw: RawFolder) -> pd.DataFrame:
    """Return population and the scores of 2012 of the census zones."""
    zones = raw.geojson(ZONES)
    parts = [
        _tidy(zones["zona"], zones[column], unit="zone", indicator=indicator, year=year)
        for column, (indicator, year) in ZONE_FIELDS.items()
    ]
    return pd.concat(parts)


def _settlement_people(raw: RawFolder) -> list[pd.DataFrame]:
    """Return who lives in informal settlements, by comuna and zone.

    The register counts households; each has as many people as the mean household of its comuna.
    """
    camps = raw.geojson(CAMPS)
    comunas = raw.csv(PEOPLE).set_index("cut")
    size = pd.to_numeric(comunas["pob_censo_2024"]) / pd.to_numeric(comunas["hogares_2024"])
    lived = pd.to_numeric(camps["n_hogares"]) * camps["cut"].astype(str).map(size)
    tables = {
        unit: people_by_unit(camps, lived, shapes, crs=METRIC)
        for unit, shapes in units(raw).items()
    }
    return [
        _tidy(table["id"], table["people"], unit=unit, indicator="settlement_people", year=2024)
        for unit, table in tables.items()
    ]
