"""Where the sites of a network stand, over need and districts."""

import streamlit as st

from sixes_geo.ui import controls, details, district, frame, maps, parts, sources, state, story

selection = state.current()

with parts.explained(selection.tr):
    story.show_headline(selection)
    if not selection.present:
        story.show_figures(selection)
        controls.show_controls(selection)
    left, right = st.columns([2, 1])
    with left:
        maps.show_map(selection)
    with right:
        story.show_charts(selection)
    if selection.present:
        frame.leave_button(selection)
    else:
        with st.container(key="rest"):
            story.show_certainty(selection)
            district.show_district(selection)
            details.show_table(selection)
            details.show_unplaced(selection)
            sources.show_sources(selection)
