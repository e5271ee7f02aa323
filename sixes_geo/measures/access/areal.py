"""Areal interpolation: people and rates moved from one set of areas to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import NEED, WEIGHT, Values, examine, refuse, some

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Flags, Rule

SLACK = 1e-9
"""Tolerance for rounding in sums of shares."""


def areal_interpolation(
    overlap: pd.DataFrame, people: Values, rates: Values | None = None
) -> pd.DataFrame:
    """Estimate people, and a rate weighted by them, for other areas than the original ones.

    Parameters
    ----------
    overlap
        A row per original area, a column per new area: the share of the original area that is in
        the new one; each between 0 and 1, a row adding up to at most 1; shape ``(n, m)``.
    people
        People of each original area, on the rows of `overlap`; not negative, with a positive
        sum; shape ``(n,)``.
    rates
        A figure per person of each original area, such as a rate or a mean, missing where it is
        unknown; shape ``(n,)``.

    Returns
    -------
    DataFrame
        On the columns of `overlap`: ``people`` and, if rates are given, ``rate``, the mean
        weighted by the people with a known figure; missing where there are none.
        ``attrs["outside"]`` counts the people outside all new areas.

    Raises
    ------
    InputError
        If rows differ, shares are not between 0 and 1 or add up to more than 1, or people are
        missing or negative; all faults at once.

    Notes
    -----
    Areal weighting (Goodchild and Lam 1980 [1]_): people are assumed to be spread evenly over
    their area, including parks and hills. The people inside and outside the new areas add up to
    the total. Everybody in an area is assumed to have the same rate. The result is an estimate,
    smoother than the truth; the smaller the new areas, the less reliable it is.

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
        problems += [fault for fault in faults if fault.kind != "missing"]
        figure = known["rates"]
        if not problems and figure.size != len(overlap):
            fields = {"name": "`rates`", "found": figure.size, "other": "`overlap`"}
            problems.append(Problem("length", fields | {"expected": len(overlap)}))
    refuse("areal_interpolation", problems)
    counted = given["people"]
    table = pd.DataFrame({"people": counted @ shares}, index=overlap.columns)
    if figure is not None:
        with_figure = np.where(np.isnan(figure), 0.0, counted)
        weight = with_figure @ shares
        sums = (with_figure * np.nan_to_num(figure)) @ shares
        rate = np.divide(sums, weight, out=np.full(weight.size, np.nan), where=weight > 0)
        if with_figure.any():  # a mean is never beyond what it is of, however small an overlap is
            rate = np.clip(rate, np.nanmin(figure), np.nanmax(figure))
        table["rate"] = rate
    table.attrs["outside"] = float(counted @ np.clip(1 - shares.sum(axis=1), 0, None))
    return table
