"""Networks side by side: which one a page is about, and the answer for each of the others."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.question import Question
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.network_names import beside_words, networks_words


def show_networks(selection: state.Selection) -> None:
    """Say which network the page is about, and give the answer for each of those beside it."""
    if not selection.beside:
        return
    with st.container(key="beside"):
        if not selection.present:
            markup.quiet(selection.tr("beside.first", network=_first(selection)))
        show_others(selection)


def show_others(selection: state.Selection) -> None:
    """Give the answer for each network beside the first, without a word on the page."""
    for question in selection.beside:
        words = beside_words(selection.question, cache.assessment(question), selection.tr)
        if selection.present:
            name = networks_words(question.layers, selection.tr)
            st.html(markup.element("p", f"{name} · {words}", "sixes-answer"))
            continue
        with st.container(horizontal=True):
            _name(selection, question)
            markup.quiet(words)


def show_first(selection: state.Selection) -> None:
    """Say which of several networks the page is about, with a button for each of the others."""
    if not selection.beside:
        return
    with st.container(key="beside"):
        markup.quiet(selection.tr("beside.only", network=_first(selection)))
        with st.container(horizontal=True):
            for question in selection.beside:
                _name(selection, question)


def _first(selection: state.Selection) -> str:
    """Name the network that the page is about."""
    return networks_words(selection.question.layers, selection.tr)


def _name(selection: state.Selection, question: Question) -> None:
    """Draw the name of a network, as a button that makes it the first."""
    tr = selection.tr
    st.button(
        markup.plain(networks_words(question.layers, tr)),
        key=f"beside-{question.layer_names[0]}",
        type="tertiary",
        help=tr("beside.put_first"),
        on_click=state.put_first,
        args=(selection, question),
    )
