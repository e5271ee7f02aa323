"""The concentration curve: cumulative share of provision, from worst-off to best-off."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.style import (
    EVEN_COLOUR,
    QUINTILES_OF_ALL,
    SITES_COLOUR,
    SOURCE,
    ChartSize,
    percent_ticks,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.wording import counted, index_words

POINTS = 120
"""More points than this cannot be seen; a curve over 1,644 zones is thinned to it."""

KEY_HEIGHT = 0.95
BAND_KEY_HEIGHT = 0.85
BAND_OPACITY = 0.22


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
    return _chart(curve_frame(assessment), tr, size, assessment.question.weight)


def curve_template(tr: Translator, size: ChartSize, weight: str) -> alt.LayerChart:
    """Return the chart without its curve: the same for all questions with one weight."""
    return _chart(alt.NamedData(SOURCE), tr, size, weight)


def _chart(
    data: pd.DataFrame | alt.NamedData, tr: Translator, size: ChartSize, weight: str
) -> alt.LayerChart:
    """Return the chart of some data."""
    people = alt.X(
        "people_share:Q",
        title=tr("chart.curve_people"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=percent_ticks(tr), values=QUINTILES_OF_ALL, grid=False),
    )
    sites, bottom = (
        alt.Y(
            field,
            title=tr("chart.curve_amount", noun=tr(f"chart.counted.{weight}")),
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(labelExpr=percent_ticks(tr), values=QUINTILES_OF_ALL),
        )
        for field in ("provision_share:Q", "lower:Q")
    )
    ends = _corners((0, 0), (1, 1))
    key = _corners((0.04, KEY_HEIGHT), (0.14, KEY_HEIGHT))
    shade = alt.Chart(_corners((0.09, BAND_KEY_HEIGHT))).mark_square(
        color=EVEN_COLOUR, opacity=BAND_OPACITY, size=size.font * 18
    )
    line = alt.Chart(data).mark_line(color=SITES_COLOUR, strokeWidth=size.line, tooltip=None)
    band = alt.Chart(data).mark_area(color=EVEN_COLOUR, opacity=BAND_OPACITY, tooltip=None)
    layers = [
        band.encode(people, bottom, alt.Y2("upper:Q")),
        _dashed(ends, size).encode(people, sites),
        line.encode(people, sites),
        _dashed(key, size).encode(people, sites),
        _key_text(tr("chart.curve_even"), KEY_HEIGHT, size).encode(people, sites),
    ]
    if weight != "amount":  # money per unit has no sites to reallocate, so there is no band
        band_text = _key_text(tr("chart.curve_band"), BAND_KEY_HEIGHT, size)
        layers += [shade.encode(people, sites), band_text.encode(people, sites)]
    chart = alt.LayerChart(layer=layers, height=size.height)
    return styled(chart, size)


def _key_text(text: str, height: float, size: ChartSize) -> alt.Chart:
    """Return the text of one entry of the key."""
    words: alt.Chart = alt.Chart(_corners((0.16, height))).mark_text(
        align="left",
        baseline="middle",
        color=EVEN_COLOUR,
        fontSize=size.font * 0.78,
        font=size.face,
        text=text,
    )
    return words


def _dashed(corners: alt.InlineData, size: ChartSize) -> alt.Chart:
    """Return a dashed line, thinner than the curve."""
    line: alt.Chart = alt.Chart(corners).mark_line(
        color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2
    )
    return line


def _corners(*points: tuple[float, float]) -> alt.InlineData:
    """Return points as inline data of the chart."""
    return alt.InlineData(
        values=[{"people_share": people, "provision_share": sites} for people, sites in points]
    )


def curve_frame(assessment: Assessment) -> pd.DataFrame:
    """Return the points of the curve, at most `POINTS`, and the band of chance at each."""
    curve, band = assessment.curve, assessment.band
    if len(curve) > POINTS:
        rows = np.unique(np.linspace(0, len(curve) - 1, POINTS).round().astype(int))
        curve = curve.iloc[rows]
    ends = {end: np.full(len(curve), np.nan) for end in ("lower", "upper")}
    if len(band):
        at, of = curve["people_share"], band["people_share"]
        ends = {end: np.interp(at, of, band[end]) for end in ends}
    return curve.assign(**ends).astype("float32")


def curve_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the curve to a reader who cannot see it."""
    curve = assessment.curve
    half = float(np.interp(0.5, curve["people_share"], curve["provision_share"]))
    return tr(
        "chart.curve_alt",
        noun=counted(assessment, tr),
        index=index_words(assessment, tr),
        half=tr.percent(half),
    )
