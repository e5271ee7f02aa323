"""The page of one initiative: facts, place, tags with evidence, partners, figures, questions."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sixes_geo.analysis.link import NOTHING
from sixes_geo.analysis.six_es import Group
from sixes_geo.base.installation import pages_folder
from sixes_geo.city.model import ES, PS, WATCHING, Initiative
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.contributions.store import INITIATIVE
from sixes_geo.framework.tags import Coded, Profile
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup, partners, unit_table, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import interval_words, need_words
from sixes_geo.wording.tags import level_words, roles_words

Evidence = dict[tuple[str, ...], list[str]]
"""Sentences of evidence, and what is said on the strength of them."""

LISTED = 12
"""More units than these are folded."""

MAP = pages_folder() / "explore" / "map.py"


def show(selection: state.Selection) -> None:
    """Choose an initiative and tell everything that is known of it."""
    tr = selection.tr
    found = {one.id: (one, said) for one, said in wheel.listed(selection)}
    chosen = selection.initiative if selection.initiative in found else _first(selection, found)
    key, changed = state.widget("initiative", chosen)
    names = {name: tr.text(one.name) for name, (one, _) in found.items()}  # no Markdown in a list
    st.selectbox(
        tr("initiative.choose"),
        list(found),
        key=key,
        on_change=changed,
        format_func=names.__getitem__,
    )
    one, said = found[chosen]
    st.html(markup.element("h1", tr.text(one.name), "sixes-headline"))
    if one.role in WATCHING:
        markup.flag(tr(f"initiative.{one.role}"))
    _facts(one, tr)
    left, right = st.columns([1.5, 1])
    with left:
        _tags(said, tr)
    with right:
        st.subheader(tr("partners.title"), anchor=False)
        partners.show_one(said, tr)
        _place(selection, one)
        _see(selection, one)
        _own(selection, one)
    _questions(said, tr)


def _first(selection: state.Selection, found: Mapping[str, tuple[Initiative, Profile]]) -> str:
    """Return what to open with: the first of the paper's with a place and tags, if any."""
    places = cache.site_counts(selection.city)

    def telling(name: str) -> tuple[bool, bool, bool]:
        one, said = found[name]
        return (name in places and bool(said.tags), one.from_paper, bool(said.carried))

    return max(found, key=telling)  # the first of several


def _facts(one: Initiative, tr: Translator) -> None:
    """Write what is known of it, and who says so."""
    unit_table.show_entry(one, tr, name=False)
    amount = tr.money(one.amount, one.currency) if one.amount else tr("initiative.no_amount")
    status = tr(f"initiative.status.{one.status}")
    known = tr("initiative.in_paper" if one.from_paper else "initiative.not_in_paper")
    markup.quiet(" · ".join([status, amount, known]))


def _tags(said: Profile, tr: Translator) -> None:
    """Write what is coded with its evidence, each coder and source once; then what is not."""
    st.subheader(tr("initiative.tags"), anchor=False)
    told: list[tuple[str, str, Coded]] = [
        (tr(f"tags.e.{e}"), level_words(said.es[e], tr), said.es[e]) for e in ES
    ]
    told += [(tr(f"tags.p.{p}"), roles_words(said.ps[p], tr), said.ps[p]) for p in PS]
    approach = tr(f"tags.approach.{said.approach.level}")
    told.append((tr("initiatives.approach"), approach, said.approach))
    groups: dict[tuple[tuple[str, str, str], ...], Evidence] = {}
    for name, level, coded in told:
        if coded.tags:
            by = tuple((tag.coder, tag.source, tag.source_url) for tag in coded.tags)
            texts = tuple(dict.fromkeys(tr.text(tag.evidence) for tag in coded.tags))
            heading = tr("initiative.tag", name=name, level=level)
            groups.setdefault(by, {}).setdefault(texts, []).append(heading)
    for by, evidence in groups.items():
        sources = "".join(f"<div>{_by(*one, tr)}</div>" for one in dict.fromkeys(by))
        st.html(f'<div class="sixes-entry">{_evidence(evidence)}{sources}</div>')
    _uncoded(said, tr)


def _evidence(evidence: Evidence) -> str:
    """Write what is said of each dimension; evidence that several share is written once."""
    lines = []
    for texts, headings in evidence.items():
        lines += [markup.element("strong", one) for one in headings]
        lines += [markup.element("div", one) for one in texts]
    return "".join(lines)


def _by(coder: str, source: str, address: str, tr: Translator) -> str:
    """Write who coded, and after which source."""
    said = markup.element("span", tr("initiative.coder", coder=coder))
    return f"{said} · {markup.link(address, source)}"


def _uncoded(said: Profile, tr: Translator) -> None:
    """Name in a line each what nobody has coded: it is unknown, not absent."""
    if not said.tags:
        markup.quiet(tr("initiative.nothing_coded"))
        return
    es = [tr(f"tags.e.{e}") for e in ES if not said.es[e].tags]
    ps = [tr(f"tags.p.{p}") for p in PS if not said.ps[p].tags]
    if es:
        markup.quiet(tr("initiative.unknown_es", names=", ".join(es)))
    if ps:
        markup.quiet(tr("initiative.unknown_ps", names=", ".join(ps)))
    if not said.approach.tags:
        markup.quiet(tr("initiative.unknown_approach"))


def _place(selection: state.Selection, one: Initiative) -> None:
    """Say where it stands, with the figures of its sites."""
    tr = selection.tr
    st.subheader(tr("initiative.place"), anchor=False)
    places = cache.site_counts(selection.city).get(one.id, 0)
    reach = tr(f"unplaced.footprint.{one.footprint}")
    if not places:
        markup.quiet(tr("initiative.no_place", reach=reach))
        return
    found = cache.alone(selection.question, one.id)
    markup.quiet(tr("initiative.places", count=places, reach=reach))
    _where(selection, found)
    if found.full is not None:
        _index(selection, found)
    elif found.why_not is not None:
        markup.quiet(tr("initiative.cannot_tell", reason=found.why_not.text(tr)))


def _where(selection: state.Selection, found: Group) -> None:
    """Name the units in which it stands: those with most of it, and all where they are many."""
    tr = selection.tr
    names = cache.unit_names(selection.city, selection.question.unit.unit)
    standing = found.provision.whole_counts.sort_values(ascending=False, kind="stable")
    items = [
        tr("initiative.unit", name=names[str(unit)], count=int(n))
        for unit, n in standing.items()
        if n > 0
    ]
    if len(items) <= LISTED:
        if items:  # a scheme of the whole city stands in no unit
            markup.quiet("; ".join(items))
        return
    many = tr.text(selection.question.unit.many)
    with st.expander(markup.plain(tr("initiative.all_places", count=len(items), many=many))):
        markup.quiet("; ".join(items))


def _see(selection: state.Selection, one: Initiative) -> None:
    """Link to the map with the layer that shows it, the one that holds the fewest others."""
    if one.id not in cache.site_counts(selection.city):
        return
    own = [layer for layer in selection.city.layers if one.id in layer.initiatives]
    if own:
        layer = min(own, key=lambda layer: (len(layer.initiatives), -(layer.year or 0)))
        label = markup.plain(selection.tr("initiative.see"))
        link = state.link_to(layers=layer.layer, e=NOTHING, p=NOTHING)
        with st.container(key="see"):
            st.page_link(MAP, label=label, query_params=link)


def _index(selection: state.Selection, found: Group) -> None:
    """Write the index of its sites, with n, interval, unit, need and vintage."""
    tr, test = selection.tr, found.full
    if test is None:
        return
    need = need_words(selection.question, tr)
    text = tr(
        "initiative.index",
        index=interval_words(test.index, test.interval, tr),
        verdict=tr(f"strip.verdict.{test.verdict}"),
        count=test.n,
        need=need,
    )
    st.html(markup.element("p", text, "sixes-answer"))


def _own(selection: state.Selection, one: Initiative) -> None:
    """Write what people have told of it in indicators of their own."""
    tr = selection.tr
    for made in contributed_indicators(selection.city)[0]:
        if made.per == INITIATIVE and one.id in made.values:
            value = tr.number(made.values[one.id])
            text = tr("initiative.own", name=made.name, value=value, unit=made.unit_of_measure)
            markup.quiet(f"{text} {tr('initiative.own_by', authors=made.authors, date=made.date)}")


def _questions(said: Profile, tr: Translator) -> None:
    """Print the questions that the paper would ask of the Es it is not known to carry."""
    st.subheader(tr("initiative.guide"), anchor=False)
    markup.quiet(tr("initiative.guide_explain"))
    for e in said.lacking:
        name = markup.element("strong", tr(f"tags.e.{e}"))
        text = markup.element("div", tr(f"questions.{e}"))
        st.html(f'<div class="sixes-entry">{name}{text}</div>')
