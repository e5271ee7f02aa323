"""The page on the six Es: placement by E, partner and partnership, by two counting methods."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from sixes_geo.analysis.options import whole_layer
from sixes_geo.analysis.provision import initiatives_of
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.six_es import YARDSTICK, Group
from sixes_geo.charts.six_es import six_es_frame, six_es_words
from sixes_geo.city.model import WATCHING
from sixes_geo.city.table_checks import CARRIED
from sixes_geo.city.tag import ANY
from sixes_geo.framework.tags import Profile
from sixes_geo.ui.components import chart_specs, markup, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import need_words
from sixes_geo.wording.six_es import (
    ASKED,
    answer_words,
    caution_words,
    contrast_of,
    contrast_words,
    difference_table,
    group_table,
    left_out_words,
)

KINDS = ("e", "p", "partnership")


def show_answer(selection: state.Selection) -> None:
    """Write which E clearly differs from efficiency, and whether equity does."""
    tr = selection.tr
    groups = cache.groups(_question(selection), "e")
    differences = cache.differences(_question(selection))
    e, equity_answer = contrast_of(differences), answer_words(groups, differences, tr)
    if not e:
        st.html(markup.element("h1", equity_answer, "sixes-headline"))
        st.html(markup.element("p", tr("six_es.answer.no_other"), "sixes-answer"))
    else:
        words = contrast_words(e, differences[e], tr)
        st.html(markup.element("h1", words, "sixes-headline"))
        sides = [group for group in groups if group.of[0] in (e, YARDSTICK)]
        coders = _coders(selection, sides)
        markup.flag(caution_words(sides, len(differences), coders, _names(selection), tr))
    if e and (ASKED not in differences or differences[ASKED].verdict == "cannot_tell"):
        st.html(markup.element("p", equity_answer, "sixes-answer"))
    many = tr.text(selection.question.unit.many)
    basis = selection.question.basis
    about = tr("six_es.basis", many=many, need=need_words(selection.question, tr))
    if basis != ANY:
        about = tr("tags.with_basis", names=about, basis=tr(f"tags.only_basis.{basis}"))
    markup.quiet(about)


def show_groups(selection: state.Selection) -> None:
    """Draw and list the indices by E, partner and partnership."""
    tr, names = selection.tr, _names(selection)
    wheel.show_basis(selection)
    for kind in KINDS:
        groups = cache.groups(_question(selection), kind)
        st.subheader(tr(f"six_es.title.{kind}"), anchor=False)
        frame = six_es_frame(groups, kind, names, tr)
        if len(frame):
            spec = chart_specs.spec("six_es", selection.language, len(frame))
            markup.chart(spec, frame, six_es_words(frame, tr), f"groups-{kind}")
        table = group_table(groups, kind, names, tr, _listed(selection, kind))
        markup.table(table, tr("six_es.table_alt"), tr)
        markup.quiet(tr(f"six_es.explain.{kind}"))
        if kind == KINDS[0]:
            _left_out(selection)
    _differences(selection)
    with st.expander(tr("six_es.limits_title"), expanded=True):
        for line in ("called", "networks", "counting", "tags", "surveillance"):
            st.markdown(markup.plain(tr(f"six_es.limits.{line}")))


def _left_out(selection: state.Selection) -> None:
    """Name the listed initiatives that are not measured."""
    listed = [initiative for initiative, _ in wheel.listed(selection)]
    measured = {
        initiative.id for initiative in initiatives_of(selection.city, _question(selection).layers)
    }
    if any(initiative.id not in measured for initiative in listed):
        markup.quiet(left_out_words(listed, measured, selection.tr))


def _differences(selection: state.Selection) -> None:
    """List how far the index of each E is from that of efficiency."""
    tr = selection.tr
    differences = cache.differences(_question(selection))
    st.subheader(tr("six_es.difference_title"), anchor=False)
    if not differences:
        markup.quiet(tr("six_es.no_difference"))
        return
    markup.table(difference_table(differences, tr), tr("six_es.difference_title"), tr)
    markup.quiet(tr("six_es.difference_explain"))


def _listed(selection: state.Selection, kind: str) -> dict[tuple[str, ...], int]:
    """Return how many initiatives of each group are listed, as on the wheel."""
    counts: Counter[tuple[str, ...]] = Counter()
    for initiative, profile in wheel.listed(selection):
        if initiative.role not in WATCHING:
            counts.update(_groups_of(profile, kind, selection.question.basis))
    return dict(counts)


def _groups_of(profile: Profile, kind: str, basis: str) -> list[tuple[str, ...]]:
    """Return the groups an initiative belongs to."""
    partners = profile.partners_on(basis)
    if kind == "partnership":
        return [partners]
    return [(name,) for name in (profile.carried_on(basis) if kind == "e" else partners)]


def _coders(selection: state.Selection, sides: list[Group]) -> list[str]:
    """Return the coders who put the located initiatives into these groups."""
    profiles = {initiative.id: profile for initiative, profile in wheel.listed(selection)}
    return sorted(
        {
            tag.coder
            for group in sides
            for name in group.placed
            for tag in profiles[name].es[group.of[0]].tags
            if tag.level in CARRIED
        }
    )


def _names(selection: state.Selection) -> dict[str, str]:
    """Return the name of each initiative."""
    return {
        initiative.id: selection.tr.text(initiative.name)
        for initiative, _ in wheel.listed(selection)
    }


def _question(selection: state.Selection) -> Question:
    """Return the question to be split into groups: about all initiatives of the city."""
    layer = whole_layer(selection.city)
    layers = (selection.city.layer_named(layer),) if layer else selection.question.layers
    unfiltered = replace(selection.question, weight="sites", without="", es=(), ps=())
    return replace(unfiltered, layers=layers)
