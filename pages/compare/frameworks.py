"""Other frameworks beside the 6 Es: a reading aid, never a score."""

from sixes_geo.ui import frameworks, parts, state

selection = state.current()

with parts.explained(selection.tr):
    frameworks.show_all(selection)
