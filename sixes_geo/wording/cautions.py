"""What a reader must know beside a figure, the same on page, paper and command line."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.city.model import WATCHING
from sixes_geo.i18n import Translator

UNFAMILIAR = ("hexagon", "region")
"""Levels of units that no administration drew: what they are and leave out is said at once."""


def role_words(assessment: Assessment, tr: Translator) -> str:
    """Say that what is measured watches people, or is no initiative, if so; else nothing."""
    roles = {layer.role for layer in assessment.question.layers}
    if roles & set(WATCHING):
        return tr("snapshot.watching")
    if roles <= {"initiative"}:
        return ""
    return tr("sure.no_initiative", roles=tr.list([tr(f"role.{role}") for role in sorted(roles)]))


def warnings(
    assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()
) -> list[str]:
    """Return what must stand beside a figure at once; of several networks, with their names."""
    texts = [role_words(assessment, tr)]
    if beside:
        texts = [named(each, role_words(each, tr), tr) for each in (assessment, *beside)]
    texts += [best_off_words(each, tr) for each in (assessment, *beside)]
    units = [each.question.unit for each in (assessment, *beside)]
    texts += [tr.text(unit.note) for unit in units if unit.level in UNFAMILIAR]
    return list(dict.fromkeys(text for text in texts if text))


def named(assessment: Assessment, text: str, tr: Translator) -> str:
    """Return a text about a network after its name, or nothing if there is none."""
    title = tr.list([tr.text(layer.title) for layer in assessment.question.layers])
    return text and tr("methods.indicator_note", title=title, note=text)


def best_off_words(assessment: Assessment, tr: Translator) -> str:
    """Say how sure it is which five units the headline names, if the need has limits."""
    limits, headline = assessment.need_error, assessment.headline
    if limits is None or headline is None or not headline.top or isnan(limits.same_best_off):
        return ""
    return tr(
        "sure.same_best_off",
        many=tr.text(assessment.question.unit.many),
        need=tr.text(assessment.question.need.title),
        share=tr.percent(limits.same_best_off, 0),
    )


def cautions(assessment: Assessment, tr: Translator) -> list[str]:
    """Return what a measure cannot see, and the cautions of need and layers."""
    question = assessment.question
    described = [(question.need.title, question.need.note)]
    described += [(layer.title, layer.note) for layer in question.layers]
    notes = [
        tr("methods.indicator_note", title=tr.text(title), note=tr.text(note))
        for title, note in described
        if tr.text(note)
    ]
    return [tr("sure.network"), tr("sure.inside"), *notes]
