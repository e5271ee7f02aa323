"""Indicators that people make for themselves, kept with their authors and date."""

from sixes_geo.ui import coders, own, parts, state, typed

selection = state.current()

with parts.explained(selection.tr):
    own.show_list(selection)
    own.show_file(selection)
    typed.show_form()
    coders.show_tags(selection)
