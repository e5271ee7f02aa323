"""The sites of a network, over districts shaded by need."""

import streamlit as st

from sixes_geo.ui import frame
from sixes_geo.ui.components import (
    beside,
    controls,
    headline,
    maps,
    markup,
    sources,
    unit_profile,
    unit_table,
)
from sixes_geo.ui.session import state
from sixes_geo.ui.views import networks

selection = state.current()
verdict = None

# The same containers in every run, so that the map is not remounted when others change.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
left, right = st.columns([2, 1])
leave, rest = st.container(key="leave"), st.container(key="rest")

with sentence, markup.explained(selection.tr):
    verdict = headline.show_headline(selection)
    if selection.present:
        headline.show_answer(selection)
    else:
        headline.show_figures(selection)
    beside.show_networks(selection)
with choices:
    if not selection.present:
        controls.show_controls(selection)
with left, markup.explained(selection.tr):
    maps.show_map(selection)
with right, markup.explained(selection.tr):
    unit_profile.show_strip(selection)
    headline.show_charts(selection)
with leave:
    frame.leave_button(selection)
with rest, markup.explained(selection.tr):
    if not selection.present:
        headline.show_certainty(selection)
        unit_profile.show_district(selection)
        networks.show_counts(selection)
        unit_table.show_table(selection)
        unit_table.show_unplaced(selection)
        sources.show_sources(selection)
with markup.explained(selection.tr):
    headline.complete_headline(selection, verdict)
