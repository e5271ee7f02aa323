"""How far two people agree who sort the same things into kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import refuse


class CohenKappa(NamedTuple):
    """How far two coders agree.

    ``kappa`` is 1 where they agree on all, 0 where no more than chance would have it, below 0
    where less; missing where chance alone would make them agree on everything. ``observed`` and
    ``expected`` are the shares on which they agree and would by chance, ``n`` how many things
    both have coded.
    """

    kappa: float
    observed: float
    expected: float
    n: int

    def __float__(self) -> float:
        """Return the coefficient."""
        return self.kappa


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> CohenKappa:
    """Cohen's kappa: agreement of two coders beyond what chance would give.

    Parameters
    ----------
    first, second
        The kind into which either coder sorts each thing, in the same order; shape ``(n,)``,
        at least one. Kinds have no order: all disagreements weigh the same.

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
    kendall_w : Where several people put things in order.

    Notes
    -----
    ``kappa = (p_o - p_e) / (1 - p_e)``, with ``p_o`` the share on which both agree and ``p_e =
    sum_k a_k b_k`` over the shares in which either uses kind ``k`` (Cohen 1960 [1]_, eq. 1).
    Where both use one and the same kind throughout, ``p_e`` is 1 and there is no coefficient.

    It depends on how common the kinds are: with rare ones it can be low though both agree on
    nearly all. Of a few things it says little; no limit makes a value "good".

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational and
       Psychological Measurement 20(1), 37-46, 1960.

    Examples
    --------
    They agree on three of four, where chance would have it on half:

    >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "yes", "no", "yes"])
    CohenKappa(kappa=0.5, observed=0.75, expected=0.5, n=4)
    """
    n = len(first)
    problems = [Problem("empty", {"name": "`first`"})] if not n else []
    if n != len(second):
        fields = {"name": "`second`", "found": len(second), "other": "`first`", "expected": n}
        problems.append(Problem("length", fields))
    refuse("cohen_kappa", problems)
    observed = sum(one == other for one, other in zip(first, second, strict=True)) / n
    of_first, of_second = Counter(first), Counter(second)
    expected = sum(times * of_second[kind] for kind, times in of_first.items()) / n**2
    kappa = (observed - expected) / (1 - expected) if expected < 1 else float("nan")
    return CohenKappa(kappa, observed, expected, n)
