"""The papers of what is shown: which raw files stand behind it, and what their licence says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sixes_geo.analysis.question import Question
from sixes_geo.city.catalog import NOT_STATED
from sixes_geo.city.model import City, Licence, Raw
from sixes_geo.i18n import Translator

UNNAMED = "not stated"
"""What a manifest writes where no source names a publisher or a date."""

ATTRIBUTION = "other-at"
"""The licence of files that may be used by who names their publisher, and no more is said."""


def sources_shown(question: Question, context: Collection[str]) -> Sequence[Raw]:
    """Return the raw files behind a question: need, layers, limits, people, context; each once."""
    names = list(question.need.raw)
    for layer in question.layers:
        names += layer.raw
    for one in question.city.context:
        if one.context in context:
            names += one.raw
    names += _behind_units(question.city)
    wanted = dict.fromkeys(names)
    return [raw for raw in question.city.raw if raw.path in wanted]


def licence_words(licence: Licence, tr: Translator) -> str:
    """Name a licence as stated, or say that none is, with what is known of a part of the file."""
    name = licence.title
    if licence.name == NOT_STATED:
        name = name.replace(NOT_STATED, tr("sources.not_stated"), 1)
    if licence.name == ATTRIBUTION:
        name = tr("sources.attribution")
    return tr("sources.licence", licence=name)


def stated_words(text: str, tr: Translator) -> str:
    """Write a publisher or a date as it is stated, or say that none is."""
    return tr("sources.not_stated") if text == UNNAMED else text


def publishers_named(raw: Iterable[Raw]) -> list[str]:
    """Return who published some files, each once; those that nobody names are left out."""
    names = [name for one in raw for name in one.publisher.split("; ")]
    return list(dict.fromkeys(name for name in names if name != UNNAMED))


def _behind_units(city: City) -> list[str]:
    """Return the raw files behind limits and population."""
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
