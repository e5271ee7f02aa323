"""The row of controls above the map."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.options import (
    need_options,
    unit_options,
    weight_options,
    why_apart,
    without_options,
)
from sixes_geo.analysis.provision import initiatives_of
from sixes_geo.analysis.question import BORDERS
from sixes_geo.city.model import City
from sixes_geo.city.tables import indicator_named
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup, wheel
from sixes_geo.ui.components.segmented import choose_one
from sixes_geo.ui.session import state
from sixes_geo.wording.network_names import network_words


def show_controls(selection: state.Selection) -> None:
    """Draw need, unit, layers, weight and context."""
    with st.container(key="controls"):
        need, layers, unit, more = st.columns([2.4, 2.7, 3.9, 1], vertical_alignment="bottom")
        with need:
            _need(selection)
        with layers:
            _layers(selection)
        with unit:
            _unit(selection)
        with more:
            _more(selection)
        _together(selection)


def show_ranking(selection: state.Selection) -> None:
    """Draw need and unit only, for pages that choose their own networks."""
    with st.container(key="controls"):
        need, unit = st.columns([1, 1], vertical_alignment="bottom")
        with need:
            _need(selection)
        with unit:
            _unit(selection)


def _need(selection: state.Selection) -> None:
    """Draw the choice of need."""
    city, tr = selection.city, selection.tr
    options = need_options(city, selection.question.unit.unit)
    words = {option: _need_words(city, option, tr) for option in options}
    key, changed = state.widget("need", selection.question.need_and_year)
    st.selectbox(
        tr("controls.need"),
        list(words),
        key=key,
        on_change=changed,
        format_func=words.__getitem__,
    )


def _need_words(city: City, option: str, tr: Translator) -> str:
    """Name a need and its year."""
    name, _, year = option.partition(":")
    return tr("need.title", title=tr.text(indicator_named(city, name).title), year=year)


def _layers(selection: state.Selection) -> None:
    """Draw the choice of networks and initiatives."""
    city, tr = selection.city, selection.tr
    words = {layer.layer: network_words(layer, tr) for layer in city.layers}
    key, changed = state.widget("layers", [layer.layer for layer in selection.layers])
    st.multiselect(
        tr("controls.layers"),
        list(words),
        key=key,
        on_change=changed,
        format_func=words.__getitem__,
        placeholder=tr("controls.layers_placeholder"),
        select_all=False,
        wrap=True,
    )


def _together(selection: state.Selection) -> None:
    """Draw the choice of counting several networks together, or say why there is none."""
    tr = selection.tr
    if len(selection.layers) == 1:
        return
    why_not = why_apart(selection.layers)
    if why_not is not None:
        markup.quiet(tr("beside.apart", reason=why_not.text(tr)))
        return
    key, changed = state.widget("together", selection.together)
    st.checkbox(tr("beside.together"), key=key, on_change=changed, help=tr("beside.together_help"))


def _unit(selection: state.Selection) -> None:
    """Draw the choice of unit."""
    city, tr = selection.city, selection.tr
    options = unit_options(city, selection.question.layers)
    words = {unit.unit: tr.text(unit.many) for unit in city.units if unit.unit in options}
    choose_one("unit", selection.question.unit.unit, words, tr("controls.unit"))


def _more(selection: state.Selection) -> None:
    """Draw weight, variation, Es and partners, context and the online basemap."""
    city, tr = selection.city, selection.tr
    with st.popover(tr("controls.more"), width="stretch"):
        options = weight_options(selection.question.layers)
        weights = {weight: _weight_words(selection, weight) for weight in options}
        if len(weights) > 1:
            choose_one("weight", selection.question.weight, weights, tr("controls.weight"))
        _variation(selection)
        wheel.show_buttons(selection)
        words = {context.context: markup.plain(tr.text(context.title)) for context in city.context}
        key, changed = state.widget("context", list(selection.context))
        st.pills(
            tr("controls.context"),
            list(words),
            selection_mode="multi",
            key=key,
            on_change=changed,
            format_func=words.__getitem__,
            help=tr("controls.context_help"),
        )
        st.toggle(tr("controls.basemap"), key=state.BASEMAP, help=tr("controls.basemap_help"))


def _variation(selection: state.Selection) -> None:
    """Draw the choice of border, and of an initiative to leave out if there are several."""
    city, tr, question = selection.city, selection.tr, selection.question
    borders = {str(metres): tr(f"controls.borders.{metres}") for metres in BORDERS}
    choose_one("border", str(question.border), borders, tr("controls.border"))
    others = set(without_options(question.layers))
    if not others:
        return
    names = initiatives_of(city, question.layers)
    words = {
        initiative.id: markup.plain(tr.text(initiative.name))
        for initiative in names
        if initiative.id in others
    }
    key, changed = state.widget("without", question.without or None)
    st.selectbox(
        tr("controls.without"),
        list(words),
        index=None,
        key=key,
        on_change=changed,
        format_func=words.__getitem__,
        placeholder=tr("controls.without_none"),
    )


def _weight_words(selection: state.Selection, weight: str) -> str:
    """Name a weight; the capacity by what the layer counts: docks, kilometres, places."""
    layer = selection.question.layers[0]
    if weight == "capacity":
        return selection.tr.text(layer.capacity)
    return selection.tr(f"controls.weights.{weight}")
