"""The band of chance: within what bounds a concentration curve runs if sites fall on residents."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import NEED, WEIGHT, Numbers, Values, accept, between
from sixes_geo.measures.base.ranks import ranked, running_share
from sixes_geo.measures.base.thresholds import CONFIDENCE
from sixes_geo.measures.placement.placement import draw_faults

CORNERS = 400
"""With more groups of equal need than this the band is worked out at so many of them."""

CELLS = 2_000_000
"""Sites thrown at a time, so that memory stays small however many there are."""


def placement_band(
    population: Values,
    rank_by: Values,
    amounts: Values,
    *,
    level: float = CONFIDENCE,
    draws: int = 1999,
    seed: int = 0,
) -> pd.DataFrame:
    """Bounds of the whole concentration curve if each site fell on a resident at random.

    Parameters
    ----------
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.
    rank_by
        What the units are ranked by, higher meaning better off (an income; minus a poverty
        rate); shape ``(n,)``. Only its order is used. It may be missing where nobody lives.
    amounts
        What each site holds: 1 each, or docks, or money; not negative, with a positive sum;
        shape ``(m,)``. Where the sites stand does not matter here.
    level
        How often a curve of chance lies inside from end to end, between 0 and 1.
    draws
        How often the sites are thrown.
    seed
        Start of the random numbers; the same seed gives the same band, in every row order.

    Returns
    -------
    DataFrame
        Columns ``people_share``, ``lower`` and ``upper``: the diagonal less and plus one and
        the same width, between 0 and 1. From the origin, a row per distinct need of units with
        people, or at 400 of them where there are more.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero, `level` is not between 0
        and 1, `draws` is below 1 or `seed` below 0; all faults at once.

    See Also
    --------
    placement_test : The test that goes with it, of the area between curve and diagonal.

    Notes
    -----
    The width is the `level` quantile of the largest distance of a random curve from the
    diagonal: the band of Kolmogorov and Smirnov [1]_, drawn instead of looked up, since people
    come in groups and amounts are lumpy. It holds for the curve as a whole: it is wider than
    what each point of it by itself would do in 95 of 100 cases.

    A curve that leaves the band differs from chance somewhere; its index may still be near 0,
    where the middle gains from both ends. One that stays inside may have an index that the
    test, which looks at the area alone, finds to be more than chance.

    References
    ----------
    .. [1] F. J. Massey, "The Kolmogorov-Smirnov test for goodness of fit", Journal of the
       American Statistical Association 46(253), 68-78, 1951.

    Examples
    --------
    One site, half of the people on either side: its curve runs along the bottom or the top.

    >>> import pandas as pd
    >>> band = placement_band(pd.Series([5, 5]), pd.Series([1, 2]), [1])
    >>> band.iloc[1].tolist()
    [0.5, 0.0, 1.0]
    """
    columns = {"population": (population, WEIGHT), "rank_by": (rank_by, NEED)}
    options = [*between("level", level, 0, 1), *draw_faults(draws, seed)]
    held = accept("placement_band", {"amounts": (amounts, WEIGHT)})["amounts"]
    given = accept("placement_band", columns, options)
    people = ranked(given["population"], given["rank_by"]).people
    grid = running_share(people[people > 0])
    if grid.size > CORNERS + 1:
        grid = grid[np.unique(np.linspace(0, grid.size - 1, CORNERS + 1).round().astype(int))]
    weight = np.sort(held[held > 0]) / math.fsum(held)
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
    """Return how far from the diagonal each of some random curves comes at most."""
    share = np.diff(grid)
    even = bool(np.all(weight == weight[0]))
    cells = share.size if even else weight.size
    step = max(1, CELLS // cells)
    found = np.empty(draws)
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        if even:
            parts = rng.multinomial(weight.size, share, size=rows) / weight.size
        else:
            parts = _thrown(grid, weight, rows, rng)
        curves = np.cumsum(parts, axis=1)
        found[start : start + rows] = np.abs(curves - grid[1:]).max(axis=1)
    return found


def _thrown(grid: Numbers, weight: Numbers, rows: int, rng: np.random.Generator) -> Numbers:
    """Return what falls into each group, once a row, where sites weigh differently."""
    groups = grid.size - 1
    group = np.searchsorted(grid[1:-1], rng.random((rows, weight.size)), side="right")
    flat = (group + np.arange(rows)[:, None] * groups).ravel()
    sums = np.bincount(flat, weights=np.tile(weight, rows), minlength=rows * groups)
    return sums.astype(np.float64).reshape(rows, groups)
