"""The page of one initiative: facts, place, tags with evidence, partners, figures, questions."""

from __future__ import annotations

import streamlit as st

from sixes_geo.additions import own_indicators
from sixes_geo.framework.coding import Coded, Profile
from sixes_geo.groups import Group
from sixes_geo.i18n import Translator
from sixes_geo.model import ES, PS, WATCHING, Initiative
from sixes_geo.registry import INITIATIVE
from sixes_geo.ui import cache, details, partners, parts, state, wheel
from sixes_geo.wording import interval_words, need_words
from sixes_geo.wording.tagged import level_words, roles_words

LISTED = 8


def show(selection: state.Selection) -> None:
    """Choose an initiative and tell everything that is known of it."""
    tr = selection.tr
    found = {one.id: (one, said) for one, said in wheel.listed(selection)}
    named = next((one for one, _ in found.values() if one.from_paper), None)
    first = named.id if named else next(iter(found))
    chosen = selection.initiative if selection.initiative in found else first
    key, changed = state.widget("initiative", chosen)
    names = {name: parts.plain(tr.text(one.name)) for name, (one, _) in found.items()}
    st.selectbox(
        tr("initiative.choose"),
        list(found),
        key=key,
        on_change=changed,
        format_func=names.__getitem__,
    )
    one, said = found[chosen]
    st.html(parts.element("h1", tr.text(one.name), "sixes-headline"))
    if one.role in WATCHING:
        parts.flag(tr(f"initiative.{one.role}"))
    _facts(one, tr)
    left, right = st.columns([1.5, 1])
    with left:
        _tags(said, tr)
    with right:
        st.subheader(tr("partners.title"), anchor=False)
        partners.show_one(said, tr)
        _place(selection, one)
        _own(selection, one)
    _questions(said, tr)


def _facts(one: Initiative, tr: Translator) -> None:
    """Write what is known of it, and who says so."""
    details.show_entry(one, tr, name=False)
    amount = tr.money(one.amount, one.currency) if one.amount else tr("initiative.no_amount")
    status = tr(f"initiative.status.{one.status}")
    known = tr("initiative.in_paper" if one.from_paper else "initiative.not_in_paper")
    parts.quiet(" · ".join([status, amount, known]))


def _tags(said: Profile, tr: Translator) -> None:
    """Write every tag with its evidence; what nobody has coded is said to be unknown."""
    st.subheader(tr("initiative.tags"), anchor=False)
    for e in ES:
        _tag(tr(f"tagged.e.{e}"), level_words(said.es[e], tr), said.es[e], tr)
    for p in PS:
        _tag(tr(f"tagged.p.{p}"), roles_words(said.ps[p], tr), said.ps[p], tr)
    approach = tr(f"tagged.approach.{said.approach.level}")
    _tag(tr("initiatives.approach"), approach, said.approach, tr)


def _tag(name: str, level: str, coded: Coded, tr: Translator) -> None:
    """Write what is said of one dimension, by whom, and on what evidence."""
    lines = [parts.element("strong", tr("initiative.tag", name=name, level=level))]
    for tag in coded.tags:
        source = parts.link(tag.source_url, tag.source)
        coder = parts.element("span", tr("initiative.coder", coder=tag.coder))
        lines.append(parts.element("div", tr.text(tag.evidence)))
        lines.append(f"{coder} · {source}")
    if not coded.tags:
        lines.append(parts.element("span", tr("initiative.uncoded")))
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def _place(selection: state.Selection, one: Initiative) -> None:
    """Say where it stands, with the figures of its sites."""
    tr = selection.tr
    st.subheader(tr("initiative.place"), anchor=False)
    places = cache.site_counts(selection.city).get(one.id, 0)
    reach = tr(f"unplaced.footprint.{one.footprint}")
    if not places:
        parts.quiet(tr("initiative.no_place", reach=reach))
        return
    found = cache.alone(selection.city, selection.choice, one.id)
    parts.quiet(tr("initiative.places", count=places, reach=reach))
    _where(selection, found)
    if found.full is not None:
        _index(selection, found)
    elif found.why_not is not None:
        parts.quiet(tr("initiative.cannot_tell", reason=found.why_not.text(tr)))


def _where(selection: state.Selection, found: Group) -> None:
    """Name the units in which most of it stands."""
    names = cache.unit_names(selection.city, selection.choice.unit)
    standing = found.provision.standing.sort_values(ascending=False, kind="stable")
    held = [(names[str(unit)], int(n)) for unit, n in standing.items() if n > 0]
    items = [selection.tr("initiative.unit", name=name, count=n) for name, n in held[:LISTED]]
    more = [selection.tr("initiative.more", count=len(held) - LISTED)] if held[LISTED:] else []
    parts.quiet("; ".join([*items, *more]))


def _index(selection: state.Selection, found: Group) -> None:
    """Write the index of its sites, with n, interval, unit, need and vintage."""
    tr, test = selection.tr, found.full
    if test is None:
        return
    need = need_words(selection.city, selection.choice, tr)
    text = tr(
        "initiative.index",
        index=interval_words(test.index, test.interval, tr),
        verdict=tr(f"strip.verdict.{test.verdict}"),
        count=test.n,
        need=need,
    )
    st.html(parts.element("p", text, "sixes-answer"))


def _own(selection: state.Selection, one: Initiative) -> None:
    """Write what people have told of it in indicators of their own."""
    tr = selection.tr
    for made in own_indicators(selection.city)[0]:
        if made.per == INITIATIVE and one.id in made.values:
            value = tr.number(made.values[one.id])
            text = tr("initiative.own", name=made.name, value=value, unit=made.unit_of_measure)
            parts.quiet(f"{text} {tr('initiative.own_by', authors=made.authors, date=made.date)}")


def _questions(said: Profile, tr: Translator) -> None:
    """Print the questions that the paper would ask of the Es it is not known to carry."""
    st.subheader(tr("initiative.guide"), anchor=False)
    parts.quiet(tr("initiative.guide_explain"))
    for e in said.lacking:
        name = parts.element("strong", tr(f"tagged.e.{e}"))
        text = parts.element("div", tr(f"questions.{e}"))
        st.html(f'<div class="sixes-entry">{name}{text}</div>')
