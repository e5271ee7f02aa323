"""Whether initiatives called equity are placed differently from those called efficiency."""

from sixes_geo.ui.components import controls, markup, sources
from sixes_geo.ui.session import state
from sixes_geo.ui.views import six_es

selection = state.current()

with markup.explained(selection.tr):
    six_es.show_answer(selection)
controls.show_ranking(selection)
with markup.explained(selection.tr):
    six_es.show_groups(selection)
    sources.show_sources(selection)
