"""Results as plain values: the records that the command line prints."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.change import contrasts_of, dates_of
from sixes_geo.analysis.clusters import clusters_of
from sixes_geo.analysis.options import need_options, needs_of
from sixes_geo.analysis.provision import Provision, sites_of
from sixes_geo.analysis.question import amount_unit, measured_in
from sixes_geo.analysis.reach import reach_of
from sixes_geo.analysis.robustness import every_variant, robustness_of
from sixes_geo.analysis.stress import checks_of, with_network
from sixes_geo.base.errors import Problem
from sixes_geo.city.model import City
from sixes_geo.city.tables import read_units
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.measures import is_borderline, size_of
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.output.check_records import check_record, need_error_record, split_record
from sixes_geo.output.unit_table import UNIT_COLUMNS
from sixes_geo.wording import counted, headline
from sixes_geo.wording.cautions import cautions, warnings


def full_record(
    assessment: Assessment, provision: Provision, variants: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Return everything the pages show about a question, as `measure --json` prints it.

    Besides `measure_record`: every variant of the question (``variants``, if they are known
    already), reach, clusters, dates and contrasts. What cannot be measured has its reason
    under ``why_not``.
    """
    question = assessment.question
    assessment = with_network(assessment, gathered=lambda _: provision)
    if variants is None:
        variants = every_variant(question)
    dates = dates_of(question)
    checks = checks_of(assessment, gathered=lambda _: provision)
    more = {
        "robustness": _robustness(robustness_of(variants, question).variants),
        "checks": [check_record(check) for check in checks],
        "reach": _reach(assessment, provision),
        "clusters": _clusters(assessment),
        "dates": [_brief(dated) for dated in dates.assessments] if dates else [],
        "steps": [
            {
                "before": step.before,
                "after": step.after,
                **step.sites["change"].value_counts().to_dict(),
                "difference": asdict(step.difference) if step.difference else None,
            }
            for step in (dates.steps if dates else ())
        ],
        "contrasts": [_brief(contrast) for contrast in contrasts_of(question)],
    }
    return measure_record(assessment) | dict(_plain(more))


def _robustness(variants: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every variant of the question."""
    ends = variants[["lower", "upper"]].to_numpy().tolist()
    table = variants.drop(columns=["lower", "upper"]).assign(
        interval=pd.Series(ends, index=variants.index)
    )
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _reach(assessment: Assessment, provision: Provision) -> dict[str, Any]:
    """Return how near people live."""
    reach = reach_of(assessment, provision)
    if isinstance(reach, Problem):
        return {"why_not": reach.kind}
    return {
        "points": reach.points,
        "points_are": reach.level.unit if reach.level else "blocks",
        "people": reach.people,
        "grain_m": reach.grain_m,
        "n_used": reach.sites,
        "distance": "straight-line metres",
        "coverage": reach.curve.to_dict("records"),
        "nearest": reach.nearest.to_dict("records"),
        "access_within_m": reach.threshold_m,
        "access_per_10k": reach.access.to_dict(),
    }


def _clusters(assessment: Assessment) -> dict[str, Any]:
    """Return clusters among neighbouring units."""
    clusters = clusters_of(assessment)
    if isinstance(clusters, Problem):
        return {"why_not": clusters.kind}
    return {
        "moran": asdict(clusters.whole),
        "permutations": clusters.permutations,
        "correction": f"Benjamini-Hochberg, {ALPHA}",
        "correlation_in_place": clusters.together,
        "units": clusters.units.reset_index().to_dict("records"),
    }


def _brief(assessment: Assessment) -> dict[str, Any]:
    """Return the essentials of another question: its index and what must go with it."""
    record = measure_record(assessment)
    wanted = (
        "layer",
        "unit",
        "need",
        "need_year",
        "weight",
        "amount_unit",
        "n_read",
        "n_used",
        "concentration_index",
        "interval",
        "p_value",
        "verdict",
        "quintiles",
        "curve",
    )
    return {name: record[name] for name in wanted}


def measure_record(assessment: Assessment) -> dict[str, Any]:
    """Return everything measured as plain values, as `measure --json` prints it."""
    question, rows, test = assessment.question, assessment.accounting, assessment.test
    english = Translator("en")
    titles = {language: counted(assessment, Translator(language)) for language in LANGUAGES}
    record: dict[str, Any] = {
        "city": question.city.city,
        "layer": "+".join(question.layer_names),
        "unit": question.unit.unit,
        "need": question.need.indicator,
        "need_year": question.year,
        "weight": question.weight,
        "amount_unit": amount_unit(question),
        "amount_title": titles["en"],
        "amount_titles": titles,
        "seed": question.seed,
        "border_m": question.border,
        "without": question.without,
        "e": list(question.es),
        "p": list(question.ps),
        "basis": question.basis,
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
        "size": size_of(test.index) if test else None,
        "borderline": is_borderline(test.p_value, test.interval) if test else None,
        "one_decision": assessment.network.verdict if assessment.network else None,
        "need_error": need_error_record(assessment),
        "split": split_record(assessment),
        "sentence": headline(assessment, english),
        "quintiles": assessment.quintiles.to_dict("records"),
        "units": assessment.units.reset_index()[UNIT_COLUMNS].to_dict("records"),
        "curve": assessment.curve.to_dict("records"),
        "band": assessment.band.to_dict("records"),
        "empty_units": asdict(assessment.zeros) if assessment.zeros else None,
        "robustness": [],
        "checks": [],
        "roles": sorted({layer.role for layer in question.layers}),
        "cautions": [*warnings(assessment, english), *cautions(assessment, english)],
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
                "titles": {language: need.title[language] for language in LANGUAGES},
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
                "sites": None if layer.per_unit else len(sites_of(city, layer)),
                "capacity": english.text(layer.capacity) if layer.capacity else None,
                "amount_units": {weight: measured_in(layer, weight) for weight in layer.weights},
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


def _data(assessment: Assessment) -> list[dict[str, object]]:
    """Return the files an assessment is based on."""
    unit = assessment.question.unit
    question = assessment.question
    wanted = {unit.resource, "indicators", "sites", "initiatives", "tags", question.need.indicator}
    wanted |= {*question.layer_names}  # contributed layers have a file each
    return [
        {
            "resource": resource.name,
            "sha256": resource.sha256,
            "vintage": resource.vintage,
            "licence": ", ".join(licence.title for licence in resource.licences),
            "sources": [source.title for source in resource.sources],
        }
        for resource in assessment.city.resources
        if resource.name in wanted
    ]


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return plain Python values, with None for missing numbers."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, float) and not math.isfinite(number):
        return None
    return number
