"""Placement: whether sites stand with one side more than chance would put them there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, accept, at_least
from sixes_geo.measures.base.fft_distribution import LEAST, MANY, lattice_law, lattice_quantiles
from sixes_geo.measures.base.intervals import (
    TAIL,
    Interval,
    IntervalMethod,
    bounded,
    can_resample,
    percentiles,
)
from sixes_geo.measures.base.null_distribution import TIE, drawn_means, exact_law, few_outcomes
from sixes_geo.measures.base.ranks import Ranked, ranked
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.measures.placement.concentration import index_of

if TYPE_CHECKING:
    from typing import Self

    from sixes_geo.base.errors import Problem

Verdict: TypeAlias = Literal["better_off", "worse_off", "cannot_tell"]
Method: TypeAlias = Literal["exact", "lattice", "monte_carlo", "permutation"]


@dataclass(frozen=True)
class PlacementTest:
    """How a concentration index compares with chance.

    Parameters
    ----------
    index
        The standard concentration index, above 0 where the better-off have more.
    null_sd
        Its standard deviation if each site fell on a resident chosen at random.
    z
        `index` in units of `null_sd`; missing where need does not differ.
    p_value
        Probability, by chance, of an index at least as far from 0, on either side.
    interval
        Values of the index that the sites do not rule out (95 %), low and high.
    n
        Sites that were thrown.
    verdict
        ``"better_off"`` or ``"worse_off"`` if `p_value` is at most 0.05 **and** `interval`
        leaves out 0 on that side; else ``"cannot_tell"``.
    method
        How `p_value` was found: ``"exact"``, over all outcomes; ``"lattice"``, from the law of
        the mean on a fine grid; ``"monte_carlo"``; or, for money per unit, ``"permutation"``.
    interval_method
        How `interval` was found: ``"bootstrap"`` or, for few or huddled sites, ``"bounded"``;
        for money per unit ``"units"``, a bootstrap over them.
    draws
        Draws of a Monte Carlo result and of the interval.
    seed
        Seed of the draws.
    """

    index: float
    null_sd: float
    z: float
    p_value: float
    interval: tuple[float, float]
    n: int
    verdict: Verdict
    method: Method
    interval_method: IntervalMethod
    draws: int
    seed: int


@dataclass(frozen=True)
class Chance:
    """What chance would do, seen from the side on which the sites stand.

    Looking from there, ``observed`` is never negative, and a reversed order of need gives the
    same draws and the mirrored result.

    Parameters
    ----------
    relative_rank
        Standing of each group of units with people, rising.
    share
        Share of the people in each, the probability that a site falls there.
    weight
        Share of each site in the provision.
    observed
        The index without its sign.
    """

    relative_rank: Numbers
    share: Numbers
    weight: Numbers
    observed: float

    @classmethod
    def of(cls, seen: Ranked, weight: Numbers, observed: float) -> Self:
        """Return chance over the groups that hold people."""
        lived_in = seen.people > 0
        return cls(seen.relative_rank[lived_in], seen.share[lived_in], weight, observed)

    @property
    def null_sd(self) -> float:
        """Return the standard deviation of the index."""
        variance = self.share @ self.relative_rank**2 * (self.weight @ self.weight)
        return math.sqrt(variance)

    def p_value(self, draws: int, seed: int) -> tuple[float, Method]:
        """Return the probability of so large an index on either side, and how it was found."""
        n = self.weight.size
        even = bool(np.all(self.weight == self.weight[0]))
        if even and few_outcomes(n, self.share.size):
            means, probability = exact_law(self.relative_rank, self.share, n)
            as_far = np.abs(means) >= self.observed - TIE
            return min(1.0, math.fsum(probability[as_far])), "exact"
        if even and n >= MANY:
            means, probability = lattice_law(self.relative_rank, self.share, n)
            as_far = np.abs(means) >= self.observed - TIE
            return max(LEAST, min(1.0, math.fsum(probability[as_far]))), "lattice"
        rng = np.random.default_rng(seed)
        means = drawn_means(rng, self.relative_rank, self.share, self.weight, draws)
        as_far = np.abs(means) >= self.observed - TIE
        return (1 + int(as_far.sum())) / (draws + 1), "monte_carlo"

    def compared(
        self, index: float, interval: tuple[IntervalMethod, Interval], draws: int, seed: int
    ) -> PlacementTest:
        """Return the comparison, with the index and its interval turned back to where they are."""
        p_value, method = self.p_value(draws, seed)
        interval_method, (low, high) = interval
        if index < 0:
            low, high = -high, -low
        null_sd = self.null_sd
        return PlacementTest(
            index=index,
            null_sd=null_sd,
            z=index / null_sd if null_sd > 0 else math.nan,
            p_value=p_value,
            interval=(low, high),
            n=self.weight.size,
            verdict=verdict_of(p_value, low, high) if null_sd > 0 else "cannot_tell",
            method=method,
            interval_method=interval_method,
            draws=draws,
            seed=seed,
        )


def resampler(seed: int) -> np.random.Generator:
    """Return random numbers for resampling, apart from those of chance."""
    return np.random.default_rng([seed, 1])


def draw_faults(draws: int, seed: int) -> list[Problem]:
    """Return what is wrong with the way chance is to be played."""
    return [*at_least("draws", draws, 1), *at_least("seed", seed, 0)]


def verdict_of(p_value: float, low: float, high: float) -> Verdict:
    """Return the side on which sites stand more than chance, if both test and interval say so."""
    if p_value > ALPHA or low <= 0 <= high:
        return "cannot_tell"
    return "better_off" if low > 0 else "worse_off"


def placement_test(
    counts: Values, population: Values, rank_by: Values, *, draws: int = 9999, seed: int = 0
) -> PlacementTest:
    """Compare the concentration index of sites with sites that fall on residents at random.

    Parameters
    ----------
    counts
        Sites per unit; not negative, with a positive sum; shape ``(n,)``. Fractions are
        allowed, for sites whose place is only known roughly; as many sites as their rounded
        sum (at least one) are thrown.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there are
        neither sites nor people.
    draws
        How often chance is played where its outcomes are too many to list.
    seed
        Start of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    PlacementTest
        Index, p-value, interval and verdict, with how each was found. Reversing the order of
        need gives the mirror image.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, `draws` is below 1
        or `seed` below 0; all faults at once.

    See Also
    --------
    weighted_placement_test : For sites that weigh differently.
    district_verdicts : The same question, unit by unit.

    Notes
    -----
    Under chance the index has mean 0 and variance ``4 (sum_i s_i R_i^2 - 1/4) / N``, with
    ``s_i`` the share of people and ``R_i`` the fractional rank, ties sharing theirs. Where all
    outcomes can be listed (up to 200,000) the p-value is exact. From 300 sites on, where
    outcomes lie closer than any reader could tell, the law of the mean is worked out on a
    fine grid by Fourier transform: no draws, no seed. Between the two it is
    ``(1 + #{|C*| >= |C|}) / (draws + 1)`` (Davison and Hinkley 1997 [1]_, eq. 4.11).

    The interval is the percentile bootstrap over sites (ibid., sec. 5.3.1; drawn, or from 300
    sites on worked out as above) if there are at least 30 and at least 10 stand outside the
    group of equal need that holds most. Else resampling would understate doubt, down to no
    width at all where all stand together; then
    it is the bound for a bounded mean of Gaffke (2005) [2]_: the sites weighed at random, with
    one more at the worst-off end for the lower limit and at the best-off end for the upper.
    Coverage: the first tends to fall a little short of 95 % near 30 sites; the second is
    cautious, at least 95 % wherever it has been tried (for two groups it is the interval of
    Clopper and Pearson), though a general proof is missing. It never leaves out 0 with
    five sites or fewer if the ends stand equally far from the middle: so few sites hardly
    ever get a verdict, whatever their p-value.

    Sites of one network are not placed one by one: then the p-value is too small, and a
    reading by network belongs beside it. It says where sites stand, not why, nor who gains.

    References
    ----------
    .. [1] A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application",
       Cambridge University Press, 1997.
    .. [2] N. Gaffke, "Three test statistics for a nonparametric one-sided hypothesis on the
       mean of a nonnegative variable", Mathematical Methods of Statistics 14(4), 451-467,
       2005; cf. E. Learned-Miller, P. S. Thomas, "A new confidence interval for the mean of a
       bounded random variable", arXiv 1905.06208, 2019.

    Examples
    --------
    >>> import pandas as pd
    >>> people, income = pd.Series([100, 80, 60, 40, 20]), pd.Series([2, 3, 5, 8, 12])
    >>> test = placement_test(pd.Series([1, 2, 3, 6, 8]), people, income)
    >>> round(test.index, 4), round(test.z, 4), test.method, test.verdict
    (0.6133, 4.9176, 'exact', 'better_off')
    """
    columns = {
        "counts": (counts, WEIGHT),
        "population": (population, WEIGHT),
        "rank_by": (rank_by, NEED),
    }
    given = accept("placement_test", columns, draw_faults(draws, seed))
    merged = ranked(given["population"], given["rank_by"], given["counts"])
    index = index_of(merged)
    seen = merged if index >= 0 else merged.mirrored()
    n = max(1, round(merged.amount.sum()))
    chance = Chance.of(seen, np.full(n, 1 / n), abs(index))
    rng, held = resampler(seed), seen.amount / seen.amount.sum()
    how: IntervalMethod = "bootstrap" if can_resample(n, float(held.max())) else "bounded"
    if how == "bootstrap":
        if n >= MANY:
            some = held > 0
            law = lattice_law(seen.relative_rank[some], held[some], n)
            return chance.compared(index, (how, lattice_quantiles(law, TAIL)), draws, seed)
        again = drawn_means(rng, seen.relative_rank, held, chance.weight, draws)
        return chance.compared(index, (how, percentiles(again)), draws, seed)
    some_ = seen.amount > 0
    sites = (seen.relative_rank[some_], seen.amount[some_], np.ones(int(some_.sum())))
    return chance.compared(index, (how, bounded(rng, sites, seen.ends, draws)), draws, seed)
