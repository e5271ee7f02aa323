"""Reach: how many people live near a site, by points where people live."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import Provision
from sixes_geo.analysis.shares import PER_10K
from sixes_geo.base.errors import Problem
from sixes_geo.city.model import City, Unit
from sixes_geo.city.tables import GEOGRAPHIC, has, read_people, read_units
from sixes_geo.measures import (
    coverage,
    nearest_distance,
    pairs_within,
    two_step_floating_catchment,
)
from sixes_geo.spatial.placement import anchor_points, locate

WITHIN: tuple[int, ...] = (250, 300, 400, 500, 800, 1000, 1500, 2000)
"""Distances in metres that a page offers; which of them is near is for readers to decide."""

NEAR = 500

CURVE: tuple[int, ...] = tuple(range(0, 2001, 50))
"""Distances of the curve, in metres."""


@dataclass(frozen=True)
class Reach:
    """How many people live within reach of the sites of an assessment.

    ``curve`` is `measures.coverage` at the distances of `CURVE`, and ``within`` at the distance
    asked for, for everybody and by fifth of need. ``nearest`` is `measures.nearest_distance`.
    ``access`` is the supply per 10,000 people within the distance, by unit (two-step floating
    catchment, averaged over the people of a unit). ``points`` and ``sites`` are counts; ``level``
    is the level of units whose centres the people points are, None if they are finer.
    """

    threshold_m: int
    points: int
    level: Unit | None
    people: float
    sites: int
    curve: pd.DataFrame
    within: pd.DataFrame
    nearest: pd.DataFrame
    access: pd.Series


def reach_of(
    assessment: Assessment, provision: Provision, threshold_m: int = NEAR
) -> Reach | Problem:
    """Measure how many people live within reach of a site.

    Parameters
    ----------
    assessment
        Gives the fifth of need of each unit.
    provision
        The sites; those outside the units do not count.
    threshold_m
        The distance in metres.

    Returns
    -------
    Reach or Problem
        Or the reason why there is none: no people points, or no sites.

    Notes
    -----
    Distances are straight lines in the city's projected CRS. A site that is a line counts by its
    midpoint, one whose place is known only roughly by its point. People points outside all
    units, or in a unit without a need figure, count only towards the total.
    """
    city = assessment.city
    if not has(city, "people"):
        return Problem("no_people_points", {})
    if provision.sites.empty:
        return Problem("no_sites", {})
    people = people_points(city, assessment.question.unit)
    anchors = anchor_points(provision.sites.geometry, crs=city.crs).to_crs(city.crs)
    sites = np.column_stack([anchors.x, anchors.y])
    homes = people[["x", "y"]].to_numpy()
    fifth = people["unit"].map(assessment.units["quintile"]).astype("float64")
    weights = people["people"]
    curve = coverage(homes, weights, sites, threshold_m=[*CURVE, threshold_m], groups=fifth)
    asked = curve.groupby("group", sort=False).tail(1)
    return Reach(
        threshold_m=threshold_m,
        points=len(people),
        level=_level_of(city),
        people=float(weights.sum()),
        sites=len(sites),
        curve=curve.drop(asked.index).reset_index(drop=True),
        within=asked.reset_index(drop=True),
        nearest=nearest_distance(homes, weights, sites, groups=fifth),
        access=_access(assessment, provision, people, sites, threshold_m),
    )


def people_points(city: City, unit: Unit) -> pd.DataFrame:
    """Return where people live: ``x`` and ``y`` in metres, ``people`` and the ``unit``."""
    points = read_people(city)
    metres = _shapes(city).to_crs(city.crs)
    inside = points[unit.level] if unit.level in points else _units_of(city, unit)
    return pd.DataFrame({"x": metres.x, "y": metres.y, "people": points["people"], "unit": inside})


def _shapes(city: City) -> gpd.GeoSeries:
    """Return all people points as geometries."""
    points = read_people(city)
    return gpd.GeoSeries.from_xy(points["lon"], points["lat"], index=points.index, crs=GEOGRAPHIC)


def _units_of(city: City, unit: Unit) -> pd.Series:
    """Return the unit of each point, at a level that the table of points does not name."""
    return locate(_shapes(city), read_units(city, unit), crs=city.crs)


def _level_of(city: City) -> Unit | None:
    """Return the level of units whose centres the points are, or None."""
    ids = set(read_people(city)["id"])
    levels = (unit for unit in city.units if ids <= set(read_units(city, unit)["id"]))
    return next(levels, None)


def _access(
    assessment: Assessment,
    provision: Provision,
    people: pd.DataFrame,
    sites: np.ndarray,
    threshold_m: int,
) -> pd.Series:
    """Return the supply per 10,000 people within reach, averaged over the people of each unit."""
    supply = provision.sites["weight"].fillna(0.0).to_numpy(dtype=float)
    if not supply.sum() > 0:
        return pd.Series(np.nan, index=assessment.units.index)
    cost = pairs_within(people[["x", "y"]].to_numpy(), sites, threshold_m)
    per_person = two_step_floating_catchment(supply, people["people"], cost, threshold_m)
    total = per_person * people["people"]
    sums = pd.DataFrame({"total": total, "people": people["people"]})
    sums = sums.groupby(people["unit"]).sum().reindex(assessment.units.index)
    return (sums["total"] / sums["people"]).where(sums["people"] > 0) * PER_10K
