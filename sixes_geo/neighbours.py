"""Which units share a border: the graph that the measures of clustering take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

if TYPE_CHECKING:
    from libpysal.graph import Graph


def contiguity(units: gpd.GeoDataFrame) -> Graph:
    """Return which units touch: along a border or at a corner (queen contiguity).

    Parameters
    ----------
    units
        Units with the column ``id`` and areas that do not overlap, in any CRS; shape ``(n,)``.
        Borders must match to the last digit, as those of a city's layers do: two units that
        a gap divides, however narrow, do not touch.

    Returns
    -------
    Graph
        Every pair of neighbours with weight 1, on the ids in order; ``isolates`` names the
        islands.

    Notes
    -----
    Whether shapes touch is the same in degrees and in metres. It cannot see bridges: an
    island that a road joins to the shore has no neighbours here. Nor can it see that a river
    or a motorway divides two units that touch.
    """
    # libpysal takes a second to load: only those who ask for neighbours wait for it.
    from libpysal.graph import Graph  # noqa: PLC0415

    areas = units.set_index("id").geometry.sort_index()
    return Graph.build_contiguity(areas, rook=False, strict=True)
