"""Concentration: whether provision follows people, or leans to the better- or worse-off."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias, get_args

import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    NEED,
    WEIGHT,
    Accepted,
    Values,
    accept,
    refuse,
    some,
)
from sixes_geo.measures.base.ranks import Ranked, ranked, running_share

Kind: TypeAlias = Literal["standard", "generalised", "erreygers", "wagstaff"]
"""The forms of the index."""

SLACK = 1e-9
"""Tolerance for rounding when provision per head is compared with its bounds."""


def concentration_curve(provision: Values, population: Values, rank_by: Values) -> pd.DataFrame:
    """Cumulative share of provision against cumulative share of people, the worst-off first.

    Parameters
    ----------
    provision
        Provision per unit: sites, their capacity, money. A total, not a rate; not
        negative, with a positive sum; shape ``(n,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there is neither
        provision nor people.

    Returns
    -------
    DataFrame
        Columns ``people_share`` and ``provision_share``, both rising from 0 to 1: the origin,
        then a row per distinct need. Units of equal need are one step, so the order of rows does
        not matter. A unit without people is a vertical step.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    concentration_index : Twice the area between this curve and the diagonal.

    Notes
    -----
    Kakwani, Wagstaff and van Doorslaer (1997) [1]_. Below the diagonal the better-off have
    more than their share. The curve says where provision is, not who uses it, and everybody in a
    unit is assumed to be equally well off.

    References
    ----------
    .. [1] N. Kakwani, A. Wagstaff, E. van Doorslaer, "Socioeconomic inequalities in health:
       measurement, computation, and statistical inference", Journal of Econometrics 77(1),
       87-103, 1997.

    Examples
    --------
    >>> import pandas as pd
    >>> people, income = pd.Series([100, 80, 60, 40, 20]), pd.Series([2, 3, 5, 8, 12])
    >>> curve = concentration_curve(pd.Series([1, 2, 3, 6, 8]), people, income)
    >>> curve["provision_share"].tolist()
    [0.0, 0.05, 0.15, 0.3, 0.6, 1.0]
    """
    merged = _merge(_accept("concentration_curve", provision, population, rank_by))
    holds = (merged.people > 0) | (merged.amount > 0)
    return pd.DataFrame(
        {
            "people_share": running_share(merged.people[holds]),
            "provision_share": running_share(merged.amount[holds]),
        }
    )


def concentration_index(
    provision: Values,
    population: Values,
    rank_by: Values,
    *,
    kind: Kind = "standard",
    bounds: tuple[float, float] | None = None,
) -> float:
    """How far provision leans to the better-off (above 0) or the worse-off (below 0).

    Parameters
    ----------
    provision
        Provision per unit: sites, their capacity, money. A total, not a rate (for a
        value per head pass value times people); not negative, with a positive sum;
        shape ``(n,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where there is neither
        provision nor people.
    kind
        ``"standard"`` (relative, -1 to 1), ``"generalised"`` (absolute: times the mean per
        head), ``"erreygers"`` (for a provision per head with bounds) or ``"wagstaff"`` (for
        the share of a unit's people who have something, 0 to 1).
    bounds
        Least and greatest possible provision per head, for ``"erreygers"`` only. If not given,
        **the least and greatest of the inhabited units in the sample**: samples are then not
        comparable, and this must be said where the figure is shown.

    Returns
    -------
    float
        The index; its exact negative if the order of need is reversed.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; if `kind` is unknown;
        if `bounds` are reversed, not for this kind, or do not contain the provision per head; if
        the index is undefined because everybody has the same. All faults at once.

    See Also
    --------
    concentration_curve : The curve of this index.
    placement_test : Whether the index is more than chance.

    Notes
    -----
    With ``a_i`` provision per head, ``mu`` its mean, ``s_i`` the share of people and ``R_i``
    the fractional rank, ``C = (2 / mu) sum_i s_i (a_i - mu) (R_i - 1/2)`` (Kakwani, Wagstaff
    and van Doorslaer 1997 [1]_, in its covariance form), which for shares of the provision
    ``p_i`` is ``2 sum_i p_i R_i - 1``. Generalised: ``mu C``; Erreygers (2009) [2]_, eq. 9:
    ``4 mu C / (b - a)``; Wagstaff (2005) [3]_: ``C / (1 - mu)``.

    An index of 0 may hide provision that goes to both ends and leaves out the middle: look at
    the curve. The index does not say whether the difference is more than chance.

    References
    ----------
    .. [1] N. Kakwani, A. Wagstaff, E. van Doorslaer, "Socioeconomic inequalities in health:
       measurement, computation, and statistical inference", Journal of Econometrics 77(1),
       87-103, 1997.
    .. [2] G. Erreygers, "Correcting the concentration index", Journal of Health Economics
       28(2), 504-515, 2009.
    .. [3] A. Wagstaff, "The bounds of the concentration index when the variable of interest is
       binary, with an application to immunization inequality", Health Economics 14(4),
       429-432, 2005.

    Examples
    --------
    Of three sites none is with the poorest half, two are with the richest quintile:

    >>> import pandas as pd
    >>> people, income = pd.Series([50, 30, 20]), pd.Series([1, 2, 3])
    >>> round(concentration_index(pd.Series([0, 1, 2]), people, income), 7)
    0.6333333
    """
    where = "concentration_index"
    given = _accept(where, provision, population, rank_by, _option_faults(kind, bounds))
    merged = _merge(given)
    standard = index_of(merged)
    mean = given["provision"].sum() / given["population"].sum()
    if kind == "standard":
        return standard
    if kind == "generalised":
        return float(mean * standard)
    low, high = _limits(where, given, kind, bounds)
    if kind == "erreygers":
        return float(4 * mean * standard / (high - low))
    return float(standard / (1 - mean))


def index_of(merged: Ranked) -> float:
    """Return the standard index of ranked groups, independent of their order."""
    return math.fsum(merged.amount * merged.relative_rank) / math.fsum(merged.amount)


def _accept(
    where: str,
    provision: Values,
    population: Values,
    rank_by: Values,
    options: list[Problem] | None = None,
) -> Accepted:
    """Return provision, people and need as arrays, or raise their faults."""
    columns = {
        "provision": (provision, WEIGHT),
        "population": (population, WEIGHT),
        "rank_by": (rank_by, NEED),
    }
    return accept(where, columns, options or ())


def _merge(given: Accepted) -> Ranked:
    """Rank the units, with those of equal need merged."""
    return ranked(given["population"], given["rank_by"], given["provision"])


def _option_faults(kind: str, bounds: tuple[float, float] | None) -> list[Problem]:
    """Return the faults of the options."""
    if kind not in get_args(Kind):
        allowed = ", ".join(get_args(Kind))
        return [Problem("choice", {"name": "`kind`", "found": kind, "allowed": allowed})]
    if bounds is None:
        return []
    if kind != "erreygers":
        return [Problem("unused", {"name": "`bounds`", "other": "`kind`", "found": kind})]
    low, high = bounds
    if low < high:
        return []
    return [Problem("upside_down", {"name": "`bounds`", "low": low, "high": high})]


def _limits(
    where: str, given: Accepted, kind: Kind, bounds: tuple[float, float] | None
) -> tuple[float, float]:
    """Return the bounds of provision per head; raise if values are outside, or all alike."""
    lived_in = given["population"] > 0
    per_head = given["provision"][lived_in] / given["population"][lived_in]
    if kind == "erreygers" and bounds is None:
        low, high = float(per_head.min()), float(per_head.max())
    else:
        low, high = (0.0, 1.0) if bounds is None else bounds
    slack = SLACK * max(abs(low), abs(high), 1.0)
    outside = (per_head < low - slack) | (per_head > high + slack)
    problems = some("outside", "provision", outside, given.index[lived_in], low=low, high=high)
    if not problems and (low == high or (kind == "wagstaff" and per_head.min() >= high - slack)):
        problems = [Problem("no_spread", {"name": "`provision`"})]
    refuse(where, problems)
    return low, high
