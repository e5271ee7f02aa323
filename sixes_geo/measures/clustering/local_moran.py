"""Local Moran: which units are like their neighbours, or unlike them, beyond chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import Values
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.measures.clustering.clusters import cluster_table
from sixes_geo.measures.clustering.neighbours import Linked, linked, permutation_faults
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
        Who is whose neighbour, on the same ids as `values` in any order. Weights must not be
        negative; each unit's are divided by their sum, and one to itself is not used.
    permutations
        How often the other values are dealt out; the smallest p-value is
        ``2 / (permutations + 1)``.
    seed
        Start of the random numbers; the same seed gives the same result, in every row order.
    alpha
        Share of false clusters among those named that is put up with (the false discovery
        rate), between 0 and 1.

    Returns
    -------
    DataFrame
        On the index of the input: ``local_index`` (above 0 where a unit is like its
        neighbours), ``p_value`` (two-sided), ``q_value`` (adjusted for the number of units)
        and ``cluster``: ``"high_high"``, ``"low_low"``, ``"high_low"`` (high among low),
        ``"low_high"``, by default ``"cannot_tell"``, or ``"island"`` for a unit without
        neighbours, whose figures are missing.

    Raises
    ------
    InputError
        If values are missing, infinite or all the same, the graph has other units, negative
        or infinite weights, or fewer than three units with neighbours, `permutations` is
        below 1, `seed` below 0 or `alpha` not between 0 and 1; all faults at once.

    See Also
    --------
    moran : Whether there is anything to look for.
    getis_ord : The same with the unit itself counted in.

    Notes
    -----
    ``I_i = z_i sum_j w_ij z_j``, with ``z`` the values less their mean in standard deviations
    of the sample (n - 1): they add up to ``n - 1`` times the `moran` of
    ``graph.transform("R")`` (Anselin 1995 [1]_, with this divisor).
    Conditional permutation, as there: the unit keeps its value while those of all
    the others are dealt over its neighbours; p is twice the smaller tail, ties included,
    as in `moran`. High and low are above and below the mean; a unit at the mean is neither,
    and has p = 1. A name needs a q-value (Benjamini and Hochberg) of at most `alpha` and
    neighbours on that side of the mean whose tail it is.

    Among many units few permutations cannot name anything: with m units and r of them as far
    out as can be, the smallest q-value is ``2 m / (r (permutations + 1))``. Of 1,644 zones
    with 999 permutations at least 66 must be that far out before one is named at 0.05; for a
    single one to be, it takes 65,759 permutations.

    Neighbouring units share neighbours, so clusters come in patches: their number says less
    than where they are. It cannot see why, and units of another size give other clusters.

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
    seen = linked("local_moran", {"values": values}, graph, options)
    return _table(seen, ("values", "values"), permutations, seed, alpha)


def bivariate_local_moran(
    values: Values,
    others: Values,
    graph: Graph,
    *,
    permutations: int = 999,
    seed: int = 0,
    alpha: float = ALPHA,
) -> pd.DataFrame:
    """Bivariate local Moran: one thing in a unit beside another thing among its neighbours.

    Parameters
    ----------
    values
        What is looked at in the unit itself, such as provision; none missing, not all the
        same; shape ``(n,)``.
    others
        What is looked at among its neighbours, such as need; as `values`, on the same index.
    graph
        Who is whose neighbour, on the same ids as `values` in any order. Weights must not be
        negative; each unit's are divided by their sum, and one to itself is not used.
    permutations
        How often the values of `others` are dealt out; the smallest p-value is
        ``2 / (permutations + 1)``.
    seed
        Start of the random numbers; the same seed gives the same result, in every row order.
    alpha
        Share of false clusters among those named that is put up with (the false discovery
        rate), between 0 and 1.

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
    local_moran : One thing beside itself.

    Notes
    -----
    ``I_i = x_i sum_j w_ij y_j``, with ``x`` and ``y`` the two in standard deviations from
    their means (Anselin, Syabri and Smirnov 2002 [1]_). A unit keeps both its values while
    those of `others` are dealt over its neighbours; tails, q-values and names are those of
    `local_moran`, and so is the limit that few permutations set.

    Only the neighbours are put to the test: with the same seed p is that of `local_moran` on
    `others`, but for units at the mean of either. So the two name the same units, and what
    a unit has of `values` chooses the first word alone, however little it is off the mean.

    Caution: what a unit has itself of `others` does not enter, but where `others` is alike
    among neighbours it speaks through them. So a cluster may be nothing but the ordinary
    correlation of the two in the same place (cf. Lee 2001 [2]_): look at that first. It does
    not say that the one brings about the other, nor in which direction.

    References
    ----------
    .. [1] L. Anselin, I. Syabri, O. Smirnov, "Visualizing multivariate spatial correlation
       with dynamically linked windows", in L. Anselin, S. Rey (eds.), New Tools for Spatial
       Data Analysis, CSISS, University of California, Santa Barbara, 2002.
    .. [2] S.-I. Lee, "Developing a bivariate spatial association measure: an integration of
       Pearson's r and Moran's I", Journal of Geographical Systems 3(4), 369-385, 2001.

    Examples
    --------
    A ring of 40 units where little provision stands among much need:

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
    seen = linked("bivariate_local_moran", columns, graph, options)
    return _table(seen, ("values", "others"), permutations, seed, alpha)


def _table(
    seen: Linked, names: tuple[str, str], permutations: int, seed: int, alpha: float
) -> pd.DataFrame:
    """Return the table of one column in each unit beside another among its neighbours."""
    own, lag = seen.scores[names[0]], seen.lag(names[1])
    tails = neighbour_tails(seen.scores[names[1]], seen.weights, permutations, seed)
    # At the mean the index is 0 whatever the neighbours have.
    tails = replace(tails, p_value=np.where(own == 0, 1.0, tails.p_value))
    high = np.where(lag > 0, "high_high", "high_low")
    low = np.where(lag > 0, "low_high", "low_low")
    called = np.where(own > 0, high, low)
    index = own * lag + 0.0  # No "-0.0" where either is at the mean.
    return cluster_table(seen, ("local_index", index), tails, (lag, called), alpha)
