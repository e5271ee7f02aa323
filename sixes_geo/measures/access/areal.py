"""From one set of areas to another: people and rates by the share of area they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import NEED, WEIGHT, Values, examine, refuse, some

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Flags, Rule

SLACK = 1e-9
"""Room for rounding where shares of an area add up."""


def areal_interpolation(
    overlap: pd.DataFrame, people: Values, rates: Values | None = None
) -> pd.DataFrame:
    """People, and a rate weighted by them, on other areas than those they were counted on.

    Parameters
    ----------
    overlap
        A row per area they were counted on, a column per area wanted: which share of the
        first's area lies in the second; each between 0 and 1, a row adding up to at most 1;
        shape ``(n, m)``.
    people
        People of each area they were counted on, on the rows of `overlap`; not negative, with
        a positive sum; shape ``(n,)``.
    rates
        A figure per person of each, such as a rate or a mean, missing where it is not known;
        shape ``(n,)``.

    Returns
    -------
    DataFrame
        On the columns of `overlap`: ``people`` and, if rates were given, ``rate``, the mean
        weighted by the people whose figure is known; missing where there are none.
        ``attrs["outside"]`` counts the people whose part lies in none of the areas wanted.

    Raises
    ------
    InputError
        If rows differ, shares are not between 0 and 1 or add up to more than 1, or people are
        missing or negative; all faults at once.

    Notes
    -----
    Areal weighting (Goodchild and Lam 1980 [1]_): people are spread evenly over their area,
    parks and hills included, so none are lost or made: those on the areas wanted and those
    outside add up to all. A rate takes everybody in an area for alike. The result is an
    estimate that nobody surveyed, smoother than the truth; the smaller the areas wanted, the
    less it knows.

    References
    ----------
    .. [1] M. F. Goodchild, N. S.-N. Lam, "Areal interpolation: a variant of the traditional
       spatial problem", Geo-Processing 1, 297-312, 1980.

    Examples
    --------
    Two squares side by side, and three strips across them:

    >>> overlap = pd.DataFrame([[0.5, 0.5, 0], [0, 0.5, 0.5]], columns=list("abc"))
    >>> table = areal_interpolation(overlap, [100, 300], [0.1, 0.5])
    >>> table["people"].tolist(), round(float(table["rate"]["b"]), 6)
    ([50.0, 200.0, 150.0], 0.4)
    """
    columns: dict[str, tuple[Values, Rule]] = {"people": (people, WEIGHT)}
    given, problems = examine(columns)
    shares = overlap.to_numpy(dtype=np.float64)
    wrong: Flags = ~np.all((shares >= 0) & (shares <= 1 + SLACK), axis=1)
    problems += some("outside", "overlap", wrong, overlap.index, low=0, high=1)
    over: Flags = shares.sum(axis=1) > 1 + SLACK * shares.shape[1]
    problems += some("outside", "overlap", over & ~wrong, overlap.index, low=0, high=1)
    if not problems and len(given.index) != len(overlap):
        fields = {"name": "`people`", "found": len(given.index), "other": "`overlap`"}
        problems.append(Problem("length", fields | {"expected": len(overlap)}))
    figure = None
    if rates is not None:
        known, faults = examine({"rates": (rates, NEED)})
        problems += [one for one in faults if one.kind != "missing"]
        figure = known["rates"]
        if not problems and figure.size != len(overlap):
            fields = {"name": "`rates`", "found": figure.size, "other": "`overlap`"}
            problems.append(Problem("length", fields | {"expected": len(overlap)}))
    refuse("areal_interpolation", problems)
    heads = given["people"]
    table = pd.DataFrame({"people": heads @ shares}, index=overlap.columns)
    if figure is not None:
        told = np.where(np.isnan(figure), 0.0, heads)
        weight = told @ shares
        sums = (told * np.nan_to_num(figure)) @ shares
        table["rate"] = np.divide(sums, weight, out=np.full(weight.size, np.nan), where=weight > 0)
    table.attrs["outside"] = float(heads @ np.clip(1 - shares.sum(axis=1), 0, None))
    return table
