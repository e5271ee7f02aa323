"""What is said of initiatives, in words: Es, partners, approach, and what a question keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sixes_geo.analysis.provision import counted_initiatives, initiatives_of
from sixes_geo.analysis.question import Question
from sixes_geo.city.table_checks import CARRIED
from sixes_geo.framework.tags import Coded
from sixes_geo.i18n import Translator


def es_words(es: Sequence[str], tr: Translator) -> str:
    """List Es."""
    return tr.list([tr(f"tags.e.{one}") for one in es])


def ps_words(ps: Sequence[str], tr: Translator) -> str:
    """List partners."""
    return tr.list([tr(f"tags.p.{one}") for one in ps])


def roles_words(coded: Coded, tr: Translator) -> str:
    """Say in which roles a partner takes part, or what is known instead."""
    roles = coded.roles or (coded.level,)
    return tr.list([tr(f"tags.role.{one}") for one in roles])


def level_words(coded: Coded, tr: Translator) -> str:
    """Say how an E is carried, and whether somebody would have more of it."""
    words = [tr(f"tags.level.{coded.level}")]
    words += [tr("tags.strengthen")] if coded.strengthen else []
    words += [tr("tags.contested")] if coded.contested else []
    return ", ".join(words)


def only_words(question: Question, tr: Translator) -> list[str]:
    """Say to which Es and partners a question is restricted, and what that leaves out."""
    words = filter_words(question, tr)
    if words:
        kept, of = counted_initiatives(question), initiatives_of(question.city, question.layers)
        words.append(tr("tags.of_tagged", kept=len(kept), of=len(of)))
    return words


def filter_words(question: Question, tr: Translator) -> list[str]:
    """Say to which Es and partners a question is restricted."""
    words = [tr("tags.only_es", es=_any_of(question.es, "towards", tr))] if question.es else []
    words += [tr("tags.only_ps", ps=with_words(question.ps, tr))] if question.ps else []
    return words


def with_words(ps: Sequence[str], tr: Translator) -> str:
    """Name one of several partners as those who take part."""
    return _any_of(ps, "with", tr)


def noun_words(noun: str, question: Question, tr: Translator) -> str:
    """Name what is counted with the Es and partners to which it is restricted."""
    words = filter_words(question, tr)
    return tr("tags.noun", noun=noun, only="; ".join(words)) if words else noun


def listed_headline(question: Question, kept: int, placed: int, tr: Translator) -> str:
    """Say how many initiatives there are of what was chosen, and how many have a place."""
    words = [tr("initiatives.noun", count=kept)]
    if question.es:
        words.append(tr("tags.that_es", count=kept, es=_any_of(question.es, "towards", tr)))
    if question.ps:
        words.append(tr("tags.that_ps", ps=with_words(question.ps, tr)))
    return tr("initiatives.headline", noun=" ".join(words), placed=placed)


def nothing_words(question: Question, tr: Translator) -> str:
    """Say that of no initiative what a question asks for is on record."""
    only = "; ".join(filter_words(question, tr))
    return tr("initiatives.nothing", city=tr.text(question.city.name), only=only)


def listed_words(entry: Mapping[str, Any], tr: Translator) -> str:
    """Write an initiative of `framework.listing.listed` in one line."""
    es = [e for e, said in entry["es"].items() if said["level"] in CARRIED]
    ps = [p for p, said in entry["ps"].items() if said["takes_part"]]
    approach = tr(f"tags.approach.{entry['approach']}")
    return tr(
        "tags.line",
        city=entry["city"],
        id=entry["id"],
        name=entry["name"],
        es=es_words(es, tr) if es else tr("tags.no_es"),
        ps=ps_words(ps, tr) if ps else tr("tags.no_ps"),
        approach=tr("tags.approach_is", approach=approach),
    )


def _any_of(names: Sequence[str], kind: str, tr: Translator) -> str:
    """Name one of several."""
    words = [tr(f"tags.{kind}.{one}") for one in names]
    if len(words) == 1:
        return words[0]
    return tr("tags.or", first=", ".join(words[:-1]), last=words[-1])
