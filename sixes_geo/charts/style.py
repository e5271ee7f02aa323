"""What all charts share: colours that match the map, and a size of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt

SITES_COLOUR = "#c75b00"
PEOPLE_COLOUR = "#7fb0d5"
EVEN_COLOUR = "#6b7280"
INK = "#1a1c20"

SOURCE = "source"
"""Name of the data in a chart whose data come apart from it."""

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
