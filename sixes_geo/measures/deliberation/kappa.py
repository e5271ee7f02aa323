"""Cohen's kappa: how far two coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import refuse


class CohenKappa(NamedTuple):
    """How far two coders agree.

    ``kappa`` is 1 if they agree on everything, 0 if they agree as much as by chance, negative if
    less; missing if they would agree on everything by chance. ``observed`` and ``expected`` are
    the shares of items on which they agree, and would by chance; ``n`` is the number of items.
    """

    kappa: float
    observed: float
    expected: float
    n: int

    def __float__(self) -> float:
        """Return the coefficient."""
        return self.kappa


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> CohenKappa:
    """Cohen's kappa: agreement of two coders beyond chance.

    Parameters
    ----------
    first, second
        The category that each coder assigns to each item, in the same order; shape ``(n,)``, at
        least one. Categories have no order: all disagreements count the same.

    Returns
    -------
    CohenKappa
        Coefficient, observed and expected agreement, and n.

    Raises
    ------
    InputError
        If the two differ in length or are empty.

    See Also
    --------
    kendall_w : Agreement of several people who rank items.

    Notes
    -----
    ``kappa = (p_o - p_e) / (1 - p_e)``, with ``p_o`` the share on which both agree and ``p_e =
    sum_k a_k b_k`` over the shares with which each uses category ``k`` (Cohen 1960 [1]_, eq. 1).
    If both use the same category throughout, ``p_e`` is 1 and the coefficient is undefined.

    Kappa depends on how common the categories are: with rare ones it can be low although both
    agree on nearly everything. For few items it says little; no threshold makes a value "good".

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational and
       Psychological Measurement 20(1), 37-46, 1960.

    Examples
    --------
    They agree on three of four items, and would by chance on half:

    >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "yes", "no", "yes"])
    CohenKappa(kappa=0.5, observed=0.75, expected=0.5, n=4)
    """
    n = len(first)
    problems = [Problem("empty", {"name": "`first`"})] if not n else []
    if n != len(second):
        fields = {"name": "`second`", "found": len(second), "other": "`first`", "expected": n}
        problems.append(Problem("length", fields))
    refuse("cohen_kappa", problems)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    first_counts, second_counts = Counter(first), Counter(second)
    expected = sum(count * second_counts[kind] for kind, count in first_counts.items()) / n**2
    kappa = (observed - expected) / (1 - expected) if expected < 1 else float("nan")
    return CohenKappa(kappa, observed, expected, n)
