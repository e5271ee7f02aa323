"""Placement test: whether sites lean to one side more than chance would place them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, accept, at_least
from sixes_geo.measures.base.fft_distribution import (
    MANY,
    SMALLEST_PROBABILITY,
    lattice_law,
    lattice_quantiles,
)
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
    """A concentration index, tested against chance.

    Parameters
    ----------
    index
        The standard concentration index, above 0 where the better-off have more.
    null_sd
        Its standard deviation if each site were placed at a random resident.
    z
        `index` in units of `null_sd`; missing where need does not differ.
    p_value
        Probability, by chance, of an index at least as far from 0, on either side.
    interval
        95 % interval of the index, low and high.
    n
        Number of sites; for money per unit, of units with people.
    verdict
        ``"better_off"`` or ``"worse_off"`` if `p_value` is at most 0.05 **and** `interval`
        excludes 0 on that side; else ``"cannot_tell"``.
    method
        How `p_value` was computed: ``"exact"``, over all outcomes; ``"lattice"``, from the
        distribution of the mean on a fine grid; ``"monte_carlo"``; or, for money per unit,
        ``"permutation"``.
    interval_method
        How `interval` was computed: ``"bootstrap"`` or, if sites are few or nearly all in one
        place, ``"bounded"``; for money per unit ``"units"``, a bootstrap over units.
    draws
        Random draws of a Monte Carlo p-value and of the interval.
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
class NullDistribution:
    """The null distribution, with need ordered such that the observed index is not negative.

    A reversed order of need then gives the same draws and the mirrored result.

    Parameters
    ----------
    relative_rank
        Relative rank of each group of units with people, rising.
    share
        Share of the people in each group: the probability that a site is placed there.
    weight
        Share of each site in the provision.
    observed
        The absolute value of the index.
    """

    relative_rank: Numbers
    share: Numbers
    weight: Numbers
    observed: float

    @classmethod
    def of(cls, groups: Ranked, weight: Numbers, observed: float) -> Self:
        """Return the null distribution over the groups with people."""
        lived_in = groups.people > 0
        return cls(groups.relative_rank[lived_in], groups.share[lived_in], weight, observed)

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
        """Return the test, with the signs of index and interval restored."""
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
    """Return random numbers for resampling, independent of those for the null distribution."""
    return np.random.default_rng([seed, 1])


def draw_faults(draws: int, seed: int) -> list[Problem]:
    """Return the faults of the options for random draws."""
    return [*at_least("draws", draws, 1), *at_least("seed", seed, 0)]


def verdict_of(p_value: float, low: float, high: float) -> Verdict:
    """Return the side to which sites lean, if p-value and interval agree on one."""
    if p_value > ALPHA or low <= 0 <= high:
        return "cannot_tell"
    return "better_off" if low > 0 else "worse_off"


def placement_test(
    counts: Values, population: Values, rank_by: Values, *, draws: int = 9999, seed: int = 0
) -> PlacementTest:
    """Test the concentration index of sites against sites placed at random residents.

    Parameters
    ----------
    counts
        Sites per unit; not negative, with a positive sum; shape ``(n,)``. Fractions are
        allowed, for sites whose place is known only roughly; the number of sites is the rounded
        sum, at least one.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there are
        neither sites nor people.
    draws
        Random draws if there are too many outcomes to list.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    PlacementTest
        Index, p-value, interval and verdict, with the methods used. Reversing the order of need
        gives the mirrored result.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, `draws` is below 1
        or `seed` below 0; all faults at once.

    See Also
    --------
    weighted_placement_test : For sites with different amounts.
    district_verdicts : The same question, unit by unit.

    Notes
    -----
    Under chance the index has mean 0 and variance ``4 (sum_i s_i R_i^2 - 1/4) / N``, with
    ``s_i`` the share of people and ``R_i`` the fractional rank, shared by ties. If all outcomes
    can be listed (up to 200,000), the p-value is exact. From 300 sites on, where outcomes are
    very close together, the distribution of the mean is computed on a fine grid by Fourier
    transform, without draws or a seed. Otherwise the p-value is
    ``(1 + #{|C*| >= |C|}) / (draws + 1)`` (Davison and Hinkley 1997 [1]_, eq. 4.11).

    The interval is the percentile bootstrap over sites (ibid., sec. 5.3.1; drawn, or from 300
    sites on computed as above) if there are at least 30 sites, of which at least 10 are outside
    the group of equal need with most sites. With fewer, resampling would understate the
    uncertainty, and give no width at all if all sites are in one group. The interval is then the
    bound for a bounded mean of Gaffke (2005) [2]_: the sites get random weights, with one more
    site at the worst-off end for the lower limit and at the best-off end for the upper one.
    Coverage: the first tends to be a little below 95 % near 30 sites; the second is conservative,
    at least 95 % in all simulations so far (for two groups it is the interval of Clopper and
    Pearson), though a general proof is missing. It always includes 0 with five sites or fewer if
    both ends are equally far from the middle: so few sites rarely get a verdict, whatever their
    p-value.

    The sites of a network are not placed independently: the p-value is then too small, and
    should be shown with results by network. The test says where sites are, not why, nor who
    benefits.

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
    groups = merged if index >= 0 else merged.mirrored()
    n = max(1, round(merged.amount.sum()))
    null = NullDistribution.of(groups, np.full(n, 1 / n), abs(index))
    rng, share = resampler(seed), groups.amount / groups.amount.sum()
    method: IntervalMethod = "bootstrap" if can_resample(n, float(share.max())) else "bounded"
    if method == "bootstrap":
        if n >= MANY:
            with_sites = share > 0
            law = lattice_law(groups.relative_rank[with_sites], share[with_sites], n)
            return null.test(index, (method, lattice_quantiles(law, TAIL)), draws, seed)
        resampled = drawn_means(rng, groups.relative_rank, share, null.weight, draws)
        return null.test(index, (method, percentiles(resampled)), draws, seed)
    filled = groups.amount > 0
    sites = (groups.relative_rank[filled], groups.amount[filled], np.ones(int(filled.sum())))
    return null.test(index, (method, bounded(rng, sites, groups.ends, draws)), draws, seed)
