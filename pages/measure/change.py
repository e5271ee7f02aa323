"""A network at its dates, and compared with reference services."""

import streamlit as st

from sixes_geo.ui.components import beside, controls, headline, markup, sources
from sixes_geo.ui.session import state
from sixes_geo.ui.views import change

selection = state.current()

# The same containers in every run, so that the map is not remounted when others change.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
views, rest = st.container(key="views"), st.container(key="rest")

with sentence, markup.explained(selection.tr):
    change.show_headline(selection)
    beside.show_first(selection)
with choices:
    controls.show_controls(selection)
with views, markup.explained(selection.tr):
    change.show_dates(selection)
with rest, markup.explained(selection.tr):
    change.show_contrasts(selection)
    headline.show_certainty(selection)
    sources.show_sources(selection)
