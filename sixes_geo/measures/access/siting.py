"""Siting: the best places for further sites, exactly for a few hundred, greedily for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    WEIGHT,
    Numbers,
    Values,
    accept,
    at_least,
    between,
    positive,
    refuse,
)

POINTS_BY_SITES = 2
"""Dimensions of a table of costs."""


@dataclass(frozen=True)
class Siting:
    """Chosen sites, and how well they serve people.

    Parameters
    ----------
    chosen
        Columns of the cost table, rising, without the existing sites.
    objective
        The optimised quantity: people within the radius, the sum of people times cost, or people
        weighted by nearness.
    share
        The share of people within the radius, or their mean nearness; for `p_median` the mean
        cost per person.
    """

    chosen: tuple[int, ...]
    objective: float
    share: float


def maximal_coverage(
    demand: Values,
    cost: npt.ArrayLike,
    k: int,
    *,
    radius: float,
    existing: Sequence[int] = (),
) -> Siting:
    """Choose the k sites that cover most people within a radius (maximal covering location).

    Parameters
    ----------
    demand
        People (in need) at each point; not negative, with a positive sum; shape ``(n,)``.
    cost
        ``cost[i, j]`` from point ``i`` to candidate ``j``, in metres or minutes, not negative;
        shape ``(n, m)``.
    k
        How many new sites, at least 1 and no more than there are candidates left.
    radius
        Greatest cost at which a point is covered, inclusive.
    existing
        Candidates that exist already: they cover points, and are not chosen again.

    Returns
    -------
    Siting
        ``objective`` counts the people covered by existing and new sites together.

    Raises
    ------
    InputError
        If shapes differ, values are missing or negative, `k` or `existing` do not fit; all
        faults at once.

    See Also
    --------
    p_median : Minimises the cost of everybody instead.
    greedy_coverage : For too many candidates to solve exactly.

    Notes
    -----
    Church and ReVelle (1974) [1]_, solved exactly as an integer programme by HiGHS. Several
    sets may be equally good: one of them is returned, always the same for the same input. Land,
    money and wishes are not considered, and everybody within the radius counts as covered.

    References
    ----------
    .. [1] R. Church, C. ReVelle, "The maximal covering location problem", Papers of the
       Regional Science Association 32, 101-118, 1974.

    Examples
    --------
    >>> maximal_coverage([5, 1, 4], [[0, 9, 9], [9, 0, 1], [9, 1, 0]], 1, radius=1).objective
    5.0
    """
    options = at_least("radius", radius, 0)
    people, table = _accept("maximal_coverage", demand, cost, k, existing, options)
    near = csr_array((table <= radius).astype(float))
    covered_if_near = LinearConstraint(hstack([near, -eye_array(len(people))]), lb=0)
    m = table.shape[1]
    chosen = _opened("maximal_coverage", -people, [covered_if_near], m, k, existing)
    covered = people[(table[:, chosen] <= radius).any(axis=1)].sum()
    return _siting(chosen, existing, float(covered), people)


def p_median(
    demand: Values, cost: npt.ArrayLike, k: int, *, existing: Sequence[int] = ()
) -> Siting:
    """Choose the k sites with the lowest total cost of people to their nearest site.

    Parameters
    ----------
    demand
        People (in need) at each point; not negative, with a positive sum; shape ``(n,)``.
    cost
        ``cost[i, j]`` from point ``i`` to candidate ``j``, not negative; shape ``(n, m)``.
    k
        How many new sites, at least 1 and no more than there are candidates left.
    existing
        Candidates that exist already.

    Returns
    -------
    Siting
        ``objective`` is the sum of people times the cost to their nearest site; ``share`` is the
        mean per person.

    Raises
    ------
    InputError
        If shapes differ, values are missing or negative, `k` or `existing` do not fit; all
        faults at once.

    See Also
    --------
    maximal_coverage : Maximises the people within a radius instead.

    Notes
    -----
    Hakimi (1964) [1]_, in the integer form of ReVelle and Swain (1970) [2]_, solved exactly by
    HiGHS; meant for a few hundred points and candidates. Several sets may be equally good: one
    of them is returned, always the same for the same input. A total can fall without any benefit
    for those far away: look at who gains.

    References
    ----------
    .. [1] S. L. Hakimi, "Optimum locations of switching centers and the absolute centers and
       medians of a graph", Operations Research 12(3), 450-459, 1964.
    .. [2] C. S. ReVelle, R. W. Swain, "Central facilities location", Geographical Analysis
       2(1), 30-42, 1970.

    Examples
    --------
    >>> p_median([5, 1, 4], [[0, 2, 3], [2, 0, 1], [3, 1, 0]], 1).objective
    14.0
    """
    people, table = _accept("p_median", demand, cost, k, existing)
    n, m = table.shape
    pairs, ones = np.arange(n * m), np.ones(n * m)
    goes = csr_array((ones, (pairs // m, pairs)), shape=(n, n * m))
    once = LinearConstraint(hstack([csr_array((n, m)), goes]), 1, 1)
    opened = csr_array((ones, (pairs, pairs % m)), shape=(n * m, m))
    only_open = LinearConstraint(hstack([opened, -eye_array(n * m)]), lb=0)
    total_cost = (people[:, None] * table).ravel()
    chosen = _opened("p_median", total_cost, [once, only_open], m, k, existing)
    return _siting(chosen, existing, float(people @ table[:, chosen].min(axis=1)), people)


def greedy_coverage(
    demand: Values, cost: npt.ArrayLike, k: int, *, theta: float, existing: Sequence[int] = ()
) -> Siting:
    """Choose k sites one after another, each the one that adds most nearness.

    Parameters
    ----------
    demand
        People (in need) at each point; not negative, with a positive sum; shape ``(n,)``.
    cost
        ``cost[i, j]`` from point ``i`` to candidate ``j``, not negative; shape ``(n, m)``.
    k
        How many new sites, at least 1 and no more than there are candidates left.
    theta
        Cost at which nearness has fallen to 37 % (1/e), positive.
    existing
        Candidates that exist already.

    Returns
    -------
    Siting
        ``objective`` is the sum of people times ``exp(-cost / theta)`` for their nearest site.

    Raises
    ------
    InputError
        If shapes differ, values are missing or negative, `theta` is not positive, `k` or
        `existing` do not fit; all faults at once.

    See Also
    --------
    maximal_coverage : With a threshold instead of decay, and exact.

    Notes
    -----
    More sites never reduce nearness, and each adds less the more there are (submodularity), so
    the greedy choice reaches at least 63 % (1 - 1/e) of the best possible gain (Nemhauser, Wolsey
    and Fisher 1978 [1]_). Of equally good candidates the first is taken.

    References
    ----------
    .. [1] G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An analysis of approximations for
       maximizing submodular set functions - I", Mathematical Programming 14, 265-294, 1978.

    Examples
    --------
    >>> greedy_coverage([5, 1, 4], [[0, 9, 9], [9, 0, 1], [9, 1, 0]], 2, theta=1).chosen
    (0, 2)
    """
    people, table = _accept("greedy_coverage", demand, cost, k, existing, positive("theta", theta))
    nearness = np.exp(-table / theta)
    chosen = list(existing)
    best = nearness[:, chosen].max(axis=1, initial=0.0)
    for _ in range(k):  # each choice rests on the one before
        gain = people @ np.maximum(nearness, best[:, None])
        gain[chosen] = -np.inf
        chosen.append(int(np.argmax(gain)))
        best = np.maximum(best, nearness[:, chosen[-1]])
    return _siting(chosen, existing, float(people @ best), people)


def _opened(
    where: str,
    objective: Numbers,
    constraints: Sequence[LinearConstraint],
    m: int,
    k: int,
    existing: Sequence[int],
) -> list[int]:
    """Return the sites that are open in the best solution of an integer programme.

    Its variables are ``m`` candidates, 0 or 1, then those of the objective, between 0 and 1.
    """
    rest = np.zeros(objective.size)
    fixed = np.isin(np.arange(m), list(existing)).astype(float)
    candidates = np.r_[np.ones(m), rest]
    number = LinearConstraint(csr_array(candidates.reshape(1, -1)), *[k + fixed.sum()] * 2)
    result = milp(
        np.r_[np.zeros(m), objective],
        constraints=[*constraints, number],
        integrality=candidates,
        bounds=Bounds(np.r_[fixed, rest], 1),
    )
    if result.x is None:
        refuse(where, [Problem("unsolved", {"got": result.message})])
    return [site for site in range(m) if round(result.x[site])]


def _siting(
    chosen: list[int], existing: Sequence[int], objective: float, people: Numbers
) -> Siting:
    """Return the result, with the existing sites left out."""
    new = sorted(set(chosen) - set(existing))
    return Siting(tuple(new), objective, objective / float(people.sum()))


def _accept(
    where: str,
    demand: Values,
    cost: npt.ArrayLike,
    k: int,
    existing: Sequence[int],
    options: Sequence[Problem] = (),
) -> tuple[Numbers, Numbers]:
    """Return people and costs, or raise one error with every fault."""
    table = np.asarray(cost, dtype=np.float64)
    faults = [*options]
    size = np.size(np.asarray(demand))
    if table.ndim != POINTS_BY_SITES or len(table) != size:
        fields: dict[str, object] = {"name": "`cost`", "found": table.shape}
        faults.append(Problem("shape", fields | {"expected": f"({size}, m)"}))
    elif not (table >= 0).all():
        bad = int((~(table >= 0)).sum())
        fields = {"name": "`cost`", "bad": bad, "total": table.size, "units": "…"}
        faults.append(Problem("negative", fields))
    else:
        m = table.shape[1]
        unknown = [site for site in existing if not 0 <= site < m]
        faults += [fault for site in unknown[:1] for fault in between("existing", site, -1, m)]
        faults += between("k", k, 0, m - len(set(existing) - set(unknown)) + 1)
    given = accept(where, {"demand": (demand, WEIGHT)}, faults)
    return given["demand"], table
