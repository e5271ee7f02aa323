"""The frame around every page: brand, city, language, navigation, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.base.installation import pages_folder
from sixes_geo.contributions.cities import open_cities
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.server import health
from sixes_geo.ui.components import markup
from sixes_geo.ui.components.segmented import choose_one
from sixes_geo.ui.session import state
from sixes_geo.ui.session.link_notices import note_words

Menu = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Frame:
    """The page to run, and the selection to run it with."""

    page: StreamlitPage
    selection: state.Selection


def open_frame(menu: Menu) -> Frame | None:
    """Load the selection of this run and draw the head of the page.

    Parameters
    ----------
    menu
        Names of pages by section; the first is the home page, the only one that can be
        presented.

    Returns
    -------
    Frame or None
        None if the data cannot be read at all; the page then says why.
    """
    st.set_page_config(page_title="SixEs Geo", layout="wide", initial_sidebar_state="collapsed")
    markup.style("style")
    st.session_state[markup.REFUSED] = []
    try:
        selection = state.begin()
    except SixesGeoError as refusal:
        markup.notice(refusal, Translator(str(st.query_params.get("lang", ""))))
        return None
    page = _navigation(menu, selection)
    selection = state.enter_page(page.url_path, selection)
    home = page.url_path == ""
    hall = home and selection.present
    # Every run draws the same containers, filled or not: a map whose position among them
    # changed would be remounted and lose the reader's view.
    markup.style("present" if hall else "page")
    markup.set_page_language(selection.tr)
    markup.widget_words(selection.tr)
    with st.container(key="head"):
        if not hall:
            _head(selection, home=home)
    with st.container(key="notes"):
        _notes(selection)
    return Frame(page, selection)


def _navigation(menu: Menu, selection: state.Selection) -> StreamlitPage:
    """Return the page of the address."""
    tr, folder = selection.tr, pages_folder()
    pages = [
        st.Page(folder / section / f"{name}.py", title=tr(f"menu.{name}"), url_path=name)
        for section, names in menu.items()
        for name in names
    ]
    return st.navigation(pages, position="top")


def close_frame(selection: state.Selection) -> None:
    """Draw the footer of the page, and record that a page was served."""
    if not selection.present:
        with st.container(key="foot"):
            st.html(markup.element("p", selection.tr("frame.footer"), "sixes-foot"))
    health.page_was_served()


def _head(selection: state.Selection, *, home: bool) -> None:
    """Draw city, language and the presentation button; they wrap on a narrow screen."""
    tr = selection.tr
    st.logo(markup.STYLES / "logo.svg", size="large")
    with st.container(key="head-row", horizontal=True, vertical_alignment="center"):
        cities, _ = open_cities()
        names = {city.city: tr.text(city.name) for city in cities}
        choose_one("city", selection.city.city, names, tr("frame.city"), show_label=False)
        markup.quiet(tr("frame.tagline"))
        codes = {code: code for code in LANGUAGES}
        languages = tr.list([tr(f"language.{code}") for code in LANGUAGES])
        label = f"{tr('frame.language')}: {languages}"
        choose_one("lang", selection.language, codes, label, show_label=False)
        if home:
            st.button(
                tr("frame.present"),
                key="present-button",
                help=tr("frame.present_help"),
                shortcut="p",
                on_click=state.keep,
                args=("present", "1"),
            )


def _notes(selection: state.Selection) -> None:
    """Report cities that cannot be read, and values of the link that do not exist here."""
    tr = selection.tr
    for refusal in open_cities()[1]:
        markup.notice(refusal, tr)
    texts = [note_words(note, selection) for note in selection.notes]
    if texts:
        st.warning("\n\n".join(markup.plain(text) for text in texts))


def leave_button(selection: state.Selection) -> None:
    """Draw the button that leaves presentation; so does the key Escape."""
    if selection.present:
        st.button(
            selection.tr("frame.leave"),
            help=selection.tr("frame.leave_help"),
            shortcut="esc",
            on_click=state.keep,
            args=("present", "0"),
        )
