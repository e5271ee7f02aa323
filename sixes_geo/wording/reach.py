"""What reach says: who lives near, how far the others have to go, and on what it rests."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.reach import Reach
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import need_title
from sixes_geo.wording.counts import counted, resting

KILOMETRE = 1000


def reach_headline(assessment: Assessment, found: Reach, tr: Translator) -> str:
    """Say what share of the people lives near, and in the worst-off and best-off fifth."""
    share = shares_of(found)
    return tr(
        "reach.headline",
        share=tr.percent(share.get("all")),
        metres=tr.number(found.threshold_m, 0),
        noun=counted(assessment, tr),
        worst=tr.percent(share.get(1)),
        best=tr.percent(share.get(5)),
    )


def points_words(assessment: Assessment, found: Reach, tr: Translator) -> str:
    """Say on what it rests: sites, people points, need and vintages."""
    question = assessment.question
    points = (
        tr("reach.points_blocks", count=found.points)
        if found.level is None
        else tr("reach.points_units", count=found.points, many=tr.text(found.level.many))
    )
    vintages = dict.fromkeys(layer.vintage for layer in question.layers)
    people = next(one for one in question.city.resources if one.name == "people")
    return tr(
        "reach.basis",
        n=tr.number(found.sites, 0),
        noun=resting(assessment, tr),
        vintage=tr.list(list(vintages)),
        points=points,
        people=people.vintage,
        many=tr.text(question.unit.many),
        need=need_title(assessment, tr),
    )


def reach_words(found: Reach, tr: Translator) -> str:
    """Describe the shares within the distance to a reader who does not see the bars."""
    items = [
        tr("reach.item", fifth=int(str(one)[0]), share=tr.percent(share))
        for one, share in shares_of(found).items()
        if one != "all"
    ]
    metres = tr.number(found.threshold_m, 0)
    return tr("reach.alt", metres=metres, list="; ".join(items))


def nearest_words(found: Reach, tr: Translator) -> str:
    """Describe the nearest distances to a reader who does not see them."""
    items = [
        tr("reach.far_item", fifth=int(str(fifth)[0]), distance=distance_words(metres, tr))
        for fifth, metres in medians_of(found).items()
        if fifth != "all"
    ]
    return tr("reach.far_alt", list="; ".join(items))


def shares_of(found: Reach) -> dict[object, float]:
    """Return the share within the distance by group; groups of nobody are left out."""
    known = found.within.dropna(subset=["share"])
    return dict(zip(known["group"], known["share"], strict=True))


def medians_of(found: Reach) -> dict[object, float]:
    """Return the distance to the nearest site for half of the people of each group."""
    half = 0.5
    rows = found.nearest[found.nearest["quantile"] == half].dropna(subset=["distance_m"])
    return dict(zip(rows["group"], rows["distance_m"], strict=True))


def distance_words(metres: float, tr: Translator) -> str:
    """Write a distance: metres, or kilometres with one decimal from there on."""
    if pd.isna(metres):
        return tr("number.missing")
    if metres < KILOMETRE:
        return tr("reach.metres", metres=tr.number(metres, 0))
    return tr("reach.kilometres", km=tr.number(metres / KILOMETRE, 1))
