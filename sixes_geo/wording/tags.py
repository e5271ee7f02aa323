"""Tags in words: Es, partners and approach of initiatives, and restrictions by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sixes_geo.analysis.provision import counted_initiatives, initiatives_of
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import ES, PS, SHIPPED
from sixes_geo.city.table_checks import CARRIED
from sixes_geo.city.tag import ANY, BASES, Tag
from sixes_geo.framework.basis import basis_of
from sixes_geo.i18n import Translator


def tag_words(tag: Tag, tr: Translator) -> str:
    """Name what one tag says, what it rests on, and the page of its source."""
    if tag.dimension in ES:
        words = [tr(f"tags.level.{tag.level}")]
    elif tag.dimension in PS:
        words = [tr.list([tr(f"tags.role.{role}") for role in tag.level.split("+")])]
    else:
        words = [tr(f"tags.approach.{tag.level}")]
    words += [tr("tags.strengthen")] if tag.strengthen and tag.level != "strengthen" else []
    basis = basis_of(tag)
    told = tag.level != "strengthen" and (tag.origin == SHIPPED or bool(tag.basis))
    words += [tr(f"tags.basis.{basis}")] if told else []
    words += [tr("tags.page", page=pages_words(tag.page))] if tag.page else []
    return ", ".join(words)


def pages_words(page: str) -> str:
    """Write pages with a dash between the first and the last of several."""
    return page.replace("-", "–")


def grounded_words(bases: Mapping[str, str], kind: str, tr: Translator) -> str:
    """List Es (``e``) or partners (``p``), and after those of each basis what they rest on."""
    groups = []
    for basis in BASES:
        names = [tr(f"tags.{kind}.{name}") for name, found in bases.items() if found == basis]
        said = tr(f"tags.basis.{basis}")
        groups += [tr("tags.with_basis", names=", ".join(names), basis=said)] if names else []
    return tr.list(groups)


def rests_words(counts: Mapping[str, int], tr: Translator) -> str:
    """Say how many of something rest on each basis, the strongest first."""
    return tr.list(
        [
            tr("tags.on_basis", count=counts[basis], basis=tr(f"tags.basis.{basis}"))
            for basis in BASES
            if counts.get(basis)
        ]
    )


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
    if words and question.basis != ANY:
        words.append(tr(f"tags.only_basis.{question.basis}"))
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
    noun = " ".join(words)
    if len(words) > 1 and question.basis != ANY:
        only = tr(f"tags.only_basis.{question.basis}")
        noun = tr("tags.with_basis", names=noun, basis=only)
    return tr("initiatives.headline", noun=noun, placed=placed)


def nothing_words(question: Question, tr: Translator) -> str:
    """Say that no initiative is documented with the Es and partners of a question."""
    only = "; ".join(filter_words(question, tr))
    return tr("initiatives.nothing", city=tr.text(question.city.name), only=only)


def initiative_line(entry: Mapping[str, Any], tr: Translator) -> str:
    """Write an entry of the list of initiatives in one line."""
    es = {e: tag["rests_on"] for e, tag in entry["es"].items() if tag["level"] in CARRIED}
    ps = {p: tag["rests_on"] for p, tag in entry["ps"].items() if tag["takes_part"]}
    approach = tr(f"tags.approach.{entry['approach']}")
    return tr(
        "tags.line",
        city=entry["city"],
        id=entry["id"],
        name=entry["name"],
        es=grounded_words(es, "e", tr) if es else tr("tags.no_es"),
        ps=grounded_words(ps, "p", tr) if ps else tr("tags.no_ps"),
        approach=tr("tags.approach_is", approach=approach),
    )


def _any_of(names: Sequence[str], kind: str, tr: Translator) -> str:
    """Join names with "or"."""
    words = [tr(f"tags.{kind}.{name}") for name in names]
    if len(words) == 1:
        return words[0]
    return tr("tags.or", first=", ".join(words[:-1]), last=words[-1])
