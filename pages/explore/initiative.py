"""One initiative: what is known of it, who says so, and what to ask of it."""

from sixes_geo.ui import initiative, parts, state

selection = state.current()

with parts.explained(selection.tr):
    initiative.show(selection)
