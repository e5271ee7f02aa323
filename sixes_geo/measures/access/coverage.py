"""Coverage: how many people live near a site, and how far the nearest site is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.measures.access.grain import TIE_M, Grain, grain_of
from sixes_geo.measures.access.points import Lived, lived_at
from sixes_geo.measures.base.checks import Numbers, Values, at_least, between, positive
from sixes_geo.measures.base.places import Points

if TYPE_CHECKING:
    from collections.abc import Sequence

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def coverage(
    points: Points,
    people: Values,
    sites: Points,
    *,
    threshold_m: float | Sequence[float],
    groups: Values | None = None,
    radius_m: Values | None = None,
    area_share: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Share of the people who live within a distance of a site, in total and by group.

    Parameters
    ----------
    points
        Where people live, in metres of a projected CRS; shape ``(n, 2)``.
    people
        People at each point; not negative, with a positive sum; shape ``(n,)``.
    sites
        Sites, in the same CRS; shape ``(m, 2)``, at least one.
    threshold_m
        One or several distances in metres, not negative; people exactly that far away are
        within.
    groups
        Group of each point, such as its quintile of need; shape ``(n,)``. Points without a group
        count only in the total.
    radius_m
        Radius of what each point stands for, as for `reach_grain`; shape ``(n,)``.
    area_share
        Share of the inhabited area of each point's unit that is within each threshold of a site,
        0 to 1; shape ``(n, thresholds)``.

    Returns
    -------
    DataFrame
        A row per group (``"all"`` first) and threshold: ``group``, ``threshold_m``, ``people``,
        ``people_within`` and ``share``, which is missing for a group without people. With
        `radius_m` also ``grain_m``, the grain of the group, and ``answer``: ``"points"``,
        ``"spread"`` (over units), ``"below_grain"`` or ``"unknown_area"``; figures are
        missing for the last two.

    Raises
    ------
    InputError
        If shapes differ, values are missing, infinite or negative, nobody lives anywhere, there
        is no site, or shares are not from 0 to 1 or come without radii; all faults at once.

    See Also
    --------
    reach_grain : The distance below which points have no answer.
    nearest_distance : The inverse: the distance within which a share of the people live.

    Notes
    -----
    Distances are straight lines, not streets: rivers, motorways and hills are ignored, and walks
    are about a third longer in most street networks. All people of a point are assumed to live
    exactly there; the coarser the points, the rougher the share (Apparicio and others 2017
    [1]_). Where radii are given, a threshold below the grain of a group has no answer; a point
    counts where it is from two of its radii on, if it is no coarser than the grain; all others
    count by the share of their unit's area within the threshold. Without areas, a threshold from
    two grains on is answered by points alone. Degrees passed by mistake are not detected.
    Coverage says who is near a site, not who may enter, can pay or uses it.

    References
    ----------
    .. [1] P. Apparicio, J. Gelb, A.-S. Dubé, S. Kingham, L. Gauvin, É. Robitaille, "The
       approaches to measuring the potential spatial access to urban health services
       revisited", International Journal of Health Geographics 16, 32, 2017.

    Examples
    --------
    >>> table = coverage([[0, 0], [300, 400]], [30, 10], [[0, 0]], threshold_m=[100, 500])
    >>> table["share"].tolist()
    [0.75, 1.0]
    """
    thresholds = np.atleast_1d(np.asarray(threshold_m, dtype=np.float64))
    faults = at_least("threshold_m", float(np.min(thresholds, initial=0.0)), 0)
    grain, more = grain_of(radius_m, area_share, np.size(np.asarray(people)), thresholds.size)
    lived = lived_at("coverage", points, people, sites, groups, [*faults, *more])
    if grain is not None:
        return _with_grain(lived, thresholds, grain)
    order = np.argsort(lived.distance, kind="stable")
    reached = np.searchsorted(lived.distance[order], thresholds + TIE_M, side="right")
    parts = []
    for name, inside in lived.groups():
        running = np.r_[0.0, np.cumsum(np.where(inside, lived.people, 0.0)[order])]
        within, total = running[reached], running[-1]
        share = within / total if total > 0 else np.full(thresholds.size, np.nan)
        parts.append(
            pd.DataFrame(
                {
                    "group": name,
                    "threshold_m": thresholds,
                    "people": total,
                    "people_within": within,
                    "share": share,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _with_grain(lived: Lived, thresholds: Numbers, grain: Grain) -> pd.DataFrame:
    """Return coverage with an answer only where the grain of the points allows one."""
    rows = []
    for name, inside in lived.groups():
        total = float(lived.people[inside].sum())
        for nth, threshold in enumerate(thresholds):
            within, radius, answer = grain.within(nth, float(threshold), lived, inside)
            share = within / total if total > 0 else np.nan
            rows.append((name, threshold, total, within, share, radius, answer))
    names = ["group", "threshold_m", "people", "people_within", "share", "grain_m", "answer"]
    return pd.DataFrame(rows, columns=names)


def nearest_distance(
    points: Points,
    people: Values,
    sites: Points,
    *,
    quantiles: Sequence[float] = QUANTILES,
    groups: Values | None = None,
) -> pd.DataFrame:
    """Distance to the nearest site: quantiles weighted by people, in total and by group.

    Parameters
    ----------
    points
        Where people live, in metres of a projected CRS; shape ``(n, 2)``.
    people
        People at each point; not negative, with a positive sum; shape ``(n,)``.
    sites
        Sites, in the same CRS; shape ``(m, 2)``, at least one.
    quantiles
        Shares of the people, each between 0 and 1; 0.5 is the median.
    groups
        Group of each point, such as its quintile of need; shape ``(n,)``. Points without a group
        count only in the total.

    Returns
    -------
    DataFrame
        A row per group (``"all"`` first) and quantile: ``group``, ``quantile``, ``people`` and
        ``distance_m``, missing for a group without people.

    Raises
    ------
    InputError
        If shapes differ, values are missing, infinite or negative, nobody lives anywhere,
        there is no site or a quantile is not between 0 and 1; all faults at once.

    See Also
    --------
    coverage : The share of people within a distance, with the limits of straight lines.

    Notes
    -----
    The smallest distance within which at least that share of the people live: the inverse of
    the weighted distribution function (Hyndman and Fan 1996 [1]_, definition 1). Distances are
    straight lines, in metres; see `coverage` for their limits.

    References
    ----------
    .. [1] R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
       Statistician 50(4), 361-365, 1996.

    Examples
    --------
    >>> table = nearest_distance([[0, 0], [300, 400]], [30, 10], [[0, 0]], quantiles=[0.5, 0.9])
    >>> table["distance_m"].tolist()
    [0.0, 500.0]
    """
    shares = np.atleast_1d(np.asarray(quantiles, dtype=np.float64))
    faults = [fault for share in shares for fault in between("quantiles", float(share), 0, 1)]
    lived = lived_at("nearest_distance", points, people, sites, groups, faults)
    order = np.argsort(lived.distance, kind="stable")
    distance = lived.distance[order]
    rows = []
    for name, inside in lived.groups():
        running = np.cumsum(np.where(inside, lived.people, 0.0)[order])
        total = running[-1]
        place = np.searchsorted(running, shares * total * (1 - TIE_M * TIE_M), side="left")
        far = distance[np.minimum(place, distance.size - 1)] if total > 0 else np.nan
        rows.append(
            pd.DataFrame({"group": name, "quantile": shares, "people": total, "distance_m": far})
        )
    return pd.concat(rows, ignore_index=True)


def exponential_coverage(
    points: Points,
    people: Values,
    sites: Points,
    *,
    theta_m: float = 500.0,
    groups: Values | None = None,
) -> pd.DataFrame:
    """Mean nearness of people to a site, which decreases with distance without a threshold.

    Parameters
    ----------
    points
        Where people live, in metres of a projected CRS; shape ``(n, 2)``.
    people
        People at each point; not negative, with a positive sum; shape ``(n,)``.
    sites
        Sites, in the same CRS; shape ``(m, 2)``, at least one.
    theta_m
        Distance in metres at which nearness has fallen to 37 % (1/e); positive.
    groups
        Group of each point; shape ``(n,)``. Points without a group count only in the total.

    Returns
    -------
    DataFrame
        A row per group (``"all"`` first): ``group``, ``people`` and ``nearness``, from 0 (far)
        to 1 (everybody lives at a site); missing for a group without people.

    Raises
    ------
    InputError
        If shapes differ, values are missing, infinite or negative, nobody lives anywhere,
        there is no site or `theta_m` is not positive; all faults at once.

    See Also
    --------
    coverage : With a line instead, and what straight lines cannot see.

    Notes
    -----
    Mean over people of ``exp(-d / theta)``, ``d`` the distance to the nearest site: the
    exponential decay of Kwan (1998) [1]_, for the nearest site only, so further sites nearby do
    not count. `theta_m` is a choice, not a finding: show the results for others too.

    References
    ----------
    .. [1] M.-P. Kwan, "Space-time and integral measures of individual accessibility",
       Geographical Analysis 30(3), 191-216, 1998.

    Examples
    --------
    >>> table = exponential_coverage([[0, 0], [500, 0]], [1, 1], [[0, 0]], theta_m=500)
    >>> table["nearness"].round(4).tolist()
    [0.6839]
    """
    options = positive("theta_m", theta_m)
    lived = lived_at("exponential_coverage", points, people, sites, groups, options)
    near = np.exp(-lived.distance / theta_m) * lived.people
    rows = [
        (name, total, float(near[inside].sum() / total) if total > 0 else np.nan)
        for name, inside in lived.groups()
        for total in [float(lived.people[inside].sum())]
    ]
    return pd.DataFrame(rows, columns=["group", "people", "nearness"])
