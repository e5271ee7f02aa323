"""Shapes light enough for an old laptop, with shared borders kept shared."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from sixes_geo.build.raw import GEOGRAPHIC

DECIMALS = 5
"""About a metre: finer than any source here."""

FINE_DECIMALS = 7
"""About a centimetre: for the few shapes that the coarser grid would swallow."""

SLIVER_M = 1.0
"""Gaps between neighbours narrower than this, which some sources hold, are closed."""

LIMIT_M = 19.0
"""No border may move further than this; with rounding that keeps units within 20 m."""

TOLERANCES_M = (20.0, 14.0, 10.0, 7.0, 5.0, 3.5, 2.5, 1.5)
"""Sizes of the detail that may go, tried from the coarsest (Visvalingam, side of the area)."""

ROUNDS = 6

AREA, AREAS = shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON


def generalised(units: gpd.GeoDataFrame, *, crs: str) -> gpd.GeoDataFrame:
    """Clean and simplify a coverage: no gaps, no overlaps, shared borders stay shared.

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
    light = _simplified(clean, clean, outer=False)
    light = _simplified(light, clean, outer=True)
    degrees = gpd.GeoSeries(light, crs=crs).to_crs(GEOGRAPHIC).to_numpy()
    return units.set_geometry(_on_grid(degrees), crs=GEOGRAPHIC)


def lightened(shapes: gpd.GeoSeries, *, crs: str, tolerance_m: float) -> gpd.GeoSeries:
    """Simplify shapes that share no borders: lines, outlines of settlements."""
    metres = shapes.to_crs(crs).to_numpy()
    simple = gpd.GeoSeries(shapely.simplify(metres, tolerance_m), crs=crs, index=shapes.index)
    degrees = simple.to_crs(GEOGRAPHIC).to_numpy()
    return gpd.GeoSeries(_one_by_one_on_grid(degrees), crs=GEOGRAPHIC, index=shapes.index)


def _simplified(coverage: np.ndarray, source: np.ndarray, *, outer: bool) -> np.ndarray:
    """Simplify inner borders, or all of them, as far as the limit allows."""
    borders = shapely.boundary(source)
    for tolerance in TOLERANCES_M:
        light: np.ndarray = shapely.coverage_simplify(
            coverage, tolerance=tolerance, simplify_boundary=outer
        )
        if shapely.hausdorff_distance(shapely.boundary(light), borders).max() <= LIMIT_M:
            return light
    return coverage


def _on_grid(coverage: np.ndarray) -> np.ndarray:
    """Round a coverage; where rounding folds a corner over, clean it and round again."""
    for _ in range(ROUNDS):
        coverage = _rounded(coverage)
        if shapely.is_valid(coverage).all() and shapely.coverage_is_valid(coverage):
            break
        coverage = shapely.coverage_clean(_polygons(coverage), snapping_distance=0.0)
    return coverage


def _one_by_one_on_grid(shapes: np.ndarray) -> np.ndarray:
    """Round shapes; repair what folds over, and round finely what would vanish."""
    light = _rounded(shapes)
    for _ in range(ROUNDS):
        broken = ~(shapely.is_valid(light) | shapely.is_missing(light))
        if not broken.any():
            break
        light[broken] = _rounded(_polygons(light[broken]))
    lost = ~shapely.is_valid(light) | (shapely.is_empty(light) & ~shapely.is_empty(shapes))
    return np.where(lost, _rounded(shapes, FINE_DECIMALS), light)


def _rounded(shapes: np.ndarray, decimals: int = DECIMALS) -> np.ndarray:
    """Round every corner alike, so that what two neighbours share stays the same."""
    rounded: np.ndarray = shapely.transform(shapes, lambda corners: np.round(corners, decimals))
    return rounded


def _polygons(shapes: np.ndarray) -> np.ndarray:
    """Repair shapes and keep their areas only."""
    repaired: np.ndarray = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return repaired
