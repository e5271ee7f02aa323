"""The table of units, for the screen and for a file, and the record the command line prints."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sixes_geo.assessment import Assessment
from sixes_geo.choices import need_options, needs_of, unit_named
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.layers import indicator_named, read_units
from sixes_geo.model import City
from sixes_geo.provision import sites_of
from sixes_geo.ranking import rank_by
from sixes_geo.wording import counted_short, need_title

UNIT_COLUMNS = [
    "id",
    "name",
    "population",
    "need",
    "sites",
    "share_sites",
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

PER_10K = 10_000

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the start of a text."""


def screen_table(assessment: Assessment, tr: Translator) -> pd.DataFrame:
    """Return the table a page shows, its columns named in the reader's language, by unit id."""
    units = assessment.units
    need = need_title(assessment, tr)
    table = pd.DataFrame(
        {
            tr("table.name"): units["name"],
            need: units["need"],
            tr("table.population"): units["population"],
            _counted(assessment, tr): units["amount"].round(2),
            share_title(assessment, tr): units["share_sites"].round(4),
            tr("table.share_population"): units["share_population"].round(4),
            tr("table.gap"): (units["gap"] * 100).round(1) + 0.0,  # never "-0"
            tr("table.location_quotient"): units["location_quotient"].round(2),
            rate_title(assessment, tr): rate(assessment).round(2),
            tr("table.expected"): units["expected"].round(1),
            tr("table.verdict"): units["verdict"].map(
                {name: tr(f"table.verdicts.{name}") for name in ("more", "fewer", "cannot_tell")}
            ),
            tr("table.quintile"): units["quintile"],
        }
    )
    small: dict[str, str] = dict.fromkeys(map(str, table.select_dtypes("number")), "float32")
    small[tr("table.verdict")] = "category"
    if assessment.choice.weight != "sites":
        table = table.drop(columns=[tr("table.expected"), tr("table.verdict")])
        small.pop(tr("table.verdict"))
        small.pop(tr("table.expected"))
    order = rank_by(assessment.city, assessment.choice, table[need])
    table = table.assign(_order=order).sort_values(["_order", tr("table.name")])
    return table.drop(columns="_order").astype(small)


def rate(assessment: Assessment) -> pd.Series:
    """Return sites, or what they hold, per 10,000 people; of money what there is per person."""
    per_10k: pd.Series = assessment.units["rate_per_10k"]
    return per_10k / PER_10K if assessment.choice.weight == "amount" else per_10k


def rate_title(assessment: Assessment, tr: Translator) -> str:
    """Name the column of the rate."""
    per_head = assessment.choice.weight == "amount"
    return tr("table.per_head" if per_head else "table.rate_per_10k")


def share_title(assessment: Assessment, tr: Translator) -> str:
    """Name the column of the share of what is counted."""
    if assessment.choice.weight == "sites":
        return tr("table.share_sites")
    return tr("chart.curve_sites", noun=_counted(assessment, tr))


def csv_table(assessment: Assessment, tr: Translator) -> bytes:
    """Return the table as a file that says what each column is and where it comes from."""
    units = assessment.units.reset_index()
    indicator = indicator_named(assessment.city, assessment.choice.need)
    columns = [*UNIT_COLUMNS[:4], "lower", "upper", *UNIT_COLUMNS[4:]]
    if assessment.choice.weight != "sites":
        columns.insert(columns.index("sites") + 1, "amount")
    table = units[columns].assign(name=units["name"].map(neutral))
    table["need_indicator"] = indicator.indicator
    table["need_year"] = assessment.choice.year
    table["need_unit_of_measure"] = tr.text(indicator.unit_of_measure)
    unit = unit_named(assessment.city, assessment.choice.unit)
    table["population_year"] = unit.population[1]
    table["layers"] = "+".join(assessment.choice.layers)
    table["weight"] = assessment.choice.weight
    table["seed"] = assessment.choice.seed
    table["n_read"] = assessment.accounting.read
    table["n_used"] = assessment.accounting.used
    table["data_version"] = assessment.city.version
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def measure_record(assessment: Assessment) -> dict[str, Any]:
    """Return everything measured as plain values, as `measure --json` prints it."""
    choice, rows, test = assessment.choice, assessment.accounting, assessment.test
    record: dict[str, Any] = {
        "city": choice.city,
        "layer": "+".join(choice.layers),
        "unit": choice.unit,
        "need": choice.need,
        "need_year": choice.year,
        "weight": choice.weight,
        "seed": choice.seed,
        "n_read": rows.read,
        "n_used": rows.used,
        "n_outside": rows.outside,
        "n_unlocated": rows.unlocated,
        "n_citywide": rows.citywide,
        "n_without_need": rows.without_need,
        "n_without_capacity": rows.without_capacity,
        "n_approximate": rows.approximate,
        "concentration_index": test.index if test else None,
        "null_sd": test.null_sd if test else None,
        "z": test.z if test else None,
        "p_value": test.p_value if test else None,
        "interval": list(test.interval) if test else None,
        "interval_method": test.interval_method if test else None,
        "verdict": test.verdict if test else "cannot_tell",
        "quintiles": assessment.quintiles.to_dict("records"),
        "units": assessment.units.reset_index()[[*UNIT_COLUMNS, "amount"]].to_dict("records"),
        "robustness": [],
        "data": _data(assessment),
        "version": assessment.version,
    }
    return dict(_plain(record))


def city_record(city: City) -> dict[str, Any]:
    """Return what a city offers, as `cities --json` prints it."""
    english = Translator("en")
    return {
        "city": city.city,
        "name": dict(city.name),
        "units": [
            {
                "unit": unit.unit,
                "level": unit.level,
                "title": english.text(unit.many),
                "titles": dict(unit.many),
                "count": len(read_units(city, unit)),
            }
            for unit in city.units
        ],
        "needs": [
            {
                "need": need.indicator,
                "unit": unit.unit,
                "title": english.text(need.title),
                "titles": {one: need.title[one] for one in LANGUAGES},
                "unit_of_measure": english.text(need.unit_of_measure),
                "higher_is_better_off": need.higher_is_better_off,
                "years": sorted(need.years[unit.unit], reverse=True),
            }
            for unit in city.units
            for need in needs_of(city, unit.unit)
        ],
        "layers": [
            {
                "layer": layer.layer,
                "title": english.text(layer.title),
                "titles": dict(layer.title),
                "role": layer.role,
                "kind": layer.kind,
                "sites": 0 if layer.per_unit else len(sites_of(city, layer)),
                "capacity": english.text(layer.capacity) if layer.capacity else None,
                "footprint": layer.footprint,
                "vintage": layer.vintage,
            }
            for layer in city.layers
        ],
        "default": {
            "unit": city.view.unit,
            "need": city.view.need,
            "layers": list(city.view.layers),
            "needs_and_years": list(need_options(city, city.view.unit)),
        },
        "version": city.version,
    }


def _counted(assessment: Assessment, tr: Translator) -> str:
    """Name the column of what is counted."""
    if assessment.choice.weight == "sites":
        return tr("table.sites")
    return counted_short(assessment, tr)


def _data(assessment: Assessment) -> list[dict[str, object]]:
    """Return the files an assessment rests on."""
    unit = unit_named(assessment.city, assessment.choice.unit)
    wanted = (unit.resource, "indicators", "sites", "initiatives")
    return [
        {
            "resource": resource.name,
            "sha256": resource.sha256,
            "vintage": resource.vintage,
            "licence": ", ".join(one.title for one in resource.licences),
        }
        for resource in assessment.city.resources
        if resource.name in wanted
    ]


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return plain Python values, with nothing where a number is missing."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, float) and not math.isfinite(number):
        return None
    return number
