"""Intervals of the concentration index, given the number of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sixes_geo.measures.base.null_distribution import CELLS, TIE
from sixes_geo.measures.base.thresholds import (
    ALPHA,
    LEAST_SITES_OUTSIDE_LARGEST,
    LEAST_SITES_TO_RESAMPLE,
)

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Numbers

IntervalMethod: TypeAlias = Literal[
    "bootstrap", "bounded", "units", "reflected", "bounded_with_error"
]
"""How an interval was computed: by resampling sites or units, or as a bound for a mean."""

Interval: TypeAlias = tuple[float, float]
"""Low and high end."""

TAIL = ALPHA / 2
"""Probability left out at each end."""


def can_resample(effective: float, largest_share: float) -> bool:
    """Tell whether the sites can be resampled: enough of them, and not all in one place.

    Resampling sites that are all in one group gives that group again, and an interval of no
    width.
    """
    outside = effective * (1 - largest_share)
    enough = effective >= LEAST_SITES_TO_RESAMPLE - TIE
    return enough and outside >= LEAST_SITES_OUTSIDE_LARGEST - TIE


def percentiles(means: Numbers) -> Interval:
    """Return the middle 95 % of resampled indices."""
    low, high = np.quantile(means, [TAIL, 1 - TAIL])
    return float(low), float(high)


def resampled_ratios(
    rng: np.random.Generator, relative_rank: Numbers, amount: Numbers, draws: int
) -> Numbers:
    """Return the index of each resampling of the sites with their (positive) amounts."""
    product = amount * relative_rank
    few = amount.size <= np.iinfo(np.uint16).max
    ratios = np.empty(draws)
    step = max(1, CELLS // amount.size)
    for start in range(0, draws, step):
        size = (min(step, draws - start), amount.size)
        chosen = rng.integers(0, amount.size, size=size, dtype=np.uint16 if few else np.uint32)
        ratios[start : start + size[0]] = product[chosen].sum(axis=1) / amount[chosen].sum(axis=1)
    return ratios


def bounded(
    rng: np.random.Generator,
    sites: tuple[Numbers, Numbers, Numbers],
    ends: Interval,
    draws: int,
) -> Interval:
    """Return the interval for a mean of bounded terms, valid for any number of sites.

    The sites get random (Dirichlet) weights, as in the Bayesian bootstrap, with one more site at
    the worst-off end for the lower limit and at the best-off end for the upper one: the bound of
    Gaffke, which for a share is the interval of Clopper and Pearson. ``sites`` are relative
    ranks, numbers and amounts; the added site has the largest amount.
    """
    relative_rank, number, amount = sites
    totals = np.empty((3, draws))
    step = max(1, CELLS // relative_rank.size)
    columns = np.column_stack((amount, amount * relative_rank))
    for start in range(0, draws, step):
        stop = min(start + step, draws)
        weights = rng.standard_gamma(number, size=(stop - start, number.size))
        totals[:2, start:stop] = (weights @ columns).T
        totals[2, start:stop] = rng.standard_exponential(stop - start) * amount.max()
    amounts, ranked, added = totals
    low = np.quantile((ranked + added * ends[0]) / (amounts + added), TAIL)
    high = np.quantile((ranked + added * ends[1]) / (amounts + added), 1 - TAIL)
    return float(low), float(high)
