"""Placement of sites in units, in metres of the city's projected CRS."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

LATTICE = 600_000
"""Points that cover areas, over all of them."""

POINTS_PER_AREA = (64, 4096)
"""Fewest and most points that cover an area."""

APPROXIMATE_FROM_M = 100
"""Precision, in metres, above which a site counts by its uncertainty disc."""


def anchor_points(shapes: gpd.GeoSeries, *, crs: str) -> gpd.GeoSeries:
    """Return the point by which a site is placed: itself, or the midpoint of its line.

    Parameters
    ----------
    shapes
        Points, lines or areas in any CRS; shape ``(n,)``. A missing shape gives a missing point.
    crs
        The city's projected CRS, in metres, in which midpoints are measured.

    Returns
    -------
    GeoSeries
        One point per shape, on the caller's index and in the caller's CRS: a line's midpoint
        along its length, an area's representative point.
    """
    points = shapes.copy()
    lines = shapes.geom_type.isin(["LineString", "MultiLineString"])
    areas = shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    if lines.any():
        merged = _longest_part(shapely.line_merge(shapes[lines].to_crs(crs).to_numpy()))
        middles = shapely.line_interpolate_point(merged, 0.5, normalized=True)
        places = gpd.GeoSeries(middles, index=shapes.index[lines], crs=crs)
        points[lines] = places.to_crs(shapes.crs)
    if areas.any():
        points[areas] = shapes[areas].representative_point()
    return points


def locate(
    sites: gpd.GeoSeries, units: gpd.GeoDataFrame, *, crs: str, snap_m: float = 0.0
) -> pd.Series[str]:
    """Return the unit of each site; a point on a shared border is in one unit only.

    Parameters
    ----------
    sites
        Points in any CRS; shape ``(n,)``. A missing point gives a missing unit.
    units
        Units with the column ``id`` and geometry in any CRS; shape ``(m,)``.
    crs
        The city's projected CRS, in metres.
    snap_m
        A site outside all units gets the nearest one within this distance; none if it is 0.

    Returns
    -------
    Series
        Unit id per site on the caller's index, missing outside all units. If several units touch
        a point, the smallest id is taken, so that the order of rows does not matter.

    Notes
    -----
    An error in the position of a site goes unnoticed here; `disc_shares` allows for it.
    """
    points = sites.to_crs(crs)
    areas = units[["id", "geometry"]].to_crs(crs)
    index = shapely.STRtree(areas.geometry.to_numpy())
    known = np.flatnonzero(points.notna().to_numpy() & ~points.is_empty.to_numpy())
    geometry = points.to_numpy()[known]
    inside = _smallest(index.query(geometry, predicate="intersects"), areas["id"].to_numpy())
    result = pd.Series(None, index=sites.index, dtype="object")
    result.iloc[known] = [inside.get(row) for row in range(len(known))]
    outside = known[[row not in inside for row in range(len(known))]]
    if snap_m > 0 and len(outside):
        pairs = index.query_nearest(points.to_numpy()[outside], max_distance=snap_m)
        nearest = _smallest(pairs, areas["id"].to_numpy())
        result.iloc[outside] = [nearest.get(row) for row in range(len(outside))]
    return result.astype("str").where(result.notna())


def share_within(areas: gpd.GeoSeries, sites: np.ndarray, metres: Sequence[float]) -> np.ndarray:
    """Return the share of each area that is within each distance of a site.

    Parameters
    ----------
    areas
        Polygons in a projected CRS, in metres; shape ``(n,)``.
    sites
        Coordinates of sites in the same CRS; shape ``(m, 2)``.
    metres
        Distances, in a straight line; shape ``(k,)``.

    Returns
    -------
    ndarray
        A share from 0 to 1 per area and distance; shape ``(n, k)``.

    Notes
    -----
    Shares are counted at points that cover each area evenly, some `LATTICE` of them in all:
    cutting the discs around sites out of thousands of areas takes half a minute a distance.
    """
    places, area = lattice(areas)
    away = cKDTree(sites).query(places)[0]
    total = np.bincount(area, minlength=len(areas))
    near = [np.bincount(area[away <= each], minlength=len(areas)) / total for each in metres]
    return np.column_stack(near) if near else np.empty((len(areas), 0))


def lattice(areas: gpd.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    """Return points that cover areas evenly, as many in each, and the position of their area."""
    shapes = areas.to_numpy()
    many = np.clip(LATTICE // max(len(shapes), 1), *POINTS_PER_AREA)
    step = np.sqrt(shapely.area(shapes) / many)
    west, south, east, north = shapely.bounds(shapes).T
    columns = np.maximum(np.ceil((east - west) / step), 1).astype(int)
    rows = np.maximum(np.ceil((north - south) / step), 1).astype(int)
    size = columns * rows
    area = np.repeat(np.arange(len(shapes)), size)
    nth = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    x = west[area] + (nth % columns[area] + 0.5) * ((east - west) / columns)[area]
    y = south[area] + (nth // columns[area] + 0.5) * ((north - south) / rows)[area]
    shapely.prepare(shapes)
    inside = shapely.contains_xy(shapes[area], x, y)
    missed = np.setdiff1d(np.arange(len(shapes)), area[inside])
    slivers = shapely.get_coordinates(shapely.point_on_surface(shapes[missed]))
    places = np.vstack([np.column_stack([x, y])[inside], slivers])
    return places, np.concatenate([area[inside], missed])


def disc_shares(
    sites: gpd.GeoSeries, radius_m: pd.Series[float], units: gpd.GeoDataFrame, *, crs: str
) -> pd.DataFrame:
    """Return the share of each site's uncertainty disc that is in each unit.

    Parameters
    ----------
    sites
        Points in any CRS; shape ``(n,)``, none missing.
    radius_m
        Radius of the disc in metres, positive; shape ``(n,)``.
    units
        Units with the column ``id``; shape ``(m,)``.
    crs
        The city's projected CRS, in metres.

    Returns
    -------
    DataFrame
        Columns ``site`` (label of the site), ``unit`` and ``share``; the shares of a site add up
        to 1, over the part of its disc that is inside the units.

    Notes
    -----
    Every place in the disc is assumed to be equally likely, whatever the streets and buildings.
    """
    discs = sites.to_crs(crs).buffer(radius_m, quad_segs=16)
    areas = units[["id", "geometry"]].to_crs(crs)
    index = shapely.STRtree(areas.geometry.to_numpy())
    site, unit = index.query(discs.to_numpy(), predicate="intersects")
    parts = shapely.area(
        shapely.intersection(discs.to_numpy()[site], areas.geometry.to_numpy()[unit])
    )
    shares = pd.DataFrame(
        {"site": sites.index.to_numpy()[site], "unit": areas["id"].to_numpy()[unit], "share": parts}
    )
    shares = shares[shares["share"] > 0]
    shares["share"] /= shares.groupby("site")["share"].transform("sum")
    return shares.sort_values(["site", "unit"], ignore_index=True)


def _smallest(pairs: np.ndarray, ids: np.ndarray) -> dict[int, str]:
    """Return the smallest unit id per row of a spatial query."""
    smallest: dict[int, str] = {}
    for row, unit in pairs.T:
        name = str(ids[unit])
        smallest[int(row)] = min(smallest.get(int(row), name), name)
    return smallest


def _longest_part(lines: np.ndarray) -> np.ndarray:
    """Return each line, or its longest part if it has several."""
    lines_in_parts = [shapely.get_parts(line) for line in lines]
    return np.array([parts[np.argmax(shapely.length(parts))] for parts in lines_in_parts])
