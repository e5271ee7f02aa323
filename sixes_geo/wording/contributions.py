"""Contributed indicators in words: how many values they have, and who made them."""

from __future__ import annotations

from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City
from sixes_geo.contributions.merge import contributed_indicators, names_of
from sixes_geo.contributions.store import INITIATIVE, NEED, ContributedIndicator
from sixes_geo.i18n import Translator


def per_words(city: City, per: str, tr: Translator) -> str:
    """Name what an indicator has values for: units, or initiatives."""
    return (
        tr("contributions.per_initiative")
        if per == INITIATIVE
        else tr.text(city.unit_named(per).many)
    )


def values_words(city: City, indicator: ContributedIndicator, tr: Translator) -> str:
    """Say how many values there are, and their range exactly as written."""
    values = sorted(indicator.values.values())
    if not values:
        return tr("contributions.no_values")
    return tr(
        "contributions.read",
        count=len(values),
        of=len(names_of(city, indicator.per)),
        many=per_words(city, indicator.per, tr),
        low=exact_words(values[0], tr),
        high=exact_words(values[-1], tr),
    )


def exact_words(value: float, tr: Translator) -> str:
    """Write a number with all the decimals it came with."""
    decimals = 0 if value.is_integer() else len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return tr.number(value, decimals)


def authorship_words(question: Question, tr: Translator) -> list[str]:
    """Name authors and date of the contributed indicators and layers in a question."""
    shown = {question.need.indicator, *question.layer_names}
    return [
        tr(
            "contributions.made_need" if indicator.use == NEED else "contributions.made_provision",
            name=indicator.name,
            authors=indicator.authors,
            date=indicator.date,
        )
        for indicator in contributed_indicators(question.city)[0]
        if indicator.indicator in shown
    ]
