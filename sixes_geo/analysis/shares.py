"""Sites and what is weighed, beside the people: shares by unit and by fifth of need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sixes_geo.measures import disparity

QUINTILES = 5

PER_10K = 10_000


def unit_shares(peopled: pd.DataFrame) -> pd.DataFrame:
    """Return shares, gaps and rates of units whose people are known.

    Parameters
    ----------
    peopled
        By unit: ``population``, ``sites`` (missing where there are none to count, as of money)
        and ``amount``.

    Returns
    -------
    DataFrame
        By unit: ``share_sites``, ``share_amount``, ``share_population``, and of the amount its
        ``gap``, ``location_quotient`` and ``rate_per_10k``. What cannot be divided is missing.
    """
    table = _disparity(peopled, "amount").rename(columns={"share_sites": "share_amount"})
    table.insert(0, "share_sites", _disparity(peopled, "sites")["share_sites"])
    return table


def quintile_table(units: pd.DataFrame) -> pd.DataFrame:
    """Add up people, sites and amount in each fifth of the people, the worst-off first.

    Parameters
    ----------
    units
        With ``quintile``, ``population``, ``sites`` and ``amount``.

    Returns
    -------
    DataFrame
        A row per fifth: ``quintile``, ``population``, ``sites``, ``amount``, the share of each
        in the whole, and the ``rate_per_10k`` of the amount. Of money there are no sites; a
        fifth without a unit holds nothing.
    """
    columns = ["population", "sites", "amount"]
    groups = units.groupby("quintile")[columns].sum(min_count=1)
    groups = groups.reindex(pd.Index(range(1, QUINTILES + 1), name="quintile"))
    shares = (groups / groups.sum()).add_prefix("share_")
    rate = groups["amount"] / groups["population"] * PER_10K
    return groups.join(shares).assign(rate_per_10k=rate).reset_index()


def _disparity(peopled: pd.DataFrame, what: str) -> pd.DataFrame:
    """Set one column beside the people; missing where it or they add up to nothing."""
    if peopled[what].sum() > 0 and peopled["population"].sum() > 0:
        return disparity(peopled[what], peopled["population"])
    columns = ["share_sites", "share_population", "gap", "location_quotient", "rate_per_10k"]
    return pd.DataFrame(np.nan, index=peopled.index, columns=columns)
