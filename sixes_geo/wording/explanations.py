"""How to read a page, in plain words, worked out on the figures it shows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.ranking import ranked_units
from sixes_geo.analysis.reach import Reach
from sixes_geo.i18n import Translator
from sixes_geo.wording import INDEX_DECIMALS, counted, zeros_words
from sixes_geo.wording.reach import distance_words, medians_of, shares_of

LEAST = 0.001
"""Smaller probabilities are not written out."""


def equity_lines(assessment: Assessment, tr: Translator) -> list[str]:
    """Explain index, curve, fifths, gap and verdict by the current city's own figures."""
    if assessment.test is None:
        return []
    lines = [_curve(assessment, tr), _fifth(assessment, tr), _unit(assessment, tr)]
    if assessment.question.weight == "sites":
        lines += [_verdict(assessment, tr), zeros_words(assessment, tr)]
    return [*lines, tr("explanations.not_why")]


def reach_lines(assessment: Assessment, found: Reach, tr: Translator) -> list[str]:
    """Explain shares, distances and catchments by the current city's own figures."""
    shares, medians = shares_of(found), medians_of(found)
    apart = {one: abs(share - shares["all"]) for one, share in shares.items() if one != "all"}
    fifth = max(apart, key=apart.__getitem__)
    most = int(found.access.fillna(0.0).argmax())
    lines = [
        tr(
            "explanations.reach_share",
            fifth=int(str(fifth)[0]),
            share=tr.percent(shares[fifth]),
            metres=tr.number(found.threshold_m, 0),
            noun=counted(assessment, tr),
        ),
        tr(
            "explanations.reach_far",
            fifth=int(str(fifth)[0]),
            distance=distance_words(medians[fifth], tr),
        ),
        tr(
            "explanations.reach_access",
            name=assessment.units["name"].iloc[most],
            access=tr.number(float(found.access.max()), 2),
            metres=tr.number(found.threshold_m, 0),
            noun=counted(assessment, tr),
        ),
    ]
    return [*lines, tr("explanations.reach_not")]


def example(assessment: Assessment) -> pd.Series[Any]:
    """Return the unit that a page explains itself by: a verdict if there is one, the widest gap."""
    ranked = ranked_units(assessment.units).dropna(subset=["gap"])
    told = ranked[ranked["verdict"] != "cannot_tell"]
    among = told if len(told) else ranked
    return among.iloc[int(among["gap"].abs().argmax())]


def _curve(found: Assessment, tr: Translator) -> str:
    """Explain the curve at the middle of the people, and the index."""
    curve, test = found.curve, found.test
    below = curve[curve["people_share"] <= 0.5].iloc[-1]  # noqa: PLR2004  (half of the people)
    return tr(
        "explanations.curve",
        people=tr.percent(float(below["people_share"])),
        amount=tr.percent(float(below["provision_share"])),
        noun=counted(found, tr),
        index=tr.signed(test.index if test else 0.0, INDEX_DECIMALS),
    )


def _fifth(found: Assessment, tr: Translator) -> str:
    """Explain the bars by the fifth whose shares differ most."""
    fifths = found.quintiles.dropna(subset=["share_amount"])
    apart = (fifths["share_amount"] - fifths["share_population"]).abs()
    one = fifths.iloc[int(apart.argmax())]
    return tr(
        "explanations.fifth",
        fifth=int(one["quintile"]),
        people=tr.percent(float(one["share_population"])),
        amount=tr.percent(float(one["share_amount"])),
        noun=counted(found, tr),
    )


def _unit(found: Assessment, tr: Translator) -> str:
    """Explain gap and location quotient by one unit."""
    one = example(found)
    return tr(
        "explanations.unit",
        name=one["name"],
        noun=counted(found, tr),
        amount=tr.percent(one["share_amount"]),
        people=tr.percent(one["share_population"]),
        gap=tr.signed(one["gap"] * 100, 1),
        quotient=tr.number(one["location_quotient"], 2),
    )


def _verdict(found: Assessment, tr: Translator) -> str:
    """Explain the verdict on the same unit."""
    one = example(found)
    unit = found.question.unit
    return tr(
        f"explanations.verdict.{one['verdict']}",
        name=one["name"],
        expected=tr.number(one["expected"], 1),
        sites=tr.number(one["sites"], 0 if one["sites"] % 1 == 0 else 1),
        q=_at_most(float(one["q_value"]), tr),
        many=tr.text(unit.many),
    )


def _at_most(value: float, tr: Translator) -> str:
    """Write a probability, never as 0."""
    if value >= LEAST:
        return tr("explanations.equal", value=tr.number(value, 3))
    return tr("explanations.below", value=tr.number(LEAST, 3))
