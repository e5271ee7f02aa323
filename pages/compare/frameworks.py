"""Other frameworks beside the 6 Es: a reading aid, never a score."""

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import frameworks

selection = state.current()

with markup.explained(selection.tr):
    frameworks.show_all(selection)
