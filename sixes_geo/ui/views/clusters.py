"""The clusters page: whether neighbours are alike, and how provision compares with need."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.clusters import KINDS, Clusters
from sixes_geo.base.errors import Problem
from sixes_geo.maps.clusters import clusters_drawing
from sixes_geo.ui.components import maps, markup, unit_table
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.components.segmented import choose_one
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.clusters import (
    clusters_basis,
    clusters_headline,
    correlation_words,
    example_words,
    method_words,
)

TABLE = "clusters-table"


def show_headline(selection: state.Selection) -> None:
    """Write the one sentence, and on what it rests."""
    tr = selection.tr
    clusters = _clusters(selection)
    if isinstance(clusters, Problem):
        text = tr("clusters.none", reason=clusters.text(tr))
        st.html(markup.element("h1", text, "sixes-headline"))
        return
    assessed = cache.assessment(selection.question)
    st.html(markup.element("h1", clusters_headline(assessed, clusters, tr), "sixes-headline"))
    markup.quiet(clusters_basis(assessed, clusters, tr))


def show_kinds(selection: state.Selection) -> None:
    """Draw the choice of the kind of cluster."""
    tr = selection.tr
    words = {kind: tr(f"clusters.kind.{kind}") for kind in KINDS}
    choose_one("clusters", selection.clusters, words, tr("clusters.kinds"))


@st.fragment
def show_views() -> None:
    """Draw the map with its method and an example, and the table; picks show in both."""
    selection = state.current()
    tr = selection.tr
    with markup.explained(tr):
        clusters = _clusters(selection)
        if isinstance(clusters, Problem):
            maps.show_map(selection)
            return
        assessed = cache.assessment(selection.question)
        left, right = st.columns([2, 1])
        with left:
            drawing = clusters_drawing(assessed, clusters, selection.clusters, tr)
            maps.show_map(selection, drawing, linked.picked(selection), linked.take_click)
            linked.show_picked(selection)
            markup.quiet(method_words(clusters, tr))
        with right:
            st.markdown(f"**{tr('explanations.title')}**")
            for text in (
                tr(f"clusters.explain.{selection.clusters}"),
                example_words(assessed, clusters, selection.clusters, tr),
                *([] if selection.clusters == "both" else [tr("clusters.same_test")]),
                correlation_words(clusters, tr),
                tr("clusters.not_why"),
            ):
                st.markdown(markup.plain(text))
        ids = unit_table.table_ids(assessed, tr)
        linked.show_in_table(selection, TABLE, ids)
        unit_table.show_table(selection, TABLE, linked.table_picker(selection, TABLE, ids))


def _clusters(selection: state.Selection) -> Clusters | Problem:
    """Return the clusters, or why they cannot be measured."""
    with st.spinner(selection.tr("clusters.working")):
        return cache.clusters(selection.question)
