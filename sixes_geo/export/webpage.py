"""One file that opens from a memory stick: map, charts, table, words, sources, and its choices."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from xstatic.pkg import leaflet

from sixes_geo.export.content import content
from sixes_geo.export.districts import all_rows
from sixes_geo.export.pictures import chart_svg, qr_svg
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.export.typeset import map_svg
from sixes_geo.export.view import files_of, scene_of
from sixes_geo.maps.leaflet import STATIC, script_safe

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""What the browser holds the file to: it may fetch nothing, from anywhere."""

MOST_PRINTED = 200
"""Of a longer table only those that stand out are printed: nobody carries fifty pages."""

UNSEALED = "0" * 64
PARTS = ("head", "words", "map", "program")
"""What a page consists of; each has a checksum of its own, so that a change can be named."""

OPENING = '<script type="application/json" id="sixes-manifest">'
"""What stands before the manifest, the last thing in a page."""

START = """(function () {
  const map = L.map("map", { zoomSnap: 0.25, preferCanvas: true, attributionControl: true });
  map.setView([0, 0], 2);
  window.SixesMap.show(map, window.SIXES_SCENE);
})();"""


def webpage(snapshot: Snapshot, manifest: Mapping[str, Any]) -> bytes:
    """Return the snapshot as one HTML file, sealed with the checksum of itself.

    Parameters
    ----------
    snapshot
        What is shown.
    manifest
        Its choices and data; the file adds the checksums of its parts and of all its letters.
    """
    said = content(snapshot)
    pictures = {
        f"{name}_svg": _safe(_apart(name, chart_svg(snapshot, name))) for name in _pictures(said)
    }
    page = _template().render(
        said
        | pictures
        | {
            "policy": POLICY,
            "rows": all_rows(snapshot),
            "most_printed": MOST_PRINTED,
            "map_svg": _safe(_apart("map", map_svg(snapshot).decode())),
            "qr_svg": _safe(qr_svg(said["link"]).decode()),
            "logo_data": "data:image/png;base64," + base64.b64encode(snapshot.fields.logo).decode(),
            "styles": _safe(_leaflet("leaflet.css") + _static("sixes-map.css") + _style()),
            "files": _safe(script_safe(files_of(snapshot))),
            "scene": _safe(script_safe(scene_of(snapshot))),
            "leaflet": _safe(_leaflet("leaflet.js")),
            "draw": _safe(_static("sixes-draw.js")),
            "program": _safe(_static("sixes-map.js")),
            "start": _safe(START),
            "part": lambda name: _safe(f"<!--part:{name}-->"),
            "end": lambda name: _safe(f"<!--end:{name}-->"),
        }
    )
    told = {**manifest, "parts": parts_of(page)}
    unsealed = _closed(page, {**told, "sha256": UNSEALED})
    return _closed(page, {**told, "sha256": hashlib.sha256(unsealed.encode()).hexdigest()}).encode()


def parts_of(page: str) -> dict[str, str]:
    """Return the checksum of each part of a page that is there."""
    found = {
        name: re.search(f"<!--part:{name}-->(.*?)<!--end:{name}-->", page, re.DOTALL)
        for name in PARTS
    }
    return {name: hashlib.sha256(one[1].encode()).hexdigest() for name, one in found.items() if one}


def manifest_in(page: str) -> dict[str, Any] | None:
    """Return the manifest that a page carries; nothing if there is none."""
    told = page.rpartition(OPENING)[2].partition("</script>")[0] if OPENING in page else ""
    try:
        manifest = json.loads(told)
    except (ValueError, RecursionError):
        return None
    seal = manifest.get("sha256") if isinstance(manifest, dict) else None
    return manifest if isinstance(seal, str) and re.fullmatch("[0-9a-f]{64}", seal) else None


def is_sealed(page: str, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a page is as it was made."""
    seal = str(manifest["sha256"])
    head, _, tail = page.rpartition(seal)
    return hashlib.sha256(f"{head}{UNSEALED}{tail}".encode()).hexdigest() == seal


def _closed(page: str, manifest: Mapping[str, Any]) -> str:
    """Return a page with its manifest at the end."""
    return f"{page}{OPENING}{script_safe(manifest)}</script></body></html>\n"


@cache
def _template() -> Any:  # noqa: ANN401
    """Return the page without its words; every text put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("snapshot.html")


def _safe(text: str) -> Markup:
    """Mark what this project wrote, or has escaped already, as markup."""
    return Markup(text)  # noqa: S704


def _pictures(told: Mapping[str, Any]) -> list[str]:
    """Name the charts that there are."""
    return ["curve", "quintiles", "strip"] if told["robustness"] else ["curve", "quintiles"]


def _apart(name: str, drawing: str) -> str:
    """Return a drawing for a page of several: nothing in it is named twice."""
    return re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", drawing)


def _style() -> str:
    """Return how the page looks."""
    return (TEMPLATES / "webpage.css").read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    """Return a file of Leaflet; its pictures would be asked for and are not needed."""
    text = (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")
    text = re.sub(r"//# sourceMappingURL=\S+", "", text)
    return re.sub(r"url\(images/[^)]*\)", "none", text).replace("</script", "<\\/script")


def _static(name: str) -> str:
    """Return one of our own files for the browser."""
    return (STATIC / name).read_text(encoding="utf-8").replace("</script", "<\\/script")
