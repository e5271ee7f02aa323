"""Rates of small units, drawn towards the mean by as much as chance could have moved them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import WEIGHT, Values, accept


def empirical_bayes_rates(counts: Values, population: Values) -> pd.Series[float]:
    """Rate per person of each unit, steadied by the rate of all: for ranking small units.

    Parameters
    ----------
    counts
        Sites (or events) per unit; not negative, with a positive sum; shape ``(n,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    Series
        Named ``rate``, on the index of the input: sites per person, between the unit's own
        rate and that of all units together; missing where nobody lives.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    disparity : The rate as it is.

    Notes
    -----
    Global empirical Bayes by moments, Marshall (1991) [1]_. With ``r_i`` the rate of a unit of
    ``P_i`` people, ``m`` that of all, and ``A = sum P_i (r_i - m)^2 / sum P_i - m / mean(P)``
    (0 if that is negative) what rates differ by beyond chance, the estimate is
    ``m + (r_i - m) A / (A + m / P_i)``: the fewer the people, the closer to ``m``. Where rates
    differ no more than chance would have it, all units have rate ``m``.

    Units without people take no part, nor do sites that stand there. Chance here is Poisson:
    sites that stand close on purpose differ by more. It draws all units to one mean, so it
    hides a small unit that is truly unlike the rest, and it cannot see who its neighbours are.

    References
    ----------
    .. [1] R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes
       estimators", Journal of the Royal Statistical Society C 40(2), 283-294, 1991.

    Examples
    --------
    The rate of 1 in 10 people is hardly believed, that of 100 in 1,000 is:

    >>> import pandas as pd
    >>> sites, people = pd.Series([1, 100, 10]), pd.Series([10, 1000, 1000])
    >>> empirical_bayes_rates(sites, people).round(3).tolist()
    [0.067, 0.099, 0.011]
    """
    columns = {"counts": (counts, WEIGHT), "population": (population, WEIGHT)}
    given = accept("empirical_bayes_rates", columns)
    lived_in = given["population"] > 0
    sites, people = given["counts"][lived_in], given["population"][lived_in]
    everybody = math.fsum(people)
    rate, mean = sites / people, math.fsum(sites) / everybody
    by_chance = mean / (everybody / people.size)
    beyond = math.fsum(people * (rate - mean) ** 2) / everybody - by_chance
    believed = beyond / (beyond + mean / people) if beyond > 0 else np.zeros(rate.size)
    rates = np.full(lived_in.size, np.nan)
    rates[lived_in] = mean + believed * (rate - mean)
    return pd.Series(rates, index=given.index, name="rate")
