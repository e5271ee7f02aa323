"""What is said of indicators that people made: how much they tell, and who made what is shown."""

from __future__ import annotations

from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City
from sixes_geo.contributions.merge import contributed_indicators, names_of
from sixes_geo.contributions.store import INITIATIVE, NEED, ContributedIndicator
from sixes_geo.i18n import Translator


def per_words(city: City, per: str, tr: Translator) -> str:
    """Name what an indicator is told per."""
    return (
        tr("contributions.per_initiative")
        if per == INITIATIVE
        else tr.text(city.unit_named(per).many)
    )


def values_words(city: City, made: ContributedIndicator, tr: Translator) -> str:
    """Say how many places have a value, and from which to which they go, as exactly as written."""
    values = sorted(made.values.values())
    if not values:
        return tr("contributions.no_values")
    return tr(
        "contributions.read",
        count=len(values),
        of=len(names_of(city, made.per)),
        many=per_words(city, made.per, tr),
        low=exact_words(values[0], tr),
        high=exact_words(values[-1], tr),
    )


def exact_words(value: float, tr: Translator) -> str:
    """Write a number with all the decimals it was given."""
    decimals = 0 if value.is_integer() else len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return tr.number(value, decimals)


def made_words(question: Question, tr: Translator) -> list[str]:
    """Say by whom and when was made what of a question did not come with the city."""
    shown = {question.need.indicator, *question.layer_names}
    return [
        tr(
            "contributions.made_need" if one.use == NEED else "contributions.made_provision",
            name=one.name,
            authors=one.authors,
            date=one.date,
        )
        for one in contributed_indicators(question.city)[0]
        if one.indicator in shown
    ]
