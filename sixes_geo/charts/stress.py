"""The strip of other chances: where the index is, and where each idea of chance would put it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from sixes_geo.analysis.stress import Check
from sixes_geo.charts.style import (
    EVEN_COLOUR,
    INK,
    NARROW,
    SOURCE,
    ChartSize,
    signed_ticks,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.wording.stress import chance_figures, check_figures, check_title, check_verdict

ROW_HEIGHT = 40
HEAD = 60
LABEL = 300
"""Pixels for the label of a row; on a phone it is above its marks."""

BAND = "#d9dde3"


def stress_template(tr: Translator, size: ChartSize, rows: int) -> alt.LayerChart:
    """Return the strip without its marks: a row per check, the index from left to right.

    A grey band shows where chance puts the index 95 times in 100, the tick in it what it gives on
    average; the dot is the index, the line its interval.
    """

    def index(field: str) -> alt.X:
        axis = alt.Axis(values=[-1, -0.5, 0, 0.5, 1], labelExpr=signed_ticks(tr), labelFlush=True)
        scale = alt.Scale(domain=[-1, 1])
        return alt.X(f"{field}:Q", title=tr("summary.index_title"), scale=scale, axis=axis)

    by_width: dict[str, Any] = {
        "labelAlign": alt.ExprRef(f"{NARROW} ? 'left' : 'right'"),
        "labelPadding": alt.ExprRef(f"{NARROW} ? -4 : 6"),
        "labelOffset": alt.ExprRef(f"{NARROW} ? -15 : 0"),
        "labelLimit": alt.ExprRef(f"{NARROW} ? 340 : {LABEL}"),
        "labelFontSize": alt.ExprRef(f"{NARROW} ? 11 : {size.font}"),
    }
    row = alt.Y(
        "title:N", title=None, sort=None, axis=alt.Axis(**by_width, domain=False, ticks=False)
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    tooltip = [
        alt.Tooltip("title:N", title=tr("stress.chance")),
        alt.Tooltip("figures:N", title=tr("summary.index_title")),
        alt.Tooltip("chance:N", title=tr("stress.by_chance")),
        alt.Tooltip("verdict:N", title=tr("summary.verdict_title")),
    ]
    bands = base.mark_bar(color=BAND, height=18, tooltip=None).encode(
        index("chance_low"), alt.X2("chance_high:Q"), row
    )
    ticks = base.mark_tick(color=EVEN_COLOUR, thickness=2, height=18, tooltip=None).encode(
        index("expected"), row
    )
    intervals = base.mark_rule(color=INK, strokeWidth=size.line).encode(
        index("low"), alt.X2("high:Q"), row
    )
    dots = base.mark_point(size=110, filled=True, opacity=1, color=INK).encode(
        index("index"), row, tooltip=tooltip
    )
    chart = alt.LayerChart(layer=[bands, ticks, intervals, dots], height=HEAD + ROW_HEIGHT * rows)
    return styled(chart, size)


def stress_frame(checks: Sequence[Check], tr: Translator) -> pd.DataFrame:
    """Return a row per check."""
    return pd.DataFrame(
        [
            {
                "title": check_title(check, tr),
                "index": round(check.index, 4),
                "low": round((check.interval or (check.index,) * 2)[0], 4),
                "high": round((check.interval or (check.index,) * 2)[1], 4),
                "expected": round(check.expected, 4),
                "chance_low": round(check.chance[0], 4),
                "chance_high": round(check.chance[1], 4),
                "figures": check_figures(check, tr),
                "chance": chance_figures(check, tr),
                "verdict": check_verdict(check, tr),
            }
            for check in checks
        ]
    )
