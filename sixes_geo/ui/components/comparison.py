"""Parts that pages of comparison share: curves, fifths, indices and a table of several choices."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.compare import (
    comparison_words,
    curves_frame,
    fifths_frame,
    indices_frame,
)
from sixes_geo.ui.components import chart_specs, markup
from sixes_geo.ui.session import state
from sixes_geo.wording.compare import comparison_table

Compared = Sequence[tuple[str, Assessment]]


def show_curves(selection: state.Selection, found: Compared, key: str) -> None:
    """Draw several curves on one chart."""
    measured = [(label, one) for label, one in found if one.test is not None]
    if measured:
        words = comparison_words(measured, selection.tr)
        spec = chart_specs.template("curves", selection.language)
        markup.chart(spec, curves_frame(measured), words, key)


def show_fifths(selection: state.Selection, found: Compared, key: str) -> None:
    """Draw the fifths of several choices beside the people."""
    measured = [(label, one) for label, one in found if one.test is not None]
    if measured:
        words = comparison_words(measured, selection.tr)
        spec = chart_specs.template("fifths", selection.language)
        markup.chart(spec, fifths_frame(measured, selection.tr), words, key)


def show_indices(selection: state.Selection, found: Compared, key: str) -> None:
    """Draw the indices with their intervals, and the table of all that goes with them."""
    tr = selection.tr
    frame = indices_frame(found, tr)
    if len(frame):
        spec = chart_specs.indices_spec(selection.language, len(frame))
        markup.chart(spec, frame, comparison_words(found, tr), key)
    st.dataframe(
        markup.bare(comparison_table(list(found), tr)),
        hide_index=True,
        key=f"{key}-table",
        alt=tr("compare.table_alt"),
    )
