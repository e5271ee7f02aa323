"""Difference of the index: whether a network moved to the better-off or the worse-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, examine, refuse, some
from sixes_geo.measures.base.intervals import percentiles
from sixes_geo.measures.base.ranks import ranked
from sixes_geo.measures.base.thresholds import LEAST_SITES_FOR_CHANGE
from sixes_geo.measures.placement.chance import draw_faults, resampler

if TYPE_CHECKING:
    from sixes_geo.measures.base.checks import Accepted

Move: TypeAlias = Literal["to_better_off", "to_worse_off", "cannot_tell"]

CELLS = 2_000_000
"""Counts drawn at a time, to keep memory small."""


@dataclass(frozen=True)
class IndexDifference:
    """The difference between the concentration indices of a network at two dates.

    Parameters
    ----------
    before, after
        The index at each date, over sites in ranked units.
    difference
        `after` less `before`: above 0 where the network moved towards the better-off.
    interval
        95 % interval of the difference, low and high.
    n_before, n_after, n_kept
        Number of sites at each date, and at both.
    verdict
        ``"to_better_off"`` or ``"to_worse_off"`` if the interval excludes 0 and both dates have
        at least ten sites; else ``"cannot_tell"``.
    draws
        Number of resamplings.
    seed
        Seed of the resampling.
    """

    before: float
    after: float
    difference: float
    interval: tuple[float, float]
    n_before: int
    n_after: int
    n_kept: int
    verdict: Move
    draws: int
    seed: int


def index_difference(
    unit_before: pd.Series[Any],
    unit_after: pd.Series[Any],
    population: Values,
    rank_by: Values,
    *,
    draws: int = 1999,
    seed: int = 0,
) -> IndexDifference:
    """Compare the concentration index of a network at two dates, by the same need.

    Parameters
    ----------
    unit_before, unit_after
        The unit of each site, on labels of the sites: a label in both is a kept site, in one of
        them a lost or gained site; shapes ``(m,)`` and ``(k,)``, labels unique, none missing.
    population
        Residents per unit, in persons, on the units' ids; not negative, with a positive total;
        shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off; shape ``(n,)``, on the same
        ids. Only its order is used. It may be missing where there are neither sites nor people.
    draws
        Number of resamplings.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    IndexDifference
        Both indices, their difference and its interval. Swapping the dates flips the signs.

    Raises
    ------
    InputError
        If sites are in unknown units or in units without need, labels repeat, a date has no site,
        people are missing or negative, `draws` is below 1 or `seed` below 0.

    See Also
    --------
    placement_test : The test of one date against chance.

    Notes
    -----
    Sites are resampled with both of their dates, so that sites that did not change add no
    uncertainty (paired bootstrap, percentile interval: Efron and Tibshirani 1993 [1]_, ch. 8 and
    13). Both dates are ranked by the same need of the same year, so the difference is due to the
    network, not to the city.

    The caller decides which sites are the same. Sites are assumed to be independent; if whole
    neighbourhoods get sites at once, the interval is too narrow. The difference does not say why
    a network moved.

    References
    ----------
    .. [1] B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", Chapman & Hall, 1993.

    Examples
    --------
    Ten sites in the poorer half are kept, and ten are added in the richer half:

    >>> import pandas as pd
    >>> people, need = pd.Series([5, 5], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"])
    >>> before = pd.Series(["a"] * 10)
    >>> after = pd.Series(["a"] * 10 + ["b"] * 10)
    >>> result = index_difference(before, after, people, need)
    >>> result.before, result.after, result.n_kept, result.verdict
    (-0.5, 0.0, 10, 'to_better_off')
    """
    units, problems = examine({"population": (population, WEIGHT), "rank_by": (rank_by, NEED)})
    dates = {"unit_before": unit_before, "unit_after": unit_after}
    for name, sites in dates.items():
        problems += _site_faults(name, sites, units)
    refuse("index_difference", [*problems, *draw_faults(draws, seed)])
    merged = ranked(units["population"], units["rank_by"])
    relative_rank = pd.Series(merged.relative_rank[merged.group], index=units.index)
    both = pd.DataFrame({name: sites.map(relative_rank) for name, sites in dates.items()})
    pairs = both.groupby(list(both), dropna=False).size()
    places = pairs.index.to_frame().to_numpy(dtype=np.float64)
    times: Numbers = pairs.to_numpy().astype(np.float64)
    before, after = (float(index) for index in _indices(times.reshape(1, -1), places)[0])
    drawn = _resampled(times, places, draws, seed)
    low, high = percentiles(drawn[:, 1] - drawn[:, 0])
    n_before, n_after = len(unit_before), len(unit_after)
    enough = min(n_before, n_after) >= LEAST_SITES_FOR_CHANGE
    return IndexDifference(
        before=before,
        after=after,
        difference=after - before,
        interval=(low, high),
        n_before=n_before,
        n_after=n_after,
        n_kept=int(both.notna().all(axis=1).sum()),
        verdict=_move(low, high) if enough else "cannot_tell",
        draws=draws,
        seed=seed,
    )


def _move(low: float, high: float) -> Move:
    """Return the side to which a network moved, if the interval excludes 0."""
    if low <= 0 <= high:
        return "cannot_tell"
    return "to_better_off" if low > 0 else "to_worse_off"


def _site_faults(name: str, sites: pd.Series[Any], units: Accepted) -> list[Problem]:
    """Return the faults of the sites of one date."""
    if sites.empty:
        return [Problem("empty", {"name": f"`{name}`"})]
    labels = sites.index
    unknown = (~sites.isin(units.index) & sites.notna()).to_numpy()
    problems = some("duplicate_labels", name, labels.duplicated(), labels)
    problems += some("missing", name, sites.isna().to_numpy(), labels)
    problems += some("unknown_site_unit", name, unknown, labels)
    if units.index.is_unique and "rank_by" in units.arrays and not unknown.any():
        needless = units.index[:0]
        if len(units["rank_by"]) == len(units.index):
            needless = units.index[np.isnan(units["rank_by"])]
        problems += some("missing", "rank_by", sites.isin(needless).to_numpy(), labels)
    return problems


def _indices(times: Numbers, places: Numbers) -> Numbers:
    """Return both indices for each row of ``times``, the counts of each pair of ranks."""
    known = ~np.isnan(places)
    sums = times @ np.where(known, places, 0.0)
    counts = times @ known.astype(np.float64)
    means: Numbers = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    return means


def _resampled(times: Numbers, places: Numbers, draws: int, seed: int) -> Numbers:
    """Return both indices of each resampling that has sites at both dates."""
    rng, n = resampler(seed), int(times.sum())
    step = max(1, CELLS // times.size)
    parts = [
        _indices(rng.multinomial(n, times / n, size=min(step, draws - start)).astype(float), places)
        for start in range(0, draws, step)
    ]
    drawn = np.concatenate(parts)
    return drawn[~np.isnan(drawn).any(axis=1)]
