"""The robustness strip: one dot for every other way the question could have been put."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from sixes_geo.analysis.robustness import Robustness
from sixes_geo.charts.style import (
    INK,
    NARROW,
    PICK,
    SIDE_COLOURS,
    SOURCE,
    ChartSize,
    even_line,
    finished,
    signed_ticks,
)
from sixes_geo.city.model import City
from sixes_geo.city.tables import indicator_named, read_initiatives
from sixes_geo.i18n import Translator
from sixes_geo.wording import INDEX_DECIMALS, interval_words

ROW_HEIGHT = 36
HEAD = 70
LABEL = 230
"""Pixels for the name of a row, in two lines; on a phone it stands in one line over its dots."""
LINES = f"{NARROW} ? replace(datum.value, '\\n', ' · ') : split(datum.value, '\\n')"


@dataclass(frozen=True)
class StripLook:
    """How names of rows are written, in how many columns the legend, how large the dots are.

    ``dot`` and ``ring`` are areas in square pixels.
    """

    names: Mapping[str, Any]
    legend: Any
    title: Any
    dot: int
    ring: int


def _either(phone: str, wide: str) -> alt.ExprRef:
    """Return what the browser takes by the width of its window."""
    return alt.ExprRef(f"{NARROW} ? {phone} : {wide}")


def _on_screen(size: ChartSize) -> StripLook:
    """Return how a browser draws it: on a phone names stand over their dots."""
    names = {
        "labelExpr": LINES,
        "labelAlign": _either("'left'", "'right'"),
        "labelPadding": _either("-4", "4"),
        "labelOffset": _either("-13", "0"),
        "labelFontSize": _either("11", str(size.font)),
        "labelLimit": _either("340", str(LABEL)),
    }
    return StripLook(names, _either("2", str(len(LOOKS))), _either("10", str(size.font)), 80, 330)


def _on_paper(size: ChartSize) -> StripLook:
    """Return how it is printed: nothing can be pointed at, so names stand whole in one line."""
    names = {"labelExpr": "replace(datum.value, '\\n', ' · ')", "labelLimit": 900}
    return StripLook(names, len(LOOKS), size.font, 38, 150)


LOOKS = {  # by verdict: the side it names is told by shape as well as by colour
    "better_off": (SIDE_COLOURS["better_off"], "triangle-right"),
    "cannot_tell": ("#8a8f98", "circle"),
    "worse_off": (SIDE_COLOURS["worse_off"], "triangle-left"),
}


def strip_template(
    tr: Translator, size: ChartSize, rows: int, *, paper: bool = False
) -> alt.LayerChart:
    """Return the strip without its dots: a row per level and need, the index from left to right.

    Triangles point to the side that a verdict names, circles are those where nobody can tell;
    the way that is shown wears a ring of its own. A click on a dot picks it.
    """
    look = _on_paper(size) if paper else _on_screen(size)
    index = alt.X(
        "index:Q",
        title=tr("strip.axis").split(", "),
        scale=alt.Scale(domain=[-1, 1]),
        axis=alt.Axis(
            values=[-1, -0.5, 0, 0.5, 1],
            labelExpr=signed_ticks(tr),
            grid=True,
            labelFlush=True,
            titleFontSize=look.title,
        ),
    )
    row = alt.Y(
        "row:N",
        title=None,
        sort=None,
        axis=alt.Axis(**look.names, grid=True, domain=False, ticks=False),
    )
    words = [tr(f"strip.verdict.{name}") for name in LOOKS]
    colours, shapes = (list(one) for one in zip(*LOOKS.values(), strict=True))
    legend = alt.Legend(title=None, orient="top", labelFontSize=size.font, columns=look.legend)
    dots = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_point(size=look.dot, strokeWidth=1.6, cursor="pointer", opacity=0.75)
        .encode(
            index,
            row,
            alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=words, range=colours),
                legend=legend,
            ),
            alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=words, range=shapes),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip("what:N", title=tr("strip.way")),
                alt.Tooltip("figures:N", title=tr("summary.index_title")),
                alt.Tooltip("n:N", title="n"),
                alt.Tooltip("verdict:N", title=tr("summary.verdict_title")),
            ],
        )
        .add_params(alt.selection_point(name=PICK, fields=["dot"]))
    )
    ring = (
        alt.Chart(alt.NamedData(SOURCE))
        .transform_filter("datum.asked")
        .mark_point(size=look.ring, strokeWidth=2.4, color=INK, shape="circle", tooltip=None)
        .encode(index, row)
    )
    layers = [dots, ring, even_line(size, "x")]
    return finished(alt.LayerChart(layer=layers, height=HEAD + ROW_HEIGHT * rows), size)


def strip_chart(found: Robustness, city: City, tr: Translator, size: ChartSize) -> alt.LayerChart:
    """Draw the strip with its dots for paper; the height of ``size`` is that of one row."""
    frame = strip_frame(found, city, tr)
    rows = int(frame["row"].nunique())
    chart = strip_template(tr, size, rows, paper=True)
    chart.height = HEAD + size.height * rows
    chart.datasets = {SOURCE: frame.to_dict("records")}
    return chart


def strip_frame(found: Robustness, city: City, tr: Translator) -> pd.DataFrame:
    """Return a row per dot, in the order of levels and needs."""
    variants = found.variants
    names = {one.id: tr.text(one.name) for one in read_initiatives(city)}
    records = variants.to_dict("records")
    return pd.DataFrame(
        {
            "dot": range(len(variants)),
            "row": [_row(city, one["unit"], one["need"], tr) for one in records],
            "index": variants["concentration_index"].round(4),
            "verdict": [tr(f"strip.verdict.{one}") for one in variants["verdict"]],
            "asked": variants["asked"],
            "n": [tr.number(one, 0) for one in variants["n"]],
            "figures": [
                interval_words(one["concentration_index"], (one["lower"], one["upper"]), tr)
                for one in records
            ],
            "what": [_way(one, names, tr) for one in records],
        }
    )


def strip_words(found: Robustness, tr: Translator) -> str:
    """Say in a sentence how the answer moves."""
    index = found.variants["concentration_index"]
    return tr(
        "strip.sentence",
        same=found.same_side,
        of=found.of,
        share=tr.percent(found.share, 0),
        verdict=found.same_verdict,
        low=tr.signed(float(index.min()), INDEX_DECIMALS),
        high=tr.signed(float(index.max()), INDEX_DECIMALS),
    )


def _row(city: City, unit: str, need: str, tr: Translator) -> str:
    """Name a row by its level of units and its need."""
    many, title = city.unit_named(unit).many, indicator_named(city, need).title
    return f"{tr.text(title)}\n{tr.text(many)}"


def _way(one: Mapping[Hashable, object], names: dict[str, str], tr: Translator) -> str:
    """Say in what a dot differs from the others of its row."""
    parts = [str(one["need_year"]), tr(f"controls.weights.{one['weight']}")]
    parts += [tr("summary.border", border=one["border_m"])] if one["border_m"] else []
    without = str(one["without"])
    parts += [tr("summary.without", name=names[without])] if without else []
    return " · ".join(parts)
