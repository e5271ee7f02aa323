"""Where each E and each partnership stands relative to need, in full and in fractional counting."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sixes_geo.charts.grouped import grouped_frame, grouped_words
from sixes_geo.choices import Choice, unit_named
from sixes_geo.ui import cache, parts, specs, state, wheel
from sixes_geo.wording import need_words
from sixes_geo.wording.grouped import answer_words, difference_table, group_table

KINDS = ("e", "p", "partnership")


def show_answer(selection: state.Selection) -> None:
    """Answer whether what is called equity stands in poorer districts than efficiency does."""
    tr = selection.tr
    found = cache.groups(selection.city, _choice(selection), "e")
    differences = cache.differences(selection.city, _choice(selection))
    st.html(parts.element("h1", answer_words(found, differences, tr), "sixes-headline"))
    many = tr.text(unit_named(selection.city, selection.choice.unit).many)
    parts.quiet(
        tr("groups.basis", many=many, need=need_words(selection.city, selection.choice, tr))
    )


def show_groups(selection: state.Selection) -> None:
    """Draw and list the index of each E, each partner and each partnership."""
    tr, city = selection.tr, selection.city
    names = {one.id: tr.text(one.name) for one, _ in wheel.listed(selection)}
    for kind in KINDS:
        found = cache.groups(city, _choice(selection), kind)
        st.subheader(tr(f"groups.title.{kind}"), anchor=False)
        frame = grouped_frame(found, kind, tr)
        if len(frame):
            spec = specs.indices_spec(selection.language, len(frame))
            parts.chart(spec, frame, grouped_words(frame, tr), f"groups-{kind}")
        st.dataframe(
            parts.bare(group_table(found, kind, names, tr)),
            hide_index=True,
            key=f"groups-{kind}-table",
            alt=tr("groups.table_alt"),
        )
        parts.quiet(tr(f"groups.explain.{kind}"))
    _differences(selection)
    with st.expander(tr("groups.limits_title"), expanded=True):
        for line in ("called", "networks", "counting", "tags", "surveillance"):
            st.markdown(parts.plain(tr(f"groups.limits.{line}")))


def _differences(selection: state.Selection) -> None:
    """List how far each E stands from efficiency."""
    tr = selection.tr
    found = cache.differences(selection.city, _choice(selection))
    st.subheader(tr("groups.difference_title"), anchor=False)
    if not found:
        parts.quiet(tr("groups.no_difference"))
        return
    st.dataframe(parts.bare(difference_table(found, tr)), hide_index=True, key="groups-differences")
    parts.quiet(tr("groups.difference_explain"))


def _choice(selection: state.Selection) -> Choice:
    """Return the choice that is sorted into groups: all initiatives, not those of the map alone."""
    whole = wheel.whole_layer(selection)
    layers = (whole,) if whole else selection.choice.layers
    plain = replace(selection.choice, weight="sites", without="", es=(), ps=())
    return replace(plain, layers=layers)
