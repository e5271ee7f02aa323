"""What outlives the server: the view as a snapshot in every format, and back again."""

import streamlit as st

from sixes_geo.ui import controls, parts, snapshot, sources, state, story

selection = state.current()

with st.container(key="sentence"), parts.explained(selection.tr):
    story.show_headline(selection)
    story.show_figures(selection)
with st.container(key="choices"):
    controls.show_controls(selection)
with parts.explained(selection.tr):
    snapshot.show_form(selection)
    snapshot.show_made(selection)
    snapshot.show_reopen(selection)
    sources.show_sources(selection)
