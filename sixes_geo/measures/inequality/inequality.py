"""Inequality measures: Lorenz curve, Gini, Hoover and Palma."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import (
    NEED,
    PER_HEAD,
    WEIGHT,
    Accepted,
    Numbers,
    Values,
    accept,
    between,
)
from sixes_geo.measures.base.ranks import ranked, running_share

if TYPE_CHECKING:
    from sixes_geo.base.errors import Problem


def lorenz_curve(values: Values, population: Values) -> pd.DataFrame:
    """Lorenz curve: cumulative share of a total against cumulative share of people.

    Parameters
    ----------
    values
        The value per head of each unit; not negative, with a positive total; shape ``(n,)``. It
        may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    DataFrame
        Columns ``people_share`` and ``value_share``, both rising from 0 to 1: the origin, then
        one row per distinct value, the lowest first.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    gini_index : Twice the area between this curve and the diagonal.
    concentration_curve : With people ranked by need instead of by the value.

    Notes
    -----
    Lorenz (1905) [1]_, with units in place of persons: differences inside a unit are not seen,
    nor does the curve show who has little.

    References
    ----------
    .. [1] M. O. Lorenz, "Methods of measuring the concentration of wealth", Publications of
       the American Statistical Association 9(70), 209-219, 1905.

    Examples
    --------
    >>> import pandas as pd
    >>> lorenz_curve(pd.Series([3, 1]), pd.Series([10, 10]))["value_share"].tolist()
    [0.0, 0.25, 1.0]
    """
    given = _accept("lorenz_curve", values, population)
    people, amount, _ = _grouped(given, given["values"])
    return pd.DataFrame(
        {"people_share": running_share(people), "value_share": running_share(amount)}
    )


def gini_index(values: Values, population: Values) -> float:
    """Gini index: half the mean difference between two people, relative to the mean.

    Parameters
    ----------
    values
        The value per head of each unit; not negative, with a positive total; shape ``(n,)``. It
        may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    float
        0 if all have the same, towards 1 if one has everything.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    lorenz_curve : The curve of this index.
    concentration_index : With people ranked by need instead of by the value.

    Notes
    -----
    ``G = sum_i sum_j s_i s_j |y_i - y_j| / (2 mu)`` with shares of people ``s``, computed as
    ``2 sum_i p_i R_i - 1`` with shares of the total ``p`` and fractional ranks ``R``
    (Lerman and Yitzhaki 1984 [1]_). It does not show who has little: a city where the rich
    have nothing has the same index as one where the poor have nothing.

    References
    ----------
    .. [1] R. I. Lerman, S. Yitzhaki, "A note on the calculation and interpretation of the Gini
       index", Economics Letters 15(3-4), 363-368, 1984.

    Examples
    --------
    >>> import pandas as pd
    >>> gini_index(pd.Series([3, 1]), pd.Series([10, 10]))
    0.25
    """
    given = _accept("gini_index", values, population)
    _, amount, relative_rank = _grouped(given, given["values"])
    return math.fsum(amount * relative_rank) / math.fsum(amount)


def hoover_index(values: Values, population: Values) -> float:
    """Hoover index: the share of the total to redistribute for everybody to have the same.

    Parameters
    ----------
    values
        The value per head of each unit; not negative, with a positive total; shape ``(n,)``. It
        may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    float
        0 if all have the same, towards 1 if one has everything.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    disparity : The gaps that this index adds up, by unit.

    Notes
    -----
    ``H = sum_i |p_i - s_i| / 2``, with shares of the total ``p`` and of people ``s`` (Hoover
    1936 [1]_). A transfer among those above the mean, or among those below it, leaves it
    unchanged.

    References
    ----------
    .. [1] E. M. Hoover, "The measurement of industrial localization", Review of Economics and
       Statistics 18(4), 162-171, 1936.

    Examples
    --------
    >>> import pandas as pd
    >>> hoover_index(pd.Series([3, 1]), pd.Series([10, 10]))
    0.25
    """
    given = _accept("hoover_index", values, population)
    people, amount, _ = _grouped(given, given["values"])
    gaps = amount / math.fsum(amount) - people / math.fsum(people)
    return math.fsum(np.abs(gaps)) / 2


def palma_ratio(
    values: Values,
    population: Values,
    rank_by: Values,
    *,
    top: float = 0.1,
    bottom: float = 0.4,
) -> float:
    """Palma ratio: the mean of the best-off 10 % over the mean of the worst-off 40 %.

    Parameters
    ----------
    values
        The value per head of each unit, such as access; not negative, with a positive total;
        shape ``(n,)``. It may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where nobody lives.
    top
        Share of the people at the best-off end, between 0 and 1.
    bottom
        Share of the people at the worst-off end, between 0 and 1.

    Returns
    -------
    float
        1 if both ends have the same per head; missing if the worst-off end has nothing.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, or if `top` or `bottom`
        is not between 0 and 1; all faults at once.

    See Also
    --------
    concentration_index : Considers everybody, including the middle.

    Notes
    -----
    Palma (2011) [1]_ divides shares of income; here means are divided, as in transport planning
    (Herszenhut and others 2022 [2]_), so that equality is 1. The ends have exactly their share
    of the people: a unit across a cut, or several of equal need, counts with the part of its
    people on that side. The middle is not considered.

    References
    ----------
    .. [1] J. G. Palma, "Homogeneous middles vs. heterogeneous tails, and the end of the
       'inverted-U'", Development and Change 42(1), 87-153, 2011.
    .. [2] D. Herszenhut, R. H. M. Pereira, L. da Silva Portugal, M. H. de Sousa Oliveira, "The
       impact of transit monetary costs on transport inequality", Journal of Transport
       Geography 99, 103309, 2022.

    Examples
    --------
    Four of ten equal units at the bottom have 1 per head, the one at the top has 3:

    >>> import pandas as pd
    >>> have, need = pd.Series([1] * 4 + [2] * 5 + [3]), pd.Series(range(10))
    >>> round(palma_ratio(have, pd.Series([7] * 10), need), 9)
    3.0
    """
    options = [*between("top", top, 0, 1), *between("bottom", bottom, 0, 1)]
    given = _accept("palma_ratio", values, population, rank_by, options)
    people, amount, _ = _grouped(given, given["rank_by"])
    below, above = np.interp([bottom, 1 - top], running_share(people), running_share(amount))
    return float((1 - above) / top / (below / bottom)) if below > 0 else math.nan


def _accept(
    where: str,
    values: Values,
    population: Values,
    rank_by: Values | None = None,
    options: list[Problem] | None = None,
) -> Accepted:
    """Return values per head, people and (if given) need as arrays, or raise their faults."""
    columns = {"values": (values, PER_HEAD), "population": (population, WEIGHT)}
    if rank_by is not None:
        columns["rank_by"] = (rank_by, NEED)
    return accept(where, columns, options or ())


def _grouped(given: Accepted, by: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return people, amounts and relative ranks of groups of equal rank."""
    people = given["population"]
    lived_in = people > 0
    amount = given["values"][lived_in] * people[lived_in]
    merged = ranked(people[lived_in], by[lived_in], amount)
    return merged.people, merged.amount, merged.relative_rank
