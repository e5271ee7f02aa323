"""Theil's T: inequality of values per head, divided into parts between and within groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from sixes_geo.measures.base.checks import LABELS, PER_HEAD, WEIGHT, Values, accept


@dataclass(frozen=True)
class TheilT:
    """Theil's T and its two parts.

    Parameters
    ----------
    total
        0 if all have the same, up to the logarithm of the number of people.
    between
        T if everybody had the mean of their group; None without groups.
    within
        The rest, from differences inside groups; None without groups.
    """

    total: float
    between: float | None
    within: float | None


def theil_t(values: Values, population: Values, groups: Values | None = None) -> TheilT:
    """Theil's T, and its parts between and within groups of units.

    Parameters
    ----------
    values
        The value per head of each unit; not negative, with a positive total; shape ``(n,)``. It
        may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    groups
        The group of each unit, such as its quintile of need: names or numbers; shape ``(n,)``.
        It may be missing where nobody lives.

    Returns
    -------
    TheilT
        The total and, with `groups`, its parts, which add up to it.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    gini_index : Easier to explain, but not decomposable.

    Notes
    -----
    ``T = sum_i p_i ln(p_i / s_i)`` with shares of the total ``p`` and of people ``s``, and the
    same over groups for the part between them (Theil 1967 [1]_, ch. 4). Zeros count as
    ``0 ln 0 = 0``. Differences inside a unit are not seen, so the part within groups is a lower
    bound, and it grows as units get smaller.

    References
    ----------
    .. [1] H. Theil, "Economics and Information Theory", North-Holland, 1967.

    Examples
    --------
    Half of the people have everything, so T is ln 2, and all of it is between the groups:

    >>> import pandas as pd
    >>> result = theil_t(pd.Series([0, 2]), pd.Series([5, 5]), groups=pd.Series(["a", "b"]))
    >>> round(result.total, 4), round(result.between, 4), round(result.within, 4)
    (0.6931, 0.6931, 0.0)
    """
    columns = {"values": (values, PER_HEAD), "population": (population, WEIGHT)}
    if groups is not None:
        columns["groups"] = (groups, LABELS)
    given = accept("theil_t", columns)
    lived_in = given["population"] > 0
    people = given["population"][lived_in]
    amount = given["values"][lived_in] * people
    p, s = amount / amount.sum(), people / people.sum()
    total = float(xlogy(p, p / s).sum())
    if groups is None:
        return TheilT(total, None, None)
    code = given["groups"][lived_in].astype(np.intp)
    p_group, s_group = np.bincount(code, weights=p), np.bincount(code, weights=s)
    inhabited = s_group > 0
    p_in, s_in = p_group[inhabited], s_group[inhabited]
    between = float(xlogy(p_in, p_in / s_in).sum())
    # Each unit relative to its group: this adds up to the rest without rounding in a difference.
    own = np.where(p > 0, (p / s) * s_group[code] / np.where(p > 0, p_group[code], 1), 1)
    return TheilT(total, between, float(xlogy(p, own).sum()))
