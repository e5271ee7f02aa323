"""The band of chance: bounds of the concentration curve of sites at random residents."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, accept, between
from sixes_geo.measures.base.ranks import ranked, running_share
from sixes_geo.measures.base.thresholds import CONFIDENCE
from sixes_geo.measures.placement.chance import draw_faults

CORNERS = 400
"""Most groups of equal need at which the band is computed."""

CELLS = 2_000_000
"""Sites drawn at a time, to keep memory small."""


def placement_band(
    population: Values,
    rank_by: Values,
    amounts: Values,
    *,
    level: float = CONFIDENCE,
    draws: int = 1999,
    seed: int = 0,
) -> pd.DataFrame:
    """Bounds of the whole concentration curve if each site were placed at a random resident.

    Parameters
    ----------
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where nobody lives.
    amounts
        Amount of each site: 1 each, or docks, or money; not negative, with a positive sum;
        shape ``(m,)``. The places of the sites do not matter here.
    level
        Probability that a random curve is inside the band from end to end, between 0 and 1.
    draws
        Number of random curves.
    seed
        Seed of the random numbers; the same seed gives the same band, in every row order.

    Returns
    -------
    DataFrame
        Columns ``people_share``, ``lower`` and ``upper``: the diagonal minus and plus the same
        width, between 0 and 1. The origin, then a row per distinct need of units with people,
        or for 400 of them if there are more.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, `level` is not between 0
        and 1, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : The test of the area between curve and diagonal.

    Notes
    -----
    The width is the `level` quantile of the largest distance of a random curve from the
    diagonal: the band of Kolmogorov and Smirnov [1]_, simulated instead of tabulated, since
    people are in groups and amounts differ. It holds for the curve as a whole, so it is wider
    than the 95 % interval at each point.

    A curve that leaves the band differs from chance somewhere; its index may still be near 0, if
    the middle gains from both ends. A curve that stays inside may have an index that the test,
    which considers only the area, finds to be more than chance.

    References
    ----------
    .. [1] F. J. Massey, "The Kolmogorov-Smirnov test for goodness of fit", Journal of the
       American Statistical Association 46(253), 68-78, 1951.

    Examples
    --------
    One site, and half of the people in each unit: the curve runs along the bottom or the top.

    >>> import pandas as pd
    >>> band = placement_band(pd.Series([5, 5]), pd.Series([1, 2]), [1])
    >>> band.iloc[1].tolist()
    [0.5, 0.0, 1.0]
    """
    columns = {"population": (population, WEIGHT), "rank_by": (rank_by, NEED)}
    options = [*between("level", level, 0, 1), *draw_faults(draws, seed)]
    amount = accept("placement_band", {"amounts": (amounts, WEIGHT)})["amounts"]
    given = accept("placement_band", columns, options)
    people = ranked(given["population"], given["rank_by"]).people
    grid = running_share(people[people > 0])
    if grid.size > CORNERS + 1:
        grid = grid[np.unique(np.linspace(0, grid.size - 1, CORNERS + 1).round().astype(int))]
    weight = np.sort(amount[amount > 0]) / math.fsum(amount)
    farthest = np.sort(_farthest(grid, weight, draws, np.random.default_rng(seed)))
    width = farthest[min(draws, math.ceil(level * (draws + 1))) - 1]
    return pd.DataFrame(
        {
            "people_share": grid,
            "lower": np.clip(grid - width, 0, 1),
            "upper": np.clip(grid + width, 0, 1),
        }
    )


def _farthest(grid: Numbers, weight: Numbers, draws: int, rng: np.random.Generator) -> Numbers:
    """Return the largest distance of each random curve from the diagonal."""
    share = np.diff(grid)
    equal = bool(np.all(weight == weight[0]))
    cells = share.size if equal else weight.size
    step = max(1, CELLS // cells)
    distances = np.empty(draws)
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        if equal:
            parts = rng.multinomial(weight.size, share, size=rows) / weight.size
        else:
            parts = _group_sums(grid, weight, rows, rng)
        curves = np.cumsum(parts, axis=1)
        distances[start : start + rows] = np.abs(curves - grid[1:]).max(axis=1)
    return distances


def _group_sums(grid: Numbers, weight: Numbers, rows: int, rng: np.random.Generator) -> Numbers:
    """Return the weight in each group, once per row, for sites of different weights."""
    groups = grid.size - 1
    group = np.searchsorted(grid[1:-1], rng.random((rows, weight.size)), side="right")
    flat = (group + np.arange(rows)[:, None] * groups).ravel()
    sums = np.bincount(flat, weights=np.tile(weight, rows), minlength=rows * groups)
    return sums.astype(np.float64).reshape(rows, groups)
