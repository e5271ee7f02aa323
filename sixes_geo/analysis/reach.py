"""Reach: how many people live near a site, by points where people live."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.people import (
    areas_of_points,
    level_of_points,
    people_points,
    radius_m,
)
from sixes_geo.analysis.provision import Provision
from sixes_geo.base.errors import Problem
from sixes_geo.city.model import City, Unit
from sixes_geo.city.tables import has
from sixes_geo.measures import (
    coverage,
    nearest_distance,
    pairs_within,
    reach_grain,
    two_step_floating_catchment,
)
from sixes_geo.measures.access.grain import WHOLE
from sixes_geo.measures.placement.disparity import PER_10K
from sixes_geo.spatial.placement import anchor_points, share_within

WITHIN: tuple[int, ...] = (250, 300, 400, 500, 800, 1000, 1500, 2000)
"""Distances in metres that a page offers; which of them is near is for readers to decide."""

NEAR = 500

CURVE: tuple[int, ...] = tuple(range(0, 2001, 50))
"""Distances of the curve, in metres."""


@dataclass(frozen=True)
class Reach:
    """How many people live within reach of the sites of an assessment.

    ``curve`` is `measures.coverage` at the distances of `CURVE`, and ``within`` at the distance
    asked for, for everybody and by quintile of need. ``nearest`` is `measures.nearest_distance`,
    with the grain in place of shorter distances (``below_grain``).
    ``access`` is the supply per 10,000 people within the distance, by unit (two-step floating
    catchment, averaged over the people of a unit). ``points`` and ``sites`` are counts; ``level``
    is the level of units whose centres the people points are, None if they are finer. ``grain_m``
    is how far the people of a point can live from it: nearer distances have no answer.
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
    grain_m: float

    @property
    def spread(self) -> bool:
        """Whether people are spread over their units at the distance asked for."""
        return bool((self.within["answer"] == "spread").any())


def reach_of(
    assessment: Assessment, provision: Provision, threshold_m: int = NEAR
) -> Reach | Problem:
    """Measure how many people live within reach of a site.

    Parameters
    ----------
    assessment
        Gives the quintile of need of each unit.
    provision
        The sites; those outside the units do not count.
    threshold_m
        The distance in metres.

    Returns
    -------
    Reach or Problem
        Or the reason why there is none: no people points, no sites, or a distance below the
        grain of the points.

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
    people = people_points(city, assessment.question.unit).assign(radius_m=radius_m(city))
    grain = reach_grain(people["radius_m"], people["people"])
    if threshold_m < grain:
        return Problem("finer_than_people", {"got": threshold_m, "least": math.ceil(grain)})
    anchors = anchor_points(provision.sites.geometry, crs=city.crs).to_crs(city.crs)
    sites = np.column_stack([anchors.x, anchors.y])
    homes = people[["x", "y"]].to_numpy()
    quintile = people["unit"].map(assessment.units["quintile"]).astype("float64")
    weights = people["people"]
    answered = [metres for metres in CURVE if metres >= grain]
    curve = _coverage(city, people, sites, quintile, [*answered, threshold_m])
    asked = curve.groupby("group", sort=False).tail(1)
    return Reach(
        threshold_m=threshold_m,
        points=len(people),
        level=level_of_points(city),
        grain_m=grain,
        people=float(weights.sum()),
        sites=len(sites),
        curve=curve.drop(asked.index).reset_index(drop=True),
        within=asked.reset_index(drop=True),
        nearest=_nearest(nearest_distance(homes, weights, sites, groups=quintile), grain),
        access=_access(assessment, provision, people, sites, threshold_m),
    )


def _nearest(distances: pd.DataFrame, grain: float) -> pd.DataFrame:
    """Return nearest distances, with the grain in place of those that are below it."""
    below = distances["distance_m"] < grain
    return distances.assign(distance_m=distances["distance_m"].clip(lower=grain), below_grain=below)


def _coverage(
    city: City, people: pd.DataFrame, sites: np.ndarray, quintile: pd.Series, metres: Sequence[int]
) -> pd.DataFrame:
    """Return coverage, with people spread over their units where a distance asks for it.

    Blocks, whose outlines are not at hand, cannot be spread.
    """
    level, radius = level_of_points(city), people["radius_m"]
    shares = None
    if level is not None:
        # What is coarser than the rest is spread at any distance; alike points, below two radii.
        alike = radius.min() == radius.max()
        spread = (np.asarray(metres) < WHOLE * radius.max()) | (not alike)
        shares = np.zeros((len(people), len(metres)))
        within = [each for each, is_spread in zip(metres, spread, strict=True) if is_spread]
        shares[:, spread] = share_within(areas_of_points(city, level), sites, within)
    homes = people[["x", "y"]].to_numpy()
    return coverage(
        homes,
        people["people"],
        sites,
        threshold_m=metres,
        groups=quintile,
        radius_m=radius,
        area_share=shares,
    )


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
