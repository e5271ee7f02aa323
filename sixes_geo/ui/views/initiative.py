"""The page of one initiative: facts, place, tags with evidence, partners, figures, questions."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sixes_geo.analysis.link_fields import NOTHING
from sixes_geo.analysis.six_es import Group
from sixes_geo.city.model import ES, PS, WATCHING, Initiative
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.contributions.store import INITIATIVE
from sixes_geo.framework.tags import Coded, Profile
from sixes_geo.i18n import Translator
from sixes_geo.ui import MAP
from sixes_geo.ui.components import markup, partners, unit_table, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import MOST_LISTED, interval_words, need_words
from sixes_geo.wording.six_es import told_of
from sixes_geo.wording.tags import pages_words, tag_words

Evidence = dict[str, list[str]]
"""A sentence of evidence, and the tags it supports."""

By = tuple[str, str, str]
"""The coder of tags, their source and its address."""


def show(selection: state.Selection) -> None:
    """Draw the choice of an initiative, and everything known about it."""
    tr = selection.tr
    by_id = {
        initiative.id: (initiative, profile) for initiative, profile in wheel.listed(selection)
    }
    chosen = selection.initiative if selection.initiative in by_id else _first(selection, by_id)
    key, changed = state.widget("initiative", chosen)
    # Lists do not render Markdown, so the names are not escaped.
    names = {name: tr.text(initiative.name) for name, (initiative, _) in by_id.items()}
    st.selectbox(
        tr("initiative.choose"),
        list(by_id),
        key=key,
        on_change=changed,
        format_func=names.__getitem__,
    )
    initiative, profile = by_id[chosen]
    st.html(markup.element("h1", tr.text(initiative.name), "sixes-headline"))
    if initiative.role in WATCHING:
        markup.flag(tr(f"initiative.{initiative.role}"))
    _facts(initiative, tr)
    left, right = st.columns([1.5, 1])
    with left:
        _tags(profile, tr)
    with right:
        st.subheader(tr("partners.title"), anchor=False)
        partners.show_initiative(profile, tr)
        _placement(selection, initiative)
        _map_link(selection, initiative)
        _contributed(selection, initiative)
    _questions(profile, tr)


def _first(selection: state.Selection, by_id: Mapping[str, tuple[Initiative, Profile]]) -> str:
    """Return the initiative to open with: if possible from the paper, with sites and tags."""
    site_counts = cache.site_counts(selection.city)

    def priority(name: str) -> tuple[bool, bool, bool]:
        initiative, profile = by_id[name]
        return (
            name in site_counts and bool(profile.tags),
            initiative.from_paper,
            bool(profile.carried),
        )

    return max(by_id, key=priority)  # the first of several


def _facts(initiative: Initiative, tr: Translator) -> None:
    """Write the facts and their sources."""
    unit_table.show_entry(initiative, tr, name=False)
    amount = (
        tr.named_money(initiative.amount, initiative.currency)
        if initiative.amount
        else tr("initiative.no_amount")
    )
    status = tr(f"initiative.status.{initiative.status}")
    in_paper = tr("initiative.in_paper" if initiative.from_paper else "initiative.not_in_paper")
    page = [tr("tags.page", page=pages_words(initiative.page))] if initiative.page else []
    markup.quiet(" · ".join([status, amount, in_paper, *page]))


def _tags(profile: Profile, tr: Translator) -> None:
    """Write each tag with its basis, page and evidence, by coder and source; then what is open."""
    st.subheader(tr("initiative.tags"), anchor=False)
    dimensions: list[tuple[str, Coded]] = [(tr(f"tags.e.{e}"), profile.es[e]) for e in ES]
    dimensions += [(tr(f"tags.p.{p}"), profile.ps[p]) for p in PS]
    dimensions.append((tr("initiatives.approach"), profile.approach))
    groups: dict[By, Evidence] = {}
    for name, coded in dimensions:
        said = tr("tags.contested_of", name=name) if coded.contested else name
        for tag in coded.tags:
            by = (tag.coder, tag.source, tag.source_url)
            heading = tr("initiative.tag", name=said, level=tag_words(tag, tr))
            groups.setdefault(by, {}).setdefault(tr.text(tag.evidence), []).append(heading)
    for by, evidence in groups.items():
        st.html(f'<div class="sixes-entry">{_evidence(evidence)}<div>{_by(*by, tr)}</div></div>')
    if any(tag.page for tag in profile.tags):
        markup.quiet(tr("initiative.pages"))
    _uncoded(profile, tr)


def _evidence(evidence: Evidence) -> str:
    """Write the tags and their evidence; evidence that several share is written once."""
    lines = []
    for text, headings in evidence.items():
        lines += [markup.element("strong", heading) for heading in headings]
        lines.append(markup.element("div", text))
    return "".join(lines)


def _by(coder: str, source: str, address: str, tr: Translator) -> str:
    """Write the coder and the source of tags."""
    by = markup.element("span", tr("initiative.coder", coder=coder))
    return f"{by} · {markup.link(address, source)}"


def _uncoded(profile: Profile, tr: Translator) -> None:
    """List what is not coded, which means unknown, not absent."""
    if not profile.tags:
        markup.quiet(tr("initiative.nothing_coded"))
        return
    es = [tr(f"tags.e.{e}") for e in ES if not profile.es[e].tags]
    ps = [tr(f"tags.p.{p}") for p in PS if not profile.ps[p].tags]
    if es:
        markup.quiet(tr("initiative.unknown_es", names=", ".join(es)))
    if ps:
        markup.quiet(tr("initiative.unknown_ps", names=", ".join(ps)))
    if not profile.approach.tags:
        markup.quiet(tr("initiative.unknown_approach"))


def _placement(selection: state.Selection, initiative: Initiative) -> None:
    """Write where it is, with the figures of its sites."""
    tr = selection.tr
    st.subheader(tr("initiative.place"), anchor=False)
    count = cache.site_counts(selection.city).get(initiative.id, 0)
    reach = tr(f"unplaced.footprint.{initiative.footprint}")
    if not count:
        markup.quiet(tr("initiative.no_place", reach=reach))
        return
    group = cache.single_initiative(selection.question, initiative.id)
    markup.quiet(tr("initiative.places", count=count, reach=reach))
    _units(selection, group)
    if group.full is not None:
        _index(selection, group)
    elif group.why_not is not None:
        markup.quiet(tr("initiative.cannot_tell", reason=group.why_not.text(tr)))


def _units(selection: state.Selection, group: Group) -> None:
    """List the units of its sites, those with most first."""
    tr = selection.tr
    names = cache.unit_names(selection.question)
    counts = group.provision.whole_counts.sort_values(ascending=False, kind="stable")
    items = [
        tr("initiative.unit", name=names[str(unit)], count=int(n))
        for unit, n in counts.items()
        if n > 0
    ]
    if len(items) <= MOST_LISTED:
        if items:  # a citywide initiative is in no unit
            markup.quiet("; ".join(items))
        return
    many = tr.text(selection.question.unit.many)
    with st.expander(markup.plain(tr("initiative.all_places", count=len(items), many=many))):
        markup.quiet("; ".join(items))


def _map_link(selection: state.Selection, initiative: Initiative) -> None:
    """Link to the map with the layer that shows it and the fewest other initiatives."""
    if initiative.id not in cache.site_counts(selection.city):
        return
    with_it = [layer for layer in selection.city.layers if initiative.id in layer.initiatives]
    if with_it:
        layer = min(with_it, key=lambda layer: (len(layer.initiatives), -(layer.year or 0)))
        label = markup.plain(selection.tr("initiative.see"))
        link = state.link_to(layers=layer.layer, e=NOTHING, p=NOTHING)
        with st.container(key="see"):
            st.page_link(MAP, label=label, query_params=link)


def _index(selection: state.Selection, group: Group) -> None:
    """Write the index of its sites, with n, interval, unit, need and vintage."""
    tr, test = selection.tr, group.full
    if test is None:
        return
    need = need_words(selection.question, tr)
    text = tr(
        "initiative.index",
        index=interval_words(test.index, test.interval, tr),
        verdict=told_of(group, test, tr),
        count=test.n,
        need=need,
    )
    st.html(markup.element("p", text, "sixes-answer"))


def _contributed(selection: state.Selection, initiative: Initiative) -> None:
    """Write its values in contributed indicators."""
    tr = selection.tr
    for indicator in contributed_indicators(selection.city)[0]:
        if indicator.per == INITIATIVE and initiative.id in indicator.values:
            value = tr.number(indicator.values[initiative.id])
            text = tr(
                "initiative.contributed",
                name=indicator.name,
                value=value,
                unit=indicator.unit_of_measure,
            )
            authors, date = indicator.authors, indicator.date
            by = tr("initiative.contributed_by", authors=authors, date=date)
            markup.quiet(f"{text} {by}")


def _questions(profile: Profile, tr: Translator) -> None:
    """Write the paper's questions about the Es it is not known to carry."""
    st.subheader(tr("initiative.guide"), anchor=False)
    markup.quiet(tr("initiative.guide_explain"))
    for e in profile.lacking:
        name = markup.element("strong", tr(f"tags.e.{e}"))
        text = markup.element("div", tr(f"questions.{e}"))
        st.html(f'<div class="sixes-entry">{name}{text}</div>')
