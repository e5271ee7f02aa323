"""Allocation test: whether money per unit leans to one side more than chance would."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np

from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, accept
from sixes_geo.measures.base.intervals import percentiles
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.ranks import ranked
from sixes_geo.measures.base.thresholds import LEAST_UNITS_FOR_ALLOCATION
from sixes_geo.measures.placement.chance import (
    Method,
    PlacementTest,
    draw_faults,
    resampler,
)
from sixes_geo.measures.placement.concentration import index_of
from sixes_geo.measures.placement.reading import side_from_chance

LISTED = 7
"""Most units with which all permutations are listed (5,040); with more they are drawn."""


def allocation_test(
    amounts: Values, population: Values, rank_by: Values, *, draws: int = 9999, seed: int = 0
) -> PlacementTest:
    """Test the concentration index of money per unit against permutations of money per head.

    Parameters
    ----------
    amounts
        Money per unit, in one currency; not negative, with a positive sum; shape ``(n,)``.
        Money without a unit is left out: report how much it is.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
        Units where nobody lives are left out of the permutations.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there are
        neither money nor people.
    draws
        Number of permutations if there are too many to list, and of resamplings for the
        interval.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    PlacementTest
        With ``method`` ``"permutation"`` and ``interval_method`` ``"units"``; ``n`` counts
        units with people, not sites. ``null_sd`` is the spread of the index over permutations.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, `draws` is below 1
        or `seed` below 0; all faults at once.

    See Also
    --------
    weighted_placement_test : For money that is known site by site.

    Notes
    -----
    Money that is known only per unit has no sites to place at random. Instead the money **per
    head** is permuted: each unit gets the money per head of another one, and the index is
    computed again (a permutation test, Good 2005 [1]_, ch. 3). Its mean over all permutations is
    not exactly 0 if units differ in people; the p-value still counts distance from 0, on either
    side. With up to seven units all permutations are listed; otherwise p is
    ``(1 + #{|C*| >= |C|}) / (draws + 1)``.

    The interval is the percentile bootstrap over units (Davison and Hinkley 1997 [2]_, sec.
    5.3.1): units are drawn with their people, money and need, and ranked again. With few units
    it is rough; with fewer than eight it always includes 0, so there is no verdict.

    All units count the same, however many people they have, and neighbours are assumed to be
    independent, so p is too small if neighbours are alike. The test says where money was
    booked, not who benefited.

    References
    ----------
    .. [1] P. Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3rd ed.,
       Springer, 2005.
    .. [2] A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application",
       Cambridge University Press, 1997.

    Examples
    --------
    Ten equal units, each with more per head than the poorer one before it:

    >>> import pandas as pd
    >>> people, need = pd.Series([50] * 10), pd.Series(range(10))
    >>> test = allocation_test(pd.Series(range(1, 11)), people, need)
    >>> round(test.index, 2), test.n, test.method, test.verdict
    (0.3, 10, 'permutation', 'better_off')
    """
    columns = {
        "amounts": (amounts, WEIGHT),
        "population": (population, WEIGHT),
        "rank_by": (rank_by, NEED),
    }
    given = accept("allocation_test", columns, draw_faults(draws, seed))
    money, people, need = (given[name] for name in columns)
    merged = ranked(people, need, money)
    index = index_of(merged)
    lived_in = np.flatnonzero(people > 0)
    order = lived_in[np.lexsort((money[lived_in], people[lived_in], need[lived_in]))]
    people, need, money = people[order], need[order], money[order]
    relative_rank = merged.relative_rank[merged.group[order]]
    permuted = _permuted(money / people, people * relative_rank, people, draws, seed)
    as_far = int((np.abs(permuted) >= abs(index) - TIE).sum())
    listed = order.size <= LISTED
    p_value = as_far / permuted.size if listed else (1 + as_far) / (draws + 1)
    low, high = percentiles(_resampled(people, need, money, draws, seed))
    if order.size < LEAST_UNITS_FOR_ALLOCATION:
        low, high = min(low, 0.0), max(high, 0.0)
    null_sd = math.sqrt(float(np.mean(permuted**2)))
    method: Method = "permutation"
    return PlacementTest(
        index=index,
        null_sd=null_sd,
        z=index / null_sd if null_sd > TIE else math.nan,
        p_value=min(1.0, p_value),
        interval=(min(low, index), max(high, index)),
        n=int(order.size),
        verdict=side_from_chance(p_value, low, high) if null_sd > TIE else "cannot_tell",
        method=method,
        interval_method="units",
        draws=draws,
        seed=seed,
    )


def _permuted(
    per_head: Numbers, ranked_people: Numbers, people: Numbers, draws: int, seed: int
) -> Numbers:
    """Return the index of each permutation of the money per head over the units."""
    if per_head.size <= LISTED:
        rows = per_head[np.array(list(permutations(range(per_head.size))))]
    else:
        rng = np.random.default_rng(seed)
        rows = rng.permuted(np.tile(per_head, (draws, 1)), axis=1)
    indices: Numbers = (rows @ ranked_people) / (rows @ people)
    return indices


def _resampled(people: Numbers, need: Numbers, money: Numbers, draws: int, seed: int) -> Numbers:
    """Return the index of each resampling of the units, ranked again; units are in order of need.

    A unit that is drawn twice counts as two units of equal need.
    """
    rng = resampler(seed)
    n = people.size
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws)
    starts = np.flatnonzero(np.r_[True, np.diff(need) != 0])
    group_people = np.add.reduceat(times * people, starts, axis=1)
    group_money = np.add.reduceat(times * money, starts, axis=1)
    running = np.cumsum(group_people, axis=1)
    relative_rank = (2 * running - group_people - running[:, -1:]) / running[:, -1:]
    total = group_money.sum(axis=1)
    indices: Numbers = (relative_rank * group_money).sum(axis=1)[total > 0] / total[total > 0]
    return indices
