"""All initiatives of a city: their purpose, partners, sites and sources."""

import streamlit as st

from sixes_geo.ui.components import beside, maps, markup, sources, wheel
from sixes_geo.ui.session import state
from sixes_geo.ui.views import initiatives

selection = state.current()

# The same containers in every run, so that the map is not remounted when others change.
sentence, left_and_right = st.container(key="sentence"), st.container(key="choices")
with left_and_right:
    left, right = st.columns([1, 1.7])
rest = st.container(key="rest")

with sentence, markup.explained(selection.tr):
    initiatives.show_headline(selection)
with left, markup.explained(selection.tr):
    wheel.show_wheel(selection)
with right, markup.explained(selection.tr):
    wheel.show_scope(selection)
    maps.show_map(selection)
    initiatives.show_on_map(selection)
    with st.container(key="beside"):
        beside.show_others(selection)
with rest, markup.explained(selection.tr):
    initiatives.show_listed(selection)
    initiatives.show_agreement(selection)
    sources.show_sources(selection)
