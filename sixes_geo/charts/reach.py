"""Charts of reach: shares by distance and distances to the nearest site, by quintile of need."""

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
    number_ticks,
    percent_ticks,
    quintiles_of,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.measures.access.points import ALL

QUINTILES = ("1", "2", "3", "4", "5")
COLOURS = ("#174a7c", "#3f7fb5", "#7a8f3c", "#d98a1f", "#b8430f")
"""From the worst-off quintile to the best-off; lines are labelled at their ends as well."""

DASHES = ([1, 0], [8, 3], [4, 3], [2, 2], [1, 0])


def distance_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the chart of the share of people within a distance, a line per quintile."""
    distance = alt.X(
        "threshold_m:Q",
        title=tr("chart.reach_metres"),
        axis=alt.Axis(labelExpr=number_ticks(tr), tickCount=5),
    )
    share = alt.Y(
        "share:Q",
        title=tr("chart.reach_share"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=percent_ticks(tr), tickCount=5),
    )
    colour = alt.Color(
        "group:N", scale=alt.Scale(domain=list(QUINTILES), range=list(COLOURS)), legend=None
    )
    dash = alt.StrokeDash(
        "group:N", scale=alt.Scale(domain=list(QUINTILES), range=list(DASHES)), legend=None
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    lines = base.mark_line(strokeWidth=size.line, tooltip=None).encode(
        distance, share, colour, dash
    )
    names = (
        base.transform_filter("datum.last")
        .mark_text(align="left", dx=5, fontSize=size.font, font=size.face, fontWeight="bold")
        .encode(distance, share, alt.Text("group:N"), colour)
    )
    threshold = (
        base.transform_aggregate(asked="max(asked)")
        .mark_rule(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(alt.X("asked:Q"))
    )
    chart = alt.LayerChart(layer=[lines, names, threshold], height=size.height)
    return styled(chart, size)


def distance_frame(reach: Reach) -> pd.DataFrame:
    """Return a row per quintile and distance."""
    curve = reach.curve[reach.curve["group"] != ALL].dropna(subset=["share"])
    return pd.DataFrame(
        {
            "group": [str(int(group)) for group in curve["group"]],
            "threshold_m": curve["threshold_m"].astype("float32"),
            "share": curve["share"].round(4).astype("float32"),
            "last": curve["threshold_m"] == curve["threshold_m"].max(),
            "asked": float(reach.threshold_m),
        }
    )


def within_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the bars of the share within the distance asked for; a click picks a quintile."""
    quintiles = quintiles_of(tr)
    share = alt.Y(
        "share:Q",
        title=tr("chart.reach_share"),
        axis=alt.Axis(labelExpr=percent_ticks(tr), tickCount=4),
    )
    base = alt.Chart(alt.NamedData(SOURCE))
    bars = base.mark_bar(color=SITES_COLOUR, cursor="pointer").encode(quintiles, share, FADING)
    bars = bars.add_params(alt.selection_point(name=PICK, fields=["quintile"]))
    words = base.mark_text(dy=-8, fontSize=size.font, font=size.face, color=INK).encode(
        quintiles, share, alt.Text("label:N")
    )
    return styled(alt.LayerChart(layer=[bars, words], height=size.height), size)


def within_frame(reach: Reach, tr: Translator, picked: Collection[int] = ()) -> pd.DataFrame:
    """Return a row per quintile; if some are picked, the others are faint."""
    rows = reach.within[reach.within["group"] != ALL].dropna(subset=["share"])
    quintiles = [int(group) for group in rows["group"]]
    return pd.DataFrame(
        {
            "quintile": quintiles,
            "share": rows["share"].round(4).to_numpy(),
            "label": [tr.percent(share) for share in rows["share"]],
            "faint": [bool(picked) and quintile not in picked for quintile in quintiles],
        }
    )


def nearest_template(tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Return the chart of nearest distances: p10 to p90, the middle half and the median."""
    quintiles = alt.Y("quintile:O", title=tr("chart.quintile"))
    base = alt.Chart(alt.NamedData(SOURCE))
    ticks = alt.Axis(labelExpr=number_ticks(tr), tickCount=8)
    p10_to_p90 = base.mark_rule(color=EVEN_COLOUR, strokeWidth=2).encode(
        alt.X("p10:Q", title=tr("chart.reach_nearest"), axis=ticks), alt.X2("p90:Q"), quintiles
    )
    p25_to_p75 = base.mark_bar(color="#7fb0d5", size=14, tooltip=None).encode(
        alt.X("p25:Q", title=tr("chart.reach_nearest"), axis=ticks), alt.X2("p75:Q"), quintiles
    )
    median = base.mark_tick(color=SITES_COLOUR, thickness=4, size=22, tooltip=None).encode(
        alt.X("p50:Q", title=tr("chart.reach_nearest"), axis=ticks), quintiles
    )
    return styled(alt.LayerChart(layer=[p10_to_p90, p25_to_p75, median], height=size.height), size)


def nearest_frame(reach: Reach) -> pd.DataFrame:
    """Return a row per quintile with the distances, in kilometres."""
    rows = reach.nearest[reach.nearest["group"] != ALL].dropna(subset=["distance_m"])
    table = rows.pivot_table(index="group", columns="quantile", values="distance_m", sort=False)
    table = (table / 1000).round(3)
    table.columns = [f"p{round(float(str(quantile)) * 100)}" for quantile in table.columns]
    table.insert(0, "quintile", [int(float(str(group))) for group in table.index])
    return table.reset_index(drop=True)
