"""Need error: what an index can be, once the need figures may be off by their own limits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    NEED,
    WEIGHT,
    Accepted,
    Numbers,
    Rule,
    Values,
    examine,
    refuse,
    some,
)
from sixes_geo.measures.base.ranks import ranked
from sixes_geo.measures.placement.chance import draw_faults
from sixes_geo.measures.placement.concentration import index_of
from sixes_geo.measures.placement.need_scale import SCALES, Scale, errors_on_scale, scale_fault
from sixes_geo.measures.placement.redraws import NeedWithError, Sites, interval_of, redraws
from sixes_geo.measures.placement.weighted_placement import sites_in_units

NeedErrorMethod: TypeAlias = Literal["reflected", "bounded"]

BEST_OFF = 5
"""Units at the best-off end that a sentence names."""

LIMITS = Rule(negative=True, all_zero=True)
"""Limits of a need: missing where a survey gives none."""

SEEDED = 3
"""Begins the seeds of redraws, so that they are not those of other tests."""


@dataclass(frozen=True)
class NeedError:
    """A concentration index with an interval that carries the error of the need.

    Parameters
    ----------
    index
        The standard concentration index by the need as published.
    interval
        95 % interval of the index by the true need, low and high.
    same_best_off
        Share of the redraws in which the same five units are the best-off; missing where the
        published need does not tell the fifth from the sixth.
    scale
        On which scale errors are taken to be normal: ``"identity"``, ``"log"`` or ``"logit"``.
    asymmetry
        How far figures are from the middle of their limits on that scale, as a share of half
        the distance between them (median over units); 0 where they are symmetric.
    attenuation
        What is left of a rank, on average, once need is drawn with its error: 1 where it is
        exact. The published index has lost as much of the true one. Below about 0.8 an order of
        units says little.
    interval_method
        ``"reflected"``, or ``"bounded"`` where sites are few or nearly all in one place.
    n
        Number of sites.
    without_limits
        Units with people whose need has no limits; it is taken to be exact.
    assumed_cv
        Coefficient of variation that was assumed; none where limits are those of the source.
    draws
        Number of redraws.
    seed
        Seed of the random numbers.
    """

    index: float
    interval: tuple[float, float]
    same_best_off: float
    scale: Scale
    asymmetry: float
    attenuation: float
    interval_method: NeedErrorMethod
    n: int
    without_limits: int
    assumed_cv: float | None
    draws: int
    seed: int


def need_error(  # noqa: PLR0913  (a need comes with its limits)
    provision: Values,
    population: Values,
    need: Values,
    lower: Values | None = None,
    upper: Values | None = None,
    *,
    higher_is_better_off: bool = True,
    unit_of_site: Values | None = None,
    scale: Scale | Literal["auto"] = "auto",
    cv: float | None = None,
    draws: int = 1999,
    seed: int = 0,
) -> NeedError:
    """Give the concentration index an interval that carries the error of the need figures.

    Parameters
    ----------
    provision
        Sites per unit; not negative, with a positive sum; shape ``(n,)``. With `unit_of_site`,
        the amount of each site instead; shape ``(sites,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    need
        The indicator as it is published (an income, a poverty rate), not turned around; shape
        ``(n,)``. It may be missing where there are neither sites nor people.
    lower, upper
        Its 95 % limits, around it; shape ``(n,)``. Missing where there are none: such a need is
        taken to be exact.
    higher_is_better_off
        Whether a higher need figure is better off: true of an income, false of a poverty rate.
    unit_of_site
        The unit of each site, as a label of the index of `population` (or its position), if
        sites have amounts.
    scale
        On which scale errors are normal. ``"auto"`` takes that on which the limits are most
        symmetric, and the simplest of those as good.
    cv
        A coefficient of variation to assume where a survey publishes no limits, such as 0.05 or
        0.10, in place of `lower` and `upper`. It must be said to be an assumption.
    draws
        Number of redraws.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    NeedError
        Index, interval, how often the five best-off units are the same, and the scale.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, a need is outside its
        limits, a scale cannot hold the figures, both limits and `cv` are given or neither, a site
        is in an unknown unit, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : The index with an interval that takes need as exact.

    Notes
    -----
    Each redraw draws the needs from their errors, independently and normally on `scale`, ranks
    the units again, and resamples the sites. The published need already holds its error once: it
    scatters the order of units, which pulls the index towards 0, and each redraw pulls it once
    more. Percentiles of the redraws would count the error twice. The interval is therefore
    the reflected one, ``2 C - q`` for the 97.5 % and 2.5 % quantiles ``q`` of the redraws (the
    basic bootstrap interval, Davison and Hinkley 1997 [1]_, sec. 5.2), cut to what is possible.
    Two things make it hold: needs are drawn together to the spread that is left without their
    errors before they are redrawn (their order stays), so that a redraw scatters the order as
    much as the error did; and, as the correction stretches the index by ``2 - a``, with `a` the
    attenuation, it stretches the interval around its middle as well. How often it holds the true
    index is counted in ``docs/methods.md``.

    With fewer than 30 sites, or fewer than 10 outside the fullest unit, the sites are not
    resampled: they get the weights of Gaffke's bound, as in `placement_test`, and each unit has
    its rank reflected, ``2 R - R*``. That interval is wider than needed rather than narrower.

    Errors of neighbouring units are taken to be independent, and limits to say all there is: a
    model's bias, or a need that has changed since, is not in them. The share of redraws with the
    same five best-off units is no probability: each redraw scatters the published order once
    more (on how little the ends of a ranking are known see Goldstein and Spiegelhalter 1996
    [2]_).

    References
    ----------
    .. [1] A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application",
       Cambridge University Press, 1997.
    .. [2] H. Goldstein, D. J. Spiegelhalter, "League tables and their limitations: statistical
       issues in comparisons of institutional performance", Journal of the Royal Statistical
       Society A 159(3), 385-443, 1996.

    Examples
    --------
    Forty sites, most of them in the two best-off of six equal units; poverty is known within two
    points of a hundred, so the order of neighbours in the ranking is uncertain:

    >>> import pandas as pd
    >>> poverty = pd.Series([30.0, 25.0, 20.0, 15.0, 12.0, 10.0])
    >>> sites, people = pd.Series([2, 3, 5, 5, 10, 15]), pd.Series([1] * 6)
    >>> result = need_error(
    ...     sites, people, poverty, poverty - 2, poverty + 2, higher_is_better_off=False
    ... )
    >>> round(result.index, 3), result.scale, result.interval[0] > 0
    (0.358, 'identity', True)
    """
    given, sites, problems = _accept(provision, population, need, unit_of_site)
    options = [*_error_faults(lower, upper, cv), *draw_faults(draws, seed)]
    if scale not in ("auto", *get_args(Scale)):
        options.append(scale_fault(scale, SCALES))
    limits = (np.empty(0), np.empty(0))
    if lower is not None and upper is not None:
        limits, more = _limits(given, need, lower, upper)
        options += more
    refuse("need_error", [*problems, *options])
    if cv is not None:
        refuse("need_error", some("negative", "need", given["need"] < 0, given.index))
    taken, middle, error, skew = errors_on_scale(given["need"], limits, scale, cv)
    middle = middle if higher_is_better_off else -middle
    people = given["population"]
    sites = sites.in_order(middle, people)
    amount = sites.by_unit(people.size)
    observed = ranked(people, middle, amount)
    index = index_of(observed)
    units = NeedWithError.of(people, middle, error, amount).drawn_together()
    rng = np.random.default_rng([seed, SEEDED])
    standing = observed.relative_rank[observed.group[sites.unit]]
    drawn = redraws(units, sites, standing, draws, rng)
    kept = drawn.attenuation(observed.relative_rank[observed.group], people, units.group)
    interval = interval_of(
        index, drawn, units.possible, attenuation=kept if sites.resampled else None
    )
    return NeedError(
        index=index,
        interval=interval,
        same_best_off=_same_best_off(units, people, middle, draws, rng),
        scale=taken,
        asymmetry=skew,
        attenuation=kept,
        interval_method="reflected" if sites.resampled else "bounded",
        n=sites.n,
        without_limits=int(((error == 0) & (people > 0)).sum()),
        assumed_cv=cv,
        draws=draws,
        seed=seed,
    )


def _error_faults(lower: Values | None, upper: Values | None, cv: float | None) -> list[Problem]:
    """Return the faults in how the error is given: by both limits, or by an assumption."""
    if cv is None:
        missing = [f"`{n}`" for n, one in (("lower", lower), ("upper", upper)) if one is None]
        return [Problem("left_out", {"names": ", ".join(missing)})] if missing else []
    if lower is not None or upper is not None:
        return [Problem("unused", {"name": "`cv`", "other": "`lower`", "found": "…"})]
    return [] if cv > 0 else [Problem("not_positive", {"name": "`cv`", "found": cv})]


def _accept(
    provision: Values, population: Values, need: Values, unit_of_site: Values | None
) -> tuple[Accepted, Sites, list[Problem]]:
    """Return units, and sites as blocks to resample, with all faults."""
    columns = {"population": (population, WEIGHT), "need": (need, NEED)}
    nothing = np.empty(0)
    if unit_of_site is None:
        given, problems = examine({"provision": (provision, WEIGHT), **columns})
        if problems:
            return given, Sites(0, nothing, nothing, np.empty(0, dtype=np.intp)), problems
        number = given["provision"]
        unit = np.flatnonzero(number > 0)
        n = max(1, round(number.sum()))
        return given, Sites(n, number[unit], np.ones(unit.size), unit), []
    sites, unit, given, problems = sites_in_units(
        {"provision": (provision, WEIGHT)}, unit_of_site, columns
    )
    if problems:
        return given, Sites(0, nothing, nothing, unit), problems
    amount = sites["provision"]
    filled = np.flatnonzero(amount > 0)
    return given, Sites(filled.size, np.ones(filled.size), amount[filled], unit[filled]), []


def _limits(
    given: Accepted, need: Values, lower: Values, upper: Values
) -> tuple[tuple[Numbers, Numbers], list[Problem]]:
    """Return the limits, and their faults: not those of the need, or not around it."""
    columns = {"need": (need, NEED), "lower": (lower, LIMITS), "upper": (upper, LIMITS)}
    limits, problems = examine(columns)
    problems = [one for one in problems if one.kind != "missing"]
    if problems or len(limits.index) != len(given.index):
        return (np.empty(0), np.empty(0)), problems
    low, middle, high = limits["lower"], limits["need"], limits["upper"]
    outside = (low > middle) | (high < middle)
    return (low, high), some("outside_limits", "need", outside, limits.index)


def _same_best_off(
    units: NeedWithError, people: Numbers, middle: Numbers, draws: int, rng: np.random.Generator
) -> float:
    """Return how often redraws have the same best-off units; missing if two tie for the last."""
    lived_in = np.flatnonzero((people > 0) & ~np.isnan(middle))
    order = lived_in[np.argsort(-middle[lived_in], kind="stable")]
    if order.size > BEST_OFF and middle[order[BEST_OFF - 1]] == middle[order[BEST_OFF]]:
        return math.nan
    chosen = np.zeros(units.people.size, dtype=bool)
    chosen[units.group[order[:BEST_OFF]]] = True
    return units.stays_above(chosen, draws, rng)
