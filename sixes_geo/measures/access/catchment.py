"""Catchments: what each person could have of the sites within reach, shared with all others."""

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
    """Return what there is for each person within reach, everybody in reach having a share.

    Parameters
    ----------
    supply
        What each site offers (docks, places, or 1 each); not negative, with a positive sum;
        shape ``(m,)``.
    demand
        People at each point; not negative, all zero not allowed; shape ``(n,)``.
    cost
        ``cost[i, j]``: metres or minutes from point ``i`` to site ``j``, not negative; shape
        ``(n, m)``. Dense, with missing or infinite where there is no way; or sparse, where an
        entry that is not stored is out of reach and a stored 0 is no distance at all.
    cutoff
        Greatest cost that is within reach, itself included.
    decay
        Turns costs within reach into weights of at least 0 (a gravity option), such as
        ``lambda d: numpy.exp(-d / 500)``; all weigh 1 without it.

    Returns
    -------
    Series
        Named ``access``, on the index of `demand`: supply per person within reach; 0 where none
        is. Times people it adds up to the supply that anybody can reach.

    Raises
    ------
    InputError
        If shapes differ, values are missing or negative, or the cutoff is below 0; all faults
        at once.

    See Also
    --------
    pairs_within : Straight-line costs of all pairs within reach.

    Notes
    -----
    Luo and Wang (2003) [1]_: each site is divided by the people within its reach,
    ``r_j = S_j / sum_i w_ij P_i``, and each point adds up the ratios in its own,
    ``A_i = sum_j w_ij r_j``; with weights it is Luo and Qi (2009) [2]_. Supply that nobody can
    reach gives 0. A point where nobody lives has the access of whoever would live there.

    It takes everybody for equally likely to go, to any site in reach, and the edge of the city
    for the end of the world: sites and people beyond it do not count. A short cutoff makes
    islands of plenty out of empty places.

    References
    ----------
    .. [1] W. Luo, F. Wang, "Measures of spatial accessibility to health care in a GIS
       environment", Environment and Planning B 30(6), 865-884, 2003.
    .. [2] W. Luo, Y. Qi, "An enhanced two-step floating catchment area (E2SFCA) method",
       Health & Place 15(4), 1100-1107, 2009.

    Examples
    --------
    Ten docks for 5 people near and 15 a little further off:

    >>> two_step_floating_catchment([10], [5, 15], [[100], [400]], 500).tolist()
    [0.5, 0.5]
    """
    offers, problems = examine({"supply": (supply, WEIGHT)})
    lives, faults = examine({"demand": (demand, WEIGHT)})
    problems += [*faults, *at_least("cutoff", cutoff, 0)]
    reach, shape, faults = _within(cost, cutoff)
    expected = (len(lives.index), len(offers.index))
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
    seekers = reach.T @ lives["demand"]
    shared = np.divide(offers["supply"], seekers, out=np.zeros_like(seekers), where=seekers > 0)
    return pd.Series(reach @ shared, index=lives.index, name="access")


def pairs_within(points: npt.ArrayLike, sites: npt.ArrayLike, cutoff_m: float) -> csr_array:
    """Straight-line metres between points and the sites within a distance of each.

    Parameters
    ----------
    points
        Where people live, in metres of a projected CRS; shape ``(n, 2)``.
    sites
        Sites, in the same CRS; shape ``(m, 2)``.
    cutoff_m
        Greatest distance in metres, itself included.

    Returns
    -------
    csr_array
        Shape ``(n, m)``; a pair that is not stored is further apart, a stored 0 is one place.

    Raises
    ------
    InputError
        If `cutoff_m` is below 0.

    Notes
    -----
    Found by a k-d tree (Bentley 1975 [1]_): nothing grows with the pairs out of reach. Straight
    lines see neither streets nor hills.

    References
    ----------
    .. [1] J. L. Bentley, "Multidimensional binary search trees used for associative
       searching", Communications of the ACM 18(9), 509-517, 1975.

    Examples
    --------
    The pair at one place is stored, with distance 0; the one further apart is not:

    >>> pairs_within([[0, 0], [900, 0]], [[0, 0]], 500).nnz
    1
    """
    refuse("pairs_within", at_least("cutoff_m", cutoff_m, 0))
    homes = np.asarray(points, dtype=np.float64)
    stands = np.asarray(sites, dtype=np.float64)
    found = cKDTree(homes).sparse_distance_matrix(
        cKDTree(stands), cutoff_m * (1 + 1e-12), output_type="ndarray"
    )
    # Built from its parts, as a sum of duplicates would drop a distance of 0.
    order = np.lexsort((found["j"], found["i"]))
    counts = np.bincount(found["i"], minlength=len(homes))
    starts = np.r_[0, np.cumsum(counts)]
    parts = (found["v"][order], found["j"][order], starts)
    return csr_array(parts, shape=(len(homes), len(stands)))


def _within(cost: Cost, cutoff: float) -> tuple[csr_array, tuple[int, ...], list[Problem]]:
    """Return the costs within reach, the shape of all, and what is wrong with them."""
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
