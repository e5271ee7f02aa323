"""A drawing of a city at a given size, built up shape by shape, as plain SVG."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import geopandas as gpd
import numpy as np
import shapely

from sixes_geo.charts import style
from sixes_geo.city.model import City
from sixes_geo.city.tables import GEOGRAPHIC
from sixes_geo.maps.palette import Fill
from sixes_geo.maps.scene import bounds_of

MARGIN = 0.02
TILE = 8
PATTERNS = {
    "hatch": '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="{ink}" stroke-width="1.6"/>',
    "stripes": '<path d="M0 0L8 8M-2 6L2 10M6 -2L10 2" stroke="{ink}" stroke-width="2.2"/>',
    "cross": '<path d="M0 8L8 0M0 0L8 8" stroke="{ink}" stroke-width="1.2"/>',
    "dots": '<g fill="{ink}"><circle cx="2" cy="2" r="1.3"/><circle cx="6" cy="6" r="1.3"/></g>',
}
INK = style.INK
FACE = "Noto Sans"
GROUND = "#e4e6ea"
COAST = "#8a8f98"


class Sheet:
    """A map of the city that fills a sheet of a given size, and the shapes drawn on it."""

    def __init__(self, city: City, width: float, height: float) -> None:
        self.crs = city.crs
        self.width, self.height = width, height
        (south, west), (north, east) = bounds_of(city)
        box = gpd.GeoSeries([shapely.box(west, south, east, north)], crs=GEOGRAPHIC)
        left, low, right, high = box.to_crs(self.crs).total_bounds
        wide, tall = (right - left) * (1 + 2 * MARGIN), (high - low) * (1 + 2 * MARGIN)
        self.metres = max(wide / width, tall / height)  # of one unit of the sheet
        self.left = (left + right - width * self.metres) / 2
        self.top = (low + high + height * self.metres) / 2
        self.window = shapely.box(
            self.left, self.top - height * self.metres, self.left + width * self.metres, self.top
        )
        self.defs: dict[str, str] = {}
        self.body: list[str] = []

    def projected(self, shapes: gpd.GeoSeries) -> np.ndarray:
        """Return shapes in metres, clipped to the sheet and simplified to what is visible."""
        metric = shapes.to_crs(self.crs).to_numpy()
        simple = shapely.simplify(metric, self.metres / 2)
        margin = self.metres * 12  # no clipped edge shows at the border of the sheet
        window = self.window.buffer(margin, join_style="mitre")
        shapely.prepare(window)
        within = shapely.contains_properly(window, simple)
        clipped: np.ndarray = np.where(within, simple, shapely.intersection(simple, window))
        return clipped

    def positions(self, points: np.ndarray) -> np.ndarray:
        """Return points in metres as positions on the sheet."""
        return np.column_stack(
            [(points[:, 0] - self.left) / self.metres, (self.top - points[:, 1]) / self.metres]
        )

    def path(self, shape: shapely.Geometry, *, closed: bool) -> str:
        """Return a shape as path data."""
        parts = shapely.get_parts(shape)
        rings: Iterable[shapely.Geometry] = parts
        if closed:
            polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
            rings = shapely.get_rings(polygons)
        subpaths = []
        for ring in rings:
            corners = shapely.get_coordinates(ring)
            if len(corners) > 1:
                flat = np.round(self.positions(corners), 1)
                subpaths.append("M" + "L".join(f"{x:g} {y:g}" for x, y in flat) + "Z" * closed)
        return "".join(subpaths)

    def fill(self, fill: Fill) -> str:
        """Return a fill as an SVG paint; a pattern is defined once."""
        if not fill.pattern:
            return fill.colour
        name = f"p{len(self.defs)}"
        key = f"{fill.pattern} {fill.ink} {fill.colour}"
        if key not in self.defs:
            lines = PATTERNS[fill.pattern].format(ink=fill.ink)
            self.defs[key] = (
                f'<pattern id="{name}" width="{TILE}" height="{TILE}" '
                f'patternUnits="userSpaceOnUse"><rect width="{TILE}" height="{TILE}" '
                f'fill="{fill.colour}"/>{lines}</pattern>'
            )
        return f"url(#p{list(self.defs).index(key)})"

    def paths(self, paths: Iterable[str], style: str) -> None:
        """Draw paths in one style; empty ones are left out."""
        drawn = "".join(f'<path d="{path}"/>' for path in paths if path)
        self.body.append(f"<g {style}>{drawn}</g>")

    def text(self, x: float, y: float, words: str, size: float, weight: str = "normal") -> None:
        """Draw text with a light edge, so that it is legible on every class."""
        attributes = (
            f'x="{x:.1f}" y="{y:.1f}" font-family="{FACE}" font-size="{size:.1f}" '
            f'font-weight="{weight}" text-anchor="middle"'
        )
        edge = f'stroke="#ffffff" stroke-width="{size / 3:.1f}" stroke-linejoin="round"'
        self.body.append(f'<text {attributes} fill="#ffffff" {edge}>{escape(words)}</text>')
        self.body.append(f'<text {attributes} fill="{INK}">{escape(words)}</text>')

    def as_svg(self) -> bytes:
        """Return the sheet as an SVG file."""
        size = f'width="{self.width:g}" height="{self.height:g}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {self.width:g} {self.height:g}"><defs>{"".join(self.defs.values())}'
            f'<clipPath id="sheet"><rect {size}/></clipPath></defs>'
            f'<rect {size} fill="{GROUND}"/>'
            f'<g clip-path="url(#sheet)">{"".join(self.body)}</g></svg>'
        ).encode()
