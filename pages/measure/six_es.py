"""Whether what is called equity stands elsewhere than what is called efficiency."""

from sixes_geo.ui import controls, parts, six_es, sources, state

selection = state.current()

with parts.explained(selection.tr):
    six_es.show_answer(selection)
controls.show_ranking(selection)
with parts.explained(selection.tr):
    six_es.show_groups(selection)
    sources.show_sources(selection)
