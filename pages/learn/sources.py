"""Every source with its licence, vintage and changes."""

from sixes_geo.ui.components import sources
from sixes_geo.ui.session import state

sources.show_all_sources(state.current())
