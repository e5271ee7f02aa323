"""Ranks of units by need, weighted by the people in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.measures.base.checks import NEED, WEIGHT, Accepted, Numbers, Values, accept, at_least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sixes_geo.base.errors import Problem

EDGE = 1e-9
"""A rank this little above a cut is at the cut: the rest is rounding."""


@dataclass(frozen=True)
class Ranked:
    """Units from the worst-off to the best-off, with units of equal need merged into groups.

    ``people`` and ``amount`` are sums per group; ``relative_rank`` is twice the fractional rank
    less one: the share of people below the group less the share above it (-1 to 1); ``group``
    is the group of each unit, -1 where its need is unknown.
    """

    people: Numbers
    amount: Numbers
    relative_rank: Numbers
    group: npt.NDArray[np.intp]

    @property
    def share(self) -> Numbers:
        """Return the share of the people in each group."""
        shares: Numbers = self.people / self.people.sum()
        return shares

    def mirrored(self) -> Ranked:
        """Return the groups in the reverse order, as if need pointed the other way."""
        last = self.people.size - 1
        return Ranked(
            people=self.people[::-1],
            amount=self.amount[::-1],
            relative_rank=-self.relative_rank[::-1],
            group=np.where(self.group < 0, -1, last - self.group),
        )


def ranked(population: Numbers, need: Numbers, amount: Numbers | None = None) -> Ranked:
    """Merge units of equal need and rank the groups, independently of the order of rows.

    Tied units are sorted by their amount and people before they are added up, so that not even
    the last digit of a sum depends on the order of rows.
    """
    amounts = np.zeros_like(population) if amount is None else amount
    known = np.flatnonzero(~np.isnan(need))
    order = known[np.lexsort((amounts[known], population[known], need[known]))]
    opens = np.r_[True, np.diff(need[order]) != 0]
    group = np.full(need.size, -1, dtype=np.intp)
    group[order] = np.cumsum(opens) - 1
    starts = np.flatnonzero(opens)
    people = np.add.reduceat(population[order], starts)
    below = np.r_[0.0, np.cumsum(people)[:-1]]
    above = np.r_[0.0, np.cumsum(people[::-1])[:-1]][::-1]
    return Ranked(
        people=people,
        amount=np.add.reduceat(amounts[order], starts),
        relative_rank=(below - above) / people.sum(),
        group=group,
    )


def running_share(amounts: Numbers) -> Numbers:
    """Return the running share of amounts, from 0 to exactly 1."""
    running = np.r_[0.0, np.cumsum(amounts)]
    shares: Numbers = running / running[-1]
    return shares


def fractional_rank(population: Values, rank_by: Values) -> pd.Series[float]:
    """Rank of each unit among all people: the share of people worse off plus half of its own.

    Parameters
    ----------
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where nobody lives.

    Returns
    -------
    Series
        Named ``fractional_rank``, on the index of the input, from 0 (worst-off) to 1. Units of
        equal need share the mean rank of their group; a unit without people has the rank of its
        need, or none if its need is missing.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or without people; all faults at once.

    See Also
    --------
    need_quintiles : The same order, divided into groups.

    Notes
    -----
    Lerman and Yitzhaki (1989) [1]_, with units in place of persons:
    ``R_i = sum_{j below i} s_j + s_i / 2``. Everybody in a unit is assumed to be equally well
    off: differences inside a unit are not seen.

    References
    ----------
    .. [1] R. I. Lerman, S. Yitzhaki, "Improving the accuracy of estimates of Gini
       coefficients", Journal of Econometrics 42(1), 43-47, 1989.

    Examples
    --------
    Half of the people live in the poorest unit, so its rank is a quarter:

    >>> import pandas as pd
    >>> fractional_rank(pd.Series([50, 30, 20]), pd.Series([1, 2, 3])).tolist()
    [0.25, 0.65, 0.9]
    """
    given = _accept("fractional_rank", population, rank_by)
    return pd.Series(_rank(given), index=given.index, name="fractional_rank")


def need_quintiles(population: Values, rank_by: Values, *, groups: int = 5) -> pd.Series[int]:
    """Group of each unit, so that each group has about the same number of people.

    Parameters
    ----------
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where nobody lives.
    groups
        How many groups: 5 for quintiles; at least 2.

    Returns
    -------
    Series
        Named ``quintile``, on the index of the input, of type ``Int64``: 1 is the worst-off,
        `groups` the best-off; missing where the need is.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or without people, or if `groups` is
        below 2; all faults at once.

    See Also
    --------
    fractional_rank : The rank that is divided.

    Notes
    -----
    A unit belongs to the group of its ``R_i`` from `fractional_rank`: group ``g`` if
    ``(g - 1) / groups < R_i <= g / groups``. Units of equal need stay together. With few or very
    unequal units, the groups differ in people and some may be empty: show the people of each
    group with it.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.Series([100, 80, 60, 40, 20])
    >>> need_quintiles(people, pd.Series([2, 3, 5, 8, 12])).tolist()
    [1, 3, 4, 5, 5]
    """
    given = _accept("need_quintiles", population, rank_by, at_least("groups", groups, 2))
    group = np.ceil(_rank(given) * groups - EDGE)
    return pd.Series(np.clip(group, 1, groups), index=given.index, dtype="Int64", name="quintile")


def _accept(
    where: str, population: Values, rank_by: Values, options: Sequence[Problem] = ()
) -> Accepted:
    """Check people and need."""
    columns = {"population": (population, WEIGHT), "rank_by": (rank_by, NEED)}
    return accept(where, columns, options)


def _rank(given: Accepted) -> Numbers:
    """Return the fractional rank of each unit, missing where its need is."""
    merged = ranked(given["population"], given["rank_by"])
    ranks: Numbers = np.where(
        merged.group < 0, np.nan, (1 + merged.relative_rank[merged.group]) / 2
    )
    return ranks
