"""The hint on a unit: need, people and what networks have there, with the values of all units."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import Translator
from sixes_geo.wording import counted_short, need_title
from sixes_geo.wording.network_names import amount_title


def hint_rows(
    assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()
) -> list[dict[str, object]]:
    """Return the lines of the hint on a unit, with the values of all units.

    Networks side by side have a line each, under their names; one that is measured by other
    units has none.
    """
    city, table = assessment.city, assessment.units
    indicator = assessment.question.need
    money, percent = indicator.format == "money", indicator.format == "percent"
    prefix = f"{city.currency}\u00a0" if money else ""
    suffix = tr("number.percent", value="") if percent else ""
    measured = f"{need_title(assessment, tr)}, {tr.text(indicator.unit_of_measure)}"
    unit = assessment.question.unit
    people = tr("table.population_year", year=str(unit.population[1]))
    rows = [
        hint_row(measured, table["need"], 0 if money else indicator.decimals, prefix, suffix),
        hint_row(people, table["population"], 0),
    ]
    if not beside:
        label = counted_short(assessment, tr)
        return [*rows, _amount_row(label, assessment), _rate_row(assessment, tr)]
    alike = [each for each in (assessment, *beside) if each.question.unit == unit]
    return [*rows, *(_amount_row(amount_title(each, tr), each) for each in alike)]


def _amount_row(label: str, assessment: Assessment) -> dict[str, object]:
    """Return the line on what is counted; only parts of sites have a decimal."""
    amount = assessment.units["amount"]
    whole = assessment.question.weight == "amount" or (amount % 1 == 0).all()
    return hint_row(label, amount, 0 if whole else 1)


def _rate_row(assessment: Assessment, tr: Translator) -> dict[str, object]:
    """Return the line on the rate: money per person, or sites per 10,000."""
    units, layer = assessment.units, assessment.question.layers[0]
    if assessment.question.weight != "amount":
        return hint_row(tr("table.rate_per_10k"), units["rate_per_10k"], 2)
    prefix, decimals = (f"{layer.currency}\u00a0", 0) if layer.currency else ("", 2)
    per_person = units["amount"] / units["population"]
    return hint_row(tr("table.per_head"), per_person, decimals, prefix)


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
