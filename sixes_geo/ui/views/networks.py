"""The page of all networks of a city, and the count of every city for the home page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sixes_geo.analysis.link import address_of, query_text
from sixes_geo.analysis.networks import GROUPS, NetworkRow
from sixes_geo.analysis.options import layers_named
from sixes_geo.analysis.question import ask
from sixes_geo.base.installation import pages_folder
from sixes_geo.charts.compare import comparison_words, indices_frame
from sixes_geo.city.catalog import read_city
from sixes_geo.contributions.cities import open_cities
from sixes_geo.ui.components import chart_specs, markup, sources
from sixes_geo.ui.lifecycle import STARTING
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.networks import (
    basis_sentence,
    claim_words,
    count_sentence,
    group_cautions,
    group_title,
    left_out_words,
    network_table,
)

PAGE = pages_folder() / "compare" / "networks.py"


def show_headline(selection: state.Selection) -> None:
    """Write what the networks of initiatives add up to, and by which rule."""
    tr, question = selection.tr, selection.question
    with st.spinner(tr("networks.working")):
        count = cache.networks_count(question)
    st.html(markup.element("h1", count_sentence(question.city, count, tr), "sixes-headline"))
    markup.quiet(claim_words(question, tr))
    markup.flag(tr("networks.not_share"))


def show_groups(selection: state.Selection) -> None:
    """Draw the networks in groups that are never mixed."""
    tr = selection.tr
    with st.expander(tr("networks.rule_title")):
        markup.quiet(tr("networks.rule"))
        markup.quiet(basis_sentence(selection.question, tr))
        for words in ("sure.network", "sure.inside"):
            markup.quiet(tr(words))
    markup.quiet(tr("networks.pick"))
    for group in GROUPS:
        with st.spinner(tr("networks.working")):
            rows = cache.networks(selection.question, group).rows
        if rows:
            st.subheader(group_title(group, tr), anchor=False)
            for words in group_cautions(rows, tr):
                markup.flag(words)
            _chart(selection, group, rows)
            _table(selection, group, rows)


def _chart(selection: state.Selection, group: str, rows: tuple[NetworkRow, ...]) -> None:
    """Draw index and interval of each network."""
    tr = selection.tr
    labelled = [(tr.text(row.layer.title), row.assessment) for row in rows]
    frame = indices_frame(labelled, tr)
    if len(frame):
        spec = chart_specs.spec("indices", selection.language, len(frame))
        markup.chart(spec, frame, comparison_words(labelled, tr), f"networks-{group}")


def _table(selection: state.Selection, group: str, rows: tuple[NetworkRow, ...]) -> None:
    """Write a row per network; each name links to the map."""
    tr = selection.tr
    links = [
        address_of(query_text(state.link_to(layers=row.layer.layer)), page="./") for row in rows
    ]
    alt = tr("networks.table_alt", group=group_title(group, tr))
    markup.table(network_table(rows, tr), alt, tr, links)


def show_left_out(selection: state.Selection) -> None:
    """Name the initiatives that a map cannot be asked about."""
    tr = selection.tr
    networks = cache.networks(selection.question, "initiatives")
    words = left_out_words(networks.count, tr)
    if words:
        markup.quiet(words)
        names = [tr.text(each.name) for each in (*networks.unplaced, *networks.single)]
        markup.quiet("; ".join(names))


def show_sources(selection: state.Selection) -> None:
    """List the sources of all networks."""
    question = selection.question
    names = [row.layer.layer for group in GROUPS for row in cache.networks(question, group).rows]
    asked = replace(question, layers=layers_named(question.city, names))
    sources.show_sources(replace(selection, question=asked, context=()))


def show_counts(selection: state.Selection) -> None:
    """Write the count of every city, as it opens, with a link to its networks.

    What people add changes no count, so that it need not be made again for them.
    """
    if STARTING.is_set():
        return
    tr = selection.tr
    st.subheader(tr("networks.title"), anchor=False)
    for city in open_cities()[0]:
        question = ask(read_city(city.city), layers=city.view.layers)
        with st.spinner(tr("networks.working")):
            count = cache.networks_count(question)
        st.markdown(markup.plain(count_sentence(city, count, tr)))
    link = state.link_to()
    with st.container(key="see"):
        label = tr("networks.see", city=tr.text(selection.city.name))
        st.page_link(PAGE, label=markup.plain(label), query_params=link)
