"""Where sites would stand by chance alone: the mean relative rank of sites thrown at residents.

A site falls on a resident chosen at random, so its relative rank (see `ranks.Ranked`) is that of a
group with the probability of the group's share of people, and the concentration index is the
mean over the sites. Two ways to its distribution: all outcomes, where there are few, or draws.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Numbers

    Groups: TypeAlias = npt.NDArray[np.intp]

TIE = 1e-9
"""Two indices this close are equal: they differ by rounding only."""

OUTCOMES = 200_000
"""Most outcomes listed one by one; above, chance is drawn."""
STEPS = 2_000_000
"""Most entries written on the way to them."""
FEW = 20
"""With more sites and more groups than this there are far more outcomes than `OUTCOMES`."""

CELLS = 100_000
"""Sites drawn at a time: fits the processor's cache, and keeps memory small."""
BINS = 2**16
"""Bins of the look-up from a random 16-bit number to a relative_rank."""


def few_outcomes(n: int, groups: int) -> bool:
    """Tell whether all ways to put `n` sites into the groups can be listed quickly."""
    if min(n, groups - 1) > FEW:
        return False
    outcomes = math.comb(n + groups - 1, groups - 1)
    return outcomes <= OUTCOMES and math.comb(n + groups, groups - 1) <= STEPS


def exact_law(relative_rank: Numbers, share: Numbers, n: int) -> tuple[Numbers, Numbers]:
    """Return the mean relative rank of every outcome of `n` sites, and its probability.

    Outcomes are grown group by group: each is followed by all counts the next group can have.
    """
    log_factorial = gammaln(np.arange(n + 1) + 1.0)
    left = np.array([n])
    total, log_p = np.zeros(1), np.array([log_factorial[n]])
    for value, log_share in zip(relative_rank[:-1], np.log(share[:-1]), strict=True):
        parent = np.repeat(np.arange(left.size), left + 1)
        first = np.repeat(np.cumsum(left + 1) - (left + 1), left + 1)
        count = np.arange(parent.size) - first
        total = total[parent] + count * value
        log_p = log_p[parent] + count * log_share - log_factorial[count]
        left = left[parent] - count
    log_p += left * np.log(share[-1]) - log_factorial[left]
    return (total + left * relative_rank[-1]) / n, np.exp(log_p)


def drawn_means(
    rng: np.random.Generator, relative_rank: Numbers, share: Numbers, weight: Numbers, draws: int
) -> Numbers:
    """Return the weighted mean relative rank of sites drawn at random, once per draw.

    Each site is drawn on its own, by inverting the distribution: a 16-bit number points to a
    bin of equal probability, and only where a bin straddles two groups a second number decides
    between them. This is exact, several times as fast as multinomial counts, and lets sites
    weigh differently.
    """
    edges = np.cumsum(share)
    edges /= edges[-1]
    edges[-1] = np.inf  # The sum of a bin and a fraction may be rounded up to 1.
    first = np.searchsorted(edges, np.arange(BINS) / BINS, side="right")
    last = np.searchsorted(edges, np.arange(1, BINS + 1) / BINS, side="left")
    lookup = np.where(first == last, relative_rank[first], np.nan)
    means = np.empty(draws)
    step = max(1, CELLS // weight.size)
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        bins = rng.integers(0, BINS, size=rows * weight.size, dtype=np.uint16)
        drawn = lookup[bins]
        undecided = np.flatnonzero(np.isnan(drawn))
        at = (bins[undecided] + rng.random(undecided.size)) / BINS
        drawn[undecided] = relative_rank[_group_at(at, edges, first[bins[undecided]])]
        means[start : start + rows] = drawn.reshape(rows, -1) @ weight
    return means


def _group_at(at: Numbers, edges: Numbers, group: Groups) -> Groups:
    """Return the group each point falls in, going up from the one where its bin starts."""
    beyond = at >= edges[group]
    while beyond.any():
        group = group + beyond
        beyond = at >= edges[group]
    return group
