"""The table of clusters that every local measure gives: figure, p-value, q-value and name."""

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
    seen: Linked,
    figure: tuple[str, Numbers],
    tails: Tails,
    names: tuple[Numbers, npt.NDArray[np.str_]],
    alpha: float,
) -> pd.DataFrame:
    """Return the table on the caller's rows.

    Parameters
    ----------
    seen
        The units that take part.
    figure
        Name of the first column and its figures.
    tails
        How far out the neighbours lie.
    names
        By which sign the neighbours count as high (+) or low (-), and what each unit is called
        if that is more than chance. In a lopsided distribution neighbours below the mean can
        be higher than chance would have them: such a unit stays without a name.
    alpha
        Largest q-value with which a unit is named.
    """
    column, figures = figure
    sign, called = names
    p_values = seen.per_unit(tails.p_value)
    q_values = benjamini_hochberg(p_values)
    agreed = ((sign > TIE) & tails.upper) | ((sign < -TIE) & tails.lower)
    clusters = np.full(len(seen.index), "island", dtype=object)
    told = agreed & (q_values[seen.rows] <= alpha)
    clusters[seen.rows] = np.where(told, called, "cannot_tell")
    return pd.DataFrame(
        {
            column: seen.per_unit(figures),
            "p_value": p_values,
            "q_value": q_values,
            "cluster": pd.array(clusters, dtype="str"),
        },
        index=seen.index,
    )
