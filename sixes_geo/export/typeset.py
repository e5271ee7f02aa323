"""PDF, pictures and slides, typeset from the one content by templates."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Collection, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from sixes_geo.export.content import content
from sixes_geo.export.letters import drawable
from sixes_geo.export.mapdraw import draw_map
from sixes_geo.export.pictures import CHART, FONTS, TALL, chart_svg, qr_svg
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.export.view import scene_of
from sixes_geo.maps.shade import need_shade

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
"""PDF/UA-1: tags, title, language and words for every picture, or no file at all."""

SHEETS = ("a4", "slides")
PICTURES = ("map", "curve", "quintiles", "strip")
SIZES = {"1200x630": (1200, 630), "1080x1080": (1080, 1080), "3840x2160": (3840, 2160)}
"""Pictures to share, and one to print."""

MAPS = {  # by template: width and height of the map, in which letters and marks are measured
    "a4": (1000.0, 690.0),
    "slides": (1000.0, 680.0),
    "figure": (1000.0, 700.0),
    "wide": (1000.0, 880.0),
    "square": (1000.0, 700.0),
}
CHARTS = {"slides": TALL, "wide": TALL}
PIXELS_PER_POINT = 72.0
SCREEN = 1.4
"""How much sharper a preview is than a point a pixel."""

MOST_PAGES, TIGHTEST = 3, 3
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def pdf(snapshot: Snapshot, sheet: str, manifest: bytes) -> bytes:
    """Return the snapshot as a tagged PDF, on A4 or as slides, with its manifest inside.

    Parameters
    ----------
    snapshot
        What is written.
    sheet
        One of `SHEETS`.
    manifest
        Its choices and data, attached as a file.
    """
    files = _files(snapshot, sheet, PICTURES) | {"manifest.json": manifest}
    return _pages(snapshot, sheet, files, format="pdf", pdf_standards=[STANDARD])[0]


def preview(snapshot: Snapshot, sheet: str = "a4") -> list[bytes]:
    """Return the pages of the PDF as pictures, for a screen."""
    files = _files(snapshot, sheet, PICTURES) | {"manifest.json": b"{}"}
    return _pages(snapshot, sheet, files, format="png", ppi=PIXELS_PER_POINT * SCREEN)


def png(snapshot: Snapshot, size: str) -> bytes:
    """Return the snapshot as one picture of a size of `SIZES`."""
    width, height = SIZES[size]
    files = _files(snapshot, "square" if width == height else "wide", ("curve",))
    inputs = {"width": str(width), "height": str(height)}
    return _typst(snapshot, "card", files, inputs, format="png", ppi=PIXELS_PER_POINT)[0]


def svg(snapshot: Snapshot, picture: str) -> bytes:
    """Return the map or a chart with all that goes with it, as a drawing."""
    files = _files(snapshot, "figure", (picture,))
    return _typst(snapshot, "figure", files, {"picture": picture}, format="svg")[0]


def _files(snapshot: Snapshot, shape: str, pictures: Collection[str]) -> dict[str, bytes]:
    """Return everything a template can ask for; a picture it does not use is blank."""
    told = content(snapshot)
    wanted = {name for name in pictures if name != "strip" or told["robustness"]}
    size = CHARTS.get(shape, CHART)
    files = {
        f"{name}.svg": chart_svg(snapshot, name, size).encode() if name in wanted else BLANK
        for name in PICTURES[1:]
    }
    shade = need_shade(snapshot.assessment, snapshot.tr)
    drawn = draw_map(
        snapshot.assessment,
        shade,
        scene_of(snapshot),
        snapshot.tr,
        size=MAPS[shape],
        districts=snapshot.fields.districts,
    )
    return files | {
        "data.json": json.dumps(_plain(told), ensure_ascii=False).encode(),
        "map.svg": drawn,
        "qr.svg": qr_svg(snapshot.link),
        "logo.svg": _logo(snapshot.fields.logo),
    }


def _logo(content: bytes) -> bytes:
    """Return a picture as a drawing that holds it; the typesetter takes files of text alone."""
    if not content:
        return BLANK
    with Image.open(BytesIO(content)) as picture:
        width, height = picture.size
    inside = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    ).encode()


def _pages(
    snapshot: Snapshot, sheet: str, files: Mapping[str, bytes], **options: object
) -> list[bytes]:
    """Typeset a sheet, tighter where it would take more pages than it may."""
    tight = 0
    while sheet == "a4" and tight < TIGHTEST and _count(sheet, files, tight) > MOST_PAGES:
        tight += 1
    return _typst(snapshot, sheet, files, {"tight": str(tight)}, **options)


def _count(sheet: str, files: Mapping[str, bytes], tight: int) -> int:
    """Return how many pages a sheet takes."""
    inside: Any = _sources(sheet) | dict(files)
    told = typst.query(
        inside,
        "<pages>",
        field="value",
        one=True,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"tight": str(tight)},
    )
    return int(json.loads(told))


def _typst(
    snapshot: Snapshot,
    template: str,
    files: Mapping[str, bytes],
    inputs: Mapping[str, str],
    **options: object,
) -> list[bytes]:
    """Run the typesetter on files that lie in memory; nothing of this machine gets in.

    Returns a file a page where the format has one page a file.
    """
    day = dt.datetime.fromisoformat(snapshot.fields.date).replace(tzinfo=dt.UTC)
    chosen: Any = options
    made = typst.compile(
        _sources(template) | dict(files),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=day,
        sys_inputs=dict(inputs),
        **chosen,
    )
    return [bytes(one) for one in made] if isinstance(made, list) else [bytes(made or b"")]


@cache
def _template(name: str) -> bytes:
    """Read a template."""
    return (TEMPLATES / f"{name}.typ").read_bytes()


def _sources(template: str) -> dict[str, bytes]:
    """Return a template and what it shares with the others."""
    return {"main.typ": _template(template), "common.typ": _template("common")}


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return values in which every text can be drawn."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
