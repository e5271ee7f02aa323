"""Local Moran: which units are like or unlike their neighbours, more than chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import Values
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.measures.clustering.clusters import cluster_table
from sixes_geo.measures.clustering.neighbours import Linked, link, permutation_faults
from sixes_geo.measures.clustering.permutations import neighbour_tails

if TYPE_CHECKING:
    from libpysal.graph import Graph


def local_moran(
    values: Values, graph: Graph, *, permutations: int = 999, seed: int = 0, alpha: float = ALPHA
) -> pd.DataFrame:
    """Local Moran: which units are high among high, low among low, or unlike their neighbours.

    Parameters
    ----------
    values
        One value per unit, in any unit of measure; none missing, not all the same; shape
        ``(n,)``. Shares and rates rather than counts, which follow the size of units.
    graph
        The neighbours of each unit, on the same ids as `values` in any order. Weights must not
        be negative; they are divided by their sum for each unit, and a weight to itself is not
        used.
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
        On the index of the input: ``local_index`` (above 0 where a unit is like its
        neighbours), ``p_value`` (two-sided), ``q_value`` (adjusted for the number of units)
        and ``cluster``: ``"high_high"``, ``"low_low"``, ``"high_low"`` (high among low),
        ``"low_high"``, ``"cannot_tell"``, or ``"island"`` for a unit without neighbours, whose
        figures are missing.

    Raises
    ------
    InputError
        If values are missing, infinite or all the same, the graph has other units, negative
        or infinite weights, or fewer than three units with neighbours, `permutations` is
        below 1, `seed` below 0 or `alpha` not between 0 and 1; all faults at once.

    See Also
    --------
    moran : The global measure: whether there is any clustering.
    getis_ord : The measure that counts the unit itself as well.

    Notes
    -----
    ``I_i = z_i sum_j w_ij z_j``, with ``z`` the values less their mean in standard deviations
    of the sample (n - 1): they add up to ``n - 1`` times the `moran` of
    ``graph.transform("R")`` (Anselin 1995 [1]_, with this divisor). The permutation is
    conditional, as there: the unit keeps its value while those of all others are permuted over
    its neighbours; p is twice the smaller tail, ties included, as in `moran`. High and low mean
    above and below the mean; a unit at the mean is neither, and has p = 1. A cluster needs a
    q-value (Benjamini and Hochberg) of at most `alpha`, and neighbours on the side of the mean
    that has the smaller tail.

    With many units and few permutations nothing can be significant: with m units, r of them with
    the smallest p-value possible, the smallest q-value is ``2 m / (r (permutations + 1))``. Of
    1,644 zones with 999 permutations, at least 66 must have it before any is significant at
    0.05; for a single one it takes 65,759 permutations.

    Neighbouring units share neighbours, so clusters come in patches: where they are says more
    than how many they are. The measure does not say why, and units of another size give other
    clusters.

    References
    ----------
    .. [1] L. Anselin, "Local indicators of spatial association - LISA", Geographical
       Analysis 27(2), 93-115, 1995.

    Examples
    --------
    A ring of 40 units, a quarter of it high:

    >>> import pandas as pd
    >>> from libpysal.graph import Graph
    >>> near = (-2, -1, 1, 2)
    >>> ring = Graph.from_dicts({i: [(i + step) % 40 for step in near] for i in range(40)})
    >>> table = local_moran(pd.Series([9] * 10 + [1] * 30), ring)
    >>> table["cluster"].iloc[[0, 5, 20]].tolist()
    ['cannot_tell', 'high_high', 'cannot_tell']
    """
    options = permutation_faults(permutations, seed, alpha)
    linked = link("local_moran", {"values": values}, graph, options)
    return _table(linked, ("values", "values"), permutations, seed, alpha)


def bivariate_local_moran(
    values: Values,
    others: Values,
    graph: Graph,
    *,
    permutations: int = 999,
    seed: int = 0,
    alpha: float = ALPHA,
) -> pd.DataFrame:
    """Bivariate local Moran: one variable in a unit and another among its neighbours.

    Parameters
    ----------
    values
        The variable of the unit itself, such as provision; none missing, not all the same;
        shape ``(n,)``.
    others
        The variable of its neighbours, such as need; as `values`, on the same index.
    graph
        The neighbours of each unit, on the same ids as `values` in any order. Weights must not
        be negative; they are divided by their sum for each unit, and a weight to itself is not
        used.
    permutations
        Number of permutations of `others`; the smallest p-value is
        ``2 / (permutations + 1)``.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.
    alpha
        Accepted share of false clusters among all clusters (the false discovery rate), between
        0 and 1.

    Returns
    -------
    DataFrame
        As `local_moran`. The first word of a ``cluster`` is the unit's own value of `values`,
        the second that of `others` among its neighbours.

    Raises
    ------
    InputError
        If values are misaligned, missing, infinite or all the same, the graph has other
        units, negative or infinite weights, or fewer than three units with neighbours,
        `permutations` is below 1, `seed` below 0 or `alpha` not between 0 and 1; all faults
        at once.

    See Also
    --------
    local_moran : The same variable in the unit and among its neighbours.

    Notes
    -----
    ``I_i = x_i sum_j w_ij y_j``, with ``x`` and ``y`` the two in standard deviations from
    their means (Anselin, Syabri and Smirnov 2002 [1]_). A unit keeps both its values while
    those of `others` are permuted over its neighbours; tails, q-values and clusters are as in
    `local_moran`, and so are the limits of few permutations.

    Only the neighbours are tested: with the same seed, p is that of `local_moran` on `others`,
    but for units at the mean of either. So the same units are in clusters, and the value of
    `values` decides only the first word, however little it differs from the mean.

    Caution: a unit's own value of `others` does not enter, but if `others` is alike among
    neighbours, it is reflected in theirs. So a cluster may only be the ordinary correlation of
    the two variables in the same place (cf. Lee 2001 [2]_): look at that first. The measure does
    not say that one variable causes the other, nor in which direction.

    References
    ----------
    .. [1] L. Anselin, I. Syabri, O. Smirnov, "Visualizing multivariate spatial correlation
       with dynamically linked windows", in L. Anselin, S. Rey (eds.), New Tools for Spatial
       Data Analysis, CSISS, University of California, Santa Barbara, 2002.
    .. [2] S.-I. Lee, "Developing a bivariate spatial association measure: an integration of
       Pearson's r and Moran's I", Journal of Geographical Systems 3(4), 369-385, 2001.

    Examples
    --------
    A ring of 40 units where units with little provision are among units with much need:

    >>> import pandas as pd
    >>> from libpysal.graph import Graph
    >>> near = (-2, -1, 1, 2)
    >>> ring = Graph.from_dicts({i: [(i + step) % 40 for step in near] for i in range(40)})
    >>> sites, need = pd.Series([0] * 10 + [5] * 30), pd.Series([9] * 10 + [1] * 30)
    >>> bivariate_local_moran(sites, need, ring)["cluster"].iloc[[0, 5, 20]].tolist()
    ['cannot_tell', 'low_high', 'cannot_tell']
    """
    options = permutation_faults(permutations, seed, alpha)
    columns = {"values": values, "others": others}
    linked = link("bivariate_local_moran", columns, graph, options)
    return _table(linked, ("values", "others"), permutations, seed, alpha)


def _table(
    linked: Linked, names: tuple[str, str], permutations: int, seed: int, alpha: float
) -> pd.DataFrame:
    """Return the table for one column in each unit and another among its neighbours."""
    own, lag = linked.scores[names[0]], linked.lag(names[1])
    tails = neighbour_tails(linked.scores[names[1]], linked.weights, permutations, seed)
    # At the mean the index is 0, whatever the neighbours' values.
    tails = replace(tails, p_value=np.where(own == 0, 1.0, tails.p_value))
    high = np.where(lag > 0, "high_high", "high_low")
    low = np.where(lag > 0, "low_high", "low_low")
    clusters = np.where(own > 0, high, low)
    index = own * lag + 0.0  # No "-0.0" where either is at the mean.
    return cluster_table(linked, ("local_index", index), tails, (lag, clusters), alpha)
