"""PDF, pictures and slides, typeset from the content of a snapshot by templates."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from io import BytesIO
from math import cos, radians
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from sixes_geo.export.content import content
from sixes_geo.export.formats import PICTURES, SIZES
from sixes_geo.export.letters import drawable
from sixes_geo.export.mapdraw import draw_map
from sixes_geo.export.pictures import CHART, FONTS, TALL, chart_svg, qr_svg
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.export.view import scene_of
from sixes_geo.maps.scene import bounds_of
from sixes_geo.maps.shade import need_shade

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
"""PDF/UA-1: tags, title, language and alt texts, or no file at all."""

MAP_WIDTH, FIGURE_HEIGHT = 1000.0, 700.0
"""Of the map: type and marks are sized by its width; its height depends on the sheet."""

WIDE_FROM = 1.5
"""Width-to-height ratio of a city from which a wide picture has its legend below the map."""

CHARTS = {"slides": TALL, "wide": TALL}
PIXELS_PER_POINT = 72.0
SCREEN = 1.4
"""Pixels per point of a preview."""

LONG_WORD = re.compile(r"[^\s/&?=.,;:\-\u200b]{25,}")
BREAK_EVERY, BREAK = 20, "\u200b"
"""A word longer than a line is broken without a hyphen rather than run off the sheet."""

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
        The question and data, attached as a file.
    """
    return _sheet(snapshot, sheet, manifest, format="pdf", pdf_standards=[STANDARD])[0]


def preview(snapshot: Snapshot, sheet: str = "a4") -> list[bytes]:
    """Return the pages of the PDF as PNG pictures, for a screen."""
    return _sheet(snapshot, sheet, b"{}", format="png", ppi=PIXELS_PER_POINT * SCREEN)


def png(snapshot: Snapshot, size: str) -> bytes:
    """Return the snapshot as a PNG picture of one of `SIZES`."""
    width, height = SIZES[size]
    files = _files(snapshot, "square" if width == height else "wide", ("curve",))
    inputs = {"width": str(width), "height": str(height)}
    with_map = files | {"map.svg": _map(snapshot, _ratio("card", files, inputs))}
    return _typst(snapshot, "card", with_map, inputs, format="png", ppi=PIXELS_PER_POINT)[0]


def svg(snapshot: Snapshot, picture: str) -> bytes:
    """Return the map or a chart, with its title, legend and sources, as SVG."""
    files = _files(snapshot, "figure", (picture,))
    with_map = files | {"map.svg": _map(snapshot, MAP_WIDTH / FIGURE_HEIGHT)}
    return _typst(snapshot, "figure", with_map, {"picture": picture}, format="svg")[0]


def map_svg(snapshot: Snapshot) -> bytes:
    """Return the map alone, as SVG."""
    return _map(snapshot, MAP_WIDTH / FIGURE_HEIGHT)


def _sheet(snapshot: Snapshot, sheet: str, manifest: bytes, **options: object) -> list[bytes]:
    """Typeset a sheet, more tightly if it would have too many pages."""
    files = _files(snapshot, sheet, PICTURES) | {"manifest.json": manifest}
    tight = 0
    while sheet == "a4" and tight < TIGHTEST:
        if int(_queried(sheet, files, {"tight": str(tight)}, "pages")) <= MOST_PAGES:
            break
        tight += 1
    inputs = {"tight": str(tight)}
    with_map = files | {"map.svg": _map(snapshot, _ratio(sheet, files, inputs))}
    return _typst(snapshot, sheet, with_map, inputs, **options)


def _files(snapshot: Snapshot, shape: str, pictures: Collection[str]) -> dict[str, bytes]:
    """Return all files a template can read; pictures it does not use are blank."""
    texts = content(snapshot)
    wanted = {name for name in pictures if name != "strip" or texts["robustness"]}
    size = CHARTS.get(shape, CHART)
    files = {
        f"{name}.svg": chart_svg(snapshot, name, size).encode() if name in wanted else BLANK
        for name in PICTURES[1:]
    }
    (south, west), (north, east) = bounds_of(snapshot.city)
    wide = (east - west) * cos(radians((south + north) / 2)) > WIDE_FROM * (north - south)
    return files | {
        "data.json": json.dumps(
            _drawable_values({**texts, "wide": wide}), ensure_ascii=False
        ).encode(),
        "map.svg": BLANK,
        "qr.svg": qr_svg(snapshot.link),
        "logo.svg": _logo(snapshot.fields.logo),
    }


def _map(snapshot: Snapshot, ratio: float) -> bytes:
    """Draw the map in a box with a given ratio of width to height."""
    height = round(MAP_WIDTH / ratio)

    def draw() -> bytes:
        return draw_map(
            snapshot.assessment,
            need_shade(snapshot.assessment, snapshot.tr),
            scene_of(snapshot),
            snapshot.tr,
            size=(MAP_WIDTH, float(height)),
            districts=snapshot.fields.districts,
        )

    return snapshot.once(f"map {height}", draw)


def _ratio(template: str, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> float:
    """Return the ratio of width to height of the box that a template leaves for the map."""
    return float(_queried(template, files, inputs, "ratio"))


def _queried(
    template: str, files: Mapping[str, bytes], inputs: Mapping[str, str], label: str
) -> Any:  # noqa: ANN401
    """Return a value that a template reports once it is laid out."""
    files_read: Any = _sources(template) | dict(files)
    answer = typst.query(
        files_read,
        f"<{label}>",
        field="value",
        one=True,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
    )
    return json.loads(answer)


def _logo(content: bytes) -> bytes:
    """Return a picture embedded in an SVG; the typesetter takes text files only."""
    if not content:
        return BLANK
    with Image.open(BytesIO(content)) as picture:
        width, height = picture.size
    encoded = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{encoded}"/></svg>'
    ).encode()


def _typst(
    snapshot: Snapshot,
    template: str,
    files: Mapping[str, bytes],
    inputs: Mapping[str, str],
    **options: object,
) -> list[bytes]:
    """Run the typesetter on files in memory; nothing on this machine is read.

    Return one file per page in formats with a page per file.
    """
    day = dt.datetime.fromisoformat(snapshot.fields.date).replace(tzinfo=dt.UTC)
    chosen: Any = options
    compiled = typst.compile(
        _sources(template) | dict(files),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=day,
        sys_inputs=dict(inputs),
        **chosen,
    )
    return (
        [bytes(page) for page in compiled]
        if isinstance(compiled, list)
        else [bytes(compiled or b"")]
    )


@cache
def _template(name: str) -> bytes:
    """Read a template."""
    return (TEMPLATES / f"{name}.typ").read_bytes()


def _sources(template: str) -> dict[str, bytes]:
    """Return a template and the common one."""
    return {"main.typ": _template(template), "common.typ": _template("common")}


def _drawable_values(value: Any) -> Any:  # noqa: ANN401
    """Return values whose texts can all be drawn."""
    if isinstance(value, str):
        return LONG_WORD.sub(lambda word: _breakable(word[0]), drawable(value))
    if isinstance(value, dict):
        return {key: _drawable_values(item) for key, item in value.items()}
    return [_drawable_values(item) for item in value] if isinstance(value, list) else value


def _breakable(word: str) -> str:
    """Return a long word with break opportunities."""
    starts = range(0, len(word), BREAK_EVERY)
    return BREAK.join(word[at : at + BREAK_EVERY] for at in starts)
