"""Several measured questions on one chart: their curves, their quintiles, their indices."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.style import (
    EVEN_COLOUR,
    INK,
    LEGEND,
    PEOPLE_COLOUR,
    PHONE_FONT,
    QUINTILES_OF_ALL,
    SOURCE,
    ChartSize,
    by_width,
    legend_of,
    percent_ticks,
    quintiles_of,
    row_labels,
    signed_ticks,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.wording import index_words, verdict_key

COLOURS = ("#c75b00", "#174a7c", "#2c7a5a", "#8e4a94", "#8a6d1f", "#5b6470")
DASHES = ([1, 0], [8, 3], [3, 3], [10, 3, 2, 3], [2, 2], [6, 6])
"""Lines differ by dash as well as by colour."""

POINTS = 60
ROW_HEIGHT = 36
HEAD = 60
LABEL = 460
PHONE_CURVE = 325
"""Pixels for the name of a curve, which fill a line of a phone."""
FAR = 1


def curves_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the chart of several concentration curves, without data."""
    people = alt.X(
        "people_share:Q",
        title=tr("chart.curve_people"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=percent_ticks(tr), values=QUINTILES_OF_ALL, grid=False),
    )
    share = alt.Y(
        "provision_share:Q",
        title=tr("chart.compare_share"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=percent_ticks(tr), values=QUINTILES_OF_ALL),
    )
    legend = alt.Legend(
        title=None,
        orient="bottom",
        columns=1,
        labelFontSize=by_width(str(PHONE_FONT), str(size.font)),
        labelLimit=by_width(str(PHONE_CURVE), str(LEGEND)),
        symbolStrokeWidth=size.line,
        symbolSize=by_width("100", "300"),
    )
    scale = alt.Scale(range=list(COLOURS))
    lines = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_line(strokeWidth=size.line, tooltip=None)
        .encode(
            people,
            share,
            alt.Color("label:N", sort=None, scale=scale, legend=legend),
            alt.StrokeDash(
                "label:N", sort=None, scale=alt.Scale(range=list(DASHES)), legend=legend
            ),
        )
    )
    # No inline data: the browser would replace it with the page's data.
    even = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_line(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2, tooltip=None)
        .encode(people, alt.Y("people_share:Q", title=tr("chart.compare_share")))
    )
    chart = alt.LayerChart(layer=[lines, even], height=size.height * 1.7)
    return styled(chart, size)


def curves_frame(assessments: Sequence[tuple[str, Assessment]]) -> pd.DataFrame:
    """Return the points of each curve, at most `POINTS`, with its label."""
    parts = []
    for label, assessment in assessments:
        curve = assessment.curve
        if len(curve) > POINTS:
            rows = np.unique(np.linspace(0, len(curve) - 1, POINTS).round().astype(int))
            curve = curve.iloc[rows]
        parts.append(curve.astype("float32").assign(label=label))
    return pd.concat(parts, ignore_index=True)


def indices_template(tr: Translator, size: ChartSize, rows: int) -> alt.LayerChart:
    """Return the chart of several indices with their intervals, without data."""
    label = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(**row_labels(size, LABEL), domain=False, ticks=False),
    )
    axis = alt.Axis(values=[-1, -0.5, 0, 0.5, 1], labelExpr=signed_ticks(tr))
    index = alt.X(
        "index:Q", title=tr("summary.index_title"), scale=alt.Scale(domain=[-FAR, FAR]), axis=axis
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    intervals = base.mark_rule(color=INK, strokeWidth=size.line).encode(
        alt.X(
            "low:Q", title=tr("summary.index_title"), scale=alt.Scale(domain=[-FAR, FAR]), axis=axis
        ),
        alt.X2("high:Q"),
        label,
    )
    dots = base.mark_point(size=110, filled=True, color=COLOURS[0], opacity=1).encode(
        index, label, tooltip=[alt.Tooltip("figures:N"), alt.Tooltip("verdict:N")]
    )
    zero = (
        base.transform_aggregate(marks="count()")
        .mark_rule(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(x=alt.XDatum(0))
    )
    chart = alt.LayerChart(layer=[intervals, dots, zero], height=HEAD + ROW_HEIGHT * rows)
    return styled(chart, size)


def indices_frame(assessments: Sequence[tuple[str, Assessment]], tr: Translator) -> pd.DataFrame:
    """Return a row per measured question."""
    rows = [
        {
            "label": label,
            "index": round(assessment.test.index, 4),
            "low": round(assessment.test.interval[0], 4),
            "high": round(assessment.test.interval[1], 4),
            "figures": index_words(assessment, tr),
            "verdict": tr(f"verdict.{verdict_key(assessment)}"),
        }
        for label, assessment in assessments
        if assessment.test is not None
    ]
    return pd.DataFrame(rows)


def quintile_lines_template(tr: Translator, size: ChartSize) -> alt.Chart:
    """Return the chart of people and several questions by quintile, without bars."""
    scale = alt.Scale(range=[PEOPLE_COLOUR, *COLOURS])
    bars = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_bar(tooltip=None)
        .encode(
            quintiles_of(tr),
            alt.Y("share:Q", title=None, axis=alt.Axis(labelExpr=percent_ticks(tr), tickCount=4)),
            alt.XOffset("label:N", sort=None),
            alt.Color(
                "label:N",
                sort=None,
                scale=scale,
                legend=legend_of(size, 4),
            ),
        )
    )
    chart: alt.Chart = bars.properties(height=size.height * 1.2)
    return styled(chart, size)


def quintile_lines_frame(
    assessments: Sequence[tuple[str, Assessment]], tr: Translator
) -> pd.DataFrame:
    """Return a row per bar: people first, then each question."""
    first = assessments[0][1].quintiles
    parts = [
        pd.DataFrame(
            {
                "quintile": first["quintile"],
                "share": first["share_population"].round(4),
                "label": tr("chart.quintile_people"),
            }
        )
    ]
    parts += [
        pd.DataFrame(
            {
                "quintile": assessment.quintiles["quintile"],
                "share": assessment.quintiles["share_amount"].round(4),
                "label": label,
            }
        )
        for label, assessment in assessments
    ]
    return pd.concat(parts, ignore_index=True)


def comparison_words(assessments: Sequence[tuple[str, Assessment]], tr: Translator) -> str:
    """Describe the indices to a reader who cannot see them."""
    return "; ".join(f"{label}: {index_words(assessment, tr)}" for label, assessment in assessments)
