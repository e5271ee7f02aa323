"""Catchments: supply per person within reach, shared with everybody else in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array, issparse
from scipy.spatial import cKDTree

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    PER_HEAD_OR_NOTHING,
    WEIGHT,
    Numbers,
    Values,
    at_least,
    examine,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy.sparse import sparray

    Cost: TypeAlias = "npt.ArrayLike | sparray"


def two_step_floating_catchment(
    supply: Values,
    demand: Values,
    cost: Cost,
    cutoff: float,
    decay: Callable[[Numbers], Numbers] | None = None,
) -> pd.Series[float]:
    """Return the supply per person within reach, shared by everybody in reach of a site.

    Parameters
    ----------
    supply
        Supply of each site (docks, places, or 1 each); not negative, with a positive sum;
        shape ``(m,)``.
    demand
        People at each point; not negative, with a positive sum; shape ``(n,)``.
    cost
        ``cost[i, j]``: metres or minutes from point ``i`` to site ``j``, not negative; shape
        ``(n, m)``. Dense, missing or infinite where there is no connection; or sparse, where an
        entry that is not stored is out of reach and a stored 0 is a distance of 0.
    cutoff
        Greatest cost within reach, inclusive.
    decay
        Function from costs within reach to weights of at least 0 (a gravity model), such as
        ``lambda d: numpy.exp(-d / 500)``; all weights are 1 if not given.

    Returns
    -------
    Series
        Named ``access``, on the index of `demand`: supply per person within reach, 0 if there is
        none. Multiplied by people it adds up to the supply that somebody can reach.

    Raises
    ------
    InputError
        If shapes differ, values are missing or negative, or the cutoff is below 0; all faults
        at once.

    See Also
    --------
    pairs_within : Straight-line distances of all pairs within reach.

    Notes
    -----
    Luo and Wang (2003) [1]_: each site's supply is divided by the people within reach of it,
    ``r_j = S_j / sum_i w_ij P_i``, and each point adds up the ratios of the sites in its reach,
    ``A_i = sum_j w_ij r_j``; with weights it is Luo and Qi (2009) [2]_. Supply that nobody can
    reach is ignored. A point without people has the access that a resident would have there.

    Everybody is assumed to be equally likely to go to any site in reach, and sites and people
    beyond the edge of the city do not count. With a short cutoff, nearly empty places can have
    very high access.

    References
    ----------
    .. [1] W. Luo, F. Wang, "Measures of spatial accessibility to health care in a GIS
       environment", Environment and Planning B 30(6), 865-884, 2003.
    .. [2] W. Luo, Y. Qi, "An enhanced two-step floating catchment area (E2SFCA) method",
       Health & Place 15(4), 1100-1107, 2009.

    Examples
    --------
    Ten docks for 5 people nearby and 15 a little further away:

    >>> two_step_floating_catchment([10], [5, 15], [[100], [400]], 500).tolist()
    [0.5, 0.5]
    """
    sites, problems = examine({"supply": (supply, WEIGHT)})
    points, faults = examine({"demand": (demand, WEIGHT)})
    problems += [*faults, *at_least("cutoff", cutoff, 0)]
    reach, shape, faults = _within(cost, cutoff)
    expected = (len(points.index), len(sites.index))
    if not problems and not faults and shape != expected:
        fields = {"name": "`cost`", "found": shape, "expected": expected}
        faults.append(Problem("shape", fields))
    refuse("two_step_floating_catchment", [*problems, *faults])
    if decay is not None:
        reach.data = np.asarray(decay(reach.data), dtype=np.float64)
        _, faults = examine({"decay": (reach.data, PER_HEAD_OR_NOTHING)}) if reach.nnz else (0, [])
        refuse("two_step_floating_catchment", faults)
    else:
        reach.data = np.ones_like(reach.data)
    users = reach.T @ points["demand"]
    per_user = np.divide(sites["supply"], users, out=np.zeros_like(users), where=users > 0)
    return pd.Series(reach @ per_user, index=points.index, name="access")


def pairs_within(points: npt.ArrayLike, sites: npt.ArrayLike, cutoff_m: float) -> csr_array:
    """Return straight-line distances between points and the sites within reach of each.

    Parameters
    ----------
    points
        Where people live, in metres of a projected CRS; shape ``(n, 2)``.
    sites
        Sites, in the same CRS; shape ``(m, 2)``.
    cutoff_m
        Greatest distance in metres, inclusive.

    Returns
    -------
    csr_array
        Distances in metres, shape ``(n, m)``; pairs further apart are not stored, a stored 0 is
        the same place.

    Raises
    ------
    InputError
        If `cutoff_m` is below 0.

    Notes
    -----
    Computed with a k-d tree (Bentley 1975 [1]_), so that pairs out of reach cost nothing.
    Straight lines ignore streets and hills.

    References
    ----------
    .. [1] J. L. Bentley, "Multidimensional binary search trees used for associative
       searching", Communications of the ACM 18(9), 509-517, 1975.

    Examples
    --------
    The pair at the same place is stored, with distance 0; the one further apart is not:

    >>> pairs_within([[0, 0], [900, 0]], [[0, 0]], 500).nnz
    1
    """
    refuse("pairs_within", at_least("cutoff_m", cutoff_m, 0))
    homes = np.asarray(points, dtype=np.float64)
    places = np.asarray(sites, dtype=np.float64)
    pairs = cKDTree(homes).sparse_distance_matrix(
        cKDTree(places), cutoff_m * (1 + 1e-12), output_type="ndarray"
    )
    # Built from its arrays, as a sum of duplicates would drop distances of 0.
    order = np.lexsort((pairs["j"], pairs["i"]))
    counts = np.bincount(pairs["i"], minlength=len(homes))
    starts = np.r_[0, np.cumsum(counts)]
    arrays = (pairs["v"][order], pairs["j"][order], starts)
    return csr_array(arrays, shape=(len(homes), len(places)))


def _within(cost: Cost, cutoff: float) -> tuple[csr_array, tuple[int, ...], list[Problem]]:
    """Return the costs within reach, the shape of the table, and its faults."""
    if issparse(cost):
        stored = csr_array(cost)
        row, column = np.repeat(np.arange(stored.shape[0]), np.diff(stored.indptr)), stored.indices
        value, shape = np.asarray(stored.data, dtype=np.float64), stored.shape
    else:
        table = np.asarray(cost, dtype=np.float64)
        shape = table.shape
        if table.ndim != 2:  # noqa: PLR2004  (points by sites)
            return (
                csr_array((0, 0)),
                shape,
                [Problem("shape", {"name": "`cost`", "found": shape, "expected": "(n, m)"})],
            )
        row, column = np.nonzero(~np.isnan(table))
        value = table[row, column]
    if (value < 0).any():
        bad = int((value < 0).sum())
        fields = {"name": "`cost`", "bad": bad, "total": value.size, "units": "…"}
        return csr_array(shape), shape, [Problem("negative", fields)]
    near = value <= cutoff
    counts = np.bincount(row[near], minlength=shape[0])
    parts = (value[near], column[near], np.r_[0, np.cumsum(counts)])
    return csr_array(parts, shape=shape), shape, []
