"""The hint on a unit: need, people and what networks have there, with the values of all units."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import MILLION, Translator
from sixes_geo.wording import counted_short, in_millions, is_money, need_measured, rate_title
from sixes_geo.wording.network_names import amount_title


def hint_rows(
    assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()
) -> list[dict[str, object]]:
    """Return the lines of the hint on a unit, with the values of all units.

    Networks side by side have a line each, under their names; one that is measured by other
    units has none.
    """
    table, indicator = assessment.units, assessment.question.need
    money = indicator.format == "money"
    marks = tr.money_marks(assessment.city.currency) if money else ("", "")
    if indicator.format == "percent":
        marks = "", tr("number.percent", value="")
    decimals, measured = 0 if money else indicator.decimals, need_measured(assessment, tr)
    unit = assessment.question.unit
    people = tr("table.population_year", year=str(unit.population[1]))
    rows = [
        hint_row(measured, table["need"], decimals, *marks),
        hint_row(people, table["population"], 0),
    ]
    if not beside:
        label = counted_short(assessment, tr)
        return [*rows, _amount_row(label, assessment, tr), _rate_row(assessment, tr)]
    alike = [each for each in (assessment, *beside) if each.question.unit == unit]
    return [*rows, *(_amount_row(amount_title(each, tr), each, tr) for each in alike)]


def _amount_row(label: str, assessment: Assessment, tr: Translator) -> dict[str, object]:
    """Return the line on what is counted; only parts of sites have a decimal."""
    amount = assessment.units["amount"]
    if is_money(assessment):
        before, after = tr.money_marks(assessment.question.layers[0].currency)
        if in_millions(assessment):
            return hint_row(
                label, amount / MILLION, 0, before, tr("number.in_millions", value="") + after
            )
        return hint_row(label, amount, 0, before, after)
    whole = assessment.question.weight == "amount" or (amount % 1 == 0).all()
    return hint_row(label, amount, 0 if whole else 1)


def _rate_row(assessment: Assessment, tr: Translator) -> dict[str, object]:
    """Return the line on the rate: money per person, or sites per 10,000."""
    units, layer = assessment.units, assessment.question.layers[0]
    if assessment.question.weight != "amount":
        return hint_row(rate_title(assessment, tr), units["rate_per_10k"], 2)
    marks, decimals = (tr.money_marks(layer.currency), 0) if layer.currency else (("", ""), 2)
    per_person = units["amount"] / units["population"]
    return hint_row(rate_title(assessment, tr), per_person, decimals, *marks)


def hint_row(
    label: str, values: pd.Series, decimals: int, prefix: str = "", suffix: str = ""
) -> dict[str, object]:
    """Return one line of the hints; no more digits are sent than are shown."""
    rounded = values.round(decimals)
    numbers = [
        None if pd.isna(number) else int(number) if number == int(number) else number
        for number in rounded
    ]
    return {
        "label": label,
        "values": numbers,
        "decimals": decimals,
        "prefix": prefix,
        "suffix": suffix,
    }
