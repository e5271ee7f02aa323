"""Redraws of need from its error: how the order of units could have come out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sixes_geo.measures.base.intervals import TAIL, Interval, can_resample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sixes_geo.measures.base.checks import Flags, Numbers

LEAST_TRUE_SPREAD = 0.05
"""Share of the variance of needs that is taken to be true at least."""

CELLS = 2_000_000
"""Needs redrawn at a time, to keep memory small."""


@dataclass(frozen=True)
class NeedWithError:
    """Units with people, from the worst-off to the best-off, and the errors of their needs.

    Parameters
    ----------
    people
        People of each group; units whose needs are equal and known exactly are one group.
    middle
        Need on the scale of its error, rising towards the better-off.
    error
        Standard error on that scale.
    group
        The group of each unit, -1 where its need is unknown.
    """

    people: Numbers
    middle: Numbers
    error: Numbers
    group: npt.NDArray[np.intp]

    @classmethod
    def of(cls, people: Numbers, middle: Numbers, error: Numbers, amount: Numbers) -> NeedWithError:
        """Return the groups, in an order that no order of rows changes."""
        known = np.flatnonzero(~np.isnan(middle))
        order = known[np.lexsort((amount[known], people[known], error[known], middle[known]))]
        exact = error[order] == 0
        same = (middle[order][1:] == middle[order][:-1]) & exact[1:] & exact[:-1]
        opens = np.r_[True, ~same]
        group = np.full(middle.size, -1, dtype=np.intp)
        group[order] = np.cumsum(opens) - 1
        starts = np.flatnonzero(opens)
        total = np.add.reduceat(people[order], starts)
        return cls(total, middle[order][starts], error[order][starts], group)

    @property
    def possible(self) -> tuple[float, float]:
        """Return the least and greatest relative rank that a group could have."""
        share = (self.people / self.people.sum())[self.people > 0]
        if not self.error.any():
            return float(share[0] - 1), float(1 - share[-1])
        most = float(1 - share.min())
        return -most, most

    def drawn_together(self) -> NeedWithError:
        """Return the groups with needs as spread as the true ones, in the same order.

        Errors spread published needs more than true ones. Redraws around the published would add
        them once more to a spread that has them already, and scatter the order too little.
        """
        lived_in = (self.people > 0) & np.isfinite(self.middle)
        spread = float(np.var(self.middle[lived_in]))
        if spread == 0:
            return self
        of_error = float(np.mean(self.error[lived_in] ** 2))
        factor = np.sqrt(max(1 - of_error / spread, LEAST_TRUE_SPREAD))
        mean = self.middle[lived_in].mean()
        return replace(self, middle=mean + factor * (self.middle - mean))

    def redrawn(self, draws: int, rng: np.random.Generator) -> Iterator[Numbers]:
        """Yield relative ranks of the groups by redrawn needs, some draws at a time, a row each."""
        step = max(1, CELLS // self.middle.size)
        total = self.people.sum()
        for start in range(0, draws, step):
            size = (min(step, draws - start), self.middle.size)
            needs = self.middle + self.error * rng.standard_normal(size)
            order = np.argsort(needs, axis=1, kind="stable")
            people = self.people[order]
            ranks = np.empty(size)
            running = np.cumsum(people, axis=1)
            np.put_along_axis(ranks, order, (2 * running - people - total) / total, axis=1)
            yield ranks

    def stays_above(self, chosen: Flags, draws: int, rng: np.random.Generator) -> float:
        """Return how often the chosen groups are all better off than all others with people."""
        rest = ~chosen & (self.people > 0)
        if not rest.any():
            return 1.0
        least = self._extreme(chosen, draws, rng, np.minimum)
        most = self._extreme(rest, draws, rng, np.maximum)
        return float((least > most).mean())

    def _extreme(
        self, groups: Flags, draws: int, rng: np.random.Generator, least_or_most: np.ufunc
    ) -> Numbers:
        """Return the least or greatest need of some groups, once per draw."""
        middle, error = self.middle[groups], self.error[groups]
        step = max(1, CELLS // middle.size)
        parts = [
            least_or_most.reduce(
                middle + error * rng.standard_normal((min(step, draws - start), middle.size)),
                axis=1,
            )
            for start in range(0, draws, step)
        ]
        return np.concatenate(parts)


@dataclass(frozen=True)
class Sites:
    """Sites as blocks that are resampled: how many are drawn, by what chance, with what amount.

    Sites that count once are a block per unit; sites with amounts are a block each.
    """

    n: int
    number: Numbers
    amount: Numbers
    unit: npt.NDArray[np.intp]

    def in_order(self, need: Numbers, people: Numbers) -> Sites:
        """Return the blocks from the worst-off to the best-off: no order of rows matters."""
        keys = (self.number, self.amount, people[self.unit], need[self.unit])
        order = np.lexsort(keys)
        return Sites(self.n, self.number[order], self.amount[order], self.unit[order])

    def by_unit(self, units: int) -> Numbers:
        """Return the sum of the amounts in each unit."""
        sums = np.bincount(self.unit, weights=self.number * self.amount, minlength=units)
        return sums.astype(np.float64)

    @property
    def resampled(self) -> bool:
        """Tell whether there are enough sites, in more than one place, to resample them."""
        weight = np.bincount(self.unit, weights=self.number * self.amount)
        effective = (self.number @ self.amount) ** 2 / (self.number @ self.amount**2)
        return can_resample(min(self.n, float(effective)), float(weight.max() / weight.sum()))


@dataclass(frozen=True)
class Drawn:
    """The terms of both limits and the index in each redraw, and the mean ranks of the groups."""

    low: Numbers
    high: Numbers
    index: Numbers
    mean_ranks: Numbers

    def attenuation(self, standing: Numbers, people: Numbers, group: npt.NDArray[np.intp]) -> float:
        """Return the slope of the ranks redrawn on those published, over people of the units."""
        known = group >= 0
        weight = people[known] * standing[known]
        squares = math.fsum(weight * standing[known])
        products = math.fsum(weight * self.mean_ranks[group[known]])
        return products / squares if squares > 0 else 1.0


def redraws(
    units: NeedWithError, sites: Sites, standing: Numbers, draws: int, rng: np.random.Generator
) -> Drawn:
    """Redraw needs and resample sites; `standing` is the published relative rank of each block.

    Where sites are not resampled, they get the weights of Gaffke's bound, with one more site at
    either end of what is possible, and each block has its rank reflected.
    """
    block, ends = units.group[sites.unit], units.possible
    share, plain = sites.number / sites.number.sum(), sites.number * sites.amount
    terms, ranked = [], np.zeros(units.people.size)
    for ranks in units.redrawn(draws, rng):
        rows, redrawn = len(ranks), ranks[:, block]
        ranked += ranks.sum(axis=0)
        if sites.resampled:
            weight = rng.multinomial(sites.n, share, size=rows) * sites.amount
            index = (weight * redrawn).sum(axis=1) / weight.sum(axis=1)
            terms.append((index, index, index))
            continue
        weight = rng.standard_gamma(sites.number, size=redrawn.shape) * sites.amount
        added = rng.standard_exponential(rows) * sites.amount.max()
        total = (weight * (2 * standing - redrawn)).sum(axis=1)
        whole = weight.sum(axis=1) + added
        low, high = ((total + added * end) / whole for end in ends)
        terms.append((low, high, redrawn @ plain / plain.sum()))
    low, high, index = (np.concatenate(column) for column in zip(*terms, strict=True))
    return Drawn(low, high, index, ranked / draws)


def interval_of(
    index: float, drawn: Drawn, possible: Interval, *, attenuation: float | None
) -> Interval:
    """Return the interval, cut to what is possible.

    With an attenuation, redraws are reflected at the index, and spread as much as an index that
    is corrected for it; without, the terms of the limits are reflected already.
    """
    low, high = np.quantile(drawn.low, TAIL), np.quantile(drawn.high, 1 - TAIL)
    if attenuation is not None:
        mean, wider = drawn.index.mean(), 2 - min(1.0, attenuation)
        middle = 2 * index - mean
        low, high = middle - wider * (high - mean), middle + wider * (mean - low)
    low, high = np.clip([low, high], *possible)
    return float(low), float(high)
