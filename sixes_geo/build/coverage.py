"""Simplified shapes, light enough for an old laptop, with shared borders still shared."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from sixes_geo.city.tables import GEOGRAPHIC

DECIMALS = 5
"""About a metre: finer than any source here."""

FINE_DECIMALS = 7
"""About a centimetre: for the few shapes that would vanish on the coarser grid."""

SLIVER_M = 1.0
"""Gaps between neighbours narrower than this, as in some sources, are closed."""

LIMIT_M = 19.0
"""No border may move further than this; with rounding that keeps units within 20 m."""

TOLERANCES_M = (20.0, 14.0, 10.0, 7.0, 5.0, 3.5, 2.5, 1.5)
"""Sizes of detail to remove, tried from the coarsest (Visvalingam, side of the area)."""

ROUNDS = 6

AREA, AREAS = shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON


def generalised(units: gpd.GeoDataFrame, *, crs: str) -> gpd.GeoDataFrame:
    """Clean and simplify a coverage: no gaps, no overlaps, and shared borders stay shared.

    Parameters
    ----------
    units
        Polygons that should tile a city, longitude and latitude.
    crs
        The city's projected CRS, metres.

    Returns
    -------
    GeoDataFrame
        The same rows, longitude and latitude with `DECIMALS` decimals: the coarsest of
        `TOLERANCES_M` that moves no border by more than `LIMIT_M`.
    """
    source = _polygons(units.to_crs(crs).geometry.to_numpy())
    clean = shapely.coverage_clean(source, gap_width=SLIVER_M)
    simple = _simplified(clean, clean, outer=False)
    simple = _simplified(simple, clean, outer=True)
    degrees = gpd.GeoSeries(simple, crs=crs).to_crs(GEOGRAPHIC).to_numpy()
    return units.set_geometry(_on_grid(degrees), crs=GEOGRAPHIC)


def simplified(shapes: gpd.GeoSeries, *, crs: str, tolerance_m: float) -> gpd.GeoSeries:
    """Simplify shapes that share no borders: lines, outlines of settlements."""
    metres = shapes.to_crs(crs).to_numpy()
    simple = gpd.GeoSeries(shapely.simplify(metres, tolerance_m), crs=crs, index=shapes.index)
    degrees = simple.to_crs(GEOGRAPHIC).to_numpy()
    return gpd.GeoSeries(_one_by_one_on_grid(degrees), crs=GEOGRAPHIC, index=shapes.index)


def _simplified(coverage: np.ndarray, source: np.ndarray, *, outer: bool) -> np.ndarray:
    """Simplify inner borders, or all of them, as far as the limit allows."""
    borders = shapely.boundary(source)
    for tolerance in TOLERANCES_M:
        simple: np.ndarray = shapely.coverage_simplify(
            coverage, tolerance=tolerance, simplify_boundary=outer
        )
        if shapely.hausdorff_distance(shapely.boundary(simple), borders).max() <= LIMIT_M:
            return simple
    return coverage


def _on_grid(coverage: np.ndarray) -> np.ndarray:
    """Round a coverage; if rounding makes it invalid, clean it and round again."""
    for _ in range(ROUNDS):
        coverage = _rounded(coverage)
        if shapely.is_valid(coverage).all() and shapely.coverage_is_valid(coverage):
            break
        coverage = shapely.coverage_clean(_polygons(coverage), snapping_distance=0.0)
    return coverage


def _one_by_one_on_grid(shapes: np.ndarray) -> np.ndarray:
    """Round shapes; repair those that become invalid, and round less those that would vanish."""
    rounded = _rounded(shapes)
    for _ in range(ROUNDS):
        invalid = ~(shapely.is_valid(rounded) | shapely.is_missing(rounded))
        if not invalid.any():
            break
        rounded[invalid] = _rounded(_polygons(rounded[invalid]))
    vanished = ~shapely.is_valid(rounded) | (shapely.is_empty(rounded) & ~shapely.is_empty(shapes))
    return np.where(vanished, _rounded(shapes, FINE_DECIMALS), rounded)


def _rounded(shapes: np.ndarray, decimals: int = DECIMALS) -> np.ndarray:
    """Round every corner alike, so that shared borders stay the same."""
    rounded: np.ndarray = shapely.transform(shapes, lambda corners: np.round(corners, decimals))
    return rounded


def _polygons(shapes: np.ndarray) -> np.ndarray:
    """Repair shapes and keep their areas only."""
    repaired: np.ndarray = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return repaired
