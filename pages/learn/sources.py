"""Every source with its licence, vintage and changes."""

from sixes_geo.ui import sources, state

sources.show_all_sources(state.current())
