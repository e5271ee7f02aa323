"""Other nulls: a network moved as one piece, and sites that fall on jobs in place of residents.

The answer of a question is about sites placed one by one at random residents. Both tests here ask
of the same sites whether that answer depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sixes_geo.analysis.people import people_points, radius_m
from sixes_geo.analysis.provision import Provision
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import (
    by_chance,
    error,
    rank_by,
    ranked_units,
    unit_figures,
    unrankable,
    with_error,
)
from sixes_geo.city.model import City, Indicator, Unit
from sixes_geo.city.tables import figures, has, read_units
from sixes_geo.measures import (
    NetworkTest,
    PlacementTest,
    PlaceRaster,
    fractional_rank,
    network_test,
    reach_grain,
)
from sixes_geo.measures.placement.raster import Grid
from sixes_geo.spatial.placement import anchor_points
from sixes_geo.spatial.raster import NOWHERE, areas_on_grid

NEAR_M = 500.0
"""How near a resident must be for a site to be in the city, where people points are as fine."""

POSITIONS = 999
"""Positions of a network that are kept, at each share of its sites."""


@dataclass(frozen=True)
class Ground:
    """Where people live, as a network needs it that is moved.

    Parameters
    ----------
    places
        Metres east and north of each people point.
    people
        People at each of them.
    grain_m
        How far from a site a resident may live for the site to be in the city.
    """

    places: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    grain_m: float


def ground_of(city: City) -> Ground | None:
    """Return where people live, or None in a city without people points."""
    if not has(city, "people"):
        return None
    points = people_points(city, city.units[0])
    grain = reach_grain(radius_m(city), points["people"])
    places = points[["x", "y"]].to_numpy(dtype=np.float64)
    return Ground(places, points["people"].to_numpy(dtype=np.float64), max(NEAR_M, grain))


def unit_raster(city: City, unit: Unit) -> PlaceRaster:
    """Look up, at every place of a city, the position of its unit among those of a level.

    Its cells are 25 m wide. ``recoded`` gives it the ranks of the units by any need, in the order
    of `read_units`.
    """
    areas = read_units(city, unit).geometry.to_crs(city.crs)
    grid = Grid.over(tuple(shapely.total_bounds(areas.to_numpy()).tolist()))
    inside = areas_on_grid(areas, (grid.west, grid.south), grid.cell_m, (grid.columns, grid.rows))
    positions = np.where(inside == NOWHERE, np.nan, inside).astype(np.float32)
    return PlaceRaster(grid, grid.ringed(positions, np.nan))


def network(
    question: Question,
    provision: Provision,
    *,
    raster: PlaceRaster | None = None,
    ground: Ground | None = None,
) -> NetworkTest | None:
    """Test the index of a question's sites against the same sites moved as one piece.

    Parameters
    ----------
    question
        The question; its seed is that of the positions.
    provision
        What `gather` gives for it.
    raster, ground
        What `unit_raster` gives for its units and `ground_of` for its city, if the caller has
        them already.

    Returns
    -------
    NetworkTest or None
        None for money per unit, where no site is in a unit with need and people, and in a city
        without people points.

    Notes
    -----
    The test is by sites, whatever the question weighs: docks and kilometres move with their
    sites, and a line counts by the midpoint of each of its pieces. Each layer is moved by
    itself, as one network; of a layer of all initiatives, each initiative is. A site whose place
    is known only roughly has the mean rank of the units in which it may stand; moved, it counts
    by its point. Sites outside all units are no part of the piece.
    """
    city, unit = question.city, question.unit
    ground = ground_of(city) if ground is None else ground
    if question.layers[0].per_unit or ground is None:
        return None
    units = unit_figures(question, provision)
    ranked = ranked_units(units.assign(amount=units["sites"]))
    if unrankable(ranked) is not None:
        return None
    ranks = fractional_rank(ranked["population"], rank_by(question, ranked["need"]))
    raster = unit_raster(city, unit) if raster is None else raster
    rank_of = raster.recoded(ranks.reindex(units.index))
    if ground.people[~np.isnan(rank_of(ground.places))].sum() <= 0:
        return None
    anchors = anchor_points(provision.sites.geometry, crs=city.crs).to_crs(city.crs)
    return network_test(
        np.column_stack([anchors.x, anchors.y]),
        ground.places,
        ground.people,
        rank_of,
        network=_networks(question, provision),
        site_ranks=_site_ranks(provision, ranks),
        grain_m=ground.grain_m,
        draws=POSITIONS,
        seed=question.seed,
    )


def _networks(question: Question, provision: Provision) -> pd.Series[str]:
    """Return the network of each site: its layer, or its initiative in a layer of all of them."""
    names = {
        initiative: initiative if layer.newest else layer.layer
        for layer in reversed(question.layers)  # a site of several layers is of the first
        for initiative in layer.initiatives
    }
    networks: pd.Series[str] = provision.sites["initiative"].map(names)
    return networks


def _site_ranks(provision: Provision, ranks: pd.Series[float]) -> pd.Series[float]:
    """Return the rank of each site, missing where none of the units it may be in has one."""
    pieces = provision.pieces.assign(rank=provision.pieces["unit"].map(ranks)).dropna(
        subset=["rank"]
    )
    shares = pieces.groupby("site")["share"].sum()
    total = (pieces["rank"] * pieces["share"]).groupby(pieces["site"]).sum()
    return (total / shares).reindex(provision.sites.index)


def workplaces_of(city: City, unit: Unit) -> tuple[Indicator, int] | None:
    """Return where people work, by the units of a level, with its newest year, if it is known.

    If there are several such indicators, it is the one that the city names first.
    """
    known = (each for each in city.indicators if each.role == "workplaces")
    return next(
        ((each, max(each.years[unit.unit])) for each in known if each.years.get(unit.unit)), None
    )


def workplaces(question: Question, provision: Provision) -> PlacementTest | None:
    """Test the index of a question against sites that fall on jobs, not on residents.

    Parameters
    ----------
    question
        The question; it is weighed as it asks.
    provision
        What `gather` gives for it.

    Returns
    -------
    PlacementTest or None
        Its ``expected`` index is that of the jobs themselves, which is not 0; the index is that
        of the residents' test, and so is its interval, but for the draws. None for money per
        unit, where nothing can be tested, and where jobs are not known for every unit that is
        ranked: unknown is not none.
    """
    known = workplaces_of(question.city, question.unit)
    if known is None or question.layers[0].per_unit:
        return None
    ranked = ranked_units(unit_figures(question, provision))
    jobs = figures(question.city, question.unit, known[0].indicator, known[1])["value"]
    jobs = jobs.reindex(ranked.index)
    if unrankable(ranked) is not None or jobs.isna().any() or jobs.sum() <= 0:
        return None
    return with_error(
        by_chance(question, provision, ranked, jobs), error(question, provision, ranked)
    )
