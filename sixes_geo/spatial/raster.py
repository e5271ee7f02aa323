"""Areas on a grid of cells: which area the centre of each cell is in."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

NOWHERE = -1
"""What a cell holds whose centre is in no area."""


def areas_on_grid(
    areas: gpd.GeoSeries, corner: tuple[float, float], cell_m: float, size: tuple[int, int]
) -> npt.NDArray[np.int32]:
    """Return the position of the area that the centre of each cell is in, or `NOWHERE`.

    Parameters
    ----------
    areas
        Polygons in a projected CRS, in metres; shape ``(n,)``. If several hold a centre, the
        first one counts.
    corner
        West and south edge of the grid, in metres.
    cell_m
        Side of a cell, in metres.
    size
        Columns and rows. The grid must cover all areas.

    Returns
    -------
    ndarray
        One number per cell, from the west, row by row from the south.

    Notes
    -----
    A line of cell centres enters and leaves an area where it crosses its border: the crossings
    of each area and row, in order, are the ends of its runs of cells. So millions of cells take
    a fraction of a second, where asking for each whether an area holds it takes many.
    """
    columns, rows = size
    area, row, east = _crossings(areas, corner, cell_m)
    order = np.lexsort((east, row, -area))  # the first area is written last
    start = (row * columns + np.ceil(east).astype(np.intp))[order]
    first, last, held = start[::2], start[1::2], area[order][::2]
    length = last - first
    cells = np.repeat(first - np.r_[0, length.cumsum()[:-1]], length) + np.arange(length.sum())
    grid = np.full(rows * columns, NOWHERE, dtype=np.int32)
    grid[cells] = np.repeat(held, length)
    return grid


def _crossings(
    areas: gpd.GeoSeries, corner: tuple[float, float], cell_m: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Return where borders cross rows of cell centres: area, row, and columns from the west."""
    parts, area_of_part = shapely.get_parts(areas.to_numpy(), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    places, ring = shapely.get_coordinates(rings, return_index=True)
    places = (places - corner) / cell_m - 0.5  # the centres are at whole numbers
    side = np.flatnonzero(ring[:-1] == ring[1:])
    begin, end = places[side], places[side + 1]
    low, high = np.ceil(np.minimum(begin[:, 1], end[:, 1])), np.ceil(np.maximum(begin, end)[:, 1])
    many = (high - low).astype(np.intp)
    nth = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
    row = np.repeat(low.astype(np.intp), many) + nth
    crossed = np.repeat(np.arange(len(side)), many)
    slope = (end - begin)[crossed]
    east = begin[crossed, 0] + (row - begin[crossed, 1]) * slope[:, 0] / slope[:, 1]
    return area_of_part[part_of_ring[ring[side]]][crossed], row, east
