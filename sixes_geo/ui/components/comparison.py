"""Parts of comparison pages: curves, quintiles, indices and a table of several questions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.compare import (
    comparison_words,
    curves_frame,
    indices_frame,
    quintile_lines_frame,
)
from sixes_geo.ui.components import chart_specs, markup
from sixes_geo.ui.session import state
from sixes_geo.wording.compare import comparison_table

Compared = Sequence[tuple[str, Assessment]]


def show_curves(selection: state.Selection, assessments: Compared, key: str) -> None:
    """Draw several curves on one chart."""
    measured = [
        (label, assessment) for label, assessment in assessments if assessment.test is not None
    ]
    if measured:
        words = comparison_words(measured, selection.tr)
        spec = chart_specs.spec("curves", selection.language)
        markup.chart(spec, curves_frame(measured), words, key)


def show_quintiles(selection: state.Selection, assessments: Compared, key: str) -> None:
    """Draw the quintiles of several questions beside the people."""
    measured = [
        (label, assessment) for label, assessment in assessments if assessment.test is not None
    ]
    if measured:
        words = comparison_words(measured, selection.tr)
        spec = chart_specs.spec("quintile_lines", selection.language)
        markup.chart(spec, quintile_lines_frame(measured, selection.tr), words, key)


def show_indices(selection: state.Selection, assessments: Compared, key: str) -> None:
    """Draw the indices with their intervals, and a table with n, verdict, unit and need."""
    tr = selection.tr
    frame = indices_frame(assessments, tr)
    if len(frame):
        spec = chart_specs.spec("indices", selection.language, len(frame))
        markup.chart(spec, frame, comparison_words(assessments, tr), key)
    st.dataframe(
        markup.arrow_table(comparison_table(list(assessments), tr)),
        hide_index=True,
        key=f"{key}-table",
        alt=tr("compare.table_alt"),
    )
