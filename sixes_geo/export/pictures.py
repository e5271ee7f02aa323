"""Charts and QR codes of a snapshot as SVG, the same bytes each time."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import vl_convert

from sixes_geo.charts.concentration import curve_chart
from sixes_geo.charts.quintiles import quintile_chart
from sixes_geo.charts.strip import strip_chart
from sixes_geo.charts.style import ChartSize
from sixes_geo.export.sheet import FACE
from sixes_geo.export.snapshot import Snapshot

FONTS = Path(__file__).parent / "fonts"
CHART = ChartSize(height=230, font=11, line=2.6, face=FACE)
TALL = ChartSize(height=290, font=11, line=2.6, face=FACE)
STRIP = ChartSize(height=15, font=10, line=1.8, face=FACE)
CHART_WIDTH, STRIP_WIDTH = 340, 640

_ONE_AT_A_TIME = Lock()
"""`vl_convert` keeps one engine for the whole process."""


def chart_svg(snapshot: Snapshot, picture: str, size: ChartSize = CHART) -> str:
    """Return a chart (``curve``, ``quintiles``, ``strip``) whose text is text, not outlines."""
    name = f"chart {picture} {size.height}"
    return snapshot.once(name, lambda: _chart(snapshot, picture, size))


def qr_svg(address: str) -> bytes:
    """Return an address as a QR code."""
    buffer = BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", border=2, xmldecl=False, svgns=True)
    return buffer.getvalue()


def _chart(snapshot: Snapshot, picture: str, size: ChartSize) -> str:
    """Draw a chart of a snapshot."""
    assessment, tr = snapshot.assessment, snapshot.tr
    if picture == "strip":
        spec = strip_chart(snapshot.robustness, snapshot.city, tr, STRIP).to_dict()
        # The legend is wider than the plot, so it is aligned with the plot's right edge.
        spec["config"]["legend"] = {"layout": {"top": {"anchor": "end"}}}
        return _render(spec, STRIP_WIDTH)
    draw: Any = curve_chart if picture == "curve" else quintile_chart
    return _render(draw(assessment, tr, size).to_dict(), CHART_WIDTH)


def _render(spec: dict[str, Any], width: int) -> str:
    """Render a chart, whose numbers are written in its language."""
    with _ONE_AT_A_TIME:
        _register_fonts()
        return str(vl_convert.vegalite_to_svg({**spec, "width": width}))


@cache
def _register_fonts() -> None:
    """Register our fonts with `vl_convert`, once."""
    vl_convert.register_font_directory(str(FONTS))
