"""Where people live: the points of a city, the level they are centres of, and their grain."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.city.model import City, Unit
from sixes_geo.city.tables import GEOGRAPHIC, read_people, read_units
from sixes_geo.spatial.placement import locate

GRID = "hexagon"
"""The level of units that are cells of a grid."""


def people_points(city: City, unit: Unit) -> pd.DataFrame:
    """Return where people live: ``x`` and ``y`` in metres, ``people`` and the ``unit``."""
    points = read_people(city)
    metres = _shapes(city).to_crs(city.crs)
    inside = _units_of(city, unit)
    return pd.DataFrame({"x": metres.x, "y": metres.y, "people": points["people"], "unit": inside})


def level_of_points(city: City) -> Unit | None:
    """Return the level of units whose centres the points are, or None if they are finer."""
    ids = set(read_people(city)["id"])
    levels = (unit for unit in city.units if ids <= set(read_units(city, unit)["id"]))
    return next(levels, None)


def areas_of_points(city: City, level: Unit) -> gpd.GeoSeries:
    """Return the area that each point stands for, in the city's CRS, in the order of points."""
    shapes = read_units(city, level).set_index("id").geometry.to_crs(city.crs)
    return gpd.GeoSeries(shapes.loc[read_people(city)["id"]].to_numpy(), crs=city.crs)


def radius_m(city: City) -> pd.Series:
    """Return the radius of what each point stands for: that of a circle of equal area, in metres.

    A centre stands for its whole unit, and the cells of a grid, whose sizes differ by how a map is
    drawn, all for as much as the largest. A block, whose outline is not at hand, stands for an
    equal part of the finest unit that it is in; a block in no unit stands for as much as others.
    """
    points, level = read_people(city), level_of_points(city)
    if level is not None:
        area = areas_of_points(city, level).area.to_numpy()
        area = np.full_like(area, area.max()) if level.level == GRID else area
    else:
        finest = _finest(city)
        inside = _units_of(city, finest)
        sizes = read_units(city, finest).set_index("id").geometry.to_crs(city.crs).area
        area = (inside.map(sizes) / inside.map(inside.value_counts())).to_numpy(dtype=float)
    radius = pd.Series(np.sqrt(area / np.pi), index=points.index)
    return radius.fillna(radius.median())


def _finest(city: City) -> Unit:
    """Return the level with most units of those that were drawn by people, not as a grid."""
    drawn = [unit for unit in city.units if unit.level != GRID]
    return max(drawn, key=lambda unit: len(read_units(city, unit)))


def _shapes(city: City) -> gpd.GeoSeries:
    """Return all people points as geometries."""
    points = read_people(city)
    return gpd.GeoSeries.from_xy(points["lon"], points["lat"], index=points.index, crs=GEOGRAPHIC)


def _units_of(city: City, unit: Unit) -> pd.Series:
    """Return the unit of each point: that named, that whose centre it is, or that around it."""
    points = read_people(city)
    if unit.level in points:
        return points[unit.level]
    units = read_units(city, unit)
    if set(points["id"]) <= set(units["id"]):
        return points["id"]
    return locate(_shapes(city), units, crs=city.crs)
