"""Contributed indicators: those that were kept, and those uploaded as a file."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import streamlit as st

from sixes_geo.base.day import today
from sixes_geo.base.hidden import isolated
from sixes_geo.base.limits import CONTRIBUTION_BYTES
from sixes_geo.city.model import City
from sixes_geo.contributions import brought, indicator_csv, store
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.contributions.store import NEED, ContributedIndicator
from sixes_geo.i18n import Translator
from sixes_geo.ui import MAP
from sixes_geo.ui.components import keeping, markup, uploads, work
from sixes_geo.ui.session import authorship, state
from sixes_geo.wording.contributions import values_words

KEPT, FILES = "contribution-kept", "contribution-files"
"""Session keys: the indicator kept, the counter of uploads."""


def show_list(selection: state.Selection) -> None:
    """List the contributed indicators, with authors and date, and the paper's example."""
    tr, city = selection.tr, selection.city
    st.html(markup.element("h1", tr("contributions.headline"), "sixes-headline"))
    markup.quiet(tr("contributions.explain"))
    indicators, refused = contributed_indicators(city)
    keeping.show_state(tr)
    for error in refused:
        markup.notice(error, tr)
    if not indicators:
        markup.quiet(tr("contributions.empty", city=tr.text(city.name)))
    for indicator in indicators:
        _entry(selection, indicator)
    _example(city, tr)


def _entry(selection: state.Selection, indicator: ContributedIndicator) -> None:
    """Write one indicator, with links to the map, its file and its removal."""
    tr, city = selection.tr, selection.city
    show_description(indicator, tr, values_words(city, indicator, tr))
    with st.container(horizontal=True, vertical_alignment="center"):
        map_link(selection, indicator)
        st.download_button(
            tr("contributions.download"),
            partial(indicator_csv.as_file, city, indicator, tr.language),
            file_name=f"{indicator.indicator}.csv",
            mime="text/csv",
            key=f"download-{indicator.indicator}",
            on_click="ignore",
        )
        remove = partial(store.remove, city.city, indicator.indicator)
        keeping.remove_button(indicator.indicator, indicator.name, remove, tr)


def map_link(selection: state.Selection, indicator: ContributedIndicator) -> None:
    """Draw a link to the map with an indicator as need or as provision."""
    link = state.link_of(selection, indicator)
    st.page_link(
        MAP, label=selection.tr("contributions.on_map"), icon=":material/map:", query_params=link
    )


def _example(city: City, tr: Translator) -> None:
    """Write the example of the paper, which it defines but does not measure."""
    st.subheader(tr("contributions.example_title"), anchor=False)
    unit, day = city.unit_named(city.view.unit).unit, today(st.context.timezone)
    example = {
        "name": tr("contributions.example.name"),
        "question": tr("contributions.example.question"),
        "e": "education",
        "use": NEED,
        "higher_means": "better_off",
        "unit_of_measure": tr("contributions.example.unit"),
        "source": tr("contributions.example.source"),
        "authors": "",
        "date": day,
        "year": day[:4],
        "per": unit,
    }
    published = SimpleNamespace(**example | {"authors": "Irazábal & Jirón (2020)", "date": "2020"})
    show_description(published, tr, tr("contributions.no_values"), by="by_example")
    st.download_button(
        tr("contributions.template"),
        partial(indicator_csv.template, city, example, tr.language),
        file_name=f"sixes-geo-{city.city}-example.csv",
        mime="text/csv",
        on_click="ignore",
    )


def show_description(
    indicator: ContributedIndicator | SimpleNamespace, tr: Translator, values: str, by: str = "by"
) -> None:
    """Write the description of an indicator, with its authors and date."""
    means = (
        tr(f"contributions.means.{indicator.higher_means}")
        if indicator.use == NEED
        else tr("contributions.use.provision")
    )
    lines = [
        markup.element(
            "strong",
            tr("contributions.title", name=isolated(indicator.name), e=tr(f"tags.e.{indicator.e}")),
        ),
        markup.element("div", indicator.question),
        markup.element(
            "div",
            tr("contributions.measured", unit=isolated(indicator.unit_of_measure), means=means),
        ),
        markup.element("div", values),
        markup.element(
            "span",
            tr(f"contributions.{by}", authors=isolated(indicator.authors), date=indicator.date),
        ),
        f" · {markup.element('span', indicator.source)}",
    ]
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def show_file(selection: state.Selection) -> None:
    """Draw the upload of an indicator as a file."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("contributions.file_title"), anchor=False)
    markup.quiet(tr("contributions.file_explain", columns=", ".join(indicator_csv.COLUMNS)))
    upload = st.file_uploader(
        tr("contributions.file"),
        type="csv",
        key=f"contribution-file-{st.session_state.get(FILES, 0)}",
        max_upload_size=markup.MEGABYTES,
    )
    show_kept("file", selection)
    if upload is None:
        return
    with markup.explained(tr):
        content = uploads.content_of(upload, CONTRIBUTION_BYTES)
        indicator = brought.indicator(city, content, uploads.name_of(upload), work.owner())
        show_description(indicator, tr, values_words(city, indicator, tr))
        if st.button(tr("contributions.keep_file"), key="contribution-file-keep"):
            remember_kept("file", store.keep(city.city, indicator, authorship.code()))
            st.session_state[FILES] = st.session_state.get(FILES, 0) + 1  # resets the upload
            st.rerun()


def remember_kept(where: str, indicator: ContributedIndicator) -> None:
    """Remember for the next run which indicator was kept, in which part of the page."""
    st.session_state[KEPT] = (where, indicator)


def show_kept(where: str, selection: state.Selection) -> None:
    """Confirm that an indicator was kept in this part of the page, with a link to the map."""
    if st.session_state.get(KEPT, ("",))[0] != where:
        return
    indicator = st.session_state.pop(KEPT)[1]
    text = selection.tr(f"contributions.kept_{indicator.use}", name=indicator.name)
    st.success(markup.plain(text))
    keeping.show_code(selection.tr)
    map_link(selection, indicator)
