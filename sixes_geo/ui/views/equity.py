"""The equity page: who has more or less than a share, and how sturdy that answer is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.options import without_options
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.robustness import robustness_of
from sixes_geo.charts.concentration import curve_frame, curve_words
from sixes_geo.charts.gaps import gap_frame, gap_words
from sixes_geo.charts.quintiles import quintile_frame, quintile_title, quintile_words
from sixes_geo.charts.strip import strip_frame, strip_words
from sixes_geo.city.tables import indicator_named
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import need_shade, verdict_shade
from sixes_geo.ui.components import chart_specs, maps, markup, unit_table
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import map_words, verdict_map_words, zeros_words
from sixes_geo.wording.explanations import equity_lines

FIFTHS, GAPS, TABLE, STRIP = "equity-fifths", "equity-gaps", "equity-table", "equity-strip"


@st.fragment
def show_views() -> None:
    """Draw map, curve, fifths, gaps and table; what one points out, all of them show."""
    selection = state.current()
    with markup.explained(selection.tr):
        found = cache.assessment(selection.question)
        left, right = st.columns([2, 1])
        with left:
            _map(selection, found)
        with right:
            _curve_and_fifths(selection, found)
        if found.test is not None:
            _gaps(selection, found)
        _table(selection, found)


def show_strip(selection: state.Selection) -> None:
    """Draw the robustness strip; a click on a dot opens the view it stands for."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("strip.title"), anchor=False)
    with st.spinner(tr("strip.working")):
        found = robustness_of(cache.variants(selection.question), selection.question)
    if not found.of:
        markup.quiet(tr("strip.none"))
        return
    st.html(markup.element("p", strip_words(found, tr), "sixes-answer"))
    frame = strip_frame(found, city, tr)
    spec = chart_specs.strip_spec(selection.language, frame["row"].nunique())
    ways = found.variants.to_dict("records")

    def opened() -> None:
        for point in linked.points_of(STRIP):
            state.keep_question(_question(selection.question, ways[int(str(point["dot"]))]))

    markup.chart(spec, frame, strip_words(found, tr), STRIP, on_pick=opened)
    markup.quiet(tr("strip.explain"))
    if not without_options(selection.question.layers):
        markup.quiet(tr("strip.one_network"))


def show_reading(selection: state.Selection) -> None:
    """Say in plain words how to read the page, by the figures it shows."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    if found.test is None:
        return
    with st.expander(tr("explanations.title"), expanded=True):
        for line in equity_lines(found, tr):
            st.markdown(markup.plain(line))


def _question(question: Question, way: Mapping[Hashable, object]) -> Question:
    """Return the question that a dot stands for."""
    return replace(
        question,
        unit=question.city.unit_named(str(way["unit"])),
        need=indicator_named(question.city, str(way["need"])),
        year=int(str(way["need_year"])),
        weight=str(way["weight"]),
        border=int(str(way["border_m"])),
        without=str(way["without"]),
    )


def _map(selection: state.Selection, found: Assessment) -> None:
    """Draw the verdicts, or the need where what sites hold is counted."""
    tr = selection.tr
    if found.question.weight == "sites" and found.test is not None:
        drawing = Drawing(verdict_shade(found, tr), verdict_map_words(found, tr))
    else:
        markup.quiet(tr("equity.no_verdicts"))
        drawing = Drawing(need_shade(found, tr), map_words(found, tr))
    maps.show_map(selection, drawing, linked.picked(selection), linked.take_click)
    linked.show_picked(selection)
    if found.zeros is not None and found.question.weight == "sites":
        markup.quiet(zeros_words(found, tr))


def _curve_and_fifths(selection: state.Selection, found: Assessment) -> None:
    """Draw the curve with the band of chance, and the fifths."""
    tr, weight = selection.tr, selection.question.weight
    if found.test is None:
        return
    picked, key = linked.picked(selection), linked.key_of(FIFTHS)
    st.markdown(f"**{tr('chart.curve_title')}**")
    spec = chart_specs.curve_spec(selection.language, weight, hall=False)
    markup.chart(spec, curve_frame(found), curve_words(found, tr), "equity-curve")
    st.markdown(f"**{quintile_title(found, tr)}**")
    groups = found.units.groupby("quintile").groups
    members: dict[object, tuple[str, ...]] = {
        int(str(fifth)[0]): tuple(ids) for fifth, ids in groups.items()
    }
    markup.chart(
        chart_specs.quintile_spec(selection.language, weight, picking=True),
        quintile_frame(found, tr, picked),
        quintile_words(found, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "quintile", members),
    )


def _gaps(selection: state.Selection, found: Assessment) -> None:
    """Draw the gap of each unit."""
    tr, key = selection.tr, linked.key_of(GAPS)
    st.markdown(f"**{tr('chart.gap_title')}**")
    members: dict[object, tuple[str, ...]] = {unit: (unit,) for unit in found.units.index}
    markup.chart(
        chart_specs.gap_spec(selection.language, selection.question.weight),
        gap_frame(found, tr, linked.picked(selection)),
        gap_words(found, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "id", members),
    )


def _table(selection: state.Selection, found: Assessment) -> None:
    """Draw the table of units, whose rows can be picked."""
    ids = unit_table.table_ids(found, selection.tr)
    linked.show_in_table(selection, TABLE, ids)
    unit_table.show_table(selection, TABLE, linked.table_picker(selection, TABLE, ids))
