"""How an index is read: verdict, size in words, and whether either hangs on a thread."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import refuse
from sixes_geo.measures.base.thresholds import (
    ALPHA,
    BORDERLINE,
    CLEAR_INDEX,
    EVEN_INDEX,
    STRONG_INDEX,
)

if TYPE_CHECKING:
    from sixes_geo.measures.base.intervals import Interval

Side: TypeAlias = Literal["better_off", "worse_off", "cannot_tell"]
IndexVerdict: TypeAlias = Side | Literal["even"]
Size: TypeAlias = Literal["slightly", "clearly", "strongly"]

ROUNDING = 1e-9
"""A distance this little above a threshold is at it: the rest is rounding."""


def verdict_of_index(p_value: float, interval: Interval, *, expected: float = 0.0) -> IndexVerdict:
    """Tell what an index says: even, more with the better-off, with the worse-off, or nothing.

    Parameters
    ----------
    p_value
        Probability, by chance, of an index at least as far from `expected`; from 0 to 1.
    interval
        95 % interval of the index, low and high.
    expected
        The index that chance gives: 0 for sites at residents, that of the jobs for sites at
        workplaces.

    Returns
    -------
    str
        ``"even"`` if the whole interval lies within 0.05 of `expected`; else ``"better_off"`` or
        ``"worse_off"`` if the p-value is at most 0.05 **and** the interval leaves out `expected`
        on that side; else ``"cannot_tell"``.

    Raises
    ------
    InputError
        If the p-value is not from 0 to 1 or the interval is reversed or missing; all faults at
        once.

    See Also
    --------
    is_borderline : Whether it hangs on a thread.
    size_of : How large the index is, in words.

    Notes
    -----
    An equivalence test by interval inclusion, against a smallest index of interest of 0.05
    (Schuirmann 1987 [1]_; with a 95 % interval, so stricter than two one-sided tests at 5 %).
    It is looked at first: of eleven thousand stops an index of -0.01 is "significant", and
    still tells that they are spread as people are.

    References
    ----------
    .. [1] D. J. Schuirmann, "A comparison of the two one-sided tests procedure and the power
       approach for assessing the equivalence of average bioavailability", Journal of
       Pharmacokinetics and Biopharmaceutics 15(6), 657-680, 1987.

    Examples
    --------
    >>> verdict_of_index(0.001, (-0.02, -0.01)), verdict_of_index(0.001, (0.2, 0.4))
    ('even', 'better_off')
    """
    _accept("verdict_of_index", p_value, interval)
    return verdict_from_chance(p_value, interval[0] - expected, interval[1] - expected)


def is_borderline(p_value: float, interval: Interval, *, expected: float = 0.0) -> bool:
    """Tell whether a verdict would be another one if p or an end of the interval moved by 0.01.

    Parameters
    ----------
    p_value
        Probability, by chance, of an index at least as far from `expected`; from 0 to 1.
    interval
        95 % interval of the index, low and high.
    expected
        The index that chance gives.

    Returns
    -------
    bool
        Whether a threshold that decides is within 0.01: 0.05 of the p-value, `expected` or 0.05
        on either side of it of the interval.

    Raises
    ------
    InputError
        As from `verdict_of_index`.

    See Also
    --------
    verdict_of_index : The verdict that is borderline.

    Notes
    -----
    Thresholds are conventions, and draws leave the second decimal uncertain (Wasserstein and
    Lazar 2016 [1]_: a p-value on one side of a line is no other world than one on its other
    side). A threshold that is near but decides nothing, such as p = 0.055 with an interval far
    across 0, does not count.

    References
    ----------
    .. [1] R. L. Wasserstein, N. A. Lazar, "The ASA statement on p-values: context, process, and
       purpose", The American Statistician 70(2), 129-133, 2016.

    Examples
    --------
    >>> is_borderline(0.045, (0.02, 0.3)), is_borderline(0.001, (0.2, 0.4))
    (True, False)
    """
    _accept("is_borderline", p_value, interval)
    low, high = (end - expected for end in interval)
    step = BORDERLINE + ROUNDING
    moved = product((-step, 0.0, step), repeat=3)
    verdicts = {
        verdict_from_chance(p_value + by_p, low + by_low, high + by_high)
        for by_p, by_low, by_high in moved
        if low + by_low <= high + by_high
    }
    return len(verdicts) > 1


def size_of(index: float, *, expected: float = 0.0) -> Size:
    """Give the word for how far an index is from what chance gives.

    Parameters
    ----------
    index
        The concentration index, from -1 to 1.
    expected
        The index that chance gives.

    Returns
    -------
    str
        ``"slightly"`` below 0.10, ``"clearly"`` from 0.10, ``"strongly"`` from 0.30 on, on
        either side.

    Raises
    ------
    InputError
        If the index is missing or not from -1 to 1.

    See Also
    --------
    verdict_of_index : Which side it is on, if any.

    Notes
    -----
    The bounds are conventions of this project, not of a discipline. Half the index is the
    least share of the sites that would have to go elsewhere for it to be 0, if they could go
    from one end to the other (cf. Koolman and van Doorslaer 2004 [1]_): from 0.10 at least one
    in twenty, from 0.30 at least one in seven.

    References
    ----------
    .. [1] X. Koolman, E. van Doorslaer, "On the interpretation of a concentration index of
       inequality", Health Economics 13(7), 649-656, 2004.

    Examples
    --------
    >>> size_of(0.07), size_of(-0.1), size_of(0.81), size_of(0.5, expected=0.45)
    ('slightly', 'clearly', 'strongly', 'slightly')
    """
    if not abs(index) <= 1 + ROUNDING:
        fields = {"name": "`index`", "found": index, "low": -1, "high": 1}
        refuse("size_of", [Problem("not_between", fields)])
    away = abs(index - expected) + ROUNDING
    if away >= STRONG_INDEX:
        return "strongly"
    return "clearly" if away >= CLEAR_INDEX else "slightly"


def verdict_from_chance(p_value: float, low: float, high: float) -> IndexVerdict:
    """Return the verdict on an interval that is counted from what chance gives."""
    if low >= -EVEN_INDEX and high <= EVEN_INDEX:
        return "even"
    return side_from_chance(p_value, low, high)


def side_from_chance(p_value: float, low: float, high: float) -> Side:
    """Return the side to which sites lean, if p-value and interval agree on one."""
    if p_value > ALPHA or low <= 0 <= high:
        return "cannot_tell"
    return "better_off" if low > 0 else "worse_off"


def _accept(where: str, p_value: float, interval: Interval) -> None:
    """Refuse what is no p-value or no interval."""
    faults = []
    if not 0 <= p_value <= 1:
        fields = {"name": "`p_value`", "found": p_value, "low": 0, "high": 1}
        faults.append(Problem("not_between", fields))
    low, high = interval
    if not (low <= high and math.isfinite(low) and math.isfinite(high)):
        faults.append(Problem("upside_down", {"name": "`interval`", "low": low, "high": high}))
    refuse(where, faults)
