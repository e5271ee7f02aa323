"""Contiguity: which units share a border, as a graph for the measures of clustering."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

if TYPE_CHECKING:
    from libpysal.graph import Graph


def contiguity(units: gpd.GeoDataFrame) -> Graph:
    """Return which units touch, along a border or at a corner (queen contiguity).

    Parameters
    ----------
    units
        Units with the column ``id`` and areas that do not overlap, in any CRS; shape ``(n,)``.
        Borders must match to the last digit, as they do in a city's layers: units with a gap
        between them, however narrow, do not touch.

    Returns
    -------
    Graph
        Every pair of neighbours with weight 1, on the sorted ids; ``isolates`` are the islands.

    Notes
    -----
    Queen contiguity after Cliff and Ord (1981) [1]_, ch. 1. Whether shapes touch is the same
    in degrees and in metres. Bridges do not count: an island that a road connects to the shore
    has no neighbours here. Nor do rivers or motorways between units that touch, nor the length
    of a border: all neighbours have the same weight.

    References
    ----------
    .. [1] A. D. Cliff, J. K. Ord, "Spatial Processes: Models and Applications", Pion, 1981.

    Examples
    --------
    Two squares that share a side, one at the corner of the second, and one far away:

    >>> import shapely
    >>> corners = {"a": (0, 0), "b": (1, 0), "c": (2, 1), "d": (9, 9)}
    >>> squares = [shapely.box(x, y, x + 1, y + 1) for x, y in corners.values()]
    >>> graph = contiguity(gpd.GeoDataFrame({"id": list(corners)}, geometry=squares))
    >>> sorted(graph["b"].index), graph.isolates.tolist()
    (['a', 'c'], ['d'])
    """
    # libpysal takes a second to import: only callers who need neighbours wait for it.
    from libpysal.graph import Graph  # noqa: PLC0415

    areas = units.set_index("id").geometry.sort_index()
    return Graph.build_contiguity(areas, rook=False, strict=True)
