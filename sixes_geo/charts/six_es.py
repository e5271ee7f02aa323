"""The indices of groups of initiatives, by full and by fractional counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from sixes_geo.analysis.six_es import Group
from sixes_geo.charts.style import (
    INK,
    PHONE_FONT,
    SITES_COLOUR,
    SOURCE,
    ChartSize,
    by_width,
    even_line,
    signed_ticks,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.wording import interval_words
from sixes_geo.wording.six_es import group_label, told_of

COUNTINGS = ("full", "fractional")
ROW_HEIGHT, HEAD = 46, 64
OVER = 11
"""Pixels by which the label of a row is above its mark: a phone has no room beside it."""


def six_es_template(tr: Translator, size: ChartSize, rows: int) -> alt.LayerChart:
    """Return the chart of the indices of groups, without data; labels are above their marks."""
    row = alt.Y("label:N", sort=None, axis=None)
    base = alt.Chart(alt.NamedData(SOURCE))
    intervals = base.mark_rule(color=INK, strokeWidth=size.line, tooltip=None).encode(
        _index("low", tr), alt.X2("high:Q"), row
    )
    dots = base.mark_point(size=110, filled=True, color=SITES_COLOUR, opacity=1).encode(
        _index("index", tr),
        row,
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("figures:N", title=tr("summary.index_title")),
            alt.Tooltip("verdict:N", title=tr("summary.verdict_title")),
        ],
    )
    halo = _names(
        base, size, row, stroke="#ffffff", strokeWidth=4
    )  # the line at 0 passes behind it
    layers = [even_line(size, "x"), intervals, dots, halo, _names(base, size, row)]
    return styled(alt.LayerChart(layer=layers, height=HEAD + ROW_HEIGHT * rows), size)


def _names(base: alt.Chart, size: ChartSize, row: alt.Y, **look: Any) -> alt.Chart:  # noqa: ANN401
    """Return the labels of the rows."""
    names: alt.Chart = base.mark_text(
        align="left",
        baseline="bottom",
        dy=4 - OVER,
        fontSize=by_width(str(PHONE_FONT), str(size.font)),
        color=INK,
        limit=alt.ExprRef("width"),
        tooltip=None,
        **look,
    ).encode(row, alt.Text("label:N"), x=alt.value(0))
    return names


def _index(field: str, tr: Translator) -> alt.X:
    """Return the axis of the index, with a word at either end."""
    ticks = signed_ticks(tr)
    ends = {-1: tr("six_es.worse"), 1: tr("six_es.better")}
    with_words = "".join(
        f"datum.value == {at} ? [{ticks}, '{word}'] : " for at, word in ends.items()
    )
    axis = alt.Axis(values=[-1, -0.5, 0, 0.5, 1], labelExpr=with_words + ticks, labelFlush=True)
    return alt.X(
        f"{field}:Q",
        title=tr("summary.index_title"),
        scale=alt.Scale(domain=[-1, 1]),
        axis=axis,
    )


def six_es_frame(
    groups: Sequence[Group], kind: str, names: Mapping[str, str], tr: Translator
) -> pd.DataFrame:
    """Return a row for each measured group and counting method.

    Groups that do not overlap have one row: both methods give the same.
    """
    countings = COUNTINGS if kind != "partnership" else COUNTINGS[:1]
    rows = []
    for group in groups:
        for counting in countings:
            test = group.full if counting == "full" else group.fractional
            if test is None:
                continue
            words, n = group_label(group, names, tr), group.sites
            method = tr(f"six_es.counting.{counting}")
            rows.append(
                {
                    "label": tr("six_es.row", name=words, counting=method, count=n)
                    if len(countings) > 1
                    else tr("six_es.row_plain", name=words, count=n),
                    "index": round(test.index, 4),
                    "low": round(test.interval[0], 4),
                    "high": round(test.interval[1], 4),
                    "figures": interval_words(test.index, test.interval, tr),
                    "verdict": told_of(group, test, tr),
                }
            )
    return pd.DataFrame(rows)


def six_es_words(frame: pd.DataFrame, tr: Translator) -> str:
    """Describe the indices to a reader who cannot see them."""
    items = [f"{row['label']}: {row['figures']}, {row['verdict']}" for _, row in frame.iterrows()]
    return tr("six_es.alt", items="; ".join(items))
