"""The wheel of the six Es, engagement at its centre: a menu, not a gauge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import pi
from typing import Literal

import altair as alt
import pandas as pd

from sixes_geo.charts.style import INK, PICK, SOURCE, ChartSize
from sixes_geo.city.model import ES
from sixes_geo.i18n import Translator

COLOURS: Mapping[str, str] = {
    "efficiency": "#5b6470",
    "economy": "#8a6d1f",
    "ecology": "#2c7a5a",
    "equity": "#8e4a94",
    "education": "#1f6fb2",
    "engagement": "#b8430f",
}
"""All dark enough for white letters; every part has its name as well."""

HUB = ES[-1]
HUB_RADIUS, GAP, RIM_RADIUS = 64, 6, 164
SIDE = 2 * RIM_RADIUS + 28
"""Fits a phone of 390 pixels."""
CHOSEN, OTHER = 1.0, 0.3
LETTERS = 2
"""Points by which its type is larger than that of other charts."""

EMPTY, NOTHING = "#e4e7ea", "none"
"""An E that is not documented is grey: an empty part is not a finding."""


def wheel_template(size: ChartSize) -> alt.LayerChart:
    """Return the wheel without data: five parts of equal size around a hub.

    Sizes mean nothing: the wheel shows which E is which, and a click picks it.
    """
    base = alt.Chart(alt.NamedData(SOURCE))
    colour = alt.Color(
        "colour:N",
        scale=alt.Scale(domain=[*COLOURS, NOTHING], range=[*COLOURS.values(), EMPTY]),
        legend=None,
    )
    faint = alt.Opacity(
        "faint:N", scale=alt.Scale(domain=[False, True], range=[CHOSEN, OTHER]), legend=None
    )
    parts = (
        base.mark_arc(stroke="#ffffff", strokeWidth=3, cursor="pointer", tooltip=None)
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
    names = _words(base, size, "name", "bottom")  # the count follows below the middle
    counts = _words(base, size, "count", "top")
    chart: alt.LayerChart = alt.LayerChart(layer=[parts, names, counts], width=SIDE, height=SIDE)
    done: alt.LayerChart = chart.configure(font=size.face).configure_view(stroke=None)
    return done


def _words(
    base: alt.Chart, size: ChartSize, field: str, side: Literal["top", "bottom"]
) -> alt.Chart:
    """Return the text of each part above or below its middle."""
    font = size.font + LETTERS
    words: alt.Chart = base.mark_text(
        fontSize=font,
        fontWeight="bold",
        lineBreak="\n",
        lineHeight=font + 2,
        align="center",
        baseline=side,
        tooltip=None,
    ).encode(
        alt.Theta("middle:Q", scale=None),
        alt.Radius("radius:Q", scale=None),
        alt.Text(f"{field}:N"),
        color=alt.condition(
            f"datum.faint || datum.colour === '{NOTHING}'", alt.value(INK), alt.value("#ffffff")
        ),
    )
    return words


def wheel_frame(
    counts: Mapping[str, int],
    chosen: Collection[str],
    tr: Translator,
    of: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Return a row for each E: its part of the wheel and its words.

    Parameters
    ----------
    counts
        How many initiatives carry each E.
    chosen
        Those the page is restricted to; the others are faint.
    tr
        The reader's language.
    of
        How many carry each E with any partner, if ``counts`` are for some partners only.
    """
    rim = [e for e in ES if e != HUB]
    step = 2 * pi / len(rim)
    rows = []
    for e in ES:
        start, end = (0.0, 2 * pi) if e == HUB else (rim.index(e) * step, (rim.index(e) + 1) * step)
        mark = "✓ " if e in chosen else ""
        rows.append(
            {
                "e": e,
                "colour": e if counts[e] else NOTHING,
                "start": start,
                "end": end,
                "inner": 0 if e == HUB else HUB_RADIUS + GAP,
                "outer": HUB_RADIUS if e == HUB else RIM_RADIUS,
                "middle": 0.0 if e == HUB else (start + end) / 2,
                "radius": 0.0 if e == HUB else (HUB_RADIUS + GAP + RIM_RADIUS) / 2,
                "name": f"{mark}{tr(f'tags.e.{e}')}",
                "count": _count(e, counts, of, tr),
                "faint": bool(chosen) and e not in chosen,
            }
        )
    return pd.DataFrame(rows)


def _count(e: str, counts: Mapping[str, int], of: Mapping[str, int] | None, tr: Translator) -> str:
    """Write how many carry an E; none is a gap in the documentation."""
    if not counts[e]:
        return tr("wheel.none")
    if of is None:
        return tr("wheel.count", count=counts[e])
    return tr("wheel.count_of", count=counts[e], of=of[e])


def wheel_words(
    counts: Mapping[str, int],
    chosen: Collection[str],
    tr: Translator,
    of: Mapping[str, int] | None = None,
) -> str:
    """Describe the wheel to a reader who cannot see it."""
    items = "; ".join(f"{tr(f'tags.e.{e}')}: {_count(e, counts, of, tr)}" for e in ES)
    items = items.replace("\n", " ")
    picked = tr.list([tr(f"tags.e.{e}") for e in ES if e in chosen]) or tr("wheel.nothing")
    return tr("wheel.alt", items=items, chosen=picked)
