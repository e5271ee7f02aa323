"""The table of clusters that local measures return: statistic, p-value, q-value and cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.placement.verdicts import benjamini_hochberg

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Numbers
    from sixes_geo.measures.clustering.neighbours import Linked
    from sixes_geo.measures.clustering.permutations import Tails


def cluster_table(
    linked: Linked,
    figure: tuple[str, Numbers],
    tails: Tails,
    names: tuple[Numbers, npt.NDArray[np.str_]],
    alpha: float,
) -> pd.DataFrame:
    """Return the table on the caller's rows.

    Parameters
    ----------
    linked
        The units with neighbours.
    figure
        Name and values of the first column.
    tails
        Tails of the neighbours' values among the permutations.
    names
        A sign by which neighbours are high (+) or low (-), and the cluster of each unit if that
        is significant. In a skewed distribution, neighbours below the mean can be higher than
        chance would have them: such a unit is in no cluster.
    alpha
        Largest significant q-value.
    """
    column, figures = figure
    sign, clusters_if_significant = names
    p_values = linked.per_unit(tails.p_value)
    q_values = benjamini_hochberg(p_values)
    agreed = ((sign > TIE) & tails.upper) | ((sign < -TIE) & tails.lower)
    clusters = np.full(len(linked.index), "island", dtype=object)
    significant = agreed & (q_values[linked.rows] <= alpha)
    clusters[linked.rows] = np.where(significant, clusters_if_significant, "cannot_tell")
    return pd.DataFrame(
        {
            column: linked.per_unit(figures),
            "p_value": p_values,
            "q_value": q_values,
            "cluster": pd.array(clusters, dtype="str"),
        },
        index=linked.index,
    )
