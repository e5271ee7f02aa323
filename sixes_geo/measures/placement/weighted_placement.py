"""Weighted placement test: for sites with different amounts of money, docks or kilometres."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.measures.base.checks import (
    LABELS,
    NEED,
    WEIGHT,
    Accepted,
    Numbers,
    Rule,
    Values,
    examine,
    refuse,
    some,
)
from sixes_geo.measures.base.intervals import (
    IntervalMethod,
    bounded,
    can_resample,
    percentiles,
    resampled_ratios,
)
from sixes_geo.measures.base.ranks import ranked
from sixes_geo.measures.placement.chance import (
    Chance,
    NullDistribution,
    PlacementTest,
    draw_faults,
    resampler,
    turned_up,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sixes_geo.base.errors import Problem


def weighted_placement_test(  # noqa: PLR0913  (sites, units and chance come apart)
    amounts: Values,
    unit_of_site: Values,
    population: Values,
    rank_by: Values,
    *,
    site: Values | None = None,
    null_weights: Values | None = None,
    draws: int = 9999,
    seed: int = 0,
) -> PlacementTest:
    """Test the concentration index of amounts against their sites placed at random residents.

    A hundred docks at one station are one decision, not a hundred: each site keeps its amount,
    and the sites are placed at random.

    Parameters
    ----------
    amounts
        Amount of each site (money, capacity); not negative, with a positive sum; shape
        ``(sites,)``. Sites with amount 0 are left out.
    unit_of_site
        The unit of each site, as a label of the index of `population` (or its
        position, where that is an array); shape ``(sites,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there are
        neither sites nor people (nor jobs).
    site
        The site of each row, if sites are spread over several units because their place is known
        only roughly: the rows of a site count as one site at their mean rank; shape ``(m,)``. If
        not given, every row is a site.
    null_weights
        What a site falls on by chance, per unit, if not on a resident: jobs or businesses; not
        negative, with a positive sum; shape ``(n,)``.
    draws
        Number of random draws.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    PlacementTest
        As from `placement_test`; ``index`` is that of the amounts, ``n`` counts the sites with
        an amount. With equal amounts it is the same test.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, if a site is in an
        unknown unit, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : For sites that count once each.

    Notes
    -----
    Under chance the index is ``sum_j w_j (2 R_j - 1)``, with ``w_j`` the share of site ``j`` in
    the amount and ``R_j`` the fractional rank of the unit it is placed in; its mean is 0 and its
    variance ``4 (sum_i s_i R_i^2 - 1/4) sum_j w_j^2``. As the sites are drawn independently,
    permuting the amounts as well would change nothing. Test and interval are those of
    `placement_test` [1]_, with sites resampled together with their amounts;
    ``1 / sum_j w_j^2`` replaces the number of sites in deciding whether to resample, and the
    site added for the bound has the largest amount. Amounts are assumed to be independent of
    where their sites are.

    References
    ----------
    .. [1] A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application",
       Cambridge University Press, 1997.

    Examples
    --------
    All the money is with the better-off half, but in two sites only:

    >>> import pandas as pd
    >>> people, income = pd.Series([9, 9], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"])
    >>> test = weighted_placement_test([5, 3], ["b", "b"], people, income)
    >>> test.index, test.n, test.verdict
    (0.5, 2, 'cannot_tell')
    """
    columns = {"population": (population, WEIGHT)}
    if null_weights is not None:
        columns["null_weights"] = (null_weights, WEIGHT)
    sites, unit, units, problems = sites_in_units(
        {"amounts": (amounts, WEIGHT)}, unit_of_site, columns | {"rank_by": (rank_by, NEED)}
    )
    refuse("weighted_placement_test", [*problems, *draw_faults(draws, seed)])
    amount_by_unit = _amount_by_unit(sites, unit, units)
    people, need = units["population"], units["rank_by"]
    merged = ranked(people, need, amount_by_unit)
    jobs = None if null_weights is None else ranked(people, need, units["null_weights"])
    filled = sites["amounts"] > 0
    amount, group = sites["amounts"][filled], merged.group[unit[filled]]
    index = math.fsum(amount * merged.relative_rank[group]) / math.fsum(amount)
    by_chance = Chance.of(merged, jobs)
    groups, chance = turned_up(merged, by_chance, index)
    rank = groups.relative_rank[groups.group[unit[filled]]]
    if site is not None:
        rank, amount = _whole_sites(np.asarray(site)[filled], rank, amount)
    order = np.lexsort((amount, rank))
    rank, amount = rank[order], amount[order]
    weight, expected = np.sort(amount / math.fsum(amount)), by_chance.expected
    null = NullDistribution.of(groups, chance, weight, abs(index - expected), expected)
    effective = 1 / float(null.weight @ null.weight)
    rng, largest = resampler(seed), float(merged.amount.max() / merged.amount.sum())
    method: IntervalMethod = "bootstrap" if can_resample(effective, largest) else "bounded"
    if method == "bootstrap":
        resampled = resampled_ratios(rng, rank, amount, draws)
        return null.test(index, (method, percentiles(resampled)), draws, seed)
    single_sites = (rank, np.ones_like(rank), amount)
    ends = chance.ends(groups)
    return null.test(index, (method, bounded(rng, single_sites, ends, draws)), draws, seed)


def _whole_sites(site: npt.NDArray[Any], rank: Numbers, amount: Numbers) -> tuple[Numbers, Numbers]:
    """Return the mean relative rank and the amount of each site, from those of its rows."""
    _, position = np.unique(site, return_inverse=True)
    total = np.bincount(position, weights=amount).astype(np.float64)
    return np.bincount(position, weights=amount * rank) / total, total


def sites_in_units(
    sites_given: Mapping[str, tuple[Values, Rule]],
    unit_of_site: Values,
    units_given: Mapping[str, tuple[Values, Rule]],
) -> tuple[Accepted, npt.NDArray[np.intp], Accepted, list[Problem]]:
    """Return sites, the position of each one's unit, units, and all faults.

    The first column of the sites is their amount, the last column of the units their need.
    """
    sites, problems = examine({**sites_given, "unit_of_site": (unit_of_site, LABELS)})
    units, faults = examine(units_given)
    problems += faults
    unit = np.empty(0, dtype=np.intp)
    if units.index.is_unique and np.ndim(np.asarray(unit_of_site)) == 1:
        named = pd.Series(unit_of_site)
        unit = units.index.get_indexer(pd.Index(named))
        unknown = (unit < 0) & named.notna().to_numpy()
        problems += some("unknown_site_unit", "unit_of_site", unknown, pd.Index(named))
    if not problems:
        need, amount = list(units_given)[-1], sites[next(iter(sites_given))]
        held = np.bincount(unit, weights=amount, minlength=len(units.index)) > 0
        problems = some("missing", need, np.isnan(units[need]) & held, units.index)
    return sites, unit, units, problems


def _amount_by_unit(sites: Accepted, unit: npt.NDArray[np.intp], units: Accepted) -> Numbers:
    """Return the amount in each unit."""
    sums = np.bincount(unit, weights=sites["amounts"], minlength=len(units.index))
    return sums.astype(np.float64)
