"""One initiative: what is known about it, who says so, and what to ask about it."""

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import initiative

selection = state.current()

with markup.explained(selection.tr):
    initiative.show(selection)
