"""Every network of a city side by side, and how many lean to which side."""

import streamlit as st

from sixes_geo.ui.components import controls, markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import networks

selection = state.current()

sentence, choices = st.container(key="sentence"), st.container(key="choices")
views = st.container(key="views")

with choices:
    controls.show_ranking(selection)
with sentence, markup.explained(selection.tr):
    networks.show_headline(selection)
with views, markup.explained(selection.tr):
    networks.show_groups(selection)
    networks.show_left_out(selection)
    networks.show_sources(selection)
