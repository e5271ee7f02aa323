"""Networks by name, and the short answer for one that stands beside another."""

from __future__ import annotations

from collections.abc import Iterable

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import Layer
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import basis_words, headline, index_words
from sixes_geo.wording.counts import basis_noun, counted_short, n_words
from sixes_geo.wording.verdict import verdict_words

NAMED_ROLES = ("surveillance", "policing", "contrast")
"""Roles shown beside the title, so that they are not mistaken for a benefit."""


def network_words(layer: Layer, tr: Translator) -> str:
    """Name a network, with its role if it could be mistaken for a benefit."""
    title = tr.text(layer.title)
    if layer.role not in NAMED_ROLES:
        return title
    return tr("map.role", title=title, role=tr(f"role.{layer.role}"))


def networks_words(layers: Iterable[Layer], tr: Translator) -> str:
    """Name several networks in one text."""
    return tr.list([network_words(layer, tr) for layer in layers])


def amount_title(assessment: Assessment, tr: Translator) -> str:
    """Name a network, and what is counted of it unless that is its sites."""
    network = networks_words(assessment.question.layers, tr)
    if assessment.question.weight == "sites":
        return network
    return tr("map.counted", network=network, what=counted_short(assessment, tr))


def beside_words(first: Question, assessment: Assessment, tr: Translator) -> str:
    """Give the answer for a network beside the first one: verdict, index and what it rests on.

    Unit, need and variation are said only where they are not those of the first.
    """
    if assessment.test is None:
        return headline(assessment, tr)
    question, verdict = assessment.question, verdict_words(assessment, tr)
    basis = _index_and_n(assessment, tr) if _alike(first, question) else basis_words(assessment, tr)
    parts = [verdict[:1].upper() + verdict[1:], basis]
    if question.unit != first.unit:
        parts.append(tr("beside.other_unit", many=tr.text(question.unit.many)))
    return " · ".join(parts)


def _alike(first: Question, question: Question) -> bool:
    """Tell whether a network is measured in every respect as the first one is."""
    ways = ("unit", "need", "year", "border", "without", "es", "ps", "basis")
    return all(getattr(first, way) == getattr(question, way) for way in ways)


def _index_and_n(assessment: Assessment, tr: Translator) -> str:
    """Return the index with its interval, n and the dates of the sites."""
    vintages = dict.fromkeys(layer.vintage for layer in assessment.question.layers)
    return tr(
        "beside.amount" if assessment.question.weight == "amount" else "beside.basis",
        index=index_words(assessment, tr),
        n=n_words(assessment, tr),
        noun=basis_noun(assessment, tr),
        many=tr.text(assessment.question.unit.many),
        vintage=tr.list(list(vintages)),
    )
