"""Who has more or less than their share, compared with chance, and how robust that is."""

import streamlit as st

from sixes_geo.ui.components import beside, controls, headline, markup, sources
from sixes_geo.ui.session import state
from sixes_geo.ui.views import equity

selection = state.current()
verdict = None

# The same containers in every run, so that the map is not remounted when others change.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
views, rest = st.container(key="views"), st.container(key="rest")

with sentence, markup.explained(selection.tr):
    verdict = headline.show_headline(selection)
    headline.show_figures(selection)
    beside.show_networks(selection)
with choices:
    controls.show_controls(selection)
with views:
    equity.show_views()
with rest, markup.explained(selection.tr):
    equity.show_strip(selection)
    equity.show_checks(selection)
    equity.show_explanations(selection)
    headline.show_certainty(selection)
    sources.show_sources(selection)
with markup.explained(selection.tr):
    headline.complete_headline(selection, verdict)
