"""What is measured, how, and what the measures cannot see."""

from sixes_geo.ui import methods, state

methods.show_methods(state.current())
