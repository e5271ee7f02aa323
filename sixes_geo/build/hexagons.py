"""Regular hexagons over a city: the population of each, and its need.

Hexagons are not surveyed. Their people are counted at points or spread evenly over the zones
they cross; their need is the mean need of the units those people live in, weighted by them.
All cells have the same size, which districts and zones do not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sixes_geo.build.coverage import DECIMALS
from sixes_geo.city.tables import GEOGRAPHIC
from sixes_geo.spatial.placement import anchor_points, locate

CORNERS = np.array([(0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1)])
"""Corners around a centre, in steps of half the width and half the side."""

LEAST_COVERED = 0.5
"""A cell has a need figure if the need of at least this part of its people is known."""

LEAST_PEOPLE = 1.0
"""A sliver with fewer people by its area counts as empty: they live in the next cells."""

PEOPLE_DECIMALS = 2
"""Decimals of people spread over an area."""

MORE_DECIMALS = 2
"""Extra decimals of an interpolated need beyond those shown, so that few cells tie."""


def grid(bounds: tuple[float, float, float, float], across_m: int, *, crs: str) -> gpd.GeoDataFrame:
    """Return hexagons that cover a box, pointed to the north.

    Parameters
    ----------
    bounds
        West, south, east and north of the box in metres of ``crs``.
    across_m
        Metres between two opposite sides of a hexagon, which are also those between the
        centres of two neighbours. Its side is ``across_m / sqrt(3)``, its area
        ``across_m**2 * sqrt(3) / 2``.
    crs
        The city's projected CRS. The lattice starts at its origin, so that a city whose
        borders move keeps its cells; their numbers count from the box's corner.

    Returns
    -------
    GeoDataFrame
        ``id`` such as H12-34 (the column counted from the west, the row from the south) and
        geometry, longitude and latitude with `DECIMALS` decimals; ordered by id. Neighbours
        share their corners to the last digit.
    """
    west, south, east, north = bounds
    rise = across_m * math.sqrt(3) / 2
    columns = np.arange(math.floor(west / across_m) - 1, math.ceil(east / across_m) + 2)
    rows = np.arange(math.floor(south / rise) - 1, math.ceil(north / rise) + 2)
    column, row = (axis.ravel() for axis in np.meshgrid(columns, rows, indexing="ij"))
    centres = np.column_stack([2 * column + row % 2, 3 * row])
    steps = centres[:, None, :] + CORNERS[None, :, :]  # integers, so that shared corners are equal
    corners = steps * (across_m / 2, across_m / math.sqrt(12))
    cells = gpd.GeoSeries(shapely.polygons(corners), crs=crs).to_crs(GEOGRAPHIC)
    light = shapely.transform(cells.to_numpy(), lambda corners: np.round(corners, DECIMALS))
    width = max(2, len(str(max(len(columns), len(rows)))))
    ids = [
        f"H{x:0{width}d}-{y:0{width}d}"
        for x, y in zip(column - columns[0], row - rows[0], strict=True)
    ]
    frame = gpd.GeoDataFrame({"id": ids}, geometry=light, crs=GEOGRAPHIC)
    return frame.sort_values("id", ignore_index=True)


def people_at_points(
    cells: gpd.GeoDataFrame, people: gpd.GeoDataFrame, *, crs: str
) -> pd.DataFrame:
    """Count people at their points.

    Returns
    -------
    DataFrame
        ``cell``, ``district``, ``zone`` and ``people``: the population of each part of a cell
        that lies in one district and zone; either may be missing.
    """
    table = pd.DataFrame(people.drop(columns="geometry"))
    table = table.assign(cell=locate(people.geometry, cells, crs=crs).to_numpy())
    keys = ["cell", "district", "zone"]
    return table.groupby(keys, dropna=False)[["people"]].sum().reset_index()


def people_by_area(
    cells: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, people: pd.Series[float], *, crs: str
) -> pd.DataFrame:
    """Spread the people of each zone evenly over its area.

    Parameters
    ----------
    cells, zones
        With ``id`` and geometry; zones also with ``parent``, the district they lie in.
    people
        People per zone; a missing zone has none.
    crs
        The city's projected CRS, metres.

    Returns
    -------
    DataFrame
        As returned by `people_at_points`.

    Notes
    -----
    People are placed on water, in forests and on hills as much as in streets. Slivers with less
    than `LEAST_PEOPLE` are left to their neighbours, so that no rate is about a part of a
    person; a zone with fewer people than that would be lost.
    """
    inhabited = zones[zones["id"].isin(people.index[people > 0])]
    parts = _parts(inhabited, cells, crs=crs)
    in_cell = _spread(parts, people).groupby(parts["target"]).transform("sum")
    parts = parts[in_cell >= LEAST_PEOPLE].reset_index(drop=True)
    district = inhabited.set_index("id")["parent"]
    return pd.DataFrame(
        {
            "cell": parts["target"],
            "district": parts["source"].map(district),
            "zone": parts["source"],
            "people": _spread(parts, people),
        }
    )


def _spread(parts: pd.DataFrame, people: pd.Series[float]) -> pd.Series[float]:
    """Return the people of each part of a zone, by its share of the area of all its parts."""
    share = parts["area"] / parts.groupby("source")["area"].transform("sum")
    spread: pd.Series[float] = share * parts["source"].map(people)
    return spread


def cells_used(
    cells: gpd.GeoDataFrame, pieces: pd.DataFrame, sites: gpd.GeoDataFrame, *, crs: str
) -> gpd.GeoDataFrame:
    """Return the cells with people, and those with a site of the city.

    Parameters
    ----------
    cells
        The whole grid.
    pieces
        People per part of a cell.
    sites
        Sites with their ``district``; a site without one is outside the city.
    crs
        The city's projected CRS, metres.

    Returns
    -------
    GeoDataFrame
        The cells, with ``people``, which is 0 in cells with sites only.
    """
    population = pieces.groupby("cell")["people"].sum().round(PEOPLE_DECIMALS)
    in_city = sites[sites["district"].notna() & sites.geometry.notna()]
    with_site = locate(anchor_points(in_city.geometry, crs=crs), cells, crs=crs)
    kept = cells[cells["id"].isin({*population.index[population > 0], *with_site.dropna()})]
    people = kept["id"].map(population).fillna(0.0)
    return kept.assign(people=people).reset_index(drop=True)


def named(cells: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, crs: str) -> gpd.GeoDataFrame:
    """Name each cell after the district with most of its area, or else the nearest one."""
    parts = _parts(cells, districts, crs=crs)
    parts = parts.sort_values(["area", "target"], ascending=[False, True], kind="stable")
    most = parts.drop_duplicates("source").set_index("source")["target"]
    parent = cells["id"].map(most)
    outside = parent.isna()
    if outside.any():
        centres = cells.geometry[outside].to_crs(crs).centroid
        extent = float(np.ptp(districts.to_crs(crs).total_bounds))
        parent[outside] = locate(centres, districts, crs=crs, snap_m=extent)
    names = parent.map(districts.set_index("id")["name"]) + " · " + cells["id"]
    return cells.assign(name=names, parent=parent)[["id", "name", "parent", "people", "geometry"]]


def figures(
    cells: pd.DataFrame,
    pieces: pd.DataFrame,
    indicators: pd.DataFrame,
    recipe: Mapping[str, Any],
) -> pd.DataFrame:
    """Return the population of every cell and its needs, as a long table.

    Parameters
    ----------
    cells
        With ``id`` and ``people``.
    pieces
        People per part of a cell.
    indicators
        All figures of districts and zones, as a long table.
    recipe
        The city's recipe.

    Returns
    -------
    DataFrame
        The columns of ``indicators``. A need that zones have is taken from them, in each of
        its years; one that only districts have, in its newest year. No limits are given: those
        of a unit are not those of a part of it.
    """
    names = {entry["level"]: entry["unit"] for entry in recipe["units"]}
    hexagons = next(entry for entry in recipe["units"] if entry["level"] == "hexagon")
    indicator, population_year = hexagons["population"]
    parts = [_rows(hexagons["unit"], cells.set_index("id")["people"], indicator, population_year)]
    for need in recipe["indicators"]:
        rows = indicators[indicators["indicator"] == need["indicator"]]
        level = next(
            (name for name in ("zone", "district") if _has_figures(rows, names.get(name))), None
        )
        if need["role"] != "need" or level is None:
            continue
        rows = rows[rows["unit"] == names[level]]
        if level == "district":
            rows = rows[rows["year"] == rows["year"].max()]
        for year, table in rows.groupby("year"):
            rates = table.set_index("id")["value"]
            value = need_of_people(pieces, rates, level).reindex(cells["id"]).dropna()
            value = value.round(need["decimals"] + MORE_DECIMALS)
            parts.append(_rows(hexagons["unit"], value, need["indicator"], int(str(year))))
    return pd.concat(parts, ignore_index=True)


def need_of_people(pieces: pd.DataFrame, rates: pd.Series[float], level: str) -> pd.Series[float]:
    """Return the mean need of the people of each cell.

    Parameters
    ----------
    pieces
        People per part of a cell, with the unit of ``level`` they live in.
    rates
        Need per unit: a rate, a mean or a score. The mean of medians is not the median.
    level
        ``zone`` or ``district``.

    Returns
    -------
    Series
        Per cell; missing where the need of less than `LEAST_COVERED` of its people is known.
    """
    rate = pieces[level].map(rates)
    known = pieces.assign(need=pieces["people"] * rate, known=pieces["people"].where(rate.notna()))
    total = known.groupby("cell")[["need", "known", "people"]].sum()
    enough = (total["known"] > 0) & (total["known"] >= LEAST_COVERED * total["people"])
    mean: pd.Series[float] = (total["need"] / total["known"]).where(enough)
    return mean


def _has_figures(rows: pd.DataFrame, unit: str | None) -> bool:
    """Tell whether a level of units has any of the figures."""
    return bool((rows["unit"] == unit).any())


def _rows(unit: str, values: pd.Series[float], indicator: str, year: int) -> pd.DataFrame:
    """Return figures as rows of the long table."""
    table = {"unit": unit, "id": values.index, "indicator": indicator, "year": year}
    return pd.DataFrame({**table, "value": values.to_numpy(dtype=float)}).assign(
        lower=float("nan"), upper=float("nan")
    )


def _parts(sources: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, *, crs: str) -> pd.DataFrame:
    """Return the area in square metres that each source shares with each target."""
    source_shapes = shapely.make_valid(sources.geometry.to_crs(crs).to_numpy())
    target_shapes = shapely.make_valid(targets.geometry.to_crs(crs).to_numpy())
    first, second = shapely.STRtree(target_shapes).query(source_shapes, predicate="intersects")
    table = pd.DataFrame(
        {
            "source": sources["id"].to_numpy()[first],
            "target": targets["id"].to_numpy()[second],
            "area": shapely.area(shapely.intersection(source_shapes[first], target_shapes[second])),
        }
    )
    table = table[table["area"] > 0]
    return table.sort_values(["source", "target"], ignore_index=True)
