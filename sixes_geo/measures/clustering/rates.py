"""Smoothed rates: rates of small units, shrunk towards the mean (empirical Bayes)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import WEIGHT, Values, accept


def empirical_bayes_rates(counts: Values, population: Values) -> pd.Series[float]:
    """Rate per person of each unit, shrunk towards the overall rate, to compare small units.

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
        rate and the overall rate; missing where nobody lives.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    disparity : The raw rate.

    Notes
    -----
    Global empirical Bayes by moments, Marshall (1991) [1]_. With ``r_i`` the rate of a unit of
    ``P_i`` people, ``m`` the overall rate, and the variance of rates beyond chance
    ``A = sum P_i (r_i - m)^2 / sum P_i - m / mean(P)`` (0 if that is negative), the estimate is
    ``m + (r_i - m) A / (A + m / P_i)``: the fewer the people, the closer to ``m``. If rates
    differ no more than by chance, all units have rate ``m``.

    Units without people are left out, and so are the sites in them. Chance is assumed to be
    Poisson; sites that are put close together on purpose vary more. All units are shrunk to one
    mean, so a small unit that is really different is hidden, and neighbours are not considered.

    References
    ----------
    .. [1] R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes
       estimators", Journal of the Royal Statistical Society C 40(2), 283-294, 1991.

    Examples
    --------
    The rate of 1 in 10 people is shrunk a lot, that of 100 in 1,000 hardly:

    >>> import pandas as pd
    >>> sites, people = pd.Series([1, 100, 10]), pd.Series([10, 1000, 1000])
    >>> empirical_bayes_rates(sites, people).round(3).tolist()
    [0.067, 0.099, 0.011]
    """
    columns = {"counts": (counts, WEIGHT), "population": (population, WEIGHT)}
    given = accept("empirical_bayes_rates", columns)
    lived_in = given["population"] > 0
    sites, people = given["counts"][lived_in], given["population"][lived_in]
    total = math.fsum(people)
    rate, mean = sites / people, math.fsum(sites) / total
    by_chance = mean / (total / people.size)
    beyond = math.fsum(people * (rate - mean) ** 2) / total - by_chance
    trust = beyond / (beyond + mean / people) if beyond > 0 else np.zeros(rate.size)
    rates = np.full(lived_in.size, np.nan)
    rates[lived_in] = mean + trust * (rate - mean)
    return pd.Series(rates, index=given.index, name="rate")
