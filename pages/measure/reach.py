"""Who lives near a site, by fifth of need, and how far others have to go."""

import streamlit as st

from sixes_geo.ui.components import beside, controls, headline, markup, sources
from sixes_geo.ui.session import state
from sixes_geo.ui.views import reach

selection = state.current()

# The same containers in every run, so that the map is not remounted when others change.
sentence, choices = st.container(key="sentence"), st.container(key="choices")
views, rest = st.container(key="views"), st.container(key="rest")

with sentence, markup.explained(selection.tr):
    reach.show_headline(selection)
    beside.show_first(selection)
with choices:
    controls.show_controls(selection)
    reach.show_distance(selection)
with views:
    reach.show_views()
with rest, markup.explained(selection.tr):
    reach.show_explanations(selection)
    headline.show_certainty(selection)
    sources.show_sources(selection)
