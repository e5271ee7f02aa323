"""Which unit a site stands in, in metres of the city's own projection."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

APPROXIMATE_FROM_M = 100
"""A site whose place is known less well than this counts by its uncertainty disc."""


def anchor_points(shapes: gpd.GeoSeries, *, crs: str) -> gpd.GeoSeries:
    """Return the point by which a site is placed: itself, or the middle of its line.

    Parameters
    ----------
    shapes
        Points, lines or areas in any CRS; shape ``(n,)``. Missing stays missing.
    crs
        The city's projected CRS, metres: a line's middle is that of its metres.

    Returns
    -------
    GeoSeries
        One point each on the caller's index, in the caller's CRS: a line's midpoint along its
        length, an area's representative point.
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
    """Return the unit each site stands in; a point on a shared border counts once.

    Parameters
    ----------
    sites
        Points in any CRS; shape ``(n,)``. A missing point gives a missing unit.
    units
        Units with the column ``id`` and geometry in any CRS; shape ``(m,)``.
    crs
        The city's projected CRS, metres.
    snap_m
        A site in no unit takes the nearest one within this distance; 0 never does.

    Returns
    -------
    Series
        Unit id per site on the caller's index, missing outside. Of several units that touch
        a point the smallest id wins, so that the order of rows changes nothing.

    Notes
    -----
    It cannot see an error in the site's own position; `disc_shares` can.
    """
    points = sites.to_crs(crs)
    areas = units[["id", "geometry"]].to_crs(crs)
    index = shapely.STRtree(areas.geometry.to_numpy())
    known = np.flatnonzero(points.notna().to_numpy() & ~points.is_empty.to_numpy())
    geometry = points.to_numpy()[known]
    found = _smallest(index.query(geometry, predicate="intersects"), areas["id"].to_numpy())
    result = pd.Series(None, index=sites.index, dtype="object")
    result.iloc[known] = [found.get(row) for row in range(len(known))]
    lost = known[[row not in found for row in range(len(known))]]
    if snap_m > 0 and len(lost):
        pairs = index.query_nearest(points.to_numpy()[lost], max_distance=snap_m)
        near = _smallest(pairs, areas["id"].to_numpy())
        result.iloc[lost] = [near.get(row) for row in range(len(lost))]
    return result.astype("str").where(result.notna())


def disc_shares(
    sites: gpd.GeoSeries, radius_m: pd.Series[float], units: gpd.GeoDataFrame, *, crs: str
) -> pd.DataFrame:
    """Share of each site's uncertainty disc that lies in each unit.

    Parameters
    ----------
    sites
        Points in any CRS; shape ``(n,)``, none missing.
    radius_m
        Radius of the disc in metres, positive; shape ``(n,)``.
    units
        Units with the column ``id``; shape ``(m,)``.
    crs
        The city's projected CRS, metres.

    Returns
    -------
    DataFrame
        Columns ``site`` (label of the site), ``unit`` and ``share``; the shares of one site
        add up to 1 over the part of the disc that lies in any unit.

    Notes
    -----
    Every place in the disc is taken as equally likely, which ignores streets and buildings.
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
    found: dict[int, str] = {}
    for row, unit in pairs.T:
        name = str(ids[unit])
        found[int(row)] = min(found.get(int(row), name), name)
    return found


def _longest_part(lines: np.ndarray) -> np.ndarray:
    """Return each line, or the longest piece where it comes in several."""
    parts = [shapely.get_parts(line) for line in lines]
    return np.array([piece[np.argmax(shapely.length(piece))] for piece in parts])
