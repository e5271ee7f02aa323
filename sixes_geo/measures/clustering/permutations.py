"""What neighbours would have if values were dealt out at random: permutations, many at a time.

Two ways of dealing: all values over all units, and all but one unit's own over the others.
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
"""Values dealt at a time, so that memory stays small however many permutations there are."""


@dataclass(frozen=True)
class Tails:
    """How far out figures lie among those of the permutations.

    ``p_value`` is two-sided: twice the smaller tail, at most 1. ``upper`` tells that it is the
    upper tail, ``lower`` that it is the lower one; neither holds in the very middle.
    """

    p_value: Numbers
    upper: Flags
    lower: Flags

    @classmethod
    def of(cls, as_high: Places, as_low: Places, permutations: int) -> Tails:
        """Return the tails from how many permutations were at least as high, and as low."""
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
        dealt = rng.permuted(np.tile(scores, (rows, 1)), axis=1)
        sums = np.einsum("pi,ip->p", dealt, weights @ dealt.T)
        indices[start : start + rows] = sums / (scores.size - 1)
    return indices


def neighbour_tails(scores: Numbers, weights: csr_array, permutations: int, seed: int) -> Tails:
    """Compare each unit's neighbours with as many of the other units, drawn at random.

    One table of draws serves all units: ranks among the others, the same for each. A unit
    that drew itself takes the last one instead, which no rank points to; so every unit has
    drawn from all the others, each with the same chance. What the neighbours have is then one
    matrix product, and a correction where a unit met itself.
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
    """Draw the first cards of a shuffled deck, once a row: a shuffle that stops there."""
    deck = np.tile(np.arange(others), (rows, 1))
    row = np.arange(rows)
    for place in range(most):
        other = rng.integers(place, others, size=rows)
        deck[row, place], deck[row, other] = deck[row, other], deck[row, place]
    return deck[:, :most]
