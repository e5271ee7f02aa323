"""Who lives how near: shares by distance, and how far the nearest site is, by fifth of need."""

from __future__ import annotations

from collections.abc import Collection

import altair as alt
import pandas as pd

from sixes_geo.analysis.reach import Reach
from sixes_geo.charts.style import (
    EVEN_COLOUR,
    FADING,
    INK,
    PICK,
    SITES_COLOUR,
    SOURCE,
    ChartSize,
    finished,
)
from sixes_geo.i18n import Translator

FIFTHS = ("1", "2", "3", "4", "5")
COLOURS = ("#174a7c", "#3f7fb5", "#7a8f3c", "#d98a1f", "#b8430f")
"""From the worst-off fifth to the best-off; lines are named at their ends as well."""

DASHES = ([1, 0], [8, 3], [4, 3], [2, 2], [1, 0])


def distance_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the chart of the share of people within a distance, a line per fifth."""
    across = alt.X("threshold_m:Q", title=tr("chart.reach_metres"), axis=alt.Axis(tickCount=5))
    share = alt.Y(
        "share:Q",
        title=tr("chart.reach_share"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    colour = alt.Color(
        "group:N", scale=alt.Scale(domain=list(FIFTHS), range=list(COLOURS)), legend=None
    )
    dash = alt.StrokeDash(
        "group:N", scale=alt.Scale(domain=list(FIFTHS), range=list(DASHES)), legend=None
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    lines = base.mark_line(strokeWidth=size.line, tooltip=None).encode(across, share, colour, dash)
    names = (
        base.transform_filter("datum.last")
        .mark_text(align="left", dx=5, fontSize=size.font, font=size.face, fontWeight="bold")
        .encode(across, share, alt.Text("group:N"), colour)
    )
    asked = (
        base.transform_aggregate(asked="max(asked)")
        .mark_rule(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(alt.X("asked:Q"))
    )
    chart = alt.LayerChart(layer=[lines, names, asked], height=size.height)
    return finished(chart, size)


def distance_frame(found: Reach) -> pd.DataFrame:
    """Return a row per fifth and distance."""
    curve = found.curve[found.curve["group"] != "all"].dropna(subset=["share"])
    return pd.DataFrame(
        {
            "group": [str(int(one)) for one in curve["group"]],
            "threshold_m": curve["threshold_m"].astype("float32"),
            "share": curve["share"].round(4).astype("float32"),
            "last": curve["threshold_m"] == curve["threshold_m"].max(),
            "asked": float(found.threshold_m),
        }
    )


def within_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the bars of the share within the distance asked for; a click picks a fifth."""
    fifths = alt.X("quintile:O", title=tr("chart.quintile_axis"), axis=alt.Axis(labelAngle=0))
    share = alt.Y(
        "share:Q", title=tr("chart.reach_share"), axis=alt.Axis(format=".0%", tickCount=4)
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    bars = base.mark_bar(color=SITES_COLOUR, cursor="pointer").encode(fifths, share, FADING)
    bars = bars.add_params(alt.selection_point(name=PICK, fields=["quintile"]))
    words = base.mark_text(dy=-8, fontSize=size.font, font=size.face, color=INK).encode(
        fifths, share, alt.Text("label:N")
    )
    return finished(alt.LayerChart(layer=[bars, words], height=size.height), size)


def within_frame(found: Reach, tr: Translator, held: Collection[int] = ()) -> pd.DataFrame:
    """Return a row per fifth; those that are not held stand back, if any is."""
    rows = found.within[found.within["group"] != "all"].dropna(subset=["share"])
    fifths = [int(one) for one in rows["group"]]
    return pd.DataFrame(
        {
            "quintile": fifths,
            "share": rows["share"].round(4).to_numpy(),
            "label": [tr.percent(one) for one in rows["share"]],
            "faint": [bool(held) and one not in held for one in fifths],
        }
    )


def nearest_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return how far the nearest site is: nine in ten, the middle half and the median."""
    fifths = alt.Y("quintile:O", title=tr("chart.fifth"))
    base = alt.Chart(alt.NamedData(SOURCE))
    axis = {"title": tr("chart.reach_nearest")}
    whole = base.mark_rule(color=EVEN_COLOUR, strokeWidth=2).encode(
        alt.X("p10:Q", title=axis["title"]), alt.X2("p90:Q"), fifths
    )
    half = base.mark_bar(color="#7fb0d5", size=14, tooltip=None).encode(
        alt.X("p25:Q", title=axis["title"]), alt.X2("p75:Q"), fifths
    )
    middle = base.mark_tick(color=SITES_COLOUR, thickness=4, size=22, tooltip=None).encode(
        alt.X("p50:Q", title=axis["title"]), fifths
    )
    return finished(alt.LayerChart(layer=[whole, half, middle], height=size.height), size)


def nearest_frame(found: Reach) -> pd.DataFrame:
    """Return a row per fifth with the distances, in kilometres."""
    rows = found.nearest[found.nearest["group"] != "all"].dropna(subset=["distance_m"])
    table = rows.pivot_table(index="group", columns="quantile", values="distance_m", sort=False)
    table = (table / 1000).round(3)
    table.columns = [f"p{round(float(str(one)) * 100)}" for one in table.columns]
    table.insert(0, "quintile", [int(float(str(one))) for one in table.index])
    return table.reset_index(drop=True)
