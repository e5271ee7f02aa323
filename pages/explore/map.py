"""Where the sites of a network stand, over need and districts."""

import streamlit as st

from sixes_geo.ui import controls, details, district, frame, maps, parts, sources, state, story

selection = state.current()

# The same slots in every run, so that the map stays mounted whatever else comes and goes.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
left, right = st.columns([2, 1])
leave, rest = st.container(key="leave"), st.container(key="rest")

with sentence, parts.explained(selection.tr):
    story.show_headline(selection)
    if selection.present:
        story.show_answer(selection)
    else:
        story.show_figures(selection)
with choices:
    if not selection.present:
        controls.show_controls(selection)
with left, parts.explained(selection.tr):
    maps.show_map(selection)
with right, parts.explained(selection.tr):
    district.show_strip(selection)
    story.show_charts(selection)
with leave:
    frame.leave_button(selection)
with rest, parts.explained(selection.tr):
    if not selection.present:
        story.show_certainty(selection)
        district.show_district(selection)
        details.show_table(selection)
        details.show_unplaced(selection)
        sources.show_sources(selection)
