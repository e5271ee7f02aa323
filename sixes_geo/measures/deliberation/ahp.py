"""Analytic hierarchy process: weights from pairwise comparisons, and their consistency."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import Numbers, refuse

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean inconsistency of random comparisons of 1 to 10 items (Saaty 1980, table 1.4)."""

TABLE = 2
"""Dimensions of a table."""

SLACK = 1e-6
"""Tolerance for rounding in reciprocal comparisons."""


class AhpWeights(NamedTuple):
    """Weights that add up to 1, and Saaty's consistency ratio: at most 0.1 is usually accepted."""

    weights: Numbers
    consistency_ratio: float


def ahp_weights(matrix: npt.ArrayLike) -> AhpWeights:
    """Return weights from pairwise comparisons (analytic hierarchy process).

    Parameters
    ----------
    matrix
        ``matrix[i, j]`` is how many times as important item ``i`` is as item ``j``; all positive,
        ``matrix[j, i] = 1 / matrix[i, j]``, 1 on the diagonal; shape ``(n, n)``, up to ten
        items.

    Returns
    -------
    AhpWeights
        Weights in the order of the items, and the consistency ratio (0 for one or two items).

    Raises
    ------
    InputError
        If the matrix is not square or has more than ten items, has values that are not positive,
        or is not reciprocal; all faults at once.

    See Also
    --------
    budget_weights : Weights from dividing a budget, which is easier to explain.

    Notes
    -----
    The principal eigenvector, divided by its sum; with ``l`` its eigenvalue the ratio is
    ``((l - n) / (n - 1)) / RI`` (Saaty 1980 [1]_, ch. 1 and 3). The scale of 1 to 9 is a
    convention; adding an item may reverse the order of others. A low ratio means that a person
    is consistent, not that others agree.

    References
    ----------
    .. [1] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980.

    Examples
    --------
    >>> weights, ratio = ahp_weights([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
    >>> weights.round(6).tolist(), round(ratio, 4)
    ([0.648329, 0.229651, 0.12202], 0.0032)
    """
    table = np.asarray(matrix, dtype=np.float64)
    n = len(table) if table.ndim == TABLE else 0
    if n == 0 or table.shape != (n, n) or n > len(RANDOM_INDEX):
        expected = f"(n, n), n ≤ {len(RANDOM_INDEX)}"
        fields = {"name": "`matrix`", "found": table.shape, "expected": expected}
        refuse("ahp_weights", [Problem("shape", fields)])
    refuse("ahp_weights", _faults(table))
    values, vectors = np.linalg.eig(table)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    index = (values[principal].real - n) / (n - 1) if n > 1 else 0.0
    average = RANDOM_INDEX[n - 1]
    ratio = max(0.0, float(index / average)) if average else 0.0
    return AhpWeights(weights / weights.sum(), ratio)


def _faults(table: Numbers) -> list[Problem]:
    """Return the faults of the comparisons."""
    total = table.size
    bad = ~(np.isfinite(table) & (table > 0))
    if bad.any():
        fields = {"name": "`matrix`", "found": float(table[bad][0])}
        return [Problem("not_positive", fields)]
    apart = np.abs(table * table.T - 1) > SLACK
    if not apart.any():
        return []
    rows = ", ".join(str(row) for row in np.flatnonzero(apart.any(axis=1))[:3])
    fields = {"name": "`matrix`", "bad": int(apart.sum()), "total": total, "units": rows}
    return [Problem("not_reciprocal", fields)]
