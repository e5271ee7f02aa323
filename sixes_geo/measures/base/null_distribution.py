"""The null distribution: the mean relative rank of sites placed at random residents.

Under chance each site is placed at a resident chosen at random. Its relative rank (see
`ranks.Ranked`) is that of a group, with the group's share of people as probability, and the
concentration index is the mean over the sites. The distribution comes from all outcomes, if they
are few, or from random draws.
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
"""Most outcomes that are listed; if there are more, they are drawn."""
STEPS = 2_000_000
"""Most intermediate entries when listing outcomes."""
FEW = 20
"""With more sites and more groups than this there are far more outcomes than `OUTCOMES`."""

CELLS = 100_000
"""Sites drawn at a time, to fit the processor's cache and keep memory small."""
BINS = 2**16
"""Bins of the look-up from a random 16-bit number to a relative rank."""


def few_outcomes(n: int, groups: int) -> bool:
    """Tell whether all outcomes of `n` sites in the groups can be listed quickly."""
    if min(n, groups - 1) > FEW:
        return False
    outcomes = math.comb(n + groups - 1, groups - 1)
    return outcomes <= OUTCOMES and math.comb(n + groups, groups - 1) <= STEPS


def exact_law(relative_rank: Numbers, share: Numbers, n: int) -> tuple[Numbers, Numbers]:
    """Return the mean relative rank of every outcome of `n` sites, and its probability.

    Outcomes are built group by group: each is extended by all counts of the next group.
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

    Each site is drawn by inverting the distribution: a 16-bit number selects a bin of equal
    probability, and if a bin spans two groups, a second number decides between them. This is
    exact, several times as fast as multinomial counts, and allows sites of different weights.
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
    """Return the group of each point, searching upwards from the group where its bin starts."""
    beyond = at >= edges[group]
    while beyond.any():
        group = group + beyond
        beyond = at >= edges[group]
    return group
