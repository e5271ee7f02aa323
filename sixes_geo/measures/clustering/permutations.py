"""Random permutations of values over units, many at a time.

There are two kinds: all values over all units, and conditional permutation, in which a unit keeps
its value and those of all others are permuted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from sixes_geo.measures.base.null_distribution import TIE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from sixes_geo.measures.base.checks import Flags, Numbers

    Places: TypeAlias = npt.NDArray[np.intp]

CELLS = 1_000_000
"""Values permuted at a time, to keep memory small."""


@dataclass(frozen=True)
class Tails:
    """The tails of statistics among those of the permutations.

    ``p_value`` is two-sided: twice the smaller tail, at most 1. ``upper`` is true if the upper
    tail is the smaller one, ``lower`` if the lower one is; neither is true if they are equal.
    """

    p_value: Numbers
    upper: Flags
    lower: Flags

    @classmethod
    def of(cls, as_high: Places, as_low: Places, permutations: int) -> Tails:
        """Return the tails, from the numbers of permutations at least as high, and as low."""
        smaller = np.minimum(as_high, as_low)
        p_value = np.minimum(1.0, 2 * (1 + smaller) / (permutations + 1))
        return cls(p_value, as_high < as_low, as_low < as_high)


def permuted_moran(scores: Numbers, weights: csr_array, permutations: int, seed: int) -> Numbers:
    """Return Moran's I of each permutation of the scores over all units."""
    rng = np.random.default_rng(seed)
    indices = np.empty(permutations)
    step = max(1, CELLS // scores.size)
    for start in range(0, permutations, step):
        rows = min(step, permutations - start)
        permuted = rng.permuted(np.tile(scores, (rows, 1)), axis=1)
        sums = np.einsum("pi,ip->p", permuted, weights @ permuted.T)
        indices[start : start + rows] = sums / (scores.size - 1)
    return indices


def neighbour_tails(scores: Numbers, weights: csr_array, permutations: int, seed: int) -> Tails:
    """Compare each unit's neighbours with as many of the other units, drawn at random.

    One table of draws, of positions among the others, is used for all units. A unit that drew
    itself takes the last unit instead, to which no position refers; so each unit draws from all
    the others with equal probability. The sums over neighbours are then one matrix product, with
    a correction where a unit drew itself.
    """
    observed = weights @ scores
    per_place = _by_place(weights)
    n, most = per_place.shape
    rng = np.random.default_rng(seed)
    as_high, as_low = np.zeros(n, dtype=np.intp), np.zeros(n, dtype=np.intp)
    step = max(1, CELLS // n)
    for start in range(0, permutations, step):
        drawn = _drawn(rng, min(step, permutations - start), n - 1, most)
        lags = scores[drawn] @ per_place.T
        instead = scores[-1] - scores[drawn]
        lags[np.arange(len(drawn))[:, None], drawn] += per_place[drawn, np.arange(most)] * instead
        as_high += (lags >= observed - TIE).sum(axis=0)
        as_low += (lags <= observed + TIE).sum(axis=0)
    return Tails.of(as_high, as_low, permutations)


def _by_place(weights: csr_array) -> Numbers:
    """Return each unit's weights by the place of the neighbour in its row, 0 beyond the last."""
    counts = np.diff(weights.indptr)
    unit = np.repeat(np.arange(counts.size), counts)
    place = np.arange(unit.size) - weights.indptr[unit]
    per_place = np.zeros((counts.size, counts.max()))
    per_place[unit, place] = weights.data
    return per_place


def _drawn(rng: np.random.Generator, rows: int, others: int, most: int) -> Places:
    """Return the first cards of a shuffled deck for each row, by a partial shuffle."""
    deck = np.tile(np.arange(others), (rows, 1))
    row = np.arange(rows)
    for place in range(most):
        other = rng.integers(place, others, size=rows)
        deck[row, place], deck[row, other] = deck[row, other], deck[row, place]
    return deck[:, :most]
