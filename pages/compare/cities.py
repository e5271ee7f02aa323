"""Compare cities by shares and ranks within each; no city is ranked."""

import streamlit as st

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import cities

selection = state.current()

sentence, choices = st.container(key="sentence"), st.container(key="choices")
views = st.container(key="views")

with sentence, markup.explained(selection.tr):
    cities.show_headline(selection)
with choices, markup.explained(selection.tr):
    cities.show_kinds(selection)
with views, markup.explained(selection.tr):
    cities.show_comparison(selection)
    cities.show_sources(selection)
