"""What is counted, and how many of it, in any language: nouns, heads, whole and rough numbers."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import DIGITS, Translator
from sixes_geo.wording.tags import noun_words

WHOLE_WITHIN = 0.005

FEW_DIGITS = 10**DIGITS
"""From here on what is only about a number is told without its last digits."""


def counted(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted: sites, or what they hold."""
    nouns = _nouns(assessment, tr)
    if assessment.question.weight != "capacity":
        return nouns
    return tr("headline.capacity", capacity=_capacity(assessment, tr), noun=nouns)


def counted_short(assessment: Assessment, tr: Translator) -> str:
    """Name in a word what is counted, as a head: sites, what they hold, or money."""
    weight = assessment.question.weight
    if weight == "sites":
        return tr("district.sites")
    if weight == "capacity":
        return begun(_capacity(assessment, tr))
    layer = assessment.question.layers[0]
    if layer.currency:
        return tr("table.money", currency=layer.currency)
    return tr("table.amount")


def counted_within(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted within a sentence: in a word, of what is told per unit in full."""
    if assessment.question.weight == "amount":
        return counted(assessment, tr)
    return counted_short(assessment, tr).lower()


def begun(text: str) -> str:
    """Return a text with the capital letter of a head."""
    return text[:1].upper() + text[1:]


def resting(assessment: Assessment, tr: Translator) -> str:
    """Name what n counts: the sites, whatever they hold, and by what they are weighed."""
    nouns = _nouns(assessment, tr)
    if assessment.question.weight != "capacity":
        return nouns
    return tr("summary.by_capacity", noun=nouns, capacity=_capacity(assessment, tr))


def places_words(assessment: Assessment, tr: Translator) -> str:
    """Write how many places the index rests on, as the headline does where it counts them."""
    test, found = assessment.test, assessment.headline
    if found is not None and assessment.question.weight == "sites":
        return whole(found.of, tr, rough=is_rough(assessment))
    return tr.number(test.n if test else 0, 0)


def whole(count: float, tr: Translator, *, rough: bool = False) -> str:
    """Write a count; where sites count in parts it is about a number of few digits."""
    if abs(count - round(count)) < WHOLE_WITHIN:
        return tr.number(round(count), 0)
    if not rough:
        return tr.number(count, 1)
    few = round(count) if count < FEW_DIGITS else float(f"{count:.{DIGITS}g}")
    return tr("number.about", value=tr.number(few, 0))


def is_rough(assessment: Assessment) -> bool:
    """Tell whether a site can count in parts: at a moved border, or where its place is rough."""
    return assessment.accounting.approximate > 0 or assessment.question.border > 0


def is_money(assessment: Assessment) -> bool:
    """Tell whether what is counted per unit is money, and not what people have counted."""
    return bool(assessment.question.layers[0].currency)


def _nouns(assessment: Assessment, tr: Translator) -> str:
    """Name the sites of all chosen layers."""
    layers = list(assessment.question.layers)
    return noun_words(tr.list([tr.text(layer.noun) for layer in layers]), assessment.question, tr)


def _capacity(assessment: Assessment, tr: Translator) -> str:
    """Name what the chosen sites hold."""
    return tr.text(assessment.question.layers[0].capacity)
