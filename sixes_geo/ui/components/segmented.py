"""A row of buttons of which one is chosen, kept as `state` keeps choices."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state


def choose_one(
    name: str, value: str, words: Mapping[str, str], label: str, *, show_label: bool = True
) -> None:
    """Draw a row of buttons.

    Parameters
    ----------
    name
        Which question it is, one of `state.FIELDS`.
    value
        What is chosen.
    words
        What can be chosen, and the word for it.
    label
        What the row is called, read aloud even where it is not shown.
    show_label
        Whether the label is seen.
    """
    key, changed = state.widget(name, value)
    shown = {option: markup.plain(word) for option, word in words.items()}
    st.segmented_control(
        label,
        list(shown),
        key=key,
        required=True,
        format_func=shown.__getitem__,
        on_change=changed,
        label_visibility="visible" if show_label else "collapsed",
        wrap=True,
    )
