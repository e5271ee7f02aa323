"""Shapes and sites as small files that a browser fetches once and keeps.

Corners are whole numbers of 0.00001 degrees, each the step from the one before: a third of
the size of GeoJSON, and nothing to parse but numbers. ``static/sixes-map.js`` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sixes_geo.spatial.placement import APPROXIMATE_FROM_M

SCALE = 100_000

SIZES = (0.5, 3.5)
"""Smallest and largest mark of money, in parts of that of the median."""

EXACT, ROUGH, OUTSIDE = ".", "~", "x"


def encoded_units(units: gpd.GeoDataFrame, parents: Mapping[str, str]) -> bytes:
    """Encode units: ids, names, names of what they lie in, and polygons.

    Parameters
    ----------
    units
        Columns ``id``, ``name``, ``parent`` and polygons in longitude and latitude.
    parents
        Names of the larger units by id; one that is not there gives an empty name.
    """
    return _bytes(
        {
            "ids": units["id"].tolist(),
            "names": units["name"].tolist(),
            "parents": [parents.get(str(one), "") for one in units["parent"]],
            "shapes": [_polygons(shape) for shape in units.geometry],
        }
    )


def encoded_sites(sites: gpd.GeoDataFrame, unit: pd.Series) -> bytes:
    """Encode sites: names, the unit each stands in, and how well its place is known.

    Parameters
    ----------
    sites
        Columns ``name`` and ``precision_m``, points or lines in longitude and latitude.
    unit
        Unit id per site, missing where it stands in none.
    """
    content: dict[str, object] = {
        "names": sites["name"].fillna("").tolist(),
        "units": unit.fillna("").tolist(),
        "flags": site_flags(sites, unit),
    }
    if sites.geom_type.isin(["Point"]).all():
        content["points"] = _steps(shapely.get_coordinates(sites.geometry.to_numpy()))
    else:
        content["lines"] = [_path(shape) for shape in sites.geometry]
    return _bytes(content)


def site_flags(sites: gpd.GeoDataFrame, unit: pd.Series) -> str:
    """Return a sign per site: whether it stands in a unit, and how well its place is known."""
    rough = sites["precision_m"] > APPROXIMATE_FROM_M
    return "".join(np.where(unit.isna(), OUTSIDE, np.where(rough, ROUGH, EXACT)))


def money_sizes(per_head: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the size of marks of money, in parts of that of the median: by area, within limits."""
    known = len(per_head) and per_head.max() > 0
    sizes = np.sqrt(per_head / np.median(per_head)) if known else per_head
    return np.clip(sizes, *SIZES)


def encoded_money(units: gpd.GeoDataFrame, per_head: pd.Series) -> bytes:
    """Encode money per unit: a mark in the middle of each, as large as the money of a head.

    Parameters
    ----------
    units
        Columns ``id``, ``name`` and polygons in longitude and latitude.
    per_head
        Money per person on the ids, missing where it is not known; the area of a mark is its
        part of the median, within limits that keep all of them legible.
    """
    known = units[units["id"].map(per_head).notna().to_numpy()]
    parts = known["id"].map(per_head).to_numpy(dtype=float)
    return _bytes(
        {
            "names": known["name"].tolist(),
            "units": known["id"].tolist(),
            "flags": EXACT * len(known),
            "points": _steps(shapely.get_coordinates(known.representative_point().to_numpy())),
            "sizes": money_sizes(parts).round(2).tolist(),
        }
    )


def encoded_fates(places: pd.DataFrame) -> bytes:
    """Encode places that share a fate.

    Parameters
    ----------
    places
        Columns ``name``, ``unit``, and ``lon`` and ``lat`` in degrees.
    """
    return _bytes(
        {
            "names": places["name"].tolist(),
            "units": places["unit"].tolist(),
            "flags": EXACT * len(places),
            "points": _steps(places[["lon", "lat"]].to_numpy()),
        }
    )


def encoded_context(shapes: gpd.GeoSeries) -> bytes:
    """Encode shapes that are only looked at: polygons, lines and points together."""
    kinds = shapes.geom_type
    parts = shapes[kinds.isin(["LineString", "MultiLineString"])].explode(index_parts=False)
    content: dict[str, object] = {
        "shapes": [_polygons(shape) for shape in shapes[kinds.isin(["Polygon", "MultiPolygon"])]],
        "lines": [_path(shape) for shape in parts],
    }
    points = shapes[kinds == "Point"]
    if len(points):
        content["points"] = _steps(shapely.get_coordinates(points.to_numpy()))
    return _bytes(content)


def _polygons(shape: shapely.Geometry) -> list[list[list[int]]]:
    """Return the rings of each polygon, the outer one first."""
    return [
        [_path(polygon.exterior), *(_path(ring) for ring in polygon.interiors)]
        for polygon in shapely.get_parts(shape)
    ]


def _path(line: shapely.Geometry) -> list[int]:
    """Return the corners of one line as steps; of several pieces, one after the other."""
    return _steps(shapely.get_coordinates(line))


def _steps(corners: np.ndarray) -> list[int]:
    """Return corners as whole numbers, each the step from the one before."""
    whole = np.rint(corners * SCALE).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [int(number) for number in steps.ravel()]


def _bytes(content: Mapping[str, object] | Iterable[object]) -> bytes:
    """Return compact JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
