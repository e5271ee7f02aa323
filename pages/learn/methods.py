"""What is measured, how, and what the measures cannot see."""

from sixes_geo.ui.session import state
from sixes_geo.ui.views import methods

methods.show_methods(state.current())
