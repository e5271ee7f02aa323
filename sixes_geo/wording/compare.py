"""What several measured choices say of one another: dates, ordinary services, cities."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.change import Step
from sixes_geo.city.model import City
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import index_words, need_title, verdict_words


def layer_label(assessment: Assessment, tr: Translator) -> str:
    """Name a measured layer, and its role where it is no initiative."""
    layer = assessment.question.layers[0]
    title = tr.text(layer.title)
    if layer.role == "initiative":
        return title
    return tr("map.role", title=title, role=tr(f"role.{layer.role}"))


def city_label(assessment: Assessment, tr: Translator) -> str:
    """Name a city and what is measured in it."""
    return f"{tr.text(assessment.city.name)}: {layer_label(assessment, tr)}"


def compared_table(found: list[tuple[str, Assessment]], tr: Translator) -> pd.DataFrame:
    """Return a row per measured question: n, index with interval, verdict, unit, need, vintage."""
    rows = [
        {
            tr("compare.what"): label,
            tr("compare.n"): one.test.n if one.test else 0,
            tr("summary.index_title"): index_words(one, tr),
            tr("summary.verdict_title"): verdict_words(one, tr),
            tr("controls.unit"): tr.text(one.question.unit.many),
            tr("controls.need"): need_title(one, tr),
            tr("compare.vintage"): one.question.layers[0].vintage,
        }
        for label, one in found
    ]
    return pd.DataFrame(rows)


def step_title(city: City, step: Step, tr: Translator) -> str:
    """Name a step by its two dates."""
    before, after = (city.layer_named(one) for one in (step.before, step.after))
    return tr("change.step", before=before.vintage, after=after.vintage)


def step_words(city: City, step: Step, tr: Translator) -> str:
    """Say what became of the sites, and whether the network moved."""
    counts = step.sites["change"].value_counts()
    changes = tr(
        "change.fates",
        title=step_title(city, step, tr),
        **{change: int(counts.get(change, 0)) for change in ("kept", "gained", "lost")},
    )
    found = step.difference
    if found is None:
        return changes
    low, high = (tr.signed(end, 2) for end in found.interval)
    moved = tr(
        f"change.moved.{found.verdict}",
        difference=tr.signed(found.difference, 2),
        low=low,
        high=high,
        n_before=tr.number(found.n_before, 0),
        n_after=tr.number(found.n_after, 0),
    )
    return f"{changes} {moved}"
