"""Moran's I: whether neighbours are alike, more than chance would make them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sixes_geo.measures.base.checks import Values
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.clustering.neighbours import link, permutation_faults
from sixes_geo.measures.clustering.permutations import Tails, permuted_moran

if TYPE_CHECKING:
    from libpysal.graph import Graph


@dataclass(frozen=True)
class Moran:
    """Moran's I, tested against chance.

    Parameters
    ----------
    index
        Above `expected` if neighbours are alike, below it if they differ; mostly between -1
        and 1.
    expected
        Its mean over all permutations, ``-1 / (n - 1)``.
    p_value
        Probability, by chance, of an index at least as far from `expected`, on either side:
        twice the smaller tail.
    z
        `index` less `expected`, in standard deviations of the permutations; missing if all
        permutations give the same, as when all units are neighbours of each other.
    n
        Units with at least one neighbour: mean, spread and permutations are over these.
    islands
        Ids of the units without neighbours, sorted as texts; they are left out.
    permutations
        Number of random permutations.
    seed
        Seed of the permutations.
    """

    index: float
    expected: float
    p_value: float
    z: float
    n: int
    islands: tuple[Any, ...]
    permutations: int
    seed: int


def moran(values: Values, graph: Graph, *, permutations: int = 999, seed: int = 0) -> Moran:
    """Moran's I: whether neighbouring units have similar values, tested by permutation.

    Parameters
    ----------
    values
        One value per unit, in any unit of measure; none missing, not all the same; shape
        ``(n,)``. Shares and rates rather than counts, which follow the size of units.
    graph
        The neighbours of each unit, on the same ids as `values` in any order. Weights must not
        be negative and are used as they are: a binary graph gives units with many neighbours
        more influence than ``graph.transform("R")`` does. A weight to itself is not used.
    permutations
        Number of permutations; the smallest p-value is ``2 / (permutations + 1)``.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    Moran
        Index, p-value and z, and the islands that were left out.

    Raises
    ------
    InputError
        If values are missing, infinite or all the same, the graph has other units, negative
        or infinite weights, or fewer than three units with neighbours, `permutations` is
        below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    local_moran : Where similar neighbours are.

    Notes
    -----
    ``I = (n / S_0) sum_i z_i sum_j w_ij z_j / sum_i z_i^2``, with ``z`` the values less their
    mean and ``S_0`` the sum of all weights (Cliff and Ord 1981 [1]_, ch. 1). The p-value is
    ``2 (1 + #{on the smaller side, ties included}) / (permutations + 1)``, at most 1: the
    Monte Carlo tail of Davison and Hinkley (1997) [2]_, eq. 4.11, doubled since the
    permutations may be skewed around their mean.

    Islands are left out: ``n`` counts the units with a neighbour, and mean, spread, expected
    value and permutations are over them. Software that keeps islands in ``n`` and in the mean
    gives a slightly different figure. In a one-way graph, a unit whose only neighbours are
    islands is an island too.

    The index does not say where similar values are, nor why; larger units, or another definition
    of neighbours, give another figure. Values that are high in one half of the city and low in
    the other have a high index without any process of spreading.

    References
    ----------
    .. [1] A. D. Cliff, J. K. Ord, "Spatial Processes: Models and Applications", Pion, 1981;
       first in P. A. P. Moran, "Notes on continuous stochastic phenomena", Biometrika
       37(1-2), 17-23, 1950.
    .. [2] A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application",
       Cambridge University Press, 1997.

    Examples
    --------
    Four units in a row, each like the next:

    >>> import pandas as pd
    >>> from libpysal.graph import Graph
    >>> row = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]})
    >>> test = moran(pd.Series([1, 2, 3, 4], index=list("abcd")), row)
    >>> round(test.index, 4), round(test.expected, 4), test.n, test.islands
    (0.3333, -0.3333, 4, ())
    """
    options = permutation_faults(permutations, seed)
    linked = link("moran", {"values": values}, graph, options)
    scores = linked.scores["values"]
    n = scores.size
    weights = linked.as_given()
    index, expected = float(scores @ (weights @ scores)) / (n - 1), -1 / (n - 1)
    permuted = permuted_moran(scores, weights, permutations, seed)
    as_high, as_low = (permuted >= index - TIE).sum(), (permuted <= index + TIE).sum()
    spread = float(np.sqrt(np.mean((permuted - expected) ** 2)))
    return Moran(
        index=index,
        expected=expected,
        p_value=float(Tails.of(as_high, as_low, permutations).p_value),
        z=(index - expected) / spread if spread > TIE else math.nan,
        n=n,
        islands=linked.islands,
        permutations=permutations,
        seed=seed,
    )
