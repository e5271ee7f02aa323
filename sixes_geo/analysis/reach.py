"""Who lives near a site: people by their own points, not by the middle of a district."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import Provision
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
"""Distances in metres a page asks about; which is near is for people to say."""

NEAR = 500

CURVE: tuple[int, ...] = tuple(range(0, 2001, 50))
"""Distances of the curve, in metres."""

PER_10K = 10_000


@dataclass(frozen=True)
class Reach:
    """Who lives within reach of the sites of an assessment.

    ``curve`` is `measures.coverage` at `CURVE` and ``within`` that at the distance asked for,
    of all and by fifth of need; ``nearest`` is `measures.nearest_distance`; ``access`` is what
    there is per 10,000 people within the distance, on each unit (two-step floating catchment,
    the mean of its people). ``points`` is how many people points there are, ``level`` the unit
    they are the middles of, or nothing where they are finer; ``sites`` how many sites count.
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
    """Measure who lives within reach.

    Parameters
    ----------
    assessment
        Tells the fifth of need of each unit.
    provision
        The sites that are used; those outside the units do not count.
    threshold_m
        The distance in metres.

    Returns
    -------
    Reach or Problem
        Or why there is none: no people points, or no sites to be near to.

    Notes
    -----
    Straight lines in the city's projected CRS. A line counts by its middle, a place that is
    known only roughly by its point. A point of people that lies in no unit, or in one without
    a need figure, counts among all only.
    """
    city = assessment.city
    if not has(city, "people"):
        return Problem("no_people_points", {})
    if provision.sites.empty:
        return Problem("no_sites", {})
    people = people_points(city, assessment.question.unit.unit)
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


def people_points(city: City, unit: str) -> pd.DataFrame:
    """Return where people live: ``x`` and ``y`` in metres, ``people`` and the ``unit``."""
    level = city.unit_named(unit)
    points = read_people(city)
    metres = _shapes(city).to_crs(city.crs)
    inside = points[level.level] if level.level in points else _units_of(city, level)
    return pd.DataFrame({"x": metres.x, "y": metres.y, "people": points["people"], "unit": inside})


def _shapes(city: City) -> gpd.GeoSeries:
    """Return all people points as shapes."""
    points = read_people(city)
    return gpd.GeoSeries.from_xy(points["lon"], points["lat"], index=points.index, crs=GEOGRAPHIC)


def _units_of(city: City, unit: Unit) -> pd.Series:
    """Return the unit each point lies in, of a level that the points do not name."""
    return locate(_shapes(city), read_units(city, unit), crs=city.crs)


def _level_of(city: City) -> Unit | None:
    """Return the unit whose middles the points are, if they are."""
    ids = set(read_people(city)["id"])
    levels = (one for one in city.units if ids <= set(read_units(city, one)["id"]))
    return next(levels, None)


def _access(
    assessment: Assessment,
    provision: Provision,
    people: pd.DataFrame,
    sites: np.ndarray,
    threshold_m: int,
) -> pd.Series:
    """Return what there is per 10,000 people in reach, the mean of the people of each unit."""
    supply = provision.sites["weight"].fillna(0.0).to_numpy(dtype=float)
    if not supply.sum() > 0:
        return pd.Series(np.nan, index=assessment.units.index)
    cost = pairs_within(people[["x", "y"]].to_numpy(), sites, threshold_m)
    each = two_step_floating_catchment(supply, people["people"], cost, threshold_m)
    sums = pd.DataFrame({"had": each * people["people"], "people": people["people"]})
    sums = sums.groupby(people["unit"]).sum().reindex(assessment.units.index)
    return (sums["had"] / sums["people"]).where(sums["people"] > 0) * PER_10K
