"""The equity page: who has more or less than their share, and how robust that answer is."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.options import without_options
from sixes_geo.analysis.robustness import question_of_variant, robustness_of
from sixes_geo.charts.concentration import curve_frame, curve_words
from sixes_geo.charts.gaps import gap_frame, gap_words
from sixes_geo.charts.quintiles import quintile_frame, quintile_title, quintile_words
from sixes_geo.charts.stress import stress_frame
from sixes_geo.charts.strip import strip_frame, strip_words
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import need_shade, verdict_shade
from sixes_geo.ui.components import chart_specs, maps, markup, unit_table
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import map_words, verdict_map_words, zeros_words
from sixes_geo.wording.explanations import equity_lines
from sixes_geo.wording.stress import check_words

QUINTILES, GAPS, TABLE, STRIP = "equity-quintiles", "equity-gaps", "equity-table", "equity-strip"
CHECKS = "equity-checks"


@st.fragment
def show_views() -> None:
    """Draw map, curve, quintiles, gaps and table; units picked in one are highlighted in all."""
    selection = state.current()
    with markup.explained(selection.tr):
        assessment = cache.assessment(selection.question)
        left, right = st.columns([2, 1])
        with left:
            _map(selection, assessment)
        with right:
            _curve_and_quintiles(selection, assessment)
        if assessment.test is not None:
            _gaps(selection, assessment)
        _table(selection, assessment)


def show_strip(selection: state.Selection) -> None:
    """Draw the robustness strip; a click on a dot opens that variant."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("strip.title"), anchor=False)
    with st.spinner(tr("strip.working")):
        robustness = robustness_of(cache.variants(selection.question), selection.question)
    if not robustness.of:
        markup.quiet(tr("strip.none"))
        return
    st.html(markup.element("p", strip_words(robustness, tr), "sixes-answer"))
    frame = strip_frame(robustness, city, tr)
    spec = chart_specs.spec("strip", selection.language, frame["row"].nunique())
    variants = robustness.variants.to_dict("records")

    def open_variant() -> None:
        for point in linked.picked_points(STRIP):
            variant = variants[int(str(point["dot"]))]
            state.keep_question(question_of_variant(selection.question, variant))

    markup.chart(spec, frame, strip_words(robustness, tr), STRIP, on_pick=open_variant)
    markup.quiet(tr("strip.explain"))
    if not without_options(selection.question.layers):
        markup.quiet(tr("strip.one_network"))


def show_checks(selection: state.Selection) -> None:
    """Draw the answer beside other ideas of chance, and say each in a line."""
    tr = selection.tr
    with st.spinner(tr("stress.working")):
        checks = cache.checks(selection.question)
    if not checks:
        return
    st.subheader(tr("stress.title"), anchor=False)
    words = [check_words(check, tr) for check in checks]
    spec = chart_specs.spec("stress", selection.language, len(checks))
    markup.chart(spec, stress_frame(checks, tr), " ".join(words), CHECKS)
    for line in words[1:]:
        markup.quiet(line)
    markup.quiet(tr("stress.explain"))


def show_explanations(selection: state.Selection) -> None:
    """Explain in plain words how to read the page, with the figures it shows."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    if assessment.test is None:
        return
    with st.expander(tr("explanations.title"), expanded=True):
        for line in equity_lines(assessment, tr):
            st.markdown(markup.plain(line))


def _map(selection: state.Selection, assessment: Assessment) -> None:
    """Draw the verdicts, or need if capacity or amounts are counted."""
    tr = selection.tr
    if assessment.question.weight == "sites" and assessment.test is not None:
        drawing = Drawing(verdict_shade(assessment, tr), verdict_map_words(assessment, tr))
    else:
        markup.quiet(tr("equity.no_verdicts"))
        drawing = Drawing(need_shade(assessment, tr), map_words(assessment, tr))
    maps.show_map(selection, drawing, linked.picked(selection), linked.take_click)
    linked.show_picked(selection)
    if assessment.zeros is not None and assessment.question.weight == "sites":
        markup.quiet(zeros_words(assessment, tr))


def _curve_and_quintiles(selection: state.Selection, assessment: Assessment) -> None:
    """Draw the curve with the band of chance, and the quintiles."""
    tr, weight = selection.tr, selection.question.weight
    if assessment.test is None:
        return
    picked, key = linked.picked(selection), linked.key_of(QUINTILES)
    st.markdown(f"**{tr('chart.curve_title')}**")
    spec = chart_specs.spec("curve", selection.language, weight)
    markup.chart(spec, curve_frame(assessment), curve_words(assessment, tr), "equity-curve")
    st.markdown(f"**{quintile_title(assessment, tr)}**")
    members = linked.units_by_quintile(assessment.units)
    markup.chart(
        chart_specs.spec("quintiles", selection.language, weight, picking=True),
        quintile_frame(assessment, tr, picked),
        quintile_words(assessment, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "quintile", members),
    )


def _gaps(selection: state.Selection, assessment: Assessment) -> None:
    """Draw the gap of each unit."""
    tr, key = selection.tr, linked.key_of(GAPS)
    st.markdown(f"**{tr('chart.gap_title')}**")
    members: dict[object, tuple[str, ...]] = {unit: (unit,) for unit in assessment.units.index}
    markup.chart(
        chart_specs.spec("gaps", selection.language, selection.question.weight),
        gap_frame(assessment, tr, linked.picked(selection)),
        gap_words(assessment, tr),
        key,
        on_pick=linked.chart_picker(selection, key, "id", members),
    )


def _table(selection: state.Selection, assessment: Assessment) -> None:
    """Draw the table of units, whose rows can be picked."""
    ids = unit_table.table_ids(assessment, selection.tr)
    linked.show_in_table(selection, TABLE, ids)
    unit_table.show_table(selection, TABLE, linked.table_picker(selection, TABLE, ids))
