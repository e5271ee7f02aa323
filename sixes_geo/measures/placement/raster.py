"""A raster of places: what holds at a point of the city, as a look-up in an array.

A network that is moved a thousand times asks for millions of places. On a raster each answer
takes nanoseconds, wrong only within half a cell of a border.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import Flags, Numbers, Values, refuse
from sixes_geo.measures.base.places import Points, as_many

ValueOf: TypeAlias = Callable[[Numbers], npt.ArrayLike]
"""Gives a number for each place, from rows of metres east and north; NaN where there is none."""

Cells: TypeAlias = npt.NDArray[np.intp]
"""Cells of a grid, by their place in a flat array."""

Kind = TypeVar("Kind", bound=np.generic)

Bounds: TypeAlias = tuple[float, float, float, float]
"""West, south, east and north edge, in metres."""

CELL_M = 25.0
"""Side of a cell, in metres."""

MOST_CELLS = 25_000_000
"""A raster that would have more gets larger cells, to keep memory small."""

AT_ONCE = 500_000
"""Cells that are asked for at a time."""


@dataclass(frozen=True)
class Grid:
    """Square cells over a rectangle, and a ring of cells around it that stands for all the rest."""

    west: float
    south: float
    cell_m: float
    columns: int
    rows: int

    @classmethod
    def over(cls, bounds: Bounds, cell_m: float = CELL_M) -> Grid:
        """Return cells over the bounds: of the given size, or larger if they would be too many."""
        west, south, east, north = (float(edge) for edge in bounds)
        cell = max(cell_m, math.sqrt((east - west) * (north - south) / MOST_CELLS))
        columns, rows = math.ceil((east - west) / cell), math.ceil((north - south) / cell)
        return cls(west, south, cell, max(1, columns), max(1, rows))

    @property
    def size(self) -> int:
        """Return the number of cells, with the ring."""
        return (self.rows + 2) * (self.columns + 2)

    def cell_of(self, east: Numbers, north: Numbers) -> Cells:
        """Return the cell of each place; a place outside is in the ring."""
        column = self._steps(east, self.west, self.columns)
        row = self._steps(north, self.south, self.rows)
        row *= self.columns + 2
        row += column
        return row

    def _steps(self, metres: Numbers, edge: float, last: int) -> Cells:
        """Return how many cells away from the ring's outer edge places are, at most to the ring."""
        steps = metres - (edge - self.cell_m)
        steps /= self.cell_m
        np.clip(steps, 0, last + 1, out=steps)
        return steps.astype(np.intp)

    def centres(self, first: int, last: int) -> Numbers:
        """Return the centres of some cells, counted from the south-west without the ring."""
        row, column = np.divmod(np.arange(first, last), self.columns)
        east = self.west + (column + 0.5) * self.cell_m
        return np.column_stack([east, self.south + (row + 0.5) * self.cell_m])

    def ringed(self, inner: npt.NDArray[Kind], outside: float) -> npt.NDArray[Kind]:
        """Return values of the cells as one flat array, with a value for the ring."""
        square = np.full((self.rows + 2, self.columns + 2), outside, dtype=inner.dtype)
        square[1:-1, 1:-1] = inner.reshape(self.rows, self.columns)
        return square.ravel()


@dataclass(frozen=True)
class PlaceRaster:
    """A number for every place of a city, looked up on a raster.

    Call it with places, as rows of metres east and north: it gives the number of each one's cell,
    missing outside the raster.

    Parameters
    ----------
    grid
        The cells.
    values
        The number of each cell, with the ring around them.
    """

    grid: Grid
    values: npt.NDArray[np.float32]

    def __call__(self, xy: Numbers) -> Numbers:
        """Return the number at each place."""
        cells = self.grid.cell_of(xy[:, 0], xy[:, 1])
        return self.values.take(cells, mode="clip").astype(np.float64)

    def recoded(self, table: Values) -> PlaceRaster:
        """Return the raster with another number for each value, which is a position in a table.

        A raster of units is made once; their ranks by one need, or another, are looked up in it.
        """
        column = np.r_[np.asarray(table, dtype=np.float32), np.float32(np.nan)]
        position = np.where(np.isnan(self.values), column.size - 1, self.values)
        return replace(self, values=column[position.astype(np.intp)])

    def disagreement(self, exact: ValueOf, xy: Points) -> float:
        """Return the share of places at which the raster differs from the exact value."""
        at = np.asarray(xy, dtype=np.float64)
        true = np.asarray(exact(at), dtype=np.float32)
        same = np.isclose(self(at), true, rtol=1e-6, atol=1e-6, equal_nan=True)
        return float(1 - same.mean())


def place_raster(value_of: ValueOf, bounds: Bounds, *, cell_m: float = CELL_M) -> PlaceRaster:
    """Look up a number at the centre of every cell of a city, once for many questions.

    Parameters
    ----------
    value_of
        Gives the number of each place (the position of its unit, its rank), as an array, from
        rows of metres east and north; missing where there is none.
    bounds
        West, south, east and north edge, in metres of a projected CRS.
    cell_m
        Side of a cell in metres. It is enlarged if there would be more than 25 million cells.

    Returns
    -------
    PlaceRaster
        Called with places, it gives their numbers. ``recoded(table)`` gives a raster of units
        their ranks; ``disagreement(value_of, xy)`` is the share of places where it is wrong.

    Raises
    ------
    InputError
        If the bounds are reversed or not finite, `cell_m` is not positive, or `value_of` does
        not give one number per place; all faults at once.

    See Also
    --------
    network_test : Looks up the same city thousands of times.

    Notes
    -----
    The nearest-neighbour look-up of a raster: a place gets the number at the centre of its cell,
    so that only places less than 0.71 cells from a border can be wrong (Burrough and McDonnell
    1998 [1]_, ch. 2 and 3). How many are is measured with `disagreement`, on the places that
    matter, such as sites.

    References
    ----------
    .. [1] P. A. Burrough, R. A. McDonnell, "Principles of Geographical Information Systems",
       Oxford University Press, 1998.

    Examples
    --------
    Two units, west and east of 100 m, and their ranks:

    >>> import numpy as np
    >>> units = place_raster(lambda xy: np.floor(xy[:, 0] / 100), (0, 0, 200, 100))
    >>> units(np.array([[30.0, 10.0], [130.0, 10.0], [500.0, 10.0]])).tolist()
    [0.0, 1.0, nan]
    >>> units.recoded([0.25, 0.75])(np.array([[130.0, 10.0]])).tolist()
    [0.75]
    """
    faults = [
        Problem("upside_down", {"name": "`bounds`", "low": low, "high": high})
        for low, high in (bounds[::2], bounds[1::2])
        if not (low < high and math.isfinite(high - low))
    ]
    if not cell_m > 0:
        faults.append(Problem("not_positive", {"name": "`cell_m`", "found": cell_m}))
    refuse("place_raster", faults)
    grid = Grid.over(bounds, cell_m)
    cells = grid.rows * grid.columns
    inner = np.empty(cells, dtype=np.float32)
    for first in range(0, cells, AT_ONCE):
        centres = grid.centres(first, min(first + AT_ONCE, cells))
        given = np.asarray(value_of(centres), dtype=np.float32)
        refuse("place_raster", as_many("value_of", given.size, "bounds", len(centres)))
        inner[first : first + len(centres)] = given
    return PlaceRaster(grid, grid.ringed(inner, np.nan))


def ground_within(points: Numbers, radius_m: float) -> tuple[Grid, Flags]:
    """Return the cells whose centre is within a distance of any of the points.

    Each point marks a run of cells in every row that its circle crosses: the beginning of a run
    counts one up, the cell after it one down, and a running sum fills all circles at once.
    """
    (west, south), (east, north) = points.min(axis=0) - radius_m, points.max(axis=0) + radius_m
    grid = Grid.over((west, south, east, north), min(CELL_M, radius_m / 10))
    x, y = ((points - (west, south)) / grid.cell_m - 0.5).T[:, :, None]
    radius = radius_m / grid.cell_m
    row = np.ceil(y - radius) + np.arange(math.floor(2 * radius) + 1)
    half = np.sqrt(np.clip(radius**2 - (row - y) ** 2, 0, None))
    first, last = np.ceil(x - half), np.floor(x + half)
    crossed = (np.abs(row - y) <= radius) & (row >= 0) & (row < grid.rows)
    runs = crossed & (first <= last)
    width = grid.columns + 1
    start = (row * width + np.clip(first, 0, grid.columns))[runs].astype(np.intp)
    end = (row * width + np.clip(last + 1, 0, grid.columns))[runs].astype(np.intp)
    size = grid.rows * width
    change = np.bincount(start, minlength=size) - np.bincount(end, minlength=size)
    marked = change.reshape(grid.rows, width)[:, :-1].cumsum(axis=1) > 0
    return grid, grid.ringed(marked, outside=0)
