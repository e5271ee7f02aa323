"""The map as a picture: shapes in the city's projection, as plain SVG."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import per_head, sites_drawn
from sixes_geo.city.tables import read_context, read_units
from sixes_geo.export.sheet import COAST, INK, Sheet
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.encode import EXACT, ROUGH, money_sizes, site_flags
from sixes_geo.maps.marks import site_looks
from sixes_geo.maps.shade import Shade
from sixes_geo.spatial.placement import anchor_points

OUTLINES = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "triangle": [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
    "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
}
MANY, SOME = 1500, 400
FEW = 4
MOST_STEPS = 12
"""How many steps a label may be moved each way to find a free position."""

Box = tuple[float, float, float, float]


def draw_map(
    assessment: Assessment,
    shade: Shade,
    scene: Mapping[str, Any],
    tr: Translator,
    *,
    size: tuple[float, float],
    districts: tuple[str, ...] = (),
) -> bytes:
    """Draw units, context, sites, scale bar and north.

    Parameters
    ----------
    assessment
        What is shown.
    shade
        How its units are shaded.
    scene
        The same map as a browser draws it, which gives the look of the context.
    tr
        Language of the words on the map.
    size
        Width and height in units of the sheet; type and marks are sized in them.
    districts
        Ids of units that are outlined and labelled.

    Returns
    -------
    bytes
        SVG without external links, in the city's projection; north is that of its grid.
    """
    city = assessment.city
    sheet = Sheet(city, *size)
    units = read_units(city, assessment.question.unit)
    _units(sheet, units, shade)
    shapes = read_context(city)
    for look in scene["context"]:
        name = str(look["url"]).removeprefix("context-")
        _context(sheet, shapes[shapes["context"] == name].geometry, look)
    for look in site_looks(assessment, tr):
        _sites(sheet, assessment, look)
    _focus_labels(sheet, units, districts)
    _scale(sheet, tr)
    return sheet.as_svg()


def _units(sheet: Sheet, units: gpd.GeoDataFrame, shade: Shade) -> None:
    """Draw the units, each in the fill of its class."""
    width = 0.3 if len(units) > SOME else 0.8
    shapes = sheet.projected(units.geometry)
    by_fill: dict[str, list[str]] = {}
    for shape, member in zip(shapes, shade.member, strict=True):
        fill = palette.MISSING if member < 0 else shade.fills[member]
        by_fill.setdefault(sheet.fill(fill), []).append(sheet.path(shape, closed=True))
    for paint, paths in by_fill.items():
        style = f'fill="{paint}" fill-rule="evenodd" stroke="#ffffff" stroke-width="{width}"'
        sheet.paths(paths, style)
    # The lightest class is nearly as light as the surroundings, so the outline is drawn.
    city_shape = shapely.coverage_union_all(units.geometry.to_numpy())
    (outline,) = sheet.projected(gpd.GeoSeries([city_shape], crs=units.crs))
    style = f'fill="none" stroke="{COAST}" stroke-width="{sheet.width / 1100:.2f}"'
    sheet.paths([sheet.path(outline, closed=True)], style)


def _context(sheet: Sheet, shapes: gpd.GeoSeries, look: Mapping[str, Any]) -> None:
    """Draw lines, outlines and areas of context."""
    shapes = shapes[shapes.geom_type != "Point"]
    projected = list(sheet.projected(shapes))
    colour, opaque, width = look["colour"], look["fill"], float(look["weight"])
    if opaque:
        style = f'fill="{colour}" fill-opacity="{opaque}" stroke="{colour}" stroke-opacity="0.6"'
        closed = True
    else:
        projected = [shapely.boundary(shape) if shape.area else shape for shape in projected]
        dash = f' stroke-dasharray="{look["dash"]}"' if look.get("dash") else ""
        style, closed = f'fill="none" stroke="{colour}"{dash}', False
    paths = [sheet.path(shape, closed=closed) for shape in projected if not shapely.is_empty(shape)]
    sheet.paths(paths, f'{style} stroke-width="{width * sheet.width / 1200:.2f}"')


def _sites(sheet: Sheet, assessment: Assessment, look: Mapping[str, object]) -> None:
    """Draw the sites of a layer as marks or lines, or amounts as marks sized by them."""
    question = assessment.question
    layer = question.city.layer_named(str(look["layer"]))
    unit = question.unit
    if layer.per_unit:
        units = read_units(question.city, unit)
        per_person = units["id"].map(per_head(question.city, unit, layer))
        known = units[per_person.notna().to_numpy()]
        sizes = money_sizes(per_person.dropna().to_numpy(dtype=float))
        _marks(sheet, known.representative_point(), look, sizes, EXACT * len(known))
        return
    sites = sites_drawn(question, layer)
    if look.get("line"):
        paths = [sheet.path(line, closed=False) for line in sheet.projected(sites.geometry)]
        sheet.paths(paths, f'fill="none" stroke="{look["colour"]}" stroke-width="1.8"')
        return
    flags = site_flags(sites, sites["unit"])
    points = anchor_points(sites.geometry, crs=sheet.crs)
    _marks(sheet, points, look, np.ones(len(sites)), flags)


def _marks(
    sheet: Sheet,
    points: gpd.GeoSeries,
    look: Mapping[str, object],
    sizes: np.ndarray,
    flags: str,
) -> None:
    """Draw marks that are legible on every class: a light rim, a dark outline, the colour.

    Sites outside all units are hollow; approximate ones have a dashed outline too.
    """
    metric = points.to_crs(sheet.crs)
    positions = sheet.positions(np.column_stack([metric.x, metric.y]))
    unit = sheet.width / 1000
    base = unit * (2.2 if len(sizes) > MANY else 3.4 if len(sizes) > SOME else 5)
    edge = unit * (0.3 if len(sizes) > MANY else 0.9)
    by_flag: dict[str, list[str]] = {}
    rims = []
    for (x, y), size, flag in zip(positions, sizes, flags, strict=True):
        if 0 <= x <= sheet.width and 0 <= y <= sheet.height:
            shape = _outline(str(look["mark"]), x, y, base * size)
            by_flag.setdefault(flag, []).append(shape)
            rims.append(shape)
    colour = look["colour"]
    sheet.body.append(f'<g fill="none" stroke="#ffffff" stroke-width="{3 * edge:.2f}">')
    sheet.body += [*rims, "</g>"]
    for flag, shapes in by_flag.items():
        exact = flag == EXACT
        dash = f' stroke-dasharray="{2 * unit:g} {2 * unit:g}"' if flag == ROUGH else ""
        ink = "none" if len(sizes) > MANY else INK  # thousands of outlines would hide the colour
        style = (
            f'fill="{colour}" stroke="{ink}" stroke-width="{edge:g}"'
            if exact
            else f'fill="#ffffff" stroke="{colour}" stroke-width="{1.6 * edge:g}"{dash}'
        )
        sheet.body += [f"<g {style}>", *shapes, "</g>"]


def _outline(mark: str, x: float, y: float, radius: float) -> str:
    """Return the outline of one mark."""
    if mark not in OUTLINES:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}"/>'
    corners = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in OUTLINES[mark])
    return f'<polygon points="{corners}"/>'


def _focus_labels(sheet: Sheet, units: gpd.GeoDataFrame, districts: tuple[str, ...]) -> None:
    """Outline and label the districts in focus; labels do not overlap."""
    chosen = units[units["id"].isin(districts)]
    names, positions = [], []
    for shape, name in zip(sheet.projected(chosen.geometry), chosen["name"], strict=True):
        path = sheet.path(shape, closed=True)
        if path:
            sheet.body.append(f'<path d="{path}" fill="none" stroke="#111111" stroke-width="2.4"/>')
            names.append(str(name))
            positions.append(
                sheet.positions(shapely.get_coordinates(shapely.point_on_surface(shape)))[0]
            )
    size = sheet.width / (52 if len(names) <= FEW else 64)
    taken: list[Box] = []
    for name, (x, y) in zip(names, positions, strict=True):
        left, top = _free_position(sheet, (x, y), name, size, taken)
        taken.append((left, top, left + _label_width(name, size), top + size * 1.25))
        middle = left + _label_width(name, size) / 2
        if abs(middle - x) > size or abs(top + size - y) > 2 * size:
            tip = f'x1="{x:.1f}" y1="{y:.1f}" x2="{middle:.1f}" y2="{top + size * 0.7:.1f}"'
            sheet.body.append(f'<line {tip} stroke="{INK}" stroke-width="{size / 12:.2f}"/>')
    for name, (left, top, right, _) in zip(names, taken, strict=True):
        sheet.text((left + right) / 2, top + size, name, size, "bold")


def _free_position(
    sheet: Sheet, point: tuple[float, float], name: str, size: float, taken: list[Box]
) -> tuple[float, float]:
    """Return the top left corner of a label: the nearest free position on the sheet."""
    width, height = _label_width(name, size), size * 1.25
    x, y = point[0] - width / 2, point[1] - height / 2
    steps = range(-MOST_STEPS, MOST_STEPS + 1)
    corners = [(x + dx * width / 3, y + dy * height / 2) for dx in steps for dy in steps]
    corners.sort(key=lambda corner: (corner[0] - x) ** 2 + 4 * (corner[1] - y) ** 2)
    for left, top in corners:
        inside = 0 <= left <= sheet.width - width and 0 <= top <= sheet.height - height
        apart = (
            left + width <= box[0] or box[2] <= left or top + height <= box[1] or box[3] <= top
            for box in taken
        )
        if inside and all(apart):
            return left, top
    return x, y


def _label_width(name: str, size: float) -> float:
    """Return the approximate width of a bold label."""
    return size * 0.64 * len(name)


def _scale(sheet: Sheet, tr: Translator) -> None:
    """Draw a scale bar of a round length, and a north arrow."""
    wanted = sheet.metres * sheet.width / 5
    power = 10 ** int(log10(wanted))
    metres = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    length, size = metres / sheet.metres, sheet.width / 55
    x, y = sheet.width - size - length, sheet.height - size
    words = tr("map_picture.km", km=tr.number(metres / 1000))
    tip = y - size / 3
    bar = f"M{x:.1f} {tip:.1f}V{y:.1f}H{x + length:.1f}V{tip:.1f}"
    width = size / 9
    sheet.body.append(f'<path d="{bar}" fill="none" stroke="{INK}" stroke-width="{width:.2f}"/>')
    sheet.text(x + length / 2, y - size / 2.5, words, size)
    north = f"M{size * 1.3:.1f} {size * 2.6:.1f}l{size / 2:.1f} {size * 1.5:.1f}h{-size:.1f}z"
    sheet.body.append(f'<path d="{north}" fill="{INK}" stroke="#ffffff" stroke-width="1"/>')
    sheet.text(size * 1.3, size * 2.2, tr("map_picture.north"), size)
