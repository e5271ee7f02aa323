"""The robustness strip: one dot for every variant of the question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from sixes_geo.analysis.robustness import Robustness
from sixes_geo.charts.style import (
    INK,
    LEGEND,
    NARROW,
    PICK,
    SIDE_COLOURS,
    SOURCE,
    ChartSize,
    by_width,
    even_line,
    legend_of,
    signed_ticks,
    styled,
)
from sixes_geo.city.model import City
from sixes_geo.city.tables import indicator_named, read_initiatives
from sixes_geo.i18n import Translator
from sixes_geo.wording import INDEX_DECIMALS, interval_words

ROW_HEIGHT = 36
HEAD = 70
LABEL = 230
"""Pixels for the label of a row, in two lines; on a phone it is one line above its dots."""
LINES = f"{NARROW} ? replace(datum.value, '\\n', ' · ') : split(datum.value, '\\n')"


@dataclass(frozen=True)
class StripLook:
    """How rows are labelled, how the legend is laid out, how large the dots are.

    ``dot`` and ``ring`` are areas in square pixels.
    """

    names: Mapping[str, Any]
    legend: Any
    title: Any
    dot: int
    ring: int


def _on_screen(size: ChartSize) -> StripLook:
    """Return the look in a browser: on a phone, labels are above their dots."""
    names = {
        "labelExpr": LINES,
        "labelAlign": by_width("'left'", "'right'"),
        "labelPadding": by_width("-4", "4"),
        "labelOffset": by_width("-13", "0"),
        "labelFontSize": by_width("11", str(size.font)),
        "labelLimit": by_width("340", str(LABEL)),
    }
    return StripLook(names, legend_of(size, len(LOOKS)), by_width("10", str(size.font)), 80, 330)


def _on_paper(size: ChartSize) -> StripLook:
    """Return the look on paper: without tooltips, labels are complete, in one line."""
    names = {"labelExpr": "replace(datum.value, '\\n', ' · ')", "labelLimit": 900}
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=len(LOOKS),
        labelFontSize=size.font,
        labelLimit=LEGEND,
    )
    return StripLook(names, legend, size.font, 38, 150)


LOOKS = {  # by verdict: shape and colour both show the side
    "better_off": (SIDE_COLOURS["better_off"], "triangle-right"),
    "even": ("#3d7a4d", "square"),
    "cannot_tell": ("#8a8f98", "circle"),
    "worse_off": (SIDE_COLOURS["worse_off"], "triangle-left"),
}


def strip_template(
    tr: Translator, size: ChartSize, rows: int, *, paper: bool = False
) -> alt.LayerChart:
    """Return the strip without its dots: a row per level and need, the index from left to right.

    Triangles point to the side of the verdict, squares are even, circles "cannot tell"; the
    variant shown
    has a ring. A click on a dot picks it.
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
    colours, shapes = (list(values) for values in zip(*LOOKS.values(), strict=True))
    dots = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_point(size=look.dot, strokeWidth=1.6, cursor="pointer", opacity=0.75)
        .encode(
            index,
            row,
            alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=words, range=colours),
                legend=look.legend,
            ),
            alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=words, range=shapes),
                legend=look.legend,
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
    return styled(alt.LayerChart(layer=layers, height=HEAD + ROW_HEIGHT * rows), size)


def strip_chart(
    robustness: Robustness, city: City, tr: Translator, size: ChartSize
) -> alt.LayerChart:
    """Return the strip with its dots for paper; the height of ``size`` is that of a row."""
    frame = strip_frame(robustness, city, tr)
    rows = int(frame["row"].nunique())
    chart = strip_template(tr, size, rows, paper=True)
    chart.height = HEAD + size.height * rows
    chart.datasets = {SOURCE: frame.to_dict("records")}
    return chart


def strip_frame(robustness: Robustness, city: City, tr: Translator) -> pd.DataFrame:
    """Return a row per dot, in the order of levels and needs."""
    variants = robustness.variants
    names = {initiative.id: tr.text(initiative.name) for initiative in read_initiatives(city)}
    records = variants.to_dict("records")
    return pd.DataFrame(
        {
            "dot": range(len(variants)),
            "row": [_row_label(city, row["unit"], row["need"], tr) for row in records],
            "index": variants["concentration_index"].round(4),
            "verdict": [tr(f"strip.verdict.{verdict}") for verdict in variants["verdict"]],
            "asked": variants["asked"],
            "n": [tr.number(n, 0) for n in variants["n"]],
            "figures": [
                interval_words(row["concentration_index"], (row["lower"], row["upper"]), tr)
                for row in records
            ],
            "what": [_variant_words(row, names, tr) for row in records],
        }
    )


def strip_words(robustness: Robustness, tr: Translator) -> str:
    """Say in a sentence how the answer varies."""
    index = robustness.variants["concentration_index"]
    return tr(
        "strip.sentence",
        same=robustness.same_side,
        of=robustness.of,
        share=tr.percent(robustness.share, 0),
        verdict=robustness.same_verdict,
        low=tr.signed(float(index.min()), INDEX_DECIMALS),
        high=tr.signed(float(index.max()), INDEX_DECIMALS),
    )


def _row_label(city: City, unit: str, need: str, tr: Translator) -> str:
    """Label a row with its need and its level of units."""
    many, title = city.unit_named(unit).many, indicator_named(city, need).title
    return f"{tr.text(title)}\n{tr.text(many)}"


def _variant_words(
    variant: Mapping[Hashable, object], names: dict[str, str], tr: Translator
) -> str:
    """Say how a dot differs from the others in its row."""
    parts = [str(variant["need_year"]), tr(f"controls.weights.{variant['weight']}")]
    parts += [tr("summary.border", border=variant["border_m"])] if variant["border_m"] else []
    without = str(variant["without"])
    parts += [tr("summary.without", name=names[without])] if without else []
    return " · ".join(parts)
