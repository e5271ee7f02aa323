"""Provenance of what is shown: its raw files, their publishers and licences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sixes_geo.analysis.question import Question
from sixes_geo.city.catalog import NOT_STATED
from sixes_geo.city.model import City, Licence, Raw
from sixes_geo.i18n import Translator

UNNAMED = "not stated"
"""What a manifest has where a source states no publisher or date."""

ATTRIBUTION = "other-at"
"""The licence of files whose only stated condition is to name the publisher."""


def sources_shown(
    question: Question, context: Collection[str], beside: Iterable[Question] = ()
) -> Sequence[Raw]:
    """Return the raw files behind a question: need, layers, boundaries, people, context.

    Questions about networks ``beside`` it add the files of theirs.
    """
    names: list[str] = []
    for each in (question, *beside):
        names += each.need.raw
        for layer in each.layers:
            names += layer.raw
    for entry in question.city.context:
        if entry.context in context:
            names += entry.raw
    names += _behind_units(question.city)
    wanted = dict.fromkeys(names)
    return [raw for raw in question.city.raw if raw.path in wanted]


def licence_words(licence: Licence, tr: Translator) -> str:
    """Name a licence as stated, or say that none is, for the whole file or a part of it."""
    name = licence.title
    if licence.name == NOT_STATED:
        name = name.replace(NOT_STATED, tr("sources.not_stated"), 1)
    if licence.name == ATTRIBUTION:
        name = tr("sources.attribution")
    return tr("sources.licence", licence=name)


def stated_words(text: str, tr: Translator) -> str:
    """Write a publisher or date as stated, or say that none is."""
    return tr("sources.not_stated") if text == UNNAMED else text


def publishers_named(raw: Iterable[Raw]) -> list[str]:
    """Return the publishers of some files, each once; unnamed ones are left out."""
    names = [name for file in raw for name in file.publisher.split("; ")]
    return list(dict.fromkeys(name for name in names if name != UNNAMED))


def _behind_units(city: City) -> list[str]:
    """Return the raw files behind boundaries and population."""
    resources = {unit.resource for unit in city.units}
    names = [
        source.path
        for resource in city.resources
        if resource.name in resources
        for source in resource.sources
    ]
    for indicator in city.indicators:
        if indicator.role == "population":
            names += indicator.raw
    return names
