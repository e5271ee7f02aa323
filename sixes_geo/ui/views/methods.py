"""The methods page: what is measured and what is not, with the cautions of the city."""

from __future__ import annotations

import streamlit as st

from sixes_geo.measures.base.thresholds import ALPHA, EVEN_INDEX
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state

SECTIONS = ("claim", "index", "chance", "network", "inside", "districts", "place", "cities")


def show_methods(selection: state.Selection) -> None:
    """Write the methods, then the cautions of the chosen city."""
    tr, city = selection.tr, selection.city
    st.title(tr("methods.page_title"), anchor=False)
    bounds = {"alpha": tr.number(ALPHA, 2), "even": tr.number(EVEN_INDEX, 2)}
    for section in SECTIONS:
        st.subheader(tr(f"methods.{section}_title"), anchor=False)
        st.write(tr(f"methods.{section}", **bounds))
    title = markup.plain(tr("methods.city_title", city=tr.text(city.name)))
    st.subheader(title, anchor=False)
    markup.quiet(tr.text(city.note))
    for unit in city.units:
        fields = {"title": tr.text(unit.many), "note": tr.text(unit.note)}
        markup.quiet(tr("methods.indicator_note", **fields))
    for indicator in city.indicators:
        fields = {"title": tr.text(indicator.title), "note": tr.text(indicator.note)}
        markup.quiet(tr("methods.indicator_note", **fields))
    for layer in city.layers:
        fields = {"title": tr.text(layer.title), "note": tr.text(layer.note)}
        markup.quiet(tr("methods.indicator_note", **fields))
