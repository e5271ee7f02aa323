"""The wheel of the six Es, engagement at its centre: a legend to choose from, and no gauge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import pi

import altair as alt
import pandas as pd

from sixes_geo.charts.style import INK, PICK, SOURCE, ChartSize
from sixes_geo.i18n import Translator
from sixes_geo.model import ES

COLOURS: Mapping[str, str] = {
    "efficiency": "#5b6470",
    "economy": "#8a6d1f",
    "ecology": "#2c7a5a",
    "equity": "#8e4a94",
    "education": "#1f6fb2",
    "engagement": "#b8430f",
}
"""All dark enough for white letters; every part carries its name as well."""

HUB = ES[-1]
HUB_RADIUS, GAP, RIM_RADIUS = 52, 6, 138
SIDE = 2 * RIM_RADIUS + 24
CHOSEN, OTHER = 1.0, 0.3


def wheel_template(size: ChartSize) -> alt.LayerChart:
    """Return the wheel without its words: five parts of equal size around a hub.

    No part is larger for what stands behind it: it shows which E is which, and a click picks it.
    """
    base = alt.Chart(alt.NamedData(SOURCE))
    colour = alt.Color(
        "e:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None
    )
    faint = alt.Opacity(
        "faint:N", scale=alt.Scale(domain=[False, True], range=[CHOSEN, OTHER]), legend=None
    )
    parts = (
        base.mark_arc(stroke="#ffffff", strokeWidth=3, cursor="pointer")
        .encode(
            alt.Theta("start:Q", scale=None),
            alt.Theta2("end:Q"),
            alt.Radius("outer:Q", scale=None),
            alt.Radius2("inner:Q"),
            colour,
            faint,
        )
        .add_params(alt.selection_point(name=PICK, fields=["e"]))
    )
    words = base.mark_text(
        fontSize=size.font,
        fontWeight="bold",
        lineBreak="\n",
        lineHeight=size.font + 3,
        align="center",
        baseline="middle",
        tooltip=None,
    ).encode(
        alt.Theta("middle:Q", scale=None),
        alt.Radius("radius:Q", scale=None),
        alt.Text("label:N"),
        color=alt.condition("datum.faint", alt.value(INK), alt.value("#ffffff")),
    )
    chart: alt.LayerChart = alt.LayerChart(layer=[parts, words], width=SIDE, height=SIDE)
    done: alt.LayerChart = chart.configure(font=size.face).configure_view(stroke=None)
    return done


def wheel_frame(counts: Mapping[str, int], chosen: Collection[str], tr: Translator) -> pd.DataFrame:
    """Return a row for each E: its part of the wheel and its words.

    Parameters
    ----------
    counts
        How many initiatives carry each E.
    chosen
        Those to which the page is restricted; the others stand back.
    tr
        The reader's language.
    """
    rim = [one for one in ES if one != HUB]
    step = 2 * pi / len(rim)
    rows = []
    for e in ES:
        start, end = (0.0, 2 * pi) if e == HUB else (rim.index(e) * step, (rim.index(e) + 1) * step)
        mark = "✓ " if e in chosen else ""
        rows.append(
            {
                "e": e,
                "start": start,
                "end": end,
                "inner": 0 if e == HUB else HUB_RADIUS + GAP,
                "outer": HUB_RADIUS if e == HUB else RIM_RADIUS,
                "middle": 0.0 if e == HUB else (start + end) / 2,
                "radius": 0.0 if e == HUB else (HUB_RADIUS + GAP + RIM_RADIUS) / 2,
                "label": f"{mark}{tr(f'tagged.e.{e}')}\n{tr('wheel.count', count=counts[e])}",
                "faint": bool(chosen) and e not in chosen,
            }
        )
    return pd.DataFrame(rows)


def wheel_words(counts: Mapping[str, int], chosen: Collection[str], tr: Translator) -> str:
    """Describe the wheel to a reader who does not see it."""
    items = "; ".join(f"{tr(f'tagged.e.{e}')}: {tr('wheel.count', count=counts[e])}" for e in ES)
    picked = tr.list([tr(f"tagged.e.{e}") for e in ES if e in chosen]) or tr("wheel.nothing")
    return tr("wheel.alt", items=items, chosen=picked)
