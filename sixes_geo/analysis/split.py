"""Deprived areas inside units: the answer with their residents ranked as one worst-off group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from sixes_geo.analysis.provision import Provision
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import DRAWS, rank_by
from sixes_geo.city.model import Context, Indicator
from sixes_geo.city.tables import figures, indicator_named, read_outlines
from sixes_geo.measures import NeedSplit, need_split
from sixes_geo.spatial.placement import anchor_points

EDGE_M = 100
"""Metres from a deprived area within which a site is still at it: outlines are generalised."""


@dataclass(frozen=True)
class Split:
    """What remains of an answer if residents of deprived areas are ranked as a group.

    ``areas`` are the deprived areas, ``people`` counts their residents in ``year``. ``at`` counts
    the sites within `EDGE_M` of an area as its own, ``inside`` only those in it; it is measured
    where ``at`` turns the sign, and otherwise None. ``sites`` and ``sites_inside`` are the numbers
    of these sites, of ``of`` in ranked units.
    """

    areas: Context
    people: Indicator
    year: int
    at: NeedSplit
    inside: NeedSplit | None
    sites: int
    sites_inside: int
    of: int

    @property
    def turns(self) -> bool:
        """Whether the answer turns to the other side, wherever the edge of an area is drawn.

        The side must be more than chance; that an index a little above 0 becomes one a little
        below says nothing.
        """
        told = self.at.test.verdict in ("better_off", "worse_off")
        return told and self.at.turns and self.inside is not None and self.inside.turns


def split_of(question: Question, provision: Provision, ranked: pd.DataFrame) -> Split | None:
    """Rank the residents of a city's deprived areas as one group, worse off than every unit.

    Parameters
    ----------
    question, provision
        A question and its sites.
    ranked
        The units that can be ranked.

    Returns
    -------
    Split or None
        None if the city has no such areas, if nobody counted their residents by these units, or
        if the question weighs sites: what a dock or a kilometre inside an area is to those
        beside it is not known.

    Notes
    -----
    Where more residents of these areas were counted than people now live in a unit, all of its
    people count as theirs.
    """
    found = _areas(question)
    if found is None or question.weight != "sites" or provision.sites.empty:
        return None
    areas, people, year = found
    counted = figures(question.city, question.unit, people.indicator, year)["value"]
    deprived = counted.reindex(ranked.index).fillna(0.0).clip(upper=ranked["population"])
    distance = _distance(question, provision, areas)
    at = _split(question, provision, ranked, deprived, distance <= EDGE_M)
    inside = _split(question, provision, ranked, deprived, distance == 0) if at.turns else None
    known = distance[provision.sites["unit"].isin(ranked.index)]
    return Split(
        areas=areas,
        people=people,
        year=year,
        at=at,
        inside=inside,
        sites=int((known <= EDGE_M).sum()),
        sites_inside=int((known == 0).sum()),
        of=len(known),
    )


def _areas(question: Question) -> tuple[Context, Indicator, int] | None:
    """Return the deprived areas of a city, with the indicator and year of their residents."""
    for context in question.city.context:
        if context.people:
            people = indicator_named(question.city, context.people)
            years = people.years.get(question.unit.unit, ())
            if years:
                return context, people, max(years)
    return None


def _distance(question: Question, provision: Provision, areas: Context) -> pd.Series[float]:
    """Return how far each site is from the nearest area, in metres; infinite beyond `EDGE_M`."""
    crs = question.city.crs
    outlines = read_outlines(question.city, areas.context).to_numpy()
    points = anchor_points(provision.sites.geometry, crs=crs).to_crs(crs).to_numpy()
    at, area = shapely.STRtree(outlines).query(points, predicate="dwithin", distance=EDGE_M)
    metres = shapely.distance(points[at], outlines[area])
    nearest = np.full(len(points), np.inf)
    np.minimum.at(nearest, at, metres)
    return pd.Series(nearest, index=provision.sites.index)


def _split(
    question: Question,
    provision: Provision,
    ranked: pd.DataFrame,
    deprived: pd.Series[float],
    theirs: pd.Series[bool],
) -> NeedSplit:
    """Split the units, with some of the sites in their deprived areas."""
    pieces = provision.pieces[provision.pieces["site"].isin(theirs.index[theirs])]
    sites = pieces.groupby("unit")["share"].sum().reindex(ranked.index, fill_value=0.0)
    return need_split(
        ranked["sites"],
        ranked["population"],
        rank_by(question, ranked["need"]),
        sites.clip(upper=ranked["sites"]),
        deprived,
        draws=DRAWS,
        seed=question.seed,
    )
