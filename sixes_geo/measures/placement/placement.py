"""Placement test: whether sites lean to one side more than chance would place them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sixes_geo.measures.base.checks import NEED, WEIGHT, Values, accept
from sixes_geo.measures.base.fft_distribution import MANY, lattice_law, lattice_quantiles
from sixes_geo.measures.base.intervals import TAIL, bounded, can_resample, percentiles
from sixes_geo.measures.base.null_distribution import drawn_means
from sixes_geo.measures.base.ranks import ranked
from sixes_geo.measures.placement.chance import (
    Chance,
    NullDistribution,
    PlacementTest,
    draw_faults,
    resampler,
    turned_up,
)
from sixes_geo.measures.placement.concentration import index_of

if TYPE_CHECKING:
    from sixes_geo.measures.base.intervals import IntervalMethod


def placement_test(
    counts: Values,
    population: Values,
    rank_by: Values,
    *,
    null_weights: Values | None = None,
    draws: int = 9999,
    seed: int = 0,
) -> PlacementTest:
    """Test the concentration index of sites against sites placed at random residents, or jobs.

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
        neither sites nor people (nor jobs).
    null_weights
        What a site falls on by chance, per unit, if not on a resident: jobs or businesses, for
        sites that serve them; not negative, with a positive sum; shape ``(n,)``. Need stays that
        of the residents.
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

    With `null_weights` a site falls on a job. The index then has the mean
    ``sum_i w_i (2 R_i - 1)``, with ``w_i`` the share of the jobs: that of the jobs themselves, not
    0. P-value and verdict are about the distance from it (``expected``). Jobs are taken as given,
    without an error of their own.

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

    The verdict is looked at in this order: *even*, if the whole interval lies within 0.05 of what
    chance gives; a side, if p-value and interval agree on one; else *cannot tell*. See
    `verdict_of_index`.

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
    columns = {"counts": (counts, WEIGHT), "population": (population, WEIGHT)}
    if null_weights is not None:
        columns["null_weights"] = (null_weights, WEIGHT)
    columns["rank_by"] = (rank_by, NEED)
    given = accept("placement_test", columns, draw_faults(draws, seed))
    people, need = given["population"], given["rank_by"]
    merged = ranked(people, need, given["counts"])
    jobs = None if null_weights is None else ranked(people, need, given["null_weights"])
    index, by_chance = index_of(merged), Chance.of(merged, jobs)
    groups, chance = turned_up(merged, by_chance, index)
    n = max(1, round(merged.amount.sum()))
    away, expected = abs(index - by_chance.expected), by_chance.expected
    null = NullDistribution.of(groups, chance, np.full(n, 1 / n), away, expected)
    rng, share = resampler(seed), groups.amount / groups.amount.sum()
    method: IntervalMethod = "bootstrap" if can_resample(n, float(share.max())) else "bounded"
    if method == "bootstrap":
        if n >= MANY:
            with_sites = share > 0
            law = lattice_law(groups.relative_rank[with_sites], share[with_sites], n)
            return null.test(index, (method, lattice_quantiles(law, TAIL)), draws, seed)
        resampled = drawn_means(rng, groups.relative_rank, share, null.weight, draws)
        return null.test(index, (method, percentiles(resampled)), draws, seed)
    filled, ends = groups.amount > 0, chance.ends(groups)
    sites = (groups.relative_rank[filled], groups.amount[filled], np.ones(int(filled.sum())))
    return null.test(index, (method, bounded(rng, sites, ends, draws)), draws, seed)
