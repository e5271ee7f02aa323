"""Whether neighbouring districts are alike, and where provision stands beside need."""

import streamlit as st

from sixes_geo.ui import controls, parts, sources, space, state, story

selection = state.current()

# The same slots in every run, so that the map stays mounted whatever else comes and goes.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
views, rest = st.container(key="views"), st.container(key="rest")

with sentence, parts.explained(selection.tr):
    space.show_headline(selection)
with choices:
    controls.show_controls(selection)
    space.show_kinds(selection)
with views:
    space.show_views()
with rest, parts.explained(selection.tr):
    story.show_certainty(selection)
    sources.show_sources(selection)
