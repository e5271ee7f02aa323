"""Shapes and sites as small files that a browser fetches once and caches.

Coordinates are integers in 0.00001 degrees, each the difference to the one before: a third of
the size of GeoJSON, and fast to parse. ``static/sixes-map.js`` reads them.
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
"""Smallest and largest mark of money, relative to that of the median."""

EXACT, ROUGH, OUTSIDE = ".", "~", "x"


def encoded_units(units: gpd.GeoDataFrame, parents: Mapping[str, str]) -> bytes:
    """Encode units: ids, names, names of their parents, and polygons.

    Parameters
    ----------
    units
        Columns ``id``, ``name``, ``parent`` and polygons in longitude and latitude.
    parents
        Names of the larger units by id; a missing one gives an empty name.
    """
    return _bytes(
        {
            "ids": units["id"].tolist(),
            "names": units["name"].tolist(),
            "parents": [parents.get(str(parent), "") for parent in units["parent"]],
            "shapes": [_polygons(shape) for shape in units.geometry],
        }
    )


def encoded_sites(sites: gpd.GeoDataFrame, unit: pd.Series) -> bytes:
    """Encode sites: names, the unit each is in, and how precise its location is.

    Parameters
    ----------
    sites
        Columns ``name`` and ``precision_m``, points or lines in longitude and latitude.
    unit
        Unit id per site, missing if it is in none.
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
    """Return a character per site: in a unit, approximate or outside all units."""
    rough = sites["precision_m"] > APPROXIMATE_FROM_M
    return "".join(np.where(unit.isna(), OUTSIDE, np.where(rough, ROUGH, EXACT)))


def money_sizes(per_person: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the size of marks of money relative to the median: by area, within limits."""
    known = len(per_person) and per_person.max() > 0
    sizes = np.sqrt(per_person / np.median(per_person)) if known else per_person
    return np.clip(sizes, *SIZES)


def encoded_money(units: gpd.GeoDataFrame, per_person: pd.Series) -> bytes:
    """Encode money per unit: a mark in the middle of each, sized by the money per person.

    Parameters
    ----------
    units
        Columns ``id``, ``name`` and polygons in longitude and latitude.
    per_person
        Money per person by unit id, missing if unknown; the area of a mark is relative to
        that of the median, within limits that keep all marks legible.
    """
    known = units[units["id"].map(per_person).notna().to_numpy()]
    parts = known["id"].map(per_person).to_numpy(dtype=float)
    return _bytes(
        {
            "names": known["name"].tolist(),
            "units": known["id"].tolist(),
            "flags": EXACT * len(known),
            "points": _steps(shapely.get_coordinates(known.representative_point().to_numpy())),
            "sizes": money_sizes(parts).round(2).tolist(),
        }
    )


def encoded_changes(sites: pd.DataFrame) -> bytes:
    """Encode sites that share a change: all kept, all gained or all lost.

    Parameters
    ----------
    sites
        Columns ``name``, ``unit``, and ``lon`` and ``lat`` in degrees.
    """
    return _bytes(
        {
            "names": sites["name"].tolist(),
            "units": sites["unit"].tolist(),
            "flags": EXACT * len(sites),
            "points": _steps(sites[["lon", "lat"]].to_numpy()),
        }
    )


def encoded_context(shapes: gpd.GeoSeries) -> bytes:
    """Encode context shapes: polygons, lines and points together."""
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
    """Return the coordinates of a line as differences; parts of a multi-line are joined."""
    return _steps(shapely.get_coordinates(line))


def _steps(coordinates: np.ndarray) -> list[int]:
    """Return coordinates as integers, each the difference to the one before."""
    scaled = np.rint(coordinates * SCALE).astype(np.int64)
    steps = np.diff(scaled, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [int(number) for number in steps.ravel()]


def _bytes(content: Mapping[str, object] | Iterable[object]) -> bytes:
    """Return compact JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
