"""Tags in words: Es, partners and approach of initiatives, and restrictions by them."""

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
    return tr.list([tr(f"tags.e.{e}") for e in es])


def ps_words(ps: Sequence[str], tr: Translator) -> str:
    """List partners."""
    return tr.list([tr(f"tags.p.{p}") for p in ps])


def roles_words(coded: Coded, tr: Translator) -> str:
    """Name the roles of a partner, or what is known instead."""
    roles = coded.roles or (coded.level,)
    return tr.list([tr(f"tags.role.{role}") for role in roles])


def level_words(coded: Coded, tr: Translator) -> str:
    """Name the level of an E, and whether it is to be strengthened or is contested."""
    words = [tr(f"tags.level.{coded.level}")]
    words += [tr("tags.strengthen")] if coded.strengthen else []
    words += [tr("tags.contested")] if coded.contested else []
    return ", ".join(words)


def restriction_words(question: Question, tr: Translator) -> list[str]:
    """Say which Es and partners a question is restricted to, and how many that keeps."""
    words = filter_words(question, tr)
    if words:
        kept, of = counted_initiatives(question), initiatives_of(question.city, question.layers)
        words.append(tr("tags.of_tagged", kept=len(kept), of=len(of)))
    return words


def filter_words(question: Question, tr: Translator) -> list[str]:
    """Say which Es and partners a question is restricted to."""
    words = [tr("tags.only_es", es=_any_of(question.es, "towards", tr))] if question.es else []
    words += [tr("tags.only_ps", ps=with_words(question.ps, tr))] if question.ps else []
    return words


def with_words(ps: Sequence[str], tr: Translator) -> str:
    """Name partners of which one at least takes part."""
    return _any_of(ps, "with", tr)


def noun_words(noun: str, question: Question, tr: Translator) -> str:
    """Name what is counted, with the Es and partners it is restricted to."""
    words = filter_words(question, tr)
    return tr("tags.noun", noun=noun, only="; ".join(words)) if words else noun


def listed_headline(question: Question, kept: int, placed: int, tr: Translator) -> str:
    """Say how many initiatives match a question, and how many are on the map."""
    words = [tr("initiatives.noun", count=kept)]
    if question.es:
        words.append(tr("tags.that_es", count=kept, es=_any_of(question.es, "towards", tr)))
    if question.ps:
        words.append(tr("tags.that_ps", ps=with_words(question.ps, tr)))
    return tr("initiatives.headline", noun=" ".join(words), placed=placed)


def nothing_words(question: Question, tr: Translator) -> str:
    """Say that no initiative is documented with the Es and partners of a question."""
    only = "; ".join(filter_words(question, tr))
    return tr("initiatives.nothing", city=tr.text(question.city.name), only=only)


def initiative_line(entry: Mapping[str, Any], tr: Translator) -> str:
    """Write an entry of the list of initiatives in one line."""
    es = [e for e, tag in entry["es"].items() if tag["level"] in CARRIED]
    ps = [p for p, tag in entry["ps"].items() if tag["takes_part"]]
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
    """Join names with "or"."""
    words = [tr(f"tags.{kind}.{name}") for name in names]
    if len(words) == 1:
        return words[0]
    return tr("tags.or", first=", ".join(words[:-1]), last=words[-1])
