"""Placement of sites that weigh differently: money, docks, kilometres."""

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
from sixes_geo.measures.placement.placement import Chance, PlacementTest, draw_faults, resampler

if TYPE_CHECKING:
    from sixes_geo.base.errors import Problem


def weighted_placement_test(
    amounts: Values,
    unit_of_site: Values,
    population: Values,
    rank_by: Values,
    *,
    site: Values | None = None,
    draws: int = 9999,
    seed: int = 0,
) -> PlacementTest:
    """Compare where an amount stands with its sites falling on residents at random.

    A hundred docks at one station are one decision, not a hundred: the amounts stay whole and
    are dealt out over as many sites, drawn at random.

    Parameters
    ----------
    amounts
        What each site holds (money, capacity); not negative, with a positive sum; shape
        ``(sites,)``. Sites that hold nothing are left out.
    unit_of_site
        The unit in which each site stands, as a label of the index of `population` (or its
        position, where that is an array); shape ``(sites,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there are
        neither sites nor people.
    site
        What each row belongs to, for sites that are spread over several units because their
        place is only known roughly: rows of one site count as one site that stands at their
        mean; shape ``(m,)``. Without it every row is a site.
    draws
        How often chance is played.
    seed
        Start of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    PlacementTest
        As from `placement_test`; ``index`` is that of the amounts, ``n`` counts the sites that
        hold something. With equal amounts it is the same test.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, if a site stands in an
        unknown unit, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : For sites that count one each.

    Notes
    -----
    Under chance the index is ``sum_j w_j (2 R_j - 1)``, with ``w_j`` the share of site ``j`` in
    the amount and ``R_j`` the fractional rank of the unit it falls in; its mean is 0 and its
    variance ``4 (sum_i s_i R_i^2 - 1/4) sum_j w_j^2``. As the sites are drawn independently,
    dealing the amounts out anew changes nothing further. Test and interval are those of
    `placement_test` [1]_, resampling sites with their amounts; ``1 / sum_j w_j^2`` takes the
    place of the number of sites where it decides whether resampling is sound; the site that
    is added for the bound holds the largest amount. It takes
    amounts for unrelated to where their sites stand.

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
    sites, unit, units = _accept(
        amounts, unit_of_site, population, rank_by, draw_faults(draws, seed)
    )
    held = _held(sites, unit, units)
    merged = ranked(units["population"], units["rank_by"], held)
    holds = sites["amounts"] > 0
    amount, group = sites["amounts"][holds], merged.group[unit[holds]]
    index = math.fsum(amount * merged.relative_rank[group]) / math.fsum(amount)
    seen = merged if index >= 0 else merged.mirrored()
    place = seen.relative_rank[seen.group[unit[holds]]]
    if site is not None:
        place, amount = _whole_sites(np.asarray(site)[holds], place, amount)
    order = np.lexsort((amount, place))
    place, amount = place[order], amount[order]
    chance = Chance.of(seen, np.sort(amount / math.fsum(amount)), abs(index))
    effective = 1 / float(chance.weight @ chance.weight)
    rng, largest = resampler(seed), float(merged.amount.max() / merged.amount.sum())
    how: IntervalMethod = "bootstrap" if can_resample(effective, largest) else "bounded"
    if how == "bootstrap":
        again = resampled_ratios(rng, place, amount, draws)
        return chance.compared(index, (how, percentiles(again)), draws, seed)
    one_each = (place, np.ones_like(place), amount)
    return chance.compared(index, (how, bounded(rng, one_each, seen.ends, draws)), draws, seed)


def _whole_sites(
    site: npt.NDArray[Any], place: Numbers, amount: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the mean relative rank and the amount of each site from those of its parts."""
    _, of = np.unique(site, return_inverse=True)
    whole = np.bincount(of, weights=amount).astype(np.float64)
    return np.bincount(of, weights=amount * place) / whole, whole


def _accept(
    amounts: Values,
    unit_of_site: Values,
    population: Values,
    rank_by: Values,
    options: list[Problem],
) -> tuple[Accepted, npt.NDArray[np.intp], Accepted]:
    """Return sites, the position of the unit of each, and units; or refuse them all."""
    sites, problems = examine(
        {"amounts": (amounts, WEIGHT), "unit_of_site": (unit_of_site, LABELS)}
    )
    units, faults = examine({"population": (population, WEIGHT), "rank_by": (rank_by, NEED)})
    problems += faults
    unit = np.empty(0, dtype=np.intp)
    if units.index.is_unique and np.ndim(np.asarray(unit_of_site)) == 1:
        named = pd.Series(unit_of_site)
        unit = units.index.get_indexer(pd.Index(named))
        unknown = (unit < 0) & named.notna().to_numpy()
        problems += some("unknown_site_unit", "unit_of_site", unknown, pd.Index(named))
    if not problems:
        problems += _without_need(sites, unit, units)
    refuse("weighted_placement_test", [*problems, *options])
    return sites, unit, units


def _without_need(sites: Accepted, unit: npt.NDArray[np.intp], units: Accepted) -> list[Problem]:
    """Return the units without people that hold sites and whose need is missing."""
    lost = np.isnan(units["rank_by"]) & (_held(sites, unit, units) > 0)
    return some("missing", "rank_by", lost, units.index)


def _held(sites: Accepted, unit: npt.NDArray[np.intp], units: Accepted) -> Numbers:
    """Return what each unit holds."""
    sums = np.bincount(unit, weights=sites["amounts"], minlength=len(units.index))
    return sums.astype(np.float64)
