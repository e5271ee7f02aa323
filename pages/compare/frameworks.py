"""Other frameworks beside the 6 Es, and what the paper says of groups: never a score."""

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import frameworks, paper

selection = state.current()

with markup.explained(selection.tr):
    frameworks.show_all(selection)
    paper.show_entries(selection)
