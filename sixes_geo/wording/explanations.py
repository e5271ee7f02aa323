"""How to read a page, explained in plain words with the figures it shows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.ranking import ranked_units
from sixes_geo.analysis.reach import Reach
from sixes_geo.i18n import Translator
from sixes_geo.measures.access.points import ALL
from sixes_geo.wording import INDEX_DECIMALS, counted
from sixes_geo.wording.reach import distance_words, medians_of, shares_of

LEAST = 0.001
"""Smaller probabilities are not written out."""


def equity_lines(assessment: Assessment, tr: Translator) -> list[str]:
    """Explain index, curve, quintiles, gap and verdict with the figures of an assessment."""
    if assessment.test is None:
        return []
    lines = [_curve(assessment, tr), _quintile(assessment, tr), _unit(assessment, tr)]
    if assessment.question.weight == "sites":
        lines += [_verdict(assessment, tr)]
    return [*lines, tr("explanations.not_why")]


def reach_lines(assessment: Assessment, reach: Reach, tr: Translator) -> list[str]:
    """Explain shares, distances and catchments with the figures of the page."""
    shares, medians = shares_of(reach), medians_of(reach)
    apart = {group: abs(share - shares[ALL]) for group, share in shares.items() if group != ALL}
    quintile = max(apart, key=apart.__getitem__)
    most = int(reach.access.fillna(0.0).argmax())
    lines = [
        tr(
            "explanations.reach_share",
            quintile=quintile,
            share=tr.percent(shares[quintile]),
            metres=tr.number(reach.threshold_m, 0),
            noun=counted(assessment, tr),
        ),
        tr(
            "explanations.reach_far",
            quintile=quintile,
            distance=distance_words(medians[quintile], tr, reach.grain_m),
        ),
        tr(
            "explanations.reach_access",
            name=assessment.units["name"].iloc[most],
            access=tr.number(float(reach.access.max()), 2),
            metres=tr.number(reach.threshold_m, 0),
            noun=counted(assessment, tr),
        ),
    ]
    return [*lines, tr("explanations.reach_not")]


def example(assessment: Assessment) -> pd.Series[Any]:
    """Return the unit used as an example: the widest gap, among units with a verdict if any."""
    ranked = ranked_units(assessment.units).dropna(subset=["gap"])
    clear = ranked[ranked["verdict"] != "cannot_tell"]
    among = clear if len(clear) else ranked
    return among.iloc[int(among["gap"].abs().argmax())]


def _curve(assessment: Assessment, tr: Translator) -> str:
    """Explain the curve at the middle of the people, and the index."""
    curve, test = assessment.curve, assessment.test
    below = curve[curve["people_share"] <= 0.5].iloc[-1]  # noqa: PLR2004  (half of the people)
    return tr(
        "explanations.curve",
        people=tr.percent(float(below["people_share"])),
        amount=tr.percent(float(below["provision_share"])),
        noun=counted(assessment, tr),
        index=tr.signed(test.index if test else 0.0, INDEX_DECIMALS),
    )


def _quintile(assessment: Assessment, tr: Translator) -> str:
    """Explain the bars with the quintile whose shares differ most."""
    quintiles = assessment.quintiles.dropna(subset=["share_amount"])
    apart = (quintiles["share_amount"] - quintiles["share_population"]).abs()
    quintile = quintiles.iloc[int(apart.argmax())]
    return tr(
        "explanations.quintile",
        quintile=int(quintile["quintile"]),
        people=tr.percent(float(quintile["share_population"])),
        amount=tr.percent(float(quintile["share_amount"])),
        noun=counted(assessment, tr),
    )


def _unit(assessment: Assessment, tr: Translator) -> str:
    """Explain gap and location quotient with one unit."""
    unit = example(assessment)
    return tr(
        "explanations.unit",
        name=unit["name"],
        noun=counted(assessment, tr),
        amount=tr.percent(unit["share_amount"]),
        people=tr.percent(unit["share_population"]),
        gap=tr.signed(unit["gap"] * 100, 1),
        quotient=tr.number(unit["location_quotient"], 2),
    )


def _verdict(assessment: Assessment, tr: Translator) -> str:
    """Explain the verdict of the same unit."""
    row = example(assessment)
    unit = assessment.question.unit
    return tr(
        f"explanations.verdict.{row['verdict']}",
        name=row["name"],
        expected=tr.number(row["expected"], 1),
        sites=tr.number(row["sites"], 0 if row["sites"] % 1 == 0 else 1),
        q=_at_most(float(row["q_value"]), tr),
        many=tr.text(unit.many),
    )


def _at_most(value: float, tr: Translator) -> str:
    """Write a probability, never as 0."""
    if value >= LEAST:
        return tr("explanations.equal", value=tr.number(value, 3))
    return tr("explanations.below", value=tr.number(LEAST, 3))
