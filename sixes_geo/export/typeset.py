"""PDF, pictures and slides, typeset from the one content by templates."""

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
"""PDF/UA-1: tags, title, language and words for every picture, or no file at all."""

MAP_WIDTH, FIGURE_HEIGHT = 1000.0, 700.0
"""Of the map: letters and marks are measured in its width; its height is what its sheet leaves."""

WIDE_FROM = 1.5
"""Width of a city in heights from which on a wide picture has room for the legend under the map."""

CHARTS = {"slides": TALL, "wide": TALL}
PIXELS_PER_POINT = 72.0
SCREEN = 1.4
"""How much sharper a preview is than a point a pixel."""

LONG_WORD = re.compile(r"[^\s/&?=.,;:\-\u200b]{25,}")
BREAK_EVERY, BREAK = 20, "\u200b"
"""A word longer than a line is broken without a sign rather than run off its sheet."""

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
    return _sheet(snapshot, sheet, manifest, format="pdf", pdf_standards=[STANDARD])[0]


def preview(snapshot: Snapshot, sheet: str = "a4") -> list[bytes]:
    """Return the pages of the PDF as pictures, for a screen."""
    return _sheet(snapshot, sheet, b"{}", format="png", ppi=PIXELS_PER_POINT * SCREEN)


def png(snapshot: Snapshot, size: str) -> bytes:
    """Return the snapshot as one picture of a size of `SIZES`."""
    width, height = SIZES[size]
    files = _files(snapshot, "square" if width == height else "wide", ("curve",))
    inputs = {"width": str(width), "height": str(height)}
    whole = files | {"map.svg": _map(snapshot, _ratio("card", files, inputs))}
    return _typst(snapshot, "card", whole, inputs, format="png", ppi=PIXELS_PER_POINT)[0]


def svg(snapshot: Snapshot, picture: str) -> bytes:
    """Return the map or a chart with all that goes with it, as a drawing."""
    files = _files(snapshot, "figure", (picture,))
    whole = files | {"map.svg": _map(snapshot, MAP_WIDTH / FIGURE_HEIGHT)}
    return _typst(snapshot, "figure", whole, {"picture": picture}, format="svg")[0]


def map_svg(snapshot: Snapshot) -> bytes:
    """Return the map alone."""
    return _map(snapshot, MAP_WIDTH / FIGURE_HEIGHT)


def _sheet(snapshot: Snapshot, sheet: str, manifest: bytes, **options: object) -> list[bytes]:
    """Typeset a sheet, tighter where it would take more pages than it may."""
    files = _files(snapshot, sheet, PICTURES) | {"manifest.json": manifest}
    tight = 0
    while sheet == "a4" and tight < TIGHTEST:
        if int(_asked(sheet, files, {"tight": str(tight)}, "pages")) <= MOST_PAGES:
            break
        tight += 1
    inputs = {"tight": str(tight)}
    whole = files | {"map.svg": _map(snapshot, _ratio(sheet, files, inputs))}
    return _typst(snapshot, sheet, whole, inputs, **options)


def _files(snapshot: Snapshot, shape: str, pictures: Collection[str]) -> dict[str, bytes]:
    """Return everything a template can ask for; a picture it does not use is blank."""
    told = content(snapshot)
    wanted = {name for name in pictures if name != "strip" or told["robustness"]}
    size = CHARTS.get(shape, CHART)
    files = {
        f"{name}.svg": chart_svg(snapshot, name, size).encode() if name in wanted else BLANK
        for name in PICTURES[1:]
    }
    (south, west), (north, east) = bounds_of(snapshot.city)
    wide = (east - west) * cos(radians((south + north) / 2)) > WIDE_FROM * (north - south)
    return files | {
        "data.json": json.dumps(_plain({**told, "wide": wide}), ensure_ascii=False).encode(),
        "map.svg": BLANK,
        "qr.svg": qr_svg(snapshot.link),
        "logo.svg": _logo(snapshot.fields.logo),
    }


def _map(snapshot: Snapshot, ratio: float) -> bytes:
    """Draw the map in a box whose width is some times its height."""
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
    """Return how many times as wide as high the box is that a template leaves for the map."""
    return float(_asked(template, files, inputs, "ratio"))


def _asked(template: str, files: Mapping[str, bytes], inputs: Mapping[str, str], label: str) -> Any:  # noqa: ANN401
    """Return what a template says of itself once it is laid out."""
    inside: Any = _sources(template) | dict(files)
    told = typst.query(
        inside,
        f"<{label}>",
        field="value",
        one=True,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
    )
    return json.loads(told)


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
        return LONG_WORD.sub(lambda found: _breakable(found[0]), drawable(value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _breakable(word: str) -> str:
    """Return a long word that may be broken every so many letters."""
    starts = range(0, len(word), BREAK_EVERY)
    return BREAK.join(word[at : at + BREAK_EVERY] for at in starts)
