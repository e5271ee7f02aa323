"""Cells of the H3 grid: their places in a lattice, and their outlines, from ids and centres.

An id is a path of digits down the levels of the grid, which gives whole-number coordinates; over
one city these lie on a plane that a polynomial of low degree bends onto the globe. Fitted to the
centres of some thousand cells, it gives corners to a centimetre, so that no library is needed.
"""

from __future__ import annotations

from itertools import product

import geopandas as gpd
import numpy as np
import shapely

from sixes_geo.build.coverage import DECIMALS
from sixes_geo.city.tables import GEOGRAPHIC

RESOLUTION = 9
"""Level of the cells: about 0.1 km² each."""

DEGREE = 4
"""Degree of the polynomial; at 2 the centres of a city are still off by 20 cm, at 3 by nothing."""

FINEST = 15
"""Levels that an id has digits for."""

_DIGITS = np.array(
    [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0)], dtype=np.int64
)
"""Step of each digit along the three axes of the grid."""

_TURNS = (
    np.array([(3, 1, 0), (0, 3, 1), (1, 0, 3)], dtype=np.int64),
    np.array([(3, 0, 1), (1, 3, 0), (0, 1, 3)], dtype=np.int64),
)
"""What a step along each axis is one level down: even levels turn one way, odd ones the other."""

_NEIGHBOURS = np.array([(1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1)])
"""Steps to the next cells, all the way round."""

_CORNERS = _NEIGHBOURS + np.roll(_NEIGHBOURS, -1, axis=0)
"""Corners in thirds of a step: each is the middle of three cells."""


def addresses(ids: np.ndarray) -> np.ndarray:
    """Return the whole-number coordinates of cells along two axes of the grid.

    Parameters
    ----------
    ids
        H3 ids of `RESOLUTION` as text, all in one cell of the coarsest level; shape ``(n,)``.

    Returns
    -------
    ndarray
        Shape ``(n, 2)``; cells next to each other differ by one of `_NEIGHBOURS`.
    """
    numbers = np.array([int(name, 16) for name in ids], dtype=np.uint64)
    place = np.zeros((len(numbers), 3), dtype=np.int64)
    for level in range(1, RESOLUTION + 1):
        digit = (numbers >> np.uint64(3 * (FINEST - level))) & np.uint64(7)
        place = _least(_least(place @ _TURNS[level % 2]) + _DIGITS[digit.astype(np.int64)])
    return place[:, :2] - place[:, 2:]


def cousins(ids: np.ndarray, levels: int) -> np.ndarray:
    """Return every cell that shares its ancestor so many levels up with one of these.

    Parameters
    ----------
    ids
        H3 ids of `RESOLUTION` as text.
    levels
        How many levels up the ancestor is; each has seven times fewer cells.

    Returns
    -------
    ndarray
        Ids as text, in order, those given among them.
    """
    shift = 3 * (FINEST - RESOLUTION)
    width = 3 * levels
    ancestors = sorted({int(name, 16) >> (shift + width) for name in ids})
    tails = [sum(digit << 3 * n for n, digit in enumerate(path)) for path in _paths(levels)]
    below = (1 << shift) - 1
    numbers = [
        ((up << width) + tail) << shift | below for up in ancestors for tail in sorted(tails)
    ]
    return np.array([f"{number:x}" for number in numbers])


def outlines(known: np.ndarray, centres: np.ndarray, wanted: np.ndarray) -> gpd.GeoSeries:
    """Return the outlines of cells, from the centres of some of them.

    Parameters
    ----------
    known
        H3 ids of cells whose centres are known; shape ``(n,)``, at least some dozens.
    centres
        Their longitude and latitude; shape ``(n, 2)``.
    wanted
        Ids of the cells to draw, near the known ones; shape ``(m,)``.

    Returns
    -------
    GeoSeries
        Hexagons in longitude and latitude with `DECIMALS` decimals, in the order of ``wanted``.
        Neighbours share their corners to the last digit.
    """
    here = addresses(known)
    middle, spread = here.mean(axis=0), np.ptp(here, axis=0).max() / 2
    terms = _terms((here - middle) / spread)
    factors, *_ = np.linalg.lstsq(terms, centres, rcond=None)
    thirds = 3 * addresses(wanted)[:, None, :] + _CORNERS[None, :, :]  # integers, to be equal
    corners, where = np.unique(thirds.reshape(-1, 2), axis=0, return_inverse=True)
    degrees = np.round(_terms((corners / 3 - middle) / spread) @ factors, DECIMALS)
    return gpd.GeoSeries(shapely.polygons(degrees[where.ravel()].reshape(-1, 6, 2)), crs=GEOGRAPHIC)


def _paths(levels: int) -> list[tuple[int, ...]]:
    """Return every path of digits down so many levels."""
    return list(product(range(len(_DIGITS)), repeat=levels))


def _least(place: np.ndarray) -> np.ndarray:
    """Return coordinates along three axes with the least of them zero, as each place has many."""
    least: np.ndarray = place - place.min(axis=1, keepdims=True)
    return least


def _terms(place: np.ndarray) -> np.ndarray:
    """Return the terms of the polynomial at places of about -1 to 1."""
    powers = [(a, b) for a in range(DEGREE + 1) for b in range(DEGREE + 1 - a)]
    return np.column_stack([place[:, 0] ** a * place[:, 1] ** b for a, b in powers])
