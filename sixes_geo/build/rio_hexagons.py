"""Rio de Janeiro: Ipea's hexagons, with their own income, people and jobs, and people points.

A hexagon lies in the bairro that the source gives it: that of its centre, or the nearest one.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from sixes_geo.build import h3_cells
from sixes_geo.build.raw import RawFolder
from sixes_geo.city.tables import GEOGRAPHIC
from sixes_geo.spatial.placement import anchor_points, locate

HEXAGONS = "rio_aop_hexagonos_2010_2019.csv"
BAIRROS = "rio_bairros_ipp.geojson"

UNIT = "hexagon"

LEAST_PEOPLE = 50
"""Residents from which the mean income of a hexagon is more than noise."""

CENSUS, JOBS = 2010, 2019

LEVELS_UP = 4
"""Cells with a site share an ancestor of this level with one of the source: 17 km across."""

NAMING = slice(5, 11)
"""The part of an H3 id that differs within the city."""


def people(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the residents of 2022 at the centres of inhabited hexagons.

    Where people lived within a bairro is as in 2010; how many they are is the bairro's of 2022.
    """
    table = _table(raw)
    table = table[table["people"] > 0].reset_index(drop=True)
    bairros = _bairros(raw).set_index("id")
    residents = scaled(table["people"], table["zone"], bairros["pop_2022"])
    columns = {"id": table["id"], "people": residents, "zone": table["zone"]}
    return gpd.GeoDataFrame(
        {**columns, "district": table["zone"].map(bairros["parent"])},
        geometry=gpd.points_from_xy(table["lon"], table["lat"]),
        crs=GEOGRAPHIC,
    )


def jobs_of_bairros(raw: RawFolder) -> pd.DataFrame:
    """Return the formal jobs of each bairro, ``id`` and ``jobs``: those of its hexagons."""
    table = _table(raw)
    jobs = table.groupby("zone")["jobs"].sum()
    return pd.DataFrame({"id": jobs.index, "jobs": jobs.to_numpy()})


def scaled(
    people: pd.Series[float], group: pd.Series[str], totals: pd.Series[float]
) -> pd.Series[int]:
    """Return people as whole numbers in the same proportions that add up to other totals.

    Parameters
    ----------
    people
        People counted before, of whom each group has some.
    group
        The group of each.
    totals
        The total of each group, a whole number.
    """
    exact = people * group.map(totals) / people.groupby(group).transform("sum")
    whole = exact // 1
    left = group.map(totals) - whole.groupby(group).transform("sum")
    turn = (whole - exact).groupby(group).rank(method="first")  # the largest remainder first
    rounded: pd.Series[int] = (whole + (turn <= left.round())).astype(int)
    return rounded


def hexagons(
    raw: RawFolder, sites: gpd.GeoDataFrame, *, crs: str, snap_m: float
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the hexagons and their figures.

    Parameters
    ----------
    raw
        The raw files.
    sites
        Sites with their ``district``; a site without one is outside the city.
    crs
        The city's projected CRS, metres.
    snap_m
        How far from a bairro the centre of a hexagon can lie that is given to it.

    Returns
    -------
    tuple
        Every hexagon of the source, and those with a site in which nobody lives or works; and
        the people, income and jobs of each as a long table. Few people have no mean income.
    """
    table = _table(raw)
    cells = _drawn(table, sites, crs)
    bairros = _bairros(raw)
    listed = table.set_index("id").reindex(cells["id"])
    centres = cells.geometry.to_crs(crs).centroid
    zone = listed["zone"].fillna(
        pd.Series(locate(centres, bairros, crs=crs, snap_m=snap_m).to_numpy(), listed.index)
    )
    known = bairros.set_index("id")
    cells["name"] = [
        f"{name} · {code[NAMING]}"
        for code, name in zip(cells["id"], zone.map(known["bairro"]), strict=True)
    ]
    cells["parent"] = zone.map(known["parent"]).to_numpy()
    cells["people"] = listed["people"].fillna(0.0).to_numpy()
    income = listed["income"].where(listed["people"] >= LEAST_PEOPLE).dropna()
    figures = [
        _rows("population", CENSUS, listed["people"].fillna(0.0)),
        _rows("income_per_head_mean", CENSUS, income),
        _rows("formal_jobs", JOBS, listed["jobs"].fillna(0.0)),
    ]
    columns = ["id", "name", "parent", "people", "geometry"]
    return cells[columns], pd.concat(figures, ignore_index=True)


def _drawn(table: pd.DataFrame, sites: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    """Return the outlines of the listed hexagons and of those around other sites, by id."""
    known = table["id"].to_numpy()
    centres = table[["lon", "lat"]].to_numpy()
    ids = h3_cells.cousins(known, LEVELS_UP)
    grid = gpd.GeoDataFrame({"id": ids}, geometry=h3_cells.outlines(known, centres, ids))
    in_city = sites[sites["district"].notna() & sites.geometry.notna()]
    standing = locate(anchor_points(in_city.geometry, crs=crs), grid, crs=crs).dropna()
    kept = grid[grid["id"].isin({*known, *standing})]
    return kept.sort_values("id", ignore_index=True)


def _table(raw: RawFolder) -> pd.DataFrame:
    """Return the source's hexagons: place, bairro, people, income per head and jobs."""
    table = raw.csv(HEXAGONS)
    numbers = {
        "lon": "lon",
        "lat": "lat",
        "pop_2010": "people",
        "renda_dom_pc_media_brl2010": "income",
        "empregos_2019": "jobs",
    }
    read = {name: pd.to_numeric(table[column]) for column, name in numbers.items()}
    return pd.DataFrame({"id": table["id_hex"], "zone": table["codbairro"], **read}).astype(
        dict.fromkeys(read, float)
    )


def _bairros(raw: RawFolder) -> gpd.GeoDataFrame:
    """Return the bairros with ``id`` and ``parent``, the region they belong to, as text."""
    shapes = raw.geojson(BAIRROS)
    return shapes.assign(id=shapes["codbairro"].astype(str), parent=shapes["codra"].astype(str))


def _rows(indicator: str, year: int, values: pd.Series[float]) -> pd.DataFrame:
    """Return figures of hexagons as rows of the long table."""
    columns = {"unit": UNIT, "id": values.index, "indicator": indicator, "year": year}
    return pd.DataFrame({**columns, "value": values.to_numpy(dtype=float)}).assign(
        lower=float("nan"), upper=float("nan")
    )
