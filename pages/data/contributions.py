"""Contributed indicators and tags, kept with their authors and date."""

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views import indicator_form, indicators, tag_files

selection = state.current()

with markup.explained(selection.tr):
    indicators.show_list(selection)
    indicators.show_file(selection)
    indicator_form.show_form()
    tag_files.show_tags(selection)
