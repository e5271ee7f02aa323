"""Snapshots: freeze the current view in any format, and reopen one."""

import streamlit as st

from sixes_geo.ui.components import beside, controls, headline, markup, sources
from sixes_geo.ui.session import state
from sixes_geo.ui.views import snapshot

selection = state.current()
verdict = None

with st.container(key="sentence"), markup.explained(selection.tr):
    verdict = headline.show_headline(selection)
    headline.show_figures(selection)
    beside.show_networks(selection)
with st.container(key="choices"):
    controls.show_controls(selection)
with markup.explained(selection.tr):
    snapshot.show_form(selection)
    snapshot.show_snapshot(selection)
    snapshot.show_reopen(selection)
    sources.show_sources(selection)
with markup.explained(selection.tr):
    headline.complete_headline(selection, verdict)
