"""The concentration curve: whose the sites are, from the worst-off to the best-off."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from sixes_geo.assessment import Assessment
from sixes_geo.charts.style import EVEN_COLOUR, SITES_COLOUR, ChartSize
from sixes_geo.i18n import Translator
from sixes_geo.wording import counted, index_words

POINTS = 200
"""More corners than this cannot be seen; a curve over 1,644 zones is thinned to it."""


def curve_chart(assessment: Assessment, tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Draw the curve against the line of equal shares.

    Parameters
    ----------
    assessment
        With a curve; an assessment that could not be measured has none.
    tr
        The reader's language.
    size
        For a page or for a hall.
    """
    curve = _thinned(assessment.curve)
    people = alt.X(
        "people_share:Q",
        title=tr("chart.curve_people"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], grid=False),
    )
    sites = alt.Y(
        "provision_share:Q",
        title=tr("chart.curve_sites", noun=tr("chart.curve_short")),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1]),
    )
    even = (
        alt.Chart(pd.DataFrame({"people_share": [0, 1], "provision_share": [0, 1]}))
        .mark_line(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(people, sites)
    )
    line = (
        alt.Chart(curve)
        .mark_line(color=SITES_COLOUR, strokeWidth=size.line, interpolate="linear")
        .encode(people, sites)
    )
    area = (
        alt.Chart(curve)
        .mark_area(color=SITES_COLOUR, opacity=0.12)
        .encode(people, sites, alt.Y2("people_share:Q"))
    )
    words = (
        alt.Chart(pd.DataFrame({"x": [0.04], "y": [0.93], "text": [tr("chart.curve_even")]}))
        .mark_text(align="left", color=EVEN_COLOUR, fontSize=size.font - 1)
        .encode(alt.X("x:Q"), alt.Y("y:Q"), alt.Text("text:N"))
    )
    dash = (
        alt.Chart(pd.DataFrame({"x": [0.04, 0.14], "y": [0.985, 0.985]}))
        .mark_line(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(alt.X("x:Q"), alt.Y("y:Q"))
    )
    return (
        alt.layer(area, even, line, words, dash)
        .properties(height=size.height, width="container")
        .configure_axis(
            labelFontSize=size.font,
            titleFontSize=size.font,
            titleFontWeight="normal",
            labelColor="#1a1c20",
            titleColor="#1a1c20",
        )
        .configure_view(stroke=None)
    )


def curve_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the curve to a reader who does not see it."""
    curve = assessment.curve
    half = float(np.interp(0.5, curve["people_share"], curve["provision_share"]))
    return tr(
        "chart.curve_alt",
        noun=counted(assessment, tr),
        index=index_words(assessment, tr),
        half=tr.percent(half),
    )


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    """Keep at most `POINTS` corners, the ends among them."""
    if len(curve) <= POINTS:
        return curve.round(4)
    rows = np.unique(np.linspace(0, len(curve) - 1, POINTS).round().astype(int))
    return curve.iloc[rows].round(4)
