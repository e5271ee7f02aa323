"""Networks by name, and the short answer for one that stands beside another."""

from __future__ import annotations

from collections.abc import Iterable

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import Layer
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import basis_words, headline
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


def first_words(first: Question, tr: Translator) -> str:
    """Say which of several networks a page is about."""
    return tr("beside.first", network=networks_words(first.layers, tr))


def beside_words(first: Question, assessment: Assessment, tr: Translator) -> str:
    """Give the answer for a network beside the first one: verdict, index and what it rests on."""
    if assessment.test is None:
        return headline(assessment, tr)
    verdict, question = verdict_words(assessment, tr), assessment.question
    words = f"{verdict[:1].upper()}{verdict[1:]} · {basis_words(assessment, tr)}"
    if question.unit == first.unit:
        return words
    return f"{words} · {tr('beside.other_unit', many=tr.text(question.unit.many))}"
