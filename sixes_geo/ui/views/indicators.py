"""Indicators that a group makes for itself: those that were kept, and those of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.base.installation import pages_folder
from sixes_geo.city.model import City
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.contributions.store import NEED, ContributedIndicator
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.wording.contributions import values_words

KEPT, FAILED, FILES = "own-kept", "own-failed", "own-files"
"""Where a run leaves for the next one what was kept, what failed, how many files were let go of."""

MAP = pages_folder() / "explore" / "map.py"


def show_list(selection: state.Selection) -> None:
    """List the indicators that people made, with authors and date; first the paper's example."""
    tr, city = selection.tr, selection.city
    st.html(markup.element("h1", tr("contributions.headline"), "sixes-headline"))
    markup.quiet(tr("contributions.explain"))
    found, refused = contributed_indicators(city)
    failed = st.session_state.pop(FAILED, None)
    for refusal in [*([failed] if failed else []), *refused]:
        markup.notice(refusal, tr)
    if not found:
        markup.quiet(tr("contributions.empty", city=tr.text(city.name)))
    for made in found:
        _entry(selection, made)
    _example(city, tr)


def _entry(selection: state.Selection, made: ContributedIndicator) -> None:
    """Write one indicator with all that its authors gave, and what can be done with it."""
    tr, city = selection.tr, selection.city
    described(made, tr, values_words(city, made, tr))
    with st.container(horizontal=True, vertical_alignment="center"):
        map_link(selection, made)
        st.download_button(
            tr("contributions.download"),
            partial(indicator_csv.as_file, city, made, tr.language),
            file_name=f"{made.indicator}.csv",
            mime="text/csv",
            key=f"download-{made.indicator}",
            on_click="ignore",
        )
        remover(made.indicator, partial(store.remove, city.city, made.indicator), tr)


def map_link(selection: state.Selection, made: ContributedIndicator) -> None:
    """Offer the map with an indicator as its need or as what is counted."""
    link = state.link_of(selection, made)
    st.page_link(
        MAP, label=selection.tr("contributions.on_map"), icon=":material/map:", query_params=link
    )


def remover(name: str, remove: Callable[[], None], tr: Translator) -> None:
    """Offer to take something out of use, in two steps: it may be somebody else's work."""
    with st.popover(tr("contributions.remove")):
        markup.quiet(tr("contributions.remove_help"))
        st.button(
            tr("contributions.remove_sure"), key=f"remove-{name}", on_click=_removed, args=(remove,)
        )


def _removed(remove: Callable[[], None]) -> None:
    """Take something out of use, or remember for the page why that failed."""
    try:
        remove()
    except SixesGeoError as refusal:
        st.session_state[FAILED] = refusal


def _example(city: City, tr: Translator) -> None:
    """Write the paper's own example: defined, and measured by nobody."""
    st.subheader(tr("contributions.example_title"), anchor=False)
    unit = city.unit_named(city.view.unit).unit
    example = {
        "name": tr("contributions.example.name"),
        "question": tr("contributions.example.question"),
        "e": "education",
        "use": NEED,
        "higher_means": "better_off",
        "unit_of_measure": tr("contributions.example.unit"),
        "source": tr("contributions.example.source"),
        "authors": "",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "year": str(dt.datetime.now(tz=dt.UTC).year),
        "per": unit,
    }
    shown = SimpleNamespace(**example | {"authors": "Irazábal & Jirón (2020)", "date": "2020"})
    described(shown, tr, tr("contributions.no_values"), by="by_example")
    st.download_button(
        tr("contributions.template"),
        partial(indicator_csv.template, city, example, tr.language),
        file_name=f"sixes-geo-{city.city}-example.csv",
        mime="text/csv",
        on_click="ignore",
    )


def described(
    made: ContributedIndicator | SimpleNamespace, tr: Translator, values: str, by: str = "by"
) -> None:
    """Write what an indicator asks, of what, by whom and when."""
    means = (
        tr(f"contributions.means.{made.higher_means}")
        if made.use == NEED
        else tr("contributions.use.provision")
    )
    lines = [
        markup.element(
            "strong", tr("contributions.title", name=made.name, e=tr(f"tags.e.{made.e}"))
        ),
        markup.element("div", made.question),
        markup.element("div", tr("contributions.measured", unit=made.unit_of_measure, means=means)),
        markup.element("div", values),
        markup.element("span", tr(f"contributions.{by}", authors=made.authors, date=made.date)),
        f" · {markup.element('span', made.source)}",
    ]
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def show_file(selection: state.Selection) -> None:
    """Take an indicator from a file."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("contributions.file_title"), anchor=False)
    markup.quiet(tr("contributions.file_explain", columns=", ".join(indicator_csv.COLUMNS)))
    brought = st.file_uploader(
        tr("contributions.file"),
        type="csv",
        key=f"own-file-{st.session_state.get(FILES, 0)}",
        max_upload_size=markup.MEGABYTES,
    )
    show_kept("file", selection)
    if brought is None:
        return
    with markup.explained(tr):
        made = indicator_csv.from_file(city, brought.getvalue(), brought.name)
        described(made, tr, values_words(city, made, tr))
        if st.button(tr("contributions.keep_file"), key="own-file-keep"):
            kept("file", store.keep(city.city, made))
            st.session_state[FILES] = st.session_state.get(FILES, 0) + 1  # the file is let go of
            st.rerun()


def kept(where: str, made: ContributedIndicator) -> None:
    """Remember for the next run what was kept, and in which part of the page."""
    st.session_state[KEPT] = (where, made)


def show_kept(where: str, selection: state.Selection) -> None:
    """Say that an indicator was kept, where it was given, and offer the map with it."""
    if st.session_state.get(KEPT, ("",))[0] != where:
        return
    made = st.session_state.pop(KEPT)[1]
    text = selection.tr(f"contributions.kept_{made.use}", name=made.name)
    st.success(markup.plain(text))
    map_link(selection, made)
