"""Rio de Janeiro: units, needs, jobs and context from the raw files.

Units carry the codes of the city's planning institute (IPP): ``codbairro`` and ``codra``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import geopandas as gpd
import pandas as pd

from sixes_geo.build import rio_hexagons
from sixes_geo.build.deprived import people_by_unit
from sixes_geo.build.raw import RawFolder
from sixes_geo.build.rio_hexagons import JOBS, jobs_of_bairros, people
from sixes_geo.build.rio_sites import CRS, installed_upps, is_operational, mode_name, sites
from sixes_geo.city.tables import GEOGRAPHIC

if TYPE_CHECKING:
    from collections.abc import Mapping

_Table = TypeVar("_Table", bound=pd.DataFrame)

__all__ = [
    "SNAP_M",
    "context",
    "hexagons",
    "indicators",
    "investment",
    "people",
    "sites",
    "units",
]

SNAP_M = 500.0
"""Points on water or a viaduct get the nearest bairro, as in the source tables."""

_BAIRROS = "rio_bairros_ipp.geojson"
_REGIONS = "rio_regioes_administrativas.geojson"
_FAVELAS = "rio_favelas_ipp.geojson"

_INCOME_2022 = {"renda_resp_media_brl2022": "head_income_mean"}
_INCOME_2010 = {"renda_resp_media_brl2010": "head_income_mean"}
_BAIRRO_2010 = _INCOME_2010 | {
    "ids": "ids",
    "pct_resp_ate_2sm": "heads_up_to_2_wages",
    "pct_esgoto_adequado": "adequate_sewerage",
    "pct_analfab_10_14": "illiterate_10_14",
}
_REGION_2010 = _INCOME_2010 | {
    "ids_2010_media_ponderada": "ids",
    "pct_resp_ate_2sm_2010": "heads_up_to_2_wages",
}


def units(raw: RawFolder) -> dict[str, gpd.GeoDataFrame]:
    """Return the Regiões Administrativas, dissolved from the bairros, and the bairros."""
    bairros = _coded(raw.geojson(_BAIRROS), id="codbairro", parent="codra")
    bairro = bairros.rename(columns={"bairro": "name"})[["id", "name", "parent", "geometry"]]
    names = _coded(raw.geojson(_REGIONS), id="codra").set_index("id")["ra_nome"]
    region = bairro.dissolve("parent", as_index=False)[["parent", "geometry"]]
    region = region.rename(columns={"parent": "id"})
    region = region.assign(name=region["id"].map(names), parent="")
    return {"ra": region[["id", "name", "parent", "geometry"]], "bairro": bairro}


def indicators(raw: RawFolder) -> pd.DataFrame:
    """Return every figure per bairro and Região Administrativa; a missing one has no row."""
    bairros = _coded(raw.geojson(_BAIRROS), id="codbairro", parent="codra")
    population = {"pop_2022": "population"}
    region_population = bairros.groupby("parent", as_index=False)["pop_2022"].sum()
    region_population = region_population.rename(columns={"parent": "id"})
    income = raw.csv("rio_bairros_renda_responsavel_censo2022.csv")
    census_2010 = raw.geojson("rio_bairros160_ids_2010.geojson")
    regions = _coded(raw.geojson(_REGIONS), id="codra")
    known = set(bairros["id"])
    jobs = jobs_of_bairros(raw)
    of_region = jobs["jobs"].groupby(jobs["id"].map(bairros.set_index("id")["parent"])).sum()
    region_jobs = pd.DataFrame({"id": of_region.index, "jobs": of_region.to_numpy()})
    tables = [
        _tidy(region_population, "ra", 2022, population),
        _tidy(regions, "ra", 2022, _INCOME_2022),
        _tidy(regions, "ra", 2010, _REGION_2010),
        _tidy(region_jobs, "ra", JOBS, {"jobs": "formal_jobs"}),
        _tidy(bairros, "bairro", 2022, population),
        _tidy(_within(_coded(income, id="codbairro"), known), "bairro", 2022, _INCOME_2022),
        _tidy(_within(_coded(census_2010, id="codbairro"), known), "bairro", 2010, _BAIRRO_2010),
        _tidy(jobs, "bairro", JOBS, {"jobs": "formal_jobs"}),
        *_favela_people(raw),
    ]
    return pd.concat(tables, ignore_index=True)


def _favela_people(raw: RawFolder) -> list[pd.DataFrame]:
    """Return who lived in favelas, by Região Administrativa and bairro."""
    favelas = raw.geojson(_FAVELAS)
    lived = pd.to_numeric(favelas["pop_sabren"])
    return [
        _tidy(
            people_by_unit(favelas, lived, shapes, crs=CRS), unit, 2010, {"people": "favela_people"}
        )
        for unit, shapes in units(raw).items()
    ]


def hexagons(raw: RawFolder, sites: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return Ipea's hexagons and those around other sites, and their figures."""
    return rio_hexagons.hexagons(raw, sites, crs=CRS, snap_m=SNAP_M)


def investment(raw: RawFolder) -> pd.DataFrame | None:
    """Return None: no table of money per bairro is available."""
    del raw
    return None


def context(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return favelas, UPP areas, transit lines in operation, expressways and the city limit."""
    favelas = raw.geojson(_FAVELAS)
    upps = installed_upps(raw)
    lines = raw.geojson("rio_linhas_transporte_tma_2023.geojson")
    lines = lines[is_operational(lines["situacao"])]
    roads = raw.geojson("rio_vias_expressas.geojson")
    limit = raw.geojson("rio_municipio_contorno.geojson")
    shapes = [
        _outline("favelas", favelas, favelas["nome"]),
        _outline("upp-areas", upps, upps["nomeabrev"]),
        _outline("transit-lines", lines, mode_name(lines["modo"]) + ": " + lines["segmento"]),
        _outline("expressways", roads, roads["via"]),
        _outline("city-limit", limit, limit["nome"]),
    ]
    return gpd.GeoDataFrame(pd.concat(shapes, ignore_index=True), crs=GEOGRAPHIC)


def _outline(context_id: str, shapes: gpd.GeoDataFrame, names: pd.Series[str]) -> gpd.GeoDataFrame:
    """Return shapes as one kind of context."""
    return gpd.GeoDataFrame(
        {"context": context_id, "name": names}, geometry=shapes.geometry, crs=GEOGRAPHIC
    )


def _coded(table: _Table, **codes: str) -> _Table:
    """Return a table with codes as text: ``id="codbairro"`` adds the column ``id``."""
    return table.assign(**{name: table[column].astype(str) for name, column in codes.items()})


def _within(table: pd.DataFrame, known: set[str]) -> pd.DataFrame:
    """Return the rows of bairros that have a polygon."""
    return table[table["id"].isin(known)]


def _tidy(table: pd.DataFrame, unit: str, year: int, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per unit and figure; the sources state no intervals."""
    wide = pd.DataFrame(table)[["id", *columns]].rename(columns=dict(columns))
    tidy = wide.melt("id", var_name="indicator")
    tidy = tidy.assign(value=pd.to_numeric(tidy["value"]).astype(float), unit=unit, year=year)
    tidy = tidy.assign(lower=float("nan"), upper=float("nan")).dropna(subset="value")
    return tidy[["unit", "id", "indicator", "year", "value", "lower", "upper"]]
