"""Shares: sites and amounts compared with people, by unit and by quintile of need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sixes_geo.measures import disparity
from sixes_geo.measures.placement.disparity import PER_10K

QUINTILES = 5


def unit_shares(peopled: pd.DataFrame) -> pd.DataFrame:
    """Return shares, gaps and rates of units with known population.

    Parameters
    ----------
    peopled
        By unit: ``population``, ``sites`` (missing where sites cannot be counted, as for money)
        and ``amount``.

    Returns
    -------
    DataFrame
        By unit: ``share_sites``, ``share_amount``, ``share_population``, and for the amount
        ``gap``, ``location_quotient`` and ``rate_per_10k``. A figure is missing where its
        denominator is zero.
    """
    table = _disparity(peopled, "amount").rename(columns={"share_sites": "share_amount"})
    table.insert(0, "share_sites", _disparity(peopled, "sites")["share_sites"])
    return table


def quintile_table(units: pd.DataFrame) -> pd.DataFrame:
    """Return people, sites and amount of each quintile of the people, the worst-off first.

    Parameters
    ----------
    units
        With ``quintile``, ``population``, ``sites`` and ``amount``.

    Returns
    -------
    DataFrame
        A row per quintile: ``quintile``, ``population``, ``sites``, ``amount``, the share of each
        in the total, and the ``rate_per_10k`` of the amount. Money has no sites; all figures
        of a quintile without units are missing.
    """
    columns = ["population", "sites", "amount"]
    groups = units.groupby("quintile")[columns].sum(min_count=1)
    groups = groups.reindex(pd.Index(range(1, QUINTILES + 1), name="quintile"))
    shares = (groups / groups.sum()).add_prefix("share_")
    rate = groups["amount"] / groups["population"] * PER_10K
    return groups.join(shares).assign(rate_per_10k=rate).reset_index()


def _disparity(peopled: pd.DataFrame, column: str) -> pd.DataFrame:
    """Compare a column with the people; all missing if either of them adds up to zero."""
    if peopled[column].sum() > 0 and peopled["population"].sum() > 0:
        return disparity(peopled[column], peopled["population"])
    columns = ["share_sites", "share_population", "gap", "location_quotient", "rate_per_10k"]
    return pd.DataFrame(np.nan, index=peopled.index, columns=columns)
