"""Votes: dot votes, budgets and rankings, and how far people agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import COUNT, Numbers, Values, accept, refuse
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.thresholds import LEAST_PEOPLE_AND_OPTIONS
from sixes_geo.measures.placement.chance import draw_faults

TABLE = 2
"""Dimensions of a table."""


class KendallW(NamedTuple):
    """How far people agree in their rankings.

    ``w`` is between 0 (no agreement) and 1 (all rankings are the same); ``p_value`` is the
    probability of at least as much agreement if everybody ranked at random.
    """

    w: float
    p_value: float
    people: int
    options: int

    def __float__(self) -> float:
        """Return the coefficient."""
        return self.w


def kendall_w(ranks: npt.ArrayLike, *, draws: int = 9999, seed: int = 0) -> KendallW:
    """Kendall's W: how far people agree in ranking the same options.

    Parameters
    ----------
    ranks
        A row per person, a column per option: its rank, or any figure by which the person orders
        the options; none missing; shape ``(people, options)``, at least two of each.
    draws
        Number of permutations of the rankings for the p-value.
    seed
        Seed of the random numbers.

    Returns
    -------
    KendallW
        Coefficient, p-value, people and options.

    Raises
    ------
    InputError
        If the table is smaller than two by two, figures are missing, or everybody ties all
        options; all faults at once.

    See Also
    --------
    rank_frequency : How many people gave each option each rank.

    Notes
    -----
    ``W = 12 S / (m^2 (n^3 - n) - m sum T)``, with ``S`` the squared deviations of the rank sums
    and ``T = sum (t^3 - t)`` over the ties of each person (Kendall and Babington Smith 1939
    [1]_; ties after Kendall and Gibbons 1990 [2]_, ch. 6). The p-value permutes each person's
    ranks, ``(1 + #{W* >= W}) / (draws + 1)``.

    Agreement about ranks is not agreement about reasons, and a high W among a few people in a
    room says nothing about those who are not there.

    References
    ----------
    .. [1] M. G. Kendall, B. Babington Smith, "The problem of m rankings", Annals of
       Mathematical Statistics 10(3), 275-287, 1939.
    .. [2] M. G. Kendall, J. D. Gibbons, "Rank Correlation Methods", 5th ed., Arnold, 1990.

    Examples
    --------
    >>> rankings = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 5, 4, 6], [1, 3, 2, 4, 6, 5]]
    >>> round(float(kendall_w(rankings)), 9)
    0.873015873
    """
    table = _table("kendall_w", "ranks", ranks, draw_faults(draws, seed))
    m, n = table.shape
    rankings = pd.DataFrame(table).rank(axis=1).to_numpy()
    ties = sum(_ties(row) for row in rankings)
    scale = m * m * (n**3 - n) - m * ties
    if scale <= TIE:
        refuse("kendall_w", [Problem("constant", {"name": "`ranks`", "total": n})])
    w = 12 * float(_spread(rankings.sum(axis=0))) / scale
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.broadcast_to(rankings, (draws, m, n)).copy(), axis=2)
    permuted = 12 * _spread(shuffled.sum(axis=1)) / scale
    p_value = (1 + int((permuted >= w - TIE).sum())) / (draws + 1)
    return KendallW(w, p_value, m, n)


def budget_weights(tables: npt.ArrayLike | pd.DataFrame) -> pd.DataFrame:
    """Return what people would give each option of a budget: the mean share and its spread.

    Parameters
    ----------
    tables
        A row per person, a column per option: the points or money given to it; not negative,
        each row with a positive sum; shape ``(people, options)``.

    Returns
    -------
    DataFrame
        A row per option: ``weight`` (mean share, adding up to 1), ``sd`` (over people, divisor
        n - 1; missing for one person), ``lowest``, ``median`` and ``highest`` share.

    Raises
    ------
    InputError
        If it is no table, or has missing or negative figures or a row of zeros; all faults at
        once.

    Notes
    -----
    Each person's row is divided by its sum, so that everybody has the same weight (constant-sum
    allocation, Torgerson 1958 [1]_, ch. 5). The mean of two opposing groups is nobody's opinion:
    show the spread as well.

    References
    ----------
    .. [1] W. S. Torgerson, "Theory and Methods of Scaling", Wiley, 1958.

    Examples
    --------
    >>> budget_weights([[50, 50], [20, 80]])["weight"].tolist()
    [0.35, 0.65]
    """
    values = _table("budget_weights", "tables", tables, (), least=1)
    bad = (values < 0).any(axis=1) | ~(values.sum(axis=1) > 0)
    if bad.any():
        rows = ", ".join(str(row) for row in np.flatnonzero(bad)[:3])
        fields = {"name": "`tables`", "bad": int(bad.sum()), "total": len(values), "units": rows}
        refuse("budget_weights", [Problem("negative", fields)])
    shares = values / values.sum(axis=1, keepdims=True)
    options = tables.columns if isinstance(tables, pd.DataFrame) else range(values.shape[1])
    many = len(shares) > 1
    return pd.DataFrame(
        {
            "weight": shares.mean(axis=0),
            "sd": shares.std(axis=0, ddof=1) if many else np.nan,
            "lowest": shares.min(axis=0),
            "median": np.median(shares, axis=0),
            "highest": shares.max(axis=0),
        },
        index=pd.Index(options),
    )


def dot_votes(votes: Values) -> pd.DataFrame:
    """Return the count, share and rank of each option, from its dots.

    Parameters
    ----------
    votes
        Dots per option, whole numbers, with a positive sum; shape ``(n,)``.

    Returns
    -------
    DataFrame
        On the index of the input: ``votes``, ``share`` and ``place`` (1 for the most votes; tied
        options share the better place).

    Raises
    ------
    InputError
        If dots are missing, negative or not whole numbers, or there are none; all faults at
        once.

    Notes
    -----
    A plain count (multivoting, Delbecq, Van de Ven and Gustafson 1975 [1]_, ch. 3): it does not
    show how many people put all their dots on one option, nor what they think of the others.

    References
    ----------
    .. [1] A. L. Delbecq, A. H. Van de Ven, D. H. Gustafson, "Group Techniques for Program
       Planning", Scott Foresman, 1975.

    Examples
    --------
    >>> dot_votes([6, 2, 2])["place"].tolist()
    [1, 2, 2]
    """
    given = accept("dot_votes", {"votes": (votes, COUNT)})
    counts = pd.Series(given["votes"], index=given.index)
    place = counts.rank(method="min", ascending=False).astype(int)
    return pd.DataFrame({"votes": counts, "share": counts / counts.sum(), "place": place})


def rank_frequency(ranks: npt.ArrayLike | pd.DataFrame) -> pd.DataFrame:
    """Return how many people gave each option each rank.

    Parameters
    ----------
    ranks
        A row per person, a column per option: any figure by which the person orders the options,
        the lowest first; none missing; shape ``(people, options)``, at least two of each.

    Returns
    -------
    DataFrame
        A row per option, a column per rank from 1; tied options share the better rank.

    Raises
    ------
    InputError
        If the table is smaller than two by two, or figures are missing.

    See Also
    --------
    kendall_w : How far people agree, in one figure.

    Notes
    -----
    The distribution behind every mean of ranks (Marden 1995 [1]_, ch. 1): it shows two opposing
    groups as two peaks, which a mean hides.

    References
    ----------
    .. [1] J. I. Marden, "Analyzing and Modeling Rank Data", Chapman & Hall, 1995.

    Examples
    --------
    >>> rank_frequency([[1, 2], [1, 2], [2, 1]]).to_numpy().tolist()
    [[2, 1], [1, 2]]
    """
    table = _table("rank_frequency", "ranks", ranks, ())
    options = ranks.columns if isinstance(ranks, pd.DataFrame) else range(table.shape[1])
    rankings = pd.DataFrame(table).rank(axis=1, method="min").astype(int).to_numpy()
    possible = np.arange(1, table.shape[1] + 1)
    counts = (rankings[:, :, None] == possible).sum(axis=0)
    return pd.DataFrame(counts, index=pd.Index(options), columns=possible)


def _ties(row: Numbers) -> float:
    """Return the correction for the ties of one person."""
    _, counts = np.unique(row, return_counts=True)
    return float((counts**3 - counts).sum())


def _spread(sums: Numbers) -> Numbers:
    """Return the squared deviations of rank sums from their mean, along the last axis."""
    deviations = sums - sums.mean(axis=-1, keepdims=True)
    squares: Numbers = (deviations**2).sum(axis=-1)
    return squares


def _table(
    where: str,
    name: str,
    values: npt.ArrayLike | pd.DataFrame,
    options: list[Problem] | tuple[()],
    least: int = LEAST_PEOPLE_AND_OPTIONS,
) -> Numbers:
    """Return a table as an array, or raise one error with every fault."""
    table = np.asarray(values, dtype=np.float64)
    faults = list(options)
    if table.ndim != TABLE or min(table.shape) < least:
        expected = f"({least}+, {least}+)"
        fields: dict[str, object] = {
            "name": f"`{name}`",
            "found": table.shape,
            "expected": expected,
        }
        faults.append(Problem("shape", fields))
    elif not np.isfinite(table).all():
        bad = ~np.isfinite(table).all(axis=1)
        rows = ", ".join(str(row) for row in np.flatnonzero(bad)[:3])
        fields = {"name": f"`{name}`", "bad": int(bad.sum()), "total": len(table), "units": rows}
        faults.append(Problem("missing", fields))
    refuse(where, faults)
    return table
