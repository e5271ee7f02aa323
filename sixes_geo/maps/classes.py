"""Five classes of need with round limits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

CLASSES = 5
DIGITS = 3


@dataclass(frozen=True)
class NeedClasses:
    """Classes of a need, from the most need (0) to the least.

    ``limits`` holds the (lower, upper) value of each class, open where it is missing; ``only``
    the value of a class whose members all share it, else nothing;
    ``member`` the class of each unit, -1 where the need is missing; ``counts`` the units in
    each class.
    """

    limits: tuple[tuple[float | None, float | None], ...]
    only: tuple[float | None, ...]
    member: pd.Series
    counts: tuple[int, ...]
    missing: int


def need_classes(
    need: pd.Series, *, higher_is_better_off: bool, decimals: int = DIGITS
) -> NeedClasses:
    """Sort units into up to five classes of about as many units each.

    Parameters
    ----------
    need
        A figure per unit, missing allowed; shape ``(n,)``.
    higher_is_better_off
        Whether the highest values are the least need.
    decimals
        Decimals with which limits are printed; classes are cut where the printed limits say.

    Returns
    -------
    NeedClasses
        Limits are quantiles rounded to three digits, and units are sorted by the rounded
        limits, so that the legend is true to the letter. Equal values share a class; where
        most values are equal there are fewer classes.
    """
    known = need.dropna().to_numpy(dtype=float)
    breaks = _breaks(known, decimals)
    rising = np.searchsorted(breaks, need.to_numpy(dtype=float), side="right")
    last = len(breaks)
    member = rising if higher_is_better_off else last - rising
    member = np.where(need.isna(), -1, member)
    edges = [None, *[float(value) for value in breaks], None]
    limits = list(pairwise(edges))
    if not higher_is_better_off:
        limits.reverse()
    only = [_only(need[member == nth]) for nth in range(last + 1)]
    counts = np.bincount(member[member >= 0], minlength=last + 1)
    return NeedClasses(
        limits=tuple(limits),
        only=tuple(only),
        member=pd.Series(member, index=need.index),
        counts=tuple(int(count) for count in counts),
        missing=int((member < 0).sum()),
    )


def ramp_for(classes: int, ramp: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many colours as there are classes, including both ends of the ramp."""
    if classes >= len(ramp):
        return ramp
    if classes == 1:
        return (ramp[len(ramp) // 2],)
    positions = np.linspace(0, len(ramp) - 1, classes).round().astype(int)
    return tuple(ramp[position] for position in positions)


def _only(values: pd.Series) -> float | None:
    """Return the value that all units of a class share, if there is one."""
    return float(values.iloc[0]) if len(values) and values.min() == values.max() else None


def _breaks(known: np.ndarray, decimals: int) -> np.ndarray:
    """Return rounded quantiles; a value that fills more than one class gets its own."""
    if not len(known):
        return np.array([], dtype=float)
    values, times = np.unique(known, return_counts=True)
    breaks = _quantiles(known, CLASSES, decimals)
    if len(breaks) < CLASSES - 1 and values[0] == values[times.argmax()] and len(values) > 1:
        rest = known[known > values[0]]
        first = np.ceil(values[1] * 10**decimals) / 10**decimals
        breaks = np.unique(np.r_[first, _quantiles(rest, CLASSES - 1, decimals)])
    inside: np.ndarray = breaks[(breaks > values[0]) & (breaks <= values[-1])]
    return inside


def _quantiles(known: np.ndarray, classes: int, decimals: int) -> np.ndarray:
    """Return the limits between classes of equally many units."""
    inner = np.quantile(known, np.arange(1, classes) / classes)
    return np.unique([round(_rounded(value), decimals) for value in inner])


def _rounded(value: float) -> float:
    """Round to three significant digits."""
    return float(f"{value:.{DIGITS}g}")
