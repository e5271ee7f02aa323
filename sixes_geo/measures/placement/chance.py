"""What a placement test finds, and the distribution that it is compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sixes_geo.measures.base.checks import Numbers, at_least
from sixes_geo.measures.base.fft_distribution import MANY, SMALLEST_PROBABILITY, lattice_law
from sixes_geo.measures.base.intervals import Interval, IntervalMethod
from sixes_geo.measures.base.null_distribution import TIE, drawn_means, exact_law, few_outcomes
from sixes_geo.measures.base.ranks import Ranked
from sixes_geo.measures.placement.reading import IndexVerdict, verdict_from_chance

if TYPE_CHECKING:
    from typing import Self

    from sixes_geo.base.errors import Problem

Method: TypeAlias = Literal["exact", "lattice", "monte_carlo", "permutation"]


@dataclass(frozen=True)
class PlacementTest:
    """A concentration index, tested against chance.

    Parameters
    ----------
    index
        The standard concentration index, above 0 where the better-off have more.
    null_sd
        Its standard deviation if each site were placed at a random resident (or job).
    z
        Distance of `index` from `expected` in units of `null_sd`; missing where need does not
        differ.
    p_value
        Probability, by chance, of an index at least as far from `expected`, on either side.
    interval
        95 % interval of the index, low and high.
    n
        Number of sites; for money per unit, of units with people.
    verdict
        ``"even"`` if the whole `interval` lies within 0.05 of `expected`; else ``"better_off"``
        or ``"worse_off"`` if `p_value` is at most 0.05 **and** `interval` excludes `expected` on
        that side; else ``"cannot_tell"``. Of money per unit it is never ``"even"``.
    method
        How `p_value` was computed: ``"exact"``, over all outcomes; ``"lattice"``, from the
        distribution of the mean on a fine grid; ``"monte_carlo"``; or, for money per unit,
        ``"permutation"``.
    interval_method
        How `interval` was computed: ``"bootstrap"`` or, if sites are few or nearly all in one
        place, ``"bounded"``; for money per unit ``"units"``, a bootstrap over units. With the
        error of the need in it (`need_error`): ``"reflected"`` or ``"bounded_with_error"``.
    draws
        Random draws of a Monte Carlo p-value and of the interval.
    seed
        Seed of the draws.
    expected
        The index that chance gives: 0 for sites at residents, that of the jobs for sites at jobs.
    """

    index: float
    null_sd: float
    z: float
    p_value: float
    interval: tuple[float, float]
    n: int
    verdict: IndexVerdict
    method: Method
    interval_method: IntervalMethod
    draws: int
    seed: int
    expected: float = 0.0


@dataclass(frozen=True)
class Chance:
    """By which chance a site falls in each group: that of its people, or of its jobs.

    Parameters
    ----------
    share
        The probability of each group.
    expected
        The mean relative rank by that chance: exactly 0 for people.
    """

    share: Numbers
    expected: float = 0.0

    @classmethod
    def of(cls, groups: Ranked, jobs: Ranked | None) -> Self:
        """Return the chance of the people of the groups, or of the jobs in the same groups."""
        if jobs is None:
            return cls(groups.share)
        share = jobs.amount / jobs.amount.sum()
        return cls(share, math.fsum(share * groups.relative_rank))

    def mirrored(self) -> Chance:
        """Return the chance of the groups in the reverse order."""
        return Chance(self.share[::-1], -self.expected)

    def ends(self, groups: Ranked) -> Interval:
        """Return the relative ranks of the two end groups with people, amount or chance."""
        possible = groups.relative_rank[(groups.people + groups.amount + self.share) > 0]
        return float(possible[0]), float(possible[-1])


def turned_up(groups: Ranked, chance: Chance, index: float) -> tuple[Ranked, Chance]:
    """Return groups and chance, with need ordered such that the index is not below its mean.

    A reversed order of need then gives the same draws and the mirrored result.
    """
    if index >= chance.expected:
        return groups, chance
    return groups.mirrored(), chance.mirrored()


@dataclass(frozen=True)
class NullDistribution:
    """The null distribution of the index, counted from its mean.

    Parameters
    ----------
    relative_rank
        Relative rank of each group where a site may fall, rising, less the mean.
    share
        The probability that a site is placed there.
    weight
        Share of each site in the provision.
    observed
        How far the index is from the mean, on either side.
    expected
        The mean, with need in the order in which it was given.
    """

    relative_rank: Numbers
    share: Numbers
    weight: Numbers
    observed: float
    expected: float

    @classmethod
    def of(
        cls, groups: Ranked, chance: Chance, weight: Numbers, observed: float, expected: float
    ) -> Self:
        """Return the null distribution over the groups where a site may fall."""
        possible = chance.share > 0
        rank = groups.relative_rank[possible] - chance.expected
        return cls(rank, chance.share[possible], weight, observed, expected)

    @property
    def null_sd(self) -> float:
        """The standard deviation of the index."""
        variance = self.share @ self.relative_rank**2 * (self.weight @ self.weight)
        return math.sqrt(variance)

    def p_value(self, draws: int, seed: int) -> tuple[float, Method]:
        """Return the probability of an index at least as far from 0, and the method."""
        n = self.weight.size
        equal = bool(np.all(self.weight == self.weight[0]))
        if equal and few_outcomes(n, self.share.size):
            means, probability = exact_law(self.relative_rank, self.share, n)
            as_far = np.abs(means) >= self.observed - TIE
            return min(1.0, math.fsum(probability[as_far])), "exact"
        if equal and n >= MANY:
            means, probability = lattice_law(self.relative_rank, self.share, n)
            as_far = np.abs(means) >= self.observed - TIE
            return max(SMALLEST_PROBABILITY, min(1.0, math.fsum(probability[as_far]))), "lattice"
        rng = np.random.default_rng(seed)
        means = drawn_means(rng, self.relative_rank, self.share, self.weight, draws)
        as_far = np.abs(means) >= self.observed - TIE
        return (1 + int(as_far.sum())) / (draws + 1), "monte_carlo"

    def test(
        self, index: float, interval: tuple[IntervalMethod, Interval], draws: int, seed: int
    ) -> PlacementTest:
        """Return the test, with the sign of the interval restored."""
        p_value, method = self.p_value(draws, seed)
        interval_method, (low, high) = interval
        if index < self.expected:
            low, high = -high, -low
        null_sd = self.null_sd
        return PlacementTest(
            index=index,
            null_sd=null_sd,
            z=(index - self.expected) / null_sd if null_sd > 0 else math.nan,
            p_value=p_value,
            interval=(low, high),
            n=self.weight.size,
            verdict=verdict_from_chance(p_value, low - self.expected, high - self.expected)
            if null_sd > 0
            else "cannot_tell",
            method=method,
            interval_method=interval_method,
            draws=draws,
            seed=seed,
            expected=self.expected,
        )


def resampler(seed: int) -> np.random.Generator:
    """Return random numbers for resampling, independent of those for the null distribution."""
    return np.random.default_rng([seed, 1])


def draw_faults(draws: int, seed: int) -> list[Problem]:
    """Return the faults of the options for random draws."""
    return [*at_least("draws", draws, 1), *at_least("seed", seed, 0)]
