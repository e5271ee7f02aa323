"""The common style of charts: colours that match the map, and type sizes."""

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
"""Name of the data in a chart whose data are sent separately."""

QUINTILES_OF_ALL = [0, 0.2, 0.4, 0.6, 0.8, 1]
"""Ticks of an axis of shares, where one quintile ends and the next begins."""

PICK = "pick"
"""Name of the selection a reader makes in a chart."""

FADING = alt.Opacity("faint:N", scale=alt.Scale(domain=[False, True], range=[1, 0.25]), legend=None)
"""If units are picked, the marks of all others are faint."""

VERDICT_COLOURS = {"more": "#8e4a94", "fewer": "#2c7a5a", "cannot_tell": "#8a8f98"}
VERDICT_SHAPES = {"more": "triangle-up", "fewer": "triangle-down", "cannot_tell": "circle"}

SIDE_COLOURS = {"better_off": "#c75b00", "worse_off": "#1f6fb2"}

NARROW = "windowSize()[0] < 640"
"""Vega expression: whether the browser's window is as narrow as a phone's."""

PHONE_FONT = 10
PHONE_LEGEND, LEGEND = 180, 420
"""Pixels for an entry of a legend."""

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


def by_width(phone: str, wide: str) -> alt.ExprRef:
    """Return an expression that depends on the width of the browser's window."""
    return alt.ExprRef(f"{NARROW} ? {phone} : {wide}")


def legend_of(size: ChartSize, entries: int) -> alt.Legend:
    """Return a legend above a chart: in one row, on a phone in rows of two, no entry cut off."""
    return alt.Legend(
        title=None,
        orient="top",
        columns=by_width("2", str(entries)),
        labelFontSize=by_width(str(PHONE_FONT), str(size.font)),
        labelLimit=by_width(str(PHONE_LEGEND), str(LEGEND)),
    )


def quintiles_of(tr: Translator) -> alt.X:
    """Return the axis of quintiles; its title is in two lines, to fit on a phone too."""
    title = tr("chart.quintile_axis").split(": ")
    return alt.X("quintile:O", title=title, axis=alt.Axis(labelAngle=0))


def signed_ticks(tr: Translator) -> str:
    """Return the Vega expression for the ticks of an index: signed, in the reader's format.

    Zero has neither sign nor decimals.
    """
    number = _written("abs(datum.value)", ".1f", tr)
    return f"(datum.value == 0 ? '0' : (datum.value > 0 ? '+' : '\u2212') + {number})"


def percent_ticks(tr: Translator) -> str:
    """Return the Vega expression for the ticks of shares, in the reader's format.

    A tick has the decimals it needs: on an axis that ends at 1%, none looks like its neighbour.
    """
    before, after = tr("number.percent", value="\n").split("\n")
    return f"'{before}' + {_written('datum.value * 100', '.3~r', tr)} + '{after}'"


def number_ticks(tr: Translator) -> str:
    """Return the Vega expression for the ticks of numbers, in the reader's format."""
    return _written("datum.value", ",~r", tr)


def _written(number: str, form: str, tr: Translator) -> str:
    """Return the Vega expression of a number in a format of D3, with the reader's separators."""
    signs = tr.locale.number_symbols["latn"]
    plain = f"replace(format({number}, '{form}'), /,/g, '_')"
    return f"replace(replace({plain}, '.', '{signs['decimal']}'), /_/g, '{signs['group']}')"


def even_line(size: ChartSize, across: str) -> alt.Chart:
    """Return the line at 0 on the axis ``x`` or ``y``, where shares are equal.

    It is drawn once for all marks; a chart whose marks can be picked cannot have inline data,
    since the browser would replace them with the page's data.
    """
    datum = {"x": alt.XDatum(0)} if across == "x" else {"y": alt.YDatum(0)}
    lines: alt.Chart = (
        alt.Chart(alt.NamedData(SOURCE))
        .transform_aggregate(marks="count()")
        .mark_rule(color=EVEN_COLOUR, strokeDash=[5, 4], strokeWidth=size.line / 2)
        .encode(**datum)
    )
    return lines


def row_labels(size: ChartSize, width: int) -> dict[str, Any]:
    """Return the look of the labels of rows: of a width in pixels, on a phone above their row."""
    return {
        "labelAlign": by_width("'left'", "'right'"),
        "labelPadding": by_width("-4", "4"),
        "labelOffset": by_width("-13", "0"),
        "labelFontSize": by_width("11", str(size.font)),
        "labelLimit": by_width("340", str(width)),
    }


def styled(chart: AnyChart, size: ChartSize) -> AnyChart:
    """Apply type, colours and width to a chart."""
    plain: Any = chart
    plain = plain.properties(
        width="container", autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )
    plain = plain.configure(font=size.face).configure_view(stroke=None)
    styled_chart: AnyChart = plain.configure_axis(
        labelFontSize=size.font,
        titleFontSize=size.font,
        titleFontWeight="normal",
        labelColor=INK,
        titleColor=INK,
    )
    return styled_chart
