"""Verdicts by unit: which units have more or fewer sites than chance would give them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import betainc, betaincc, gammaln, xlog1py, xlogy

from sixes_geo.base.errors import InputError
from sixes_geo.measures.base.checks import COUNT, WEIGHT, Numbers, Values, accept, between
from sixes_geo.measures.base.thresholds import ALPHA

AS_LIKELY = 1e-7
"""Relative tolerance within which two probabilities are equal, as in R's binom.test."""


def district_verdicts(counts: Values, population: Values, *, alpha: float = ALPHA) -> pd.DataFrame:
    """Tell for each unit whether it has more or fewer sites than chance would give it.

    Parameters
    ----------
    counts
        Sites per unit: whole numbers, not negative, with a positive sum; shape ``(n,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    alpha
        Accepted share of false verdicts among all verdicts (the false discovery rate), between
        0 and 1.

    Returns
    -------
    DataFrame
        On the index of the input: ``expected`` (sites in proportion to people), ``p_value``
        (exact, two-sided), ``q_value`` (adjusted for the number of units) and ``verdict``:
        ``"more"``, ``"fewer"`` or ``"cannot_tell"``. A unit with neither people nor sites is not
        tested: its p- and q-values are missing.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative, fractional or sums to zero, or `alpha`
        is not between 0 and 1; all faults at once.

    See Also
    --------
    placement_test : The same question for all units together, by need.
    expected_empty : How many units chance would leave without a site.

    Notes
    -----
    Under chance a unit's count is binomial with its share of the people. The p-value sums the
    probabilities of all counts that are not more likely than the observed one (method of small
    probabilities, as in R's ``binom.test``); q-values are those of Benjamini and Hochberg (1995)
    [1]_. With few sites nearly all verdicts are "cannot tell", and rightly so: 0 of 20 sites in
    a unit with a twentieth of the people has p = 0.62, and is no evidence of exclusion. The
    sites of a network are not placed independently, which makes the p-values too small.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate: a practical and
       powerful approach to multiple testing", Journal of the Royal Statistical Society B
       57(1), 289-300, 1995.

    Examples
    --------
    >>> import pandas as pd
    >>> table = district_verdicts(pd.Series([0, 6, 14]), pd.Series([100, 100, 100]))
    >>> table["verdict"].tolist()
    ['fewer', 'cannot_tell', 'more']
    """
    columns = {"counts": (counts, COUNT), "population": (population, WEIGHT)}
    given = accept("district_verdicts", columns, between("alpha", alpha, 0, 1))
    sites, share = given["counts"], given["population"] / given["population"].sum()
    expected = sites.sum() * share
    tested = (share > 0) | (sites > 0)
    p_values = np.where(tested, binomial_p_values(sites, sites.sum(), share), np.nan)
    q_values = benjamini_hochberg(p_values)
    side = np.where(sites > expected, "more", "fewer")
    return pd.DataFrame(
        {
            "expected": expected,
            "p_value": p_values,
            "q_value": q_values,
            "verdict": np.where(q_values <= alpha, side, "cannot_tell"),
        },
        index=given.index,
    )


def expected_empty(counts: Values, population: Values) -> float:
    """Return the expected number of units without a site under chance.

    Parameters
    ----------
    counts
        Sites per unit; not negative, with a positive sum; shape ``(n,)``. Only their (rounded)
        sum is used.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    float
        Expected number of units without a site, including units without people: compare it with
        the number of units whose count is 0.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    district_verdicts : Whether a unit has fewer sites than chance would give it.

    Notes
    -----
    ``sum_i (1 - s_i)^N``, with ``s_i`` the share of people and ``N`` the number of sites (the
    occupancy problem: Feller 1968 [1]_, sec. IV.2). It is a mean: a few more or fewer may well
    be chance.

    References
    ----------
    .. [1] W. Feller, "An Introduction to Probability Theory and its Applications", vol. 1,
       3rd ed., Wiley, 1968.

    Examples
    --------
    Each of four equal units gets neither of two sites with probability 9/16:

    >>> import pandas as pd
    >>> expected_empty(pd.Series([2, 0, 0, 0]), pd.Series([5, 5, 5, 5]))
    2.25
    """
    columns = {"counts": (counts, WEIGHT), "population": (population, WEIGHT)}
    given = accept("expected_empty", columns)
    share = given["population"] / given["population"].sum()
    n = max(1, round(given["counts"].sum()))
    return float(((1 - share) ** n).sum())


def benjamini_hochberg(p_values: Numbers) -> Numbers:
    """Adjust p-values for their number, to limit the share of false verdicts.

    Parameters
    ----------
    p_values
        One p-value per test, 0 to 1; shape ``(n,)``. Missing ones are not counted.

    Returns
    -------
    ndarray
        The q-values: the smallest false discovery rate at which each test is significant,
        missing where the p-value is; shape ``(n,)``.

    Raises
    ------
    InputError
        If a p-value is outside 0 to 1.

    Notes
    -----
    ``p m / rank``, made monotone in the rank (Benjamini and Hochberg 1995 [1]_, procedure 1).
    Valid for independent and for positively dependent tests; counts of units compete for the
    same sites, which makes the q-values slightly conservative. They do not show how large a gap
    is.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg, "Controlling the False Discovery Rate", Journal of the
       Royal Statistical Society B 57(1), 289-300, 1995.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    known = p_values[~np.isnan(p_values)]
    ends = [float(end) for end in (known.min(initial=0), known.max(initial=0))]
    beyond = [end for end in ends if not 0 <= end <= 1]
    faults = [fault for end in beyond for fault in between("p_values", end, 0, 1)]
    if faults:
        raise InputError("measure", faults, "fix_input", where="benjamini_hochberg")
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(-p_values[tested], kind="stable")]
    raw = p_values[order] * tested.size / np.arange(tested.size, 0, -1)
    q_values = np.full(p_values.shape, np.nan)
    q_values[order] = np.minimum.accumulate(np.minimum(raw, 1))
    return q_values


def binomial_p_values(k: Numbers, n: float, share: Numbers) -> Numbers:
    """Return the exact two-sided p-value of each count, by the method of small probabilities.

    Probabilities decrease on both sides of the mode. So the counts not more likely than `k` are
    the tail from `k` on, and on the other side the tail from the first count as unlikely.
    """
    mode = np.minimum(np.floor((n + 1) * share), n)
    limit = _log_probability(k, n, share) + np.log1p(AS_LIKELY)
    above = _first(mode, np.full_like(mode, n + 1), n, share, limit)
    below = n - _first(n - mode, np.full_like(mode, n + 1), n, 1 - share, limit)
    tails = _at_most(np.where(k < mode, k, below), n, share) + _at_least(
        np.where(k > mode, k, above), n, share
    )
    return np.where(k == mode, 1.0, np.minimum(tails, 1.0))


def _first(low: Numbers, high: Numbers, n: float, share: Numbers, limit: Numbers) -> Numbers:
    """Return the first count from the mode upwards that is not more likely than the limit."""
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        unlikely = (middle > n) | (_log_probability(np.minimum(middle, n), n, share) <= limit)
        low, high = np.where(unlikely, low, middle + 1), np.where(unlikely, middle, high)
        low = np.minimum(low, high)
    return high


def _log_probability(k: Numbers, n: float, share: Numbers) -> Numbers:
    """Return the logarithm of the binomial probability of `k`; minus infinity where it is 0."""
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    log_p: Numbers = ways + xlogy(k, share) + xlog1py(n - k, -share)
    return log_p


def _at_most(k: Numbers, n: float, share: Numbers) -> Numbers:
    """Return the probability of at most `k`, 0 below 0."""
    inside = np.clip(k, 0, n - 1)
    p: Numbers = np.where(k >= n, 1.0, betaincc(inside + 1, n - inside, share))
    return np.where(k < 0, 0.0, p)


def _at_least(k: Numbers, n: float, share: Numbers) -> Numbers:
    """Return the probability of at least `k`, 0 above `n`."""
    inside = np.clip(k, 1, n)
    p: Numbers = np.where(k <= 0, 1.0, betainc(inside, n - inside + 1, share))
    return np.where(k > n, 0.0, p)
