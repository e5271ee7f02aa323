"""What all charts share: colours that match the map, and a size of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt

from sixes_geo.i18n import Translator

SITES_COLOUR = "#c75b00"
PEOPLE_COLOUR = "#7fb0d5"
EVEN_COLOUR = "#6b7280"
INK = "#1a1c20"

SOURCE = "source"
"""Name of the data in a chart whose data come apart from it."""

PICK = "pick"
"""Name of what a reader picks in a chart."""

FADING = alt.Opacity("faint:N", scale=alt.Scale(domain=[False, True], range=[1, 0.25]), legend=None)
"""Marks of units that are not among the picked ones stand back."""

VERDICT_COLOURS = {"more": "#8e4a94", "fewer": "#2c7a5a", "cannot_tell": "#8a8f98"}
VERDICT_SHAPES = {"more": "triangle-up", "fewer": "triangle-down", "cannot_tell": "circle"}

SIDE_COLOURS = {"better_off": "#c75b00", "worse_off": "#1f6fb2"}

NARROW = "windowSize()[0] < 640"
"""Whether the browser's window is that of a phone, for what it works out itself."""

AnyChart = TypeVar("AnyChart", bound=alt.TopLevelMixin)


@dataclass(frozen=True)
class ChartSize:
    """Height in pixels, size and face of type, and width of lines: for a page or a hall."""

    height: int
    font: int
    line: float
    face: str = '"Source Sans", "Noto Sans", sans-serif'


PAGE = ChartSize(height=230, font=13, line=3.0)
HALL = ChartSize(height=330, font=20, line=5.0)


def signed_ticks(tr: Translator) -> str:
    """Return how the browser writes the ticks of an index: with sign, as the language does.

    Nothing has neither a sign nor decimals.
    """
    point = tr.locale.number_symbols["latn"]["decimal"]
    number = f"replace(format(abs(datum.value), '.1f'), '.', '{point}')"
    return f"(datum.value == 0 ? '0' : (datum.value > 0 ? '+' : '\u2212') + {number})"


def even_line(size: ChartSize, across: str) -> alt.Chart:
    """Return the line at 0 on the axis ``x`` or ``y``: as much as the share of the people.

    It is drawn once for all marks; a chart whose marks can be picked may hold no data of its
    own, since the browser would put those of the page in their place.
    """
    datum = {"x": alt.XDatum(0)} if across == "x" else {"y": alt.YDatum(0)}
    lines: alt.Chart = (
        alt.Chart(alt.NamedData(SOURCE))
        .transform_aggregate(marks="count()")
        .mark_rule(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(**datum)
    )
    return lines


def finished(chart: AnyChart, size: ChartSize) -> AnyChart:
    """Give a chart its type, ink and width."""
    done: Any = chart
    done = done.properties(
        width="container", autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )
    done = done.configure(font=size.face).configure_view(stroke=None)
    finished_chart: AnyChart = done.configure_axis(
        labelFontSize=size.font,
        titleFontSize=size.font,
        titleFontWeight="normal",
        labelColor=INK,
        titleColor=INK,
    )
    return finished_chart
