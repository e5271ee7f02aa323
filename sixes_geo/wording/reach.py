"""Reach in words: who lives near, how far the others have to go, and from which data."""

from __future__ import annotations

import math

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.reach import Reach
from sixes_geo.i18n import Translator
from sixes_geo.measures.access.points import ALL
from sixes_geo.wording.assessment import need_title
from sixes_geo.wording.counts import basis_noun, counted

KILOMETRE = 1000

ByGroup = dict[int | str, float]


def reach_headline(assessment: Assessment, reach: Reach, tr: Translator) -> str:
    """Say what share of the people lives near, and in the worst-off and best-off quintile."""
    shares = shares_of(reach)
    return tr(
        "reach.headline",
        share=tr.percent(shares.get(ALL)),
        metres=tr.number(reach.threshold_m, 0),
        noun=counted(assessment, tr),
        worst=tr.percent(shares.get(1)),
        best=tr.percent(shares.get(5)),
    )


def reach_basis(assessment: Assessment, reach: Reach, tr: Translator) -> str:
    """Say what reach is computed from: sites, population points, need and vintages."""
    question = assessment.question
    points = (
        tr("reach.points_blocks", count=reach.points)
        if reach.level is None
        else tr("reach.points_units", count=reach.points, many=tr.text(reach.level.many))
    )
    vintages = dict.fromkeys(layer.vintage for layer in question.layers)
    grain = tr("reach.grain", grain=tr.number(math.ceil(reach.grain_m), 0))
    return tr(
        "reach.basis",
        n=tr.number(reach.sites, 0),
        noun=basis_noun(assessment, tr),
        vintage=tr.list(list(vintages)),
        points=f"{points}, {grain}",
        people=_year_of_people(reach, question, tr),
        many=tr.text(question.unit.many),
        need=need_title(assessment, tr),
    )


def _year_of_people(reach: Reach, question: Question, tr: Translator) -> str:
    """Return the year in which the people of the points were counted, and that of their pattern."""
    years = question.city.people_years
    if years is not None and years.pattern is not None:
        return tr("reach.pattern", year=str(years.year), pattern=str(years.pattern))
    if years is not None:
        return str(years.year)
    if reach.level is not None:
        return str(reach.level.population[1])
    people = next(resource for resource in question.city.resources if resource.name == "people")
    return people.vintage


def reach_words(reach: Reach, tr: Translator) -> str:
    """Describe the bars of the shares within the distance to a reader who cannot see them."""
    items = [
        tr("reach.item", quintile=quintile, share=tr.percent(share))
        for quintile, share in shares_of(reach).items()
        if quintile != ALL
    ]
    metres = tr.number(reach.threshold_m, 0)
    return tr("reach.alt", metres=metres, list="; ".join(items))


def nearest_words(reach: Reach, tr: Translator) -> str:
    """Describe the nearest distances to a reader who cannot see them."""
    items = [
        tr("reach.far_item", quintile=quintile, distance=distance_words(metres, tr, reach.grain_m))
        for quintile, metres in medians_of(reach).items()
        if quintile != ALL
    ]
    return tr("reach.far_alt", list="; ".join(items))


def shares_of(reach: Reach) -> ByGroup:
    """Return the share within the distance by group; empty groups are left out."""
    return _by_group(reach.within, "share")


def medians_of(reach: Reach) -> ByGroup:
    """Return the median distance to the nearest site of each group."""
    half = 0.5
    return _by_group(reach.nearest[reach.nearest["quantile"] == half], "distance_m")


def distance_words(metres: float, tr: Translator, grain_m: float = 0.0) -> str:
    """Write a distance in metres, from one kilometre on in kilometres with one decimal.

    A distance that is not above the grain of the data is only said to be at most that.
    """
    if pd.isna(metres):
        return tr("number.missing")
    if metres <= grain_m:
        return tr("reach.at_most", distance=distance_words(math.ceil(grain_m), tr))
    if metres < KILOMETRE:
        return tr("reach.metres", metres=tr.number(metres, 0))
    return tr("reach.kilometres", km=tr.number(metres / KILOMETRE, 1))


def _by_group(rows: pd.DataFrame, column: str) -> ByGroup:
    """Return the known figures of a column: for `ALL`, and for the quintiles from 1 to 5."""
    known = rows.dropna(subset=[column])
    groups = [group if group == ALL else int(group) for group in known["group"]]
    return dict(zip(groups, known[column], strict=True))
