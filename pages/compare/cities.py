"""Cities side by side, on shares and ranks within each; no city is ranked."""

import streamlit as st

from sixes_geo.ui import cities, parts, state

selection = state.current()

sentence, choices = st.container(key="sentence"), st.container(key="choices")
views = st.container(key="views")

with sentence, parts.explained(selection.tr):
    cities.show_headline(selection)
with choices, parts.explained(selection.tr):
    cities.show_kinds(selection)
with views, parts.explained(selection.tr):
    cities.show_comparison(selection)
    cities.show_sources(selection)
