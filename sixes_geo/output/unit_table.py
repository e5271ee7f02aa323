"""The table of units, for the screen and for a file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.question import amount_unit
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.base.names import neutral
from sixes_geo.i18n import WITHOUT_CENTS, Translator
from sixes_geo.measures.placement.disparity import PER_10K
from sixes_geo.wording import (
    RATE_DECIMALS,
    capitalized,
    column_of_amounts,
    counted_within,
    is_money,
    need_heading,
    rate_title,
)
from sixes_geo.wording.sources import publishers_named

UNIT_COLUMNS = [
    "id",
    "name",
    "population",
    "need",
    "sites",
    "amount",
    "share_sites",
    "share_amount",
    "share_population",
    "gap",
    "location_quotient",
    "rate_per_10k",
    "expected",
    "p_value",
    "q_value",
    "verdict",
    "quintile",
]


def screen_table(assessment: Assessment, tr: Translator) -> pd.DataFrame:
    """Return the table a page shows, by unit id, with columns named in the reader's language.

    Its figures are rounded as they are read: copied or read aloud, they have no more digits.
    """
    units = assessment.units
    counted, amounts = column_of_amounts(assessment, tr)
    table = pd.DataFrame(
        {
            tr("table.name"): units["name"],
            need_heading(assessment, tr): units["need"].round(assessment.question.need.decimals),
            tr("table.population"): units["population"].round(),
            counted: amounts.round(2),
            share_title(assessment, tr): units["share_amount"].round(4),
            tr("table.share_population"): units["share_population"].round(4),
            tr("table.gap"): (units["gap"] * 100).round(1) + 0.0,  # never "-0"
            tr("table.location_quotient"): units["location_quotient"].round(2),
            rate_title(assessment, tr): rate(assessment).round(_rate_decimals(assessment)),
            tr("table.expected"): units["expected"].round(1),
            tr("table.verdict"): units["verdict"].map(
                {name: tr(f"table.verdicts.{name}") for name in ("more", "fewer", "cannot_tell")}
            ),
            tr("table.quintile"): units["quintile"],
        }
    )
    if assessment.question.weight == "sites":
        table = table.astype({tr("table.verdict"): "category"})
    else:
        table = table.drop(columns=[tr("table.expected"), tr("table.verdict")])
    order = rank_by(assessment.question, units["need"])
    table = table.assign(_order=order).sort_values(["_order", tr("table.name")])
    return table.drop(columns="_order")


def rate(assessment: Assessment) -> pd.Series:
    """Return the provision per 10,000 people; amounts, such as money, per person."""
    per_10k: pd.Series = assessment.units["rate_per_10k"]
    return per_10k / PER_10K if assessment.question.weight == "amount" else per_10k


def share_title(assessment: Assessment, tr: Translator) -> str:
    """Name the column of the share of the amount."""
    if assessment.question.weight == "sites":
        return tr("table.share_sites")
    if is_money(assessment):
        layer = assessment.question.layers[0]
        return tr("table.share_money", currency=layer.currency)
    return capitalized(tr("chart.curve_amount", noun=counted_within(assessment, tr)))


def csv_table(assessment: Assessment, tr: Translator) -> bytes:
    """Return the table as a CSV file, with the question and the sources in its columns."""
    units = assessment.units.reset_index()
    indicator = assessment.question.need
    columns = [*UNIT_COLUMNS[:4], "lower", "upper", *UNIT_COLUMNS[4:]]
    table = units[columns].copy()
    table["need_indicator"] = indicator.indicator
    table["need_year"] = assessment.question.year
    table["need_unit_of_measure"] = tr.text(indicator.unit_of_measure)
    unit = assessment.question.unit
    table["population_year"] = unit.population[1]
    table["layers"] = "+".join(assessment.question.layer_names)
    table["only_e"] = "+".join(assessment.question.es)
    table["only_p"] = "+".join(assessment.question.ps)
    table["only_basis"] = assessment.question.basis
    table["weight"] = assessment.question.weight
    table["amount_unit"] = amount_unit(assessment.question)
    table["seed"] = assessment.question.seed
    table["n_read"] = assessment.accounting.read
    table["n_used"] = assessment.accounting.used
    table["publishers"] = "; ".join(publishers(assessment))
    table["data_version"] = assessment.city.version
    table["border_m"] = assessment.question.border
    table["without"] = assessment.question.without
    return table_file(table.assign(**_overall(assessment)))


def _overall(assessment: Assessment) -> dict[str, float | str]:
    """Return the result for all units together, the same in every row."""
    test = assessment.test
    low, high = test.interval if test else (np.nan, np.nan)
    return {
        "concentration_index": test.index if test else np.nan,
        "interval_low": low,
        "interval_high": high,
        "index_verdict": test.verdict if test else "cannot_tell",
    }


def table_file(table: pd.DataFrame) -> bytes:
    """Return a table as a CSV file in which spreadsheets take no text for a formula."""
    texts = {
        str(name): [neutral(cell) if isinstance(cell, str) else cell for cell in column]
        for name, column in table.select_dtypes(exclude="number").items()
    }
    return table.assign(**texts).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def publishers(assessment: Assessment) -> list[str]:
    """Return the publishers of need and layers; for contributed ones, the authors."""
    question = assessment.question
    names = [*question.need.raw]
    names += [name for layer in question.layers for name in layer.raw]
    known = {file.path: file for file in question.city.raw}
    return publishers_named(known[name] for name in names if name in known)


def _rate_decimals(assessment: Assessment) -> int:
    """Return the decimals of the rate; money of hundreds and more has none."""
    hundreds = is_money(assessment) and rate(assessment).median() >= WITHOUT_CENTS
    return 0 if hundreds else RATE_DECIMALS
