"""The page that compares cities, each by its own need and units."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sixes_geo.analysis.cities import NAMED_KINDS, OPENING, kinds_of
from sixes_geo.contributions.cities import open_cities
from sixes_geo.ui.components import comparison, markup, sources
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.compare import city_label


def show_headline(selection: state.Selection) -> None:
    """Write what the page compares, and what it does not."""
    tr = selection.tr
    st.html(markup.element("h1", tr("cities.headline"), "sixes-headline"))
    markup.flag(tr("cities.why_not_incomes"))


def show_kinds(selection: state.Selection) -> None:
    """Draw the choice of the kind of network."""
    tr = selection.tr
    words = {OPENING: tr(f"kind.{OPENING}")}
    for kind, layer in kinds_of(open_cities()[0]).items():
        if layer is not None:
            words[kind] = tr(f"kind.{kind}") if kind in NAMED_KINDS else tr.text(layer.title)
    key, changed = state.widget("kind", selection.kind)
    st.selectbox(
        tr("cities.kind"), list(words), key=key, on_change=changed, format_func=words.__getitem__
    )


def show_comparison(selection: state.Selection) -> None:
    """Draw the curves on one chart, the indices, and a table with what goes with each index."""
    tr = selection.tr
    labelled = [
        (city_label(assessment, tr), assessment)
        for assessment in cache.side_by_side(selection.kind)
    ]
    left, right = st.columns([1, 1])
    with left:
        comparison.show_curves(selection, labelled, "cities-curves")
    with right:
        for line in ("cities.read_curves", "cities.read_intervals", "cities.read_units"):
            st.markdown(markup.plain(tr(line)))
    comparison.show_indices(selection, labelled, "cities-indices")
    markup.quiet(tr("cities.no_ranking"))


def show_sources(selection: state.Selection) -> None:
    """List the sources of every city compared."""
    for assessment in cache.side_by_side(selection.kind):
        st.subheader(selection.tr.text(assessment.city.name), anchor=False)
        sources.show_sources(replace(selection, question=assessment.question, context=()))
