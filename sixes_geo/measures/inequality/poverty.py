"""Poverty measures: how many people are below a line, and how far."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sixes_geo.measures.base.checks import PER_HEAD_OR_NOTHING, WEIGHT, Values, accept, positive


class FgtPoverty(NamedTuple):
    """The three measures of Foster, Greer and Thorbecke.

    Parameters
    ----------
    fgt0
        Share of the people below the line.
    fgt1
        The mean gap to the line, as a share of the line; it is 0 for people above the line.
    fgt2
        The mean squared gap, which gives more weight to those far below.
    """

    fgt0: float
    fgt1: float
    fgt2: float


def fgt_poverty(values: Values, population: Values, line: float) -> FgtPoverty:
    """Share of the people below a line, and how far below they are.

    Parameters
    ----------
    values
        The value per head of each unit, such as income or access; not negative; shape ``(n,)``.
        It may be missing where nobody lives.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    line
        The poverty line, in the unit of `values`; above 0.

    Returns
    -------
    FgtPoverty
        ``(fgt0, fgt1, fgt2)``, each from 0 (nobody below) to 1 (everybody has nothing).

    Raises
    ------
    InputError
        If the input is misaligned, missing or negative, nobody lives anywhere, or the line is
        not a positive number; all faults at once.

    See Also
    --------
    gini_index : Inequality among everybody, without a line.

    Notes
    -----
    Foster, Greer and Thorbecke (1984) [1]_, eq. 1: ``sum_i s_i ((z - y_i) / z)^a`` over those
    with ``y_i < z``, for ``a`` of 0, 1 and 2. Everybody in a unit is assumed to have its
    mean: people below the line in a unit above it are not counted.

    References
    ----------
    .. [1] J. Foster, J. Greer, E. Thorbecke, "A class of decomposable poverty measures",
       Econometrica 52(3), 761-766, 1984.

    Examples
    --------
    A quarter of the people have half of what they need:

    >>> import pandas as pd
    >>> tuple(fgt_poverty(pd.Series([5, 20]), pd.Series([10, 30]), line=10))
    (0.25, 0.125, 0.0625)
    """
    columns = {"values": (values, PER_HEAD_OR_NOTHING), "population": (population, WEIGHT)}
    given = accept("fgt_poverty", columns, positive("line", line))
    lived_in = given["population"] > 0
    value, people = given["values"][lived_in], given["population"][lived_in]
    share = people / people.sum()
    gap = np.clip((line - value) / line, 0, None)
    return FgtPoverty(float(share @ (value < line)), float(share @ gap), float(share @ gap**2))
