"""Comparisons in words: of dates, of reference services, of cities."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.change import Step
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import index_words, need_title
from sixes_geo.wording.verdict import verdict_words


def layer_label(assessment: Assessment, tr: Translator) -> str:
    """Name what is measured, with its role if it is not an initiative."""
    layers = assessment.question.layers
    title = tr.list([tr.text(layer.title) for layer in layers])
    role = layers[0].role  # what is counted together has one role
    return title if role == "initiative" else tr("map.role", title=title, role=tr(f"role.{role}"))


def city_label(assessment: Assessment, tr: Translator) -> str:
    """Name a city and what is measured in it."""
    return f"{tr.text(assessment.city.name)}: {layer_label(assessment, tr)}"


def comparison_table(assessments: list[tuple[str, Assessment]], tr: Translator) -> pd.DataFrame:
    """Return a row per measured question: n, index with interval, verdict, unit, need, vintage."""
    rows = [
        {
            tr("compare.what"): label,
            tr("compare.n"): assessment.test.n if assessment.test else 0,
            tr("summary.index_title"): index_words(assessment, tr),
            tr("summary.verdict_title"): verdict_words(assessment, tr),
            tr("controls.unit"): tr.text(assessment.question.unit.many),
            tr("controls.need"): need_title(assessment, tr),
            tr("compare.vintage"): _vintages(assessment, tr),
        }
        for label, assessment in assessments
    ]
    return pd.DataFrame(rows)


def _vintages(assessment: Assessment, tr: Translator) -> str:
    """Return the dates of what is measured, each once."""
    return tr.list(list(dict.fromkeys(layer.vintage for layer in assessment.question.layers)))


def step_title(step: Step, tr: Translator) -> str:
    """Name a step by its two dates."""
    before, after = step.layers
    return tr("change.step", before=before.vintage, after=after.vintage)


def step_words(step: Step, tr: Translator) -> str:
    """Say how many sites were kept, gained and lost, and whether the network moved."""
    counts = step.sites["change"].value_counts()
    changes = tr(
        "change.counts",
        title=step_title(step, tr),
        **{change: int(counts.get(change, 0)) for change in ("kept", "gained", "lost")},
    )
    difference = step.difference
    if difference is None:
        return changes
    low, high = (tr.signed(end, 2) for end in difference.interval)
    moved = tr(
        f"change.moved.{difference.verdict}",
        difference=tr.signed(difference.difference, 2),
        low=low,
        high=high,
        n_before=tr.number(difference.n_before, 0),
        n_after=tr.number(difference.n_after, 0),
    )
    return f"{changes} {moved}"
