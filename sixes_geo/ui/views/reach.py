"""The reach page: who lives near a site, by fifth of need, and how far the others have to go."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.reach import WITHIN, Reach
from sixes_geo.base.errors import Problem
from sixes_geo.charts.reach import distance_frame, nearest_frame, within_frame
from sixes_geo.maps.reach import access_drawing
from sixes_geo.ui.components import chart_specs, maps, markup
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.explanations import reach_lines
from sixes_geo.wording.reach import nearest_words, reach_basis, reach_headline, reach_words

FIFTHS = "reach-fifths"


def show_headline(selection: state.Selection) -> None:
    """Write the one sentence, and on what it rests."""
    tr = selection.tr
    assessed, found = _found(selection)
    if isinstance(found, Problem):
        st.html(markup.element("h1", tr("reach.none", reason=found.text(tr)), "sixes-headline"))
        return
    st.html(markup.element("h1", reach_headline(assessed, found, tr), "sixes-headline"))
    markup.quiet(reach_basis(assessed, found, tr))
    markup.flag(tr("reach.straight"))


def show_distance(selection: state.Selection) -> None:
    """Choose the distance."""
    tr = selection.tr
    words = {one: tr("reach.metres", metres=one) for one in WITHIN}
    key, changed = state.widget("within", selection.within)
    st.select_slider(
        tr("reach.within"), list(words), key=key, on_change=changed, format_func=words.__getitem__
    )


@st.fragment
def show_views() -> None:
    """Draw map, bars, distance curves and nearest distances; a bar points its districts out."""
    selection = state.current()
    tr = selection.tr
    with markup.explained(tr):
        assessed, found = _found(selection)
        left, right = st.columns([2, 1])
        if isinstance(found, Problem):
            with left:
                maps.show_map(selection)
            return
        picked = linked.picked(selection)
        with left:
            drawing = access_drawing(assessed, found, tr)
            maps.show_map(selection, drawing, picked, linked.take_click)
            linked.show_picked(selection)
        with right:
            _by_distance(selection, assessed, found)
        _far(selection, found)


def show_reading(selection: state.Selection) -> None:
    """Say in plain words how to read the page, by the figures it shows."""
    tr = selection.tr
    assessed, found = _found(selection)
    if isinstance(found, Problem):
        return
    with st.expander(tr("explanations.title"), expanded=True):
        for line in reach_lines(assessed, found, tr):
            st.markdown(markup.plain(line))


def _found(selection: state.Selection) -> tuple[Assessment, Reach | Problem]:
    """Return the assessment and who lives near its sites."""
    assessed = cache.assessment(selection.question)
    return assessed, cache.reach(selection.question, selection.within)


def _by_distance(selection: state.Selection, assessed: Assessment, found: Reach) -> None:
    """Draw the shares within the distance asked for, and within every other one."""
    tr, units, picked = selection.tr, assessed.units, linked.picked(selection)
    key = linked.key_of(FIFTHS)
    held = set(units.loc[units.index.isin(picked), "quintile"].dropna())
    groups = units.groupby("quintile").groups
    members: dict[object, tuple[str, ...]] = {
        int(str(fifth)[0]): tuple(ids) for fifth, ids in groups.items()
    }
    st.markdown(f"**{tr('chart.reach_within', metres=found.threshold_m)}**")
    markup.chart(
        chart_specs.template("within", selection.language),
        within_frame(found, tr, held),
        reach_words(found, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "quintile", members),
    )
    st.markdown(f"**{tr('chart.reach_curve')}**")
    spec = chart_specs.template("distance", selection.language)
    markup.chart(spec, distance_frame(found), reach_words(found, tr), "reach-curve")


def _far(selection: state.Selection, found: Reach) -> None:
    """Draw how far the nearest site is."""
    tr = selection.tr
    st.markdown(f"**{tr('chart.reach_far')}**")
    spec = chart_specs.template("nearest", selection.language)
    markup.chart(spec, nearest_frame(found), nearest_words(found, tr), "reach-far")
    markup.quiet(tr("chart.reach_far_note"))
