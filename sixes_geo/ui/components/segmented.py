"""A row of buttons of which one is chosen, with its value in the session state."""

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
        Name of the field in the link.
    value
        The chosen option.
    words
        The options, with their labels.
    label
        Label of the row, read by screen readers even if it is hidden.
    show_label
        Whether the label is visible.
    """
    key, changed = state.widget(name, value)
    labels = {option: markup.plain(text) for option, text in words.items()}
    st.segmented_control(
        label,
        list(labels),
        key=key,
        required=True,
        format_func=labels.__getitem__,
        on_change=changed,
        label_visibility="visible" if show_label else "collapsed",
        wrap=True,
    )
