"""The reach page: who lives near a site, by quintile of need, and how far others have to go."""

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

QUINTILES = "reach-quintiles"


def show_headline(selection: state.Selection) -> None:
    """Write the one sentence, and on what it rests."""
    tr = selection.tr
    assessed, reach = _measured(selection)
    if isinstance(reach, Problem):
        st.html(markup.element("h1", tr("reach.none", reason=reach.text(tr)), "sixes-headline"))
        return
    st.html(markup.element("h1", reach_headline(assessed, reach, tr), "sixes-headline"))
    markup.quiet(reach_basis(assessed, reach, tr))
    markup.flag(tr("reach.straight"))
    if reach.spread:
        markup.flag(tr("reach.spread"))


def show_distance(selection: state.Selection) -> None:
    """Draw the choice of the distance."""
    tr = selection.tr
    words = {metres: tr("reach.metres", metres=metres) for metres in WITHIN}
    key, changed = state.widget("within", selection.within)
    st.select_slider(
        tr("reach.within"), list(words), key=key, on_change=changed, format_func=words.__getitem__
    )


@st.fragment
def show_views() -> None:
    """Draw map, bars, distance curves and nearest distances; a bar picks its districts."""
    selection = state.current()
    tr = selection.tr
    with markup.explained(tr):
        assessed, reach = _measured(selection)
        left, right = st.columns([2, 1])
        if isinstance(reach, Problem):
            with left:
                maps.show_map(selection)
            return
        picked = linked.picked(selection)
        with left:
            drawing = access_drawing(assessed, reach, tr)
            maps.show_map(selection, drawing, picked, linked.take_click)
            linked.show_picked(selection)
        with right:
            _by_distance(selection, assessed, reach)
        _nearest(selection, reach)


def show_explanations(selection: state.Selection) -> None:
    """Explain in plain words how to read the page, with the figures it shows."""
    tr = selection.tr
    assessed, reach = _measured(selection)
    if isinstance(reach, Problem):
        return
    with st.expander(tr("explanations.title"), expanded=True):
        for line in reach_lines(assessed, reach, tr):
            st.markdown(markup.plain(line))


def _measured(selection: state.Selection) -> tuple[Assessment, Reach | Problem]:
    """Return the assessment and the reach of its sites."""
    assessed = cache.assessment(selection.question)
    return assessed, cache.reach(selection.question, selection.within)


def _by_distance(selection: state.Selection, assessed: Assessment, reach: Reach) -> None:
    """Draw the shares within the chosen distance, and within all distances."""
    tr, units, picked = selection.tr, assessed.units, linked.picked(selection)
    key = linked.key_of(QUINTILES)
    picked_quintiles = set(units.loc[units.index.isin(picked), "quintile"].dropna())
    members = linked.units_by_quintile(units)
    st.markdown(f"**{tr('chart.reach_within', metres=reach.threshold_m)}**")
    markup.chart(
        chart_specs.spec("within", selection.language),
        within_frame(reach, tr, picked_quintiles),
        reach_words(reach, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "quintile", members),
    )
    st.markdown(f"**{tr('chart.reach_curve')}**")
    spec = chart_specs.spec("distance", selection.language)
    markup.chart(spec, distance_frame(reach), reach_words(reach, tr), "reach-curve")


def _nearest(selection: state.Selection, reach: Reach) -> None:
    """Draw the distances to the nearest site."""
    tr = selection.tr
    st.markdown(f"**{tr('chart.reach_far')}**")
    spec = chart_specs.spec("nearest", selection.language)
    markup.chart(spec, nearest_frame(reach), nearest_words(reach, tr), "reach-far")
    markup.quiet(tr("chart.reach_far_note"))
