"""Keeping and removing on the pages: whether it is possible, by whom, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sixes_geo.base.hidden import isolated
from sixes_geo.i18n import Translator
from sixes_geo.store.codes import is_read_only
from sixes_geo.store.engine import trouble
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import authorship


def show_state(tr: Translator) -> None:
    """Say why nothing can be kept, if so; what failed before; and what this visit can undo."""
    refusal = trouble()
    if refusal is not None:
        markup.notice(refusal, tr)
    elif is_read_only():
        st.info(markup.plain(tr("contributions.read_only")))
    failure = authorship.take_failure()
    if failure is not None:
        markup.notice(failure, tr)
    for removal in authorship.removals():
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.quiet(tr("contributions.removed_here", name=isolated(removal.name)))
            st.button(
                tr("contributions.undo"),
                key=f"undo-{removal.act}",
                on_click=authorship.undo,
                args=(removal,),
            )


def show_code(tr: Translator) -> None:
    """Show the code of this visit, the first time that it has kept something."""
    code = authorship.new_to_reader()
    if code:
        st.info(markup.plain(tr("contributions.code_given", code=code)))


def remove_button(key: str, name: str, remove: Callable[[str], str], tr: Translator) -> None:
    """Draw a button that removes something, in two steps: it may be somebody else's work.

    Parameters
    ----------
    key
        Of its widgets.
    name
        What the reader calls it.
    remove
        Removes it, given a code, and returns the name of the act.
    tr
        The reader's language.
    """
    field = f"code-{key}"

    def act() -> None:
        authorship.remove(name, remove, str(st.session_state.get(field, "")))

    with st.popover(tr("contributions.remove"), disabled=is_read_only()):
        markup.quiet(tr("contributions.remove_help"))
        st.text_input(tr("contributions.code_field"), key=field, type="password")
        st.button(tr("contributions.remove_sure"), key=f"remove-{key}", on_click=act)
