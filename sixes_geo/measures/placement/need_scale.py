"""The scale on which the errors of need figures are normal: that on which their limits are even."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy.special import logit, ndtri

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import refuse
from sixes_geo.measures.base.thresholds import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sixes_geo.measures.base.checks import Flags, Numbers

Scale: TypeAlias = Literal["identity", "log", "logit"]
"""On which scale errors are normal."""

SCALES: tuple[Scale, ...] = ("identity", "log", "logit")

AS_SYMMETRIC = 0.01
"""A simpler scale is taken if its limits are this nearly as symmetric as on the best one."""

Z = float(ndtri((1 + CONFIDENCE) / 2))
"""Standard errors from a figure to its limits."""


def on_scale(scale: Scale, values: Numbers, cap: float) -> Numbers:
    """Return values on a scale; infinite or missing where it cannot hold them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "log":
            return np.log(values)
        return np.asarray(logit(values / cap)) if scale == "logit" else values


def cap_of(upper: Numbers) -> float:
    """Return the most a share can be: 1, or 100 where figures are per cent."""
    return 1.0 if np.nanmax(upper, initial=0.0) <= 1 else 100.0


def cut_below(lower: Numbers) -> Flags:
    """Tell which lower limits are 0: cut off there, since nothing is less."""
    cut: Flags = lower == 0
    return cut


def cut_above(upper: Numbers, cap: float) -> Flags:
    """Tell which upper limits are all there can be."""
    cut: Flags = upper == cap
    return cut


def asymmetry(scale: Scale, need: Numbers, lower: Numbers, upper: Numbers) -> float:
    """Return how far the figures are from the middle of their limits, of half their distance."""
    cap = cap_of(upper)
    middle, low, high = (on_scale(scale, one, cap) for one in (need, lower, upper))
    if not np.isfinite([middle, low, high]).all():
        return math.inf
    width = high - low
    wide = (width > 0) & ~(cut_below(lower) | cut_above(upper, cap))
    if not wide.any():
        return 0.0
    return float(np.median(np.abs(high + low - 2 * middle)[wide] / width[wide]))


def symmetric_scale(need: Numbers, lower: Numbers, upper: Numbers) -> Scale:
    """Return the scale on which limits are most symmetric, the simplest of those as good."""
    found = [asymmetry(scale, need, lower, upper) for scale in SCALES]
    return next(
        scale for scale, one in zip(SCALES, found, strict=True) if one <= min(found) + AS_SYMMETRIC
    )


def errors_on_scale(
    need: Numbers, limits: tuple[Numbers, Numbers], scale: str, cv: float | None
) -> tuple[Scale, Numbers, Numbers, float]:
    """Return the scale, needs on it with their standard errors, and how skew limits are there."""
    if cv is not None:
        spread = math.sqrt(math.log1p(cv**2))
        logs = np.log(np.where(need > 0, need, 1.0))
        middle = np.where(need > 0, logs, np.where(need == 0, logs.min() - 1.0, np.nan))
        return "log", middle, np.where(need > 0, spread, 0.0), 0.0
    lower, upper = limits
    both = ~(np.isnan(need) | np.isnan(lower) | np.isnan(upper))
    whole = (need[both], lower[both], upper[both])
    taken: Scale = (
        symmetric_scale(*whole) if scale == "auto" else next(one for one in SCALES if one == scale)
    )
    skew = asymmetry(taken, *whole)
    if not math.isfinite(skew):
        fitting = [one for one in SCALES if asymmetry(one, *whole) < math.inf]
        refuse("need_error", [scale_fault(scale, fitting)])
    cap = cap_of(whole[2])
    middle = on_scale(taken, need, cap)
    error = np.zeros(need.size)
    error[both] = _standard_error(taken, *whole, cap)
    return taken, middle, error, skew


def _standard_error(
    scale: Scale, need: Numbers, lower: Numbers, upper: Numbers, cap: float
) -> Numbers:
    """Return standard errors from limits; where one is cut off, from the other alone."""
    middle, low, high = (on_scale(scale, one, cap) for one in (need, lower, upper))
    below, above = cut_below(lower), cut_above(upper, cap)
    half = np.where(below & ~above, high - middle, (high - low) / 2)
    half = np.where(above & ~below, middle - low, half)
    errors: Numbers = half / Z
    return errors


def scale_fault(found: str, allowed: Sequence[str]) -> Problem:
    """Return the fault of a scale that does not exist or cannot hold the figures."""
    fields = {"name": "`scale`", "found": found, "allowed": ", ".join(("auto", *allowed))}
    return Problem("choice", fields)
