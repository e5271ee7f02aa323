"""The grain of reach: below what distance points that stand for areas have no answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import WEIGHT, Flags, Numbers, Rule, Values, accept, examine
from sixes_geo.measures.base.places import as_many

if TYPE_CHECKING:
    from sixes_geo.measures.access.points import Lived

Answer: TypeAlias = Literal["points", "spread", "below_grain", "unknown_area"]

COARSEST = 0.9
"""Share of the people whose points must be as fine as the grain of a group."""

WHOLE = 2.0
"""Radii that a distance must reach for a point to be counted where it is."""

RADIUS = Rule(all_zero=True)
"""How far from a point the people may live that it stands for."""

TIE_M = 1e-6
"""Difference, in metres, up to which distances are equal, as it is due to rounding."""


@dataclass(frozen=True)
class Grain:
    """The radius of each point, and the share of its unit's area within each distance, if known."""

    radius: Numbers
    area_share: Numbers | None

    def of(self, people: Numbers) -> float:
        """Return the grain of points with so many people each."""
        lived_in = people > 0
        if not lived_in.any():
            return float("nan")
        return _quantile(self.radius[lived_in], people[lived_in])

    def within(
        self, nth: int, threshold: float, lived: Lived, inside: Flags
    ) -> tuple[float, float, Answer]:
        """Return the people of a group within a distance, the grain, and how it was answered."""
        people = np.where(inside, lived.people, 0.0)
        grain = self.of(people)
        near = lived.distance <= threshold + TIE_M
        if threshold + TIE_M < grain:
            return np.nan, grain, "below_grain"
        fine = self.radius <= min(grain, threshold / WHOLE) + TIE_M
        if bool(np.all(fine | (people == 0))):
            return math.fsum(people[near]), grain, "points"
        if self.area_share is not None:
            share = np.where(fine, near, self.area_share[:, nth])
            return math.fsum(people * share), grain, "spread"
        if threshold + TIE_M >= WHOLE * grain:
            return math.fsum(people[near]), grain, "points"
        return np.nan, grain, "unknown_area"


def reach_grain(radius_m: Values, people: Values) -> float:
    """Return the grain of points that stand for areas: no distance below it has an answer.

    Parameters
    ----------
    radius_m
        Radius, in metres, of what each point stands for: that of a circle as large as its block,
        zone or district; not negative; shape ``(n,)``.
    people
        People at each point; not negative, with a positive sum; shape ``(n,)``.

    Returns
    -------
    float
        The radius that nine in ten people's points do not exceed, in metres.

    Raises
    ------
    InputError
        If shapes differ, values are missing, infinite or negative, or nobody lives anywhere.

    See Also
    --------
    coverage : Gives no answer below the grain.

    Notes
    -----
    A point stands for people who live anywhere in its area, so that a distance to it is wrong by
    up to the radius of the area (Hewko, Smoyer-Tomic and Hodgson 2002 [1]_ on the error of
    aggregation). The grain of a group of points is the people-weighted 90th percentile of
    their radii: the smallest with at least 90 % of the people at or below it.

    References
    ----------
    .. [1] J. Hewko, K. E. Smoyer-Tomic, M. J. Hodgson, "Measuring neighbourhood spatial
       accessibility to urban amenities: does aggregation error matter?", Environment and
       Planning A 34(7), 1185-1206, 2002.

    Examples
    --------
    >>> reach_grain([40, 60, 900], [50, 45, 5])
    60.0
    """
    columns = {"radius_m": (radius_m, RADIUS), "people": (people, WEIGHT)}
    given = accept("reach_grain", columns)
    return _quantile(given["radius_m"], given["people"])


def grain_of(
    radius_m: Values | None, area_share: npt.ArrayLike | None, points: int, thresholds: int
) -> tuple[Grain | None, list[Problem]]:
    """Return the grain of points, if their radii are given, and the faults of what is given."""
    if radius_m is None:
        if area_share is None:
            return None, []
        return None, [Problem("left_out", {"names": "`radius_m`"})]
    given, problems = examine({"radius_m": (radius_m, RADIUS)})
    if not problems:
        problems = as_many("radius_m", len(given["radius_m"]), "people", points)
    if area_share is None:
        return Grain(given["radius_m"], None), problems
    shares = np.asarray(area_share, dtype=np.float64)
    if shares.shape != (points, thresholds):
        fields = {"name": "`area_share`", "found": shares.shape, "expected": (points, thresholds)}
        return None, [*problems, Problem("shape", fields)]
    if not ((shares >= 0) & (shares <= 1 + TIE_M)).all():
        problems = [*problems, Problem("not_shares", {"name": "`area_share`"})]
    return Grain(given["radius_m"], shares), problems


def _quantile(radius: Numbers, people: Numbers) -> float:
    """Return the people-weighted quantile of the radii."""
    order = np.argsort(radius, kind="stable")
    running = np.cumsum(people[order])
    at = np.searchsorted(running, COARSEST * running[-1] * (1 - TIE_M * TIE_M), side="left")
    return float(radius[order][min(int(at), radius.size - 1)])
