"""Need split: the index once the people of deprived areas are no longer hidden in their units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sixes_geo.measures.base.checks import (
    NEED,
    WEIGHT,
    Accepted,
    Numbers,
    Rule,
    Values,
    accept,
    refuse,
    some,
)
from sixes_geo.measures.placement.chance import PlacementTest, draw_faults
from sixes_geo.measures.placement.placement import placement_test

if TYPE_CHECKING:
    from sixes_geo.base.errors import Problem

PART = Rule(all_zero=True)
"""The part of a unit's people or sites that is in deprived areas."""


@dataclass(frozen=True)
class NeedSplit:
    """A concentration index with the people of deprived areas as one worst-off group.

    Parameters
    ----------
    index
        The index with units split.
    interval
        Its 95 % interval.
    test
        The placement test of it, with the split units.
    unsplit
        The index of the units as they are.
    turns
        Whether the sign turns: the sites are on one side by units, on the other once split.
    people_share
        Share of the people in deprived areas.
    sites_share
        Share of the sites in them.
    """

    index: float
    interval: tuple[float, float]
    test: PlacementTest
    unsplit: float
    turns: bool
    people_share: float
    sites_share: float


def need_split(
    counts: Values,
    population: Values,
    rank_by: Values,
    deprived_counts: Values,
    deprived_people: Values,
    *,
    draws: int = 9999,
    seed: int = 0,
) -> NeedSplit:
    """Rank the people of deprived areas inside the units as one group, worse off than all others.

    Parameters
    ----------
    counts
        Sites per unit, those in deprived areas with them; not negative, with a positive sum;
        shape ``(n,)``.
    population
        Residents per unit, all of them; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off; shape ``(n,)``. Only its order is
        used. It may be missing where there are neither sites nor people.
    deprived_counts
        Sites in deprived areas (favelas, campamentos) of each unit; at most `counts`.
    deprived_people
        Residents of deprived areas in each unit; at most `population`. Scale them where they
        are of another census.
    draws
        Random draws of the test.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    NeedSplit
        The split index with its test and interval, and that of the units as they are.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, if a part is more than the
        whole, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : The test of the units as they are.

    Notes
    -----
    A mean hides who is poor inside a unit: the concentration index of grouped data sees only what
    lies between groups (Kakwani, Wagstaff and van Doorslaer 1997 [1]_, sec. 3; Clarke and Van
    Ourti 2010 [2]_ on the bias of grouping). Each unit is split in two: its deprived areas,
    which all together make one group below every unit, and the rest, which keeps the need of the
    unit. The rest is then better off than its figure says, but only the order counts; that
    order is kept as published. Without deprived areas it is `placement_test`.

    That all residents of deprived areas are worse off than all others is a rule, not a finding:
    some favelas are better off than some districts. A site at the edge of an area serves those
    on both sides.

    References
    ----------
    .. [1] N. Kakwani, A. Wagstaff, E. van Doorslaer, "Socioeconomic inequalities in health:
       measurement, computation, and statistical inference", Journal of Econometrics 77(1),
       87-103, 1997.
    .. [2] P. Clarke, T. Van Ourti, "Calculating the concentration index when income is grouped",
       Journal of Health Economics 29(1), 151-157, 2010.

    Examples
    --------
    Ten sirens in the richer half of a city, all of them in its favelas:

    >>> import pandas as pd
    >>> sirens, people, income = pd.Series([0, 10]), pd.Series([50, 50]), pd.Series([1, 2])
    >>> split = need_split(sirens, people, income, pd.Series([0, 10]), pd.Series([5, 15]))
    >>> split.unsplit, split.index, split.turns, split.test.verdict
    (0.5, -0.8, True, 'worse_off')
    """
    columns = {
        "counts": (counts, WEIGHT),
        "population": (population, WEIGHT),
        "deprived_counts": (deprived_counts, PART),
        "deprived_people": (deprived_people, PART),
        "rank_by": (rank_by, NEED),
    }
    given = accept("need_split", columns, draw_faults(draws, seed))
    sites, people, need = given["counts"], given["population"], given["rank_by"]
    their_sites, their_people = given["deprived_counts"], given["deprived_people"]
    refuse("need_split", _parts(given))
    known = ~np.isnan(need)
    worst = float(need[known].min()) - 1.0
    test = placement_test(
        _with(sites - their_sites, their_sites),
        _with(people - their_people, their_people),
        np.r_[need, worst],
        draws=draws,
        seed=seed,
    )
    unsplit = placement_test(sites, people, need, draws=1, seed=seed).index
    return NeedSplit(
        index=test.index,
        interval=test.interval,
        test=test,
        unsplit=unsplit,
        turns=test.index * unsplit < 0,
        people_share=math.fsum(their_people) / math.fsum(people),
        sites_share=math.fsum(their_sites) / math.fsum(sites),
    )


def _with(rest: Numbers, deprived: Numbers) -> Numbers:
    """Return the rest of each unit, and after them all deprived areas together."""
    parts: Numbers = np.append(np.clip(rest, 0.0, None), math.fsum(deprived))
    return parts


def _parts(given: Accepted) -> list[Problem]:
    """Return the parts that are more than their whole, by more than rounding."""
    faults: list[Problem] = []
    for part, whole in (("deprived_counts", "counts"), ("deprived_people", "population")):
        over = given[part] > given[whole] * (1 + 1e-9)
        faults += some("more_than_all", part, over, given.index, other=f"`{whole}`")
    return faults
