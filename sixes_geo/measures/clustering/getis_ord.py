"""Getis-Ord: hot and cold spots, units that are high or low together with their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import Numbers, Values
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.measures.clustering.clusters import cluster_table
from sixes_geo.measures.clustering.neighbours import Linked, link, permutation_faults
from sixes_geo.measures.clustering.permutations import neighbour_tails

if TYPE_CHECKING:
    from libpysal.graph import Graph


def getis_ord(
    values: Values, graph: Graph, *, permutations: int = 999, seed: int = 0, alpha: float = ALPHA
) -> pd.DataFrame:
    """Getis and Ord's Gi*: where high values, or low ones, are together.

    Parameters
    ----------
    values
        One value per unit, in any unit of measure; none missing, not all the same; shape
        ``(n,)``. Shares and rates rather than counts, which follow the size of units.
    graph
        The neighbours of each unit, on the same ids as `values` in any order. Weights must not
        be negative; the unit itself weighs as much as its heaviest neighbour (1 in a binary
        graph), whatever its weight in the graph.
    permutations
        Number of permutations of the other values; the smallest p-value is
        ``2 / (permutations + 1)``.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.
    alpha
        Accepted share of false clusters among all clusters (the false discovery rate), between
        0 and 1.

    Returns
    -------
    DataFrame
        On the index of the input: ``statistic`` (Gi*, a z-score: above 0 where the unit and
        its neighbours are high), ``p_value`` (two-sided), ``q_value`` (adjusted for the
        number of units) and ``cluster``: ``"hot"``, ``"cold"``, ``"cannot_tell"``, or
        ``"island"`` for a unit without neighbours, whose figures are missing.

    Raises
    ------
    InputError
        If values are missing, infinite or all the same, the graph has other units, negative
        or infinite weights, or fewer than three units with neighbours, `permutations` is
        below 1, `seed` below 0 or `alpha` not between 0 and 1; all faults at once.

    See Also
    --------
    local_moran : Also finds units that differ from their neighbours.

    Notes
    -----
    ``(sum_j w_ij y_j - W m) / (s sqrt((n S - W^2) / (n - 1)))`` over the unit and its
    neighbours, with ``W = sum_j w_ij``, ``S = sum_j w_ij^2``, ``m`` the mean and ``s`` the
    standard deviation of the population: the standardised Gi* of Ord and Getis (1995) [1]_.
    It is the same whether weights are divided by their sum or not, and missing for a unit
    whose neighbours are all other units with equal weights.

    The z-score is not normal if neighbours are few or values skewed, so p comes from conditional
    permutation: the unit keeps its value while those of all others are permuted over its
    neighbours, and p is twice the smaller tail. So it tests the neighbours, and equals that of
    `local_moran` (which is 1 for a unit at the mean), with the same limits for few permutations.
    A cluster needs a q-value of at most `alpha` and a z-score on the side of the tail: a low
    unit among high ones that pulls the z-score below 0 is not hot.

    The z-score alone does not distinguish a unit that is high by itself from one among high
    neighbours, and does not say why values are together.

    References
    ----------
    .. [1] J. K. Ord, A. Getis, "Local spatial autocorrelation statistics: distributional
       issues and an application", Geographical Analysis 27(4), 286-306, 1995.

    Examples
    --------
    A ring of 40 units, a quarter of it high:

    >>> import pandas as pd
    >>> from libpysal.graph import Graph
    >>> near = (-2, -1, 1, 2)
    >>> ring = Graph.from_dicts({i: [(i + step) % 40 for step in near] for i in range(40)})
    >>> table = getis_ord(pd.Series([9] * 10 + [1] * 30), ring)
    >>> table["cluster"].iloc[[0, 5, 20]].tolist()
    ['cannot_tell', 'hot', 'cannot_tell']
    """
    options = permutation_faults(permutations, seed, alpha)
    linked = link("getis_ord", {"values": values}, graph, options)
    tails = neighbour_tails(linked.scores["values"], linked.weights, permutations, seed)
    statistic = _gi_star(linked)
    clusters = np.where(statistic > 0, "hot", "cold")
    return cluster_table(linked, ("statistic", statistic), tails, (statistic, clusters), alpha)


def _gi_star(linked: Linked) -> Numbers:
    """Return the z-score of each unit with its neighbours; missing where it cannot vary.

    The weights of the neighbours add up to 1, those including the unit itself to `total`. Scores
    have mean 0, and a population standard deviation of ``sqrt((n - 1) / n)``.
    """
    n = linked.rows.size
    own = linked.weights.max(axis=1).toarray()
    total = 1 + own
    squares = (linked.weights.power(2).sum(axis=1) + own**2) / total**2
    mean = (linked.lag("values") + own * linked.scores["values"]) / total
    variance = squares - 1 / n
    return np.where(
        variance > TIE / n, mean / np.sqrt(np.where(variance > TIE / n, variance, 1)), np.nan
    )
