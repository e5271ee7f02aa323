"""What is counted and how many, in any language: nouns, headings, exact and rough counts."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import DIGITS, IN_MILLIONS, MILLION, Translator
from sixes_geo.wording.tags import noun_words

WHOLE_WITHIN = 0.005

MOST_LISTED = 12
"""Names in a list that a page or a sheet writes out; longer lists are cut or collapsed."""

RATE_DECIMALS = 2

FEW_DIGITS = 10**DIGITS
"""From here on, an approximate number is written without its last digits."""


def counted(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted: sites, or their capacity."""
    nouns = _nouns(assessment, tr)
    if assessment.question.weight != "capacity":
        return nouns
    return tr("headline.capacity", capacity=_capacity(assessment, tr), noun=nouns)


def counted_short(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted in one word, as a heading: sites, capacity or money."""
    weight = assessment.question.weight
    if weight == "sites":
        return tr("district.sites")
    if weight == "capacity":
        return capitalized(_capacity(assessment, tr))
    layer = assessment.question.layers[0]
    if layer.currency:
        return tr("table.money", currency=layer.currency)
    return tr("table.amount")


def amount_words(amount: float, assessment: Assessment, tr: Translator) -> str:
    """Write an amount of what is counted: money with its symbol, anything else as a count."""
    if is_money(assessment):
        return tr.money(amount, assessment.question.layers[0].currency)
    return count_words(amount, tr, rough=is_rough(assessment))


def rate_title(assessment: Assessment, tr: Translator) -> str:
    """Name what there is per person or per 10,000."""
    if assessment.question.weight != "amount":
        return tr("table.rate_per_10k")
    currency = assessment.question.layers[0].currency
    return tr("table.money_per_head", currency=currency) if currency else tr("table.per_head")


def rate_words(rate: float, assessment: Assessment, tr: Translator) -> str:
    """Write what there is per person or per 10,000."""
    if is_money(assessment):
        return tr.money(rate, assessment.question.layers[0].currency)
    return tr.number(rate, RATE_DECIMALS)


def in_millions(assessment: Assessment) -> bool:
    """Tell whether all of what is spent are sums of money that are written in millions."""
    spent = assessment.units["amount"][assessment.units["amount"] > 0]
    return is_money(assessment) and len(spent) > 0 and bool(spent.min() >= IN_MILLIONS)


def column_of_amounts(assessment: Assessment, tr: Translator) -> tuple[str, pd.Series]:
    """Return the heading and the numbers of a column of amounts; large money in millions."""
    amounts: pd.Series = assessment.units["amount"]
    if in_millions(assessment):
        currency = assessment.question.layers[0].currency
        return tr("table.money_millions", currency=currency), (amounts / MILLION).round()
    return counted_short(assessment, tr), amounts


def counted_within(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted within a sentence: in one word, or in full for amounts per unit."""
    if assessment.question.weight == "amount":
        return counted(assessment, tr)
    return counted_short(assessment, tr).lower()


def capitalized(text: str) -> str:
    """Return a text that begins with a capital letter, as a heading does."""
    return text[:1].upper() + text[1:]


def basis_noun(assessment: Assessment, tr: Translator) -> str:
    """Name what n counts: the sites, and what weights them if anything does."""
    nouns = _nouns(assessment, tr)
    if assessment.question.weight != "capacity":
        return nouns
    return tr("summary.by_capacity", noun=nouns, capacity=_capacity(assessment, tr))


def n_words(assessment: Assessment, tr: Translator) -> str:
    """Write the n of the index, with the same number as a headline that counts sites."""
    test, headline = assessment.test, assessment.headline
    if headline is not None and assessment.question.weight == "sites":
        return count_words(headline.of, tr, rough=is_rough(assessment))
    return tr.number(test.n if test else 0, 0)


def count_words(count: float, tr: Translator, *, rough: bool = False) -> str:
    """Write a count; a rough one is rounded to few digits."""
    if abs(count - round(count)) < WHOLE_WITHIN:
        return tr.number(round(count), 0)
    if not rough:
        return tr.number(count, 1)
    few = round(count) if count < FEW_DIGITS else float(f"{count:.{DIGITS}g}")
    return tr("number.about", value=tr.number(few, 0))


def is_rough(assessment: Assessment) -> bool:
    """Tell whether counts can be fractions: a border is moved or locations are approximate."""
    return assessment.accounting.approximate > 0 or assessment.question.border > 0


def is_money(assessment: Assessment) -> bool:
    """Tell whether the amount per unit is money, not something that was counted."""
    return bool(assessment.question.layers[0].currency)


def _nouns(assessment: Assessment, tr: Translator) -> str:
    """Name the sites of the question's layers."""
    layers = list(assessment.question.layers)
    return noun_words(tr.list([tr.text(layer.noun) for layer in layers]), assessment.question, tr)


def _capacity(assessment: Assessment, tr: Translator) -> str:
    """Name the capacity of the question's sites."""
    return tr.text(assessment.question.layers[0].capacity)
