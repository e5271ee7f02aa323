"""Shapes: the GeoJSON files of a city, checked as JSON before the library for shapes sees them.

That library opens a hundred kinds of files by what is in them, some of which name other files or
hosts; and GeoJSON itself once could name a projection by its address.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, GeometryError

from sixes_geo.base import limits
from sixes_geo.base.errors import Problem
from sixes_geo.base.hidden import hidden_in
from sixes_geo.base.json_reader import refuse_constant
from sixes_geo.base.limits import SHOWN, is_plausible
from sixes_geo.city.contents import fail

COLLECTION = {"type", "name", "features", "bbox", "crs"}
FEATURE = {"type", "id", "properties", "geometry", "bbox"}
GEOMETRY = {"type", "coordinates", "bbox"}
DEPTHS = {
    "Point": 1,
    "MultiPoint": 2,
    "LineString": 2,
    "MultiLineString": 3,
    "Polygon": 3,
    "MultiPolygon": 4,
}
"""How deep the coordinates of each kind are nested."""

CORNERS = 2
"""How deep those are that numpy takes as one table."""

LEAST_OF_RING = 4

OBJECTS = 3
"""A feature is three objects: itself, its properties and its geometry."""

DEGREES = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
"""The only projection that a file can name: the one it has anyway."""

EAST, NORTH = 180.0, 90.0

BROKEN = (
    CRSError,
    DataLayerError,
    DataSourceError,
    FeatureError,
    GeometryError,
    shapely.errors.ShapelyError,
    ValueError,
    TypeError,
    LookupError,
    RuntimeError,
    Warning,
)
"""Errors that shapes can raise whose coordinates are none."""


def features(path: Path, content: bytes) -> gpd.GeoDataFrame:
    """Return the features of a GeoJSON file, in degrees.

    Parameters
    ----------
    path
        The file, for errors.
    content
        What is in it.

    Raises
    ------
    DataError
        If it is no plain GeoJSON, names another projection, or exceeds a limit; with the place.
    """
    try:
        listed = _listed(content)
        plain = json.dumps({"type": "FeatureCollection", "features": listed})
    except _Refused as fault:
        fail(path, fault.problem)
    except (ValueError, RecursionError) as fault:
        fail(path, Problem("not_json", {"got": str(fault)[:200]}))
    try:
        frame = pyogrio.read_dataframe(plain.encode())
        sound = isinstance(frame, gpd.GeoDataFrame) and _is_whole(frame, listed)
    except BROKEN:
        sound = False
    if not sound:
        fail(path, Problem("not_geojson", {"got": "$.features[*].geometry.coordinates"}))
    return frame


class _Refused(Exception):  # noqa: N818  (it carries the problem to the one that names the file)
    """A file that is JSON, but not what we read."""

    def __init__(self, kind: str, **fields: object) -> None:
        self.problem = Problem(kind, fields)
        super().__init__(kind)


def _listed(content: bytes) -> list[dict[str, Any]]:
    """Return the features of a file, checked; nothing else in it is read by anybody."""
    brackets = content.count(b"[")
    if brackets > limits.VERTICES:
        raise _Refused("too_many_vertices", got=brackets, allowed=limits.VERTICES)
    objects = content.count(b"{") // OBJECTS
    if objects > limits.FEATURES:
        raise _Refused("too_many_features", got=objects, allowed=limits.FEATURES)
    value = json.loads(content.decode("utf-8"), parse_constant=refuse_constant)
    _refuse_other("$", value, COLLECTION, "FeatureCollection")
    if value.get("crs", DEGREES) != DEGREES:
        raise _Refused("not_geojson", got="$.crs")
    listed = value.get("features")
    if not isinstance(listed, list):
        raise _Refused("not_geojson", got="$.features")
    if len(listed) > limits.FEATURES:
        raise _Refused("too_many_features", got=len(listed), allowed=limits.FEATURES)
    for nth, feature in enumerate(listed):
        _refuse_other(f"$.features[{nth}]", feature, FEATURE, "Feature")
        _refuse_geometry(f"$.features[{nth}].geometry", feature.get("geometry"))
        if not isinstance(feature.get("properties"), dict | None):
            raise _Refused("not_geojson", got=f"$.features[{nth}].properties")
    _refuse_properties([feature.get("properties") or {} for feature in listed])
    return listed


def _refuse_other(place: str, value: object, names: set[str], kind: str) -> None:
    """Refuse a value that is not an object of a kind, or says more than such an object does."""
    if not isinstance(value, dict) or value.get("type") != kind:
        raise _Refused("not_geojson", got=f"{place}.type")
    if more := value.keys() - names:
        raise _Refused("not_geojson", got=f"{place}.{min(more)[:SHOWN]}")


def _refuse_geometry(place: str, value: Any) -> None:  # noqa: ANN401
    """Refuse a geometry of a kind we do not draw, or that says more than where it is."""
    if value is None:
        return
    if not isinstance(value, dict) or value.keys() - GEOMETRY:
        raise _Refused("not_geojson", got=place)
    kind = value.get("type")
    depth = DEPTHS.get(kind) if isinstance(kind, str) else None
    if depth is None:
        raise _Refused("not_geojson", got=f"{place}.type")
    if not _are_places(value.get("coordinates"), depth, rings="Polygon" in str(kind)):
        raise _Refused("not_geojson", got=f"{place}.coordinates")


def _are_places(value: Any, depth: int, *, rings: bool) -> bool:  # noqa: ANN401
    """Tell whether coordinates are nested as deep as their kind asks for, and lie on the Earth.

    Rings end where they begin.
    """
    if not isinstance(value, list) or not value:
        return False
    if depth > CORNERS:
        return all(_are_places(each, depth - 1, rings=rings) for each in value)
    try:
        corners = np.array([value] if depth < CORNERS else value)
    except ValueError:  # of unequal length
        return False
    numbers = corners.dtype.kind in "if" and corners.ndim == CORNERS
    if not numbers or corners.shape[1] not in (2, 3):
        return False
    if rings and (len(corners) < LEAST_OF_RING or (corners[0] != corners[-1]).any()):
        return False
    return bool((np.abs(corners[:, :2]) <= (EAST, NORTH)).all())  # false for what is no number


def _refuse_properties(properties: list[dict[str, Any]]) -> None:
    """Refuse properties that are too many, or not texts and numbers as a table holds them."""
    names: set[str] = set().union(*properties)
    if len(names) > limits.CITY_TABLE.columns:
        most = limits.CITY_TABLE.columns
        raise _Refused("too_many_columns", line=1, got=len(names), allowed=most)
    cells = len(names) * len(properties)
    if cells > limits.CITY_TABLE.cells:
        raise _Refused("too_many_cells", got=cells, allowed=limits.CITY_TABLE.cells)
    for name in sorted(names):
        values = [each[name] for each in properties if name in each]
        texts = "\n".join(each for each in values if isinstance(each, str))
        if sign := hidden_in(texts) or hidden_in(name):
            raise _Refused("hidden_sign", got=sign)
        numbers = [each for each in values if not isinstance(each, str | None)]
        if not all(isinstance(each, int | float) and is_plausible(each) for each in numbers):
            raise _Refused("not_geojson", got=f"$.features[*].properties.{name[:SHOWN]}")


def _is_whole(frame: gpd.GeoDataFrame, listed: list[dict[str, Any]]) -> bool:
    """Tell whether all features were read, each with its shape."""
    empty = np.array([each.get("geometry") is None for each in listed], dtype=bool)
    read = np.array_equal(frame.geometry.isna().to_numpy(), empty)
    return read and not frame.geometry.is_empty.any()
