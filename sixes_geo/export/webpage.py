"""The snapshot as one HTML file that works offline: map, charts, table, texts and sources."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from xstatic.pkg import leaflet

from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import MANIFEST_BYTES
from sixes_geo.export.content import content
from sixes_geo.export.districts import all_rows
from sixes_geo.export.pictures import chart_svg, qr_svg
from sixes_geo.export.recognition import OPENING
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.export.typeset import map_svg
from sixes_geo.export.view import files_of, scene_of
from sixes_geo.maps.leaflet import STATIC, script_safe

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""The policy the browser enforces on the file: it may fetch nothing."""

MOST_PRINTED = 200
"""Of a longer table, only the rows that stand out are printed."""

UNSEALED = "0" * 64
PARTS = ("head", "words", "map", "program")
"""The parts of a page; each has its own checksum, so that a change can be located."""

SIGNATURE_OPENING = b'<script type="application/json" id="sixes-signature">'
SIGNATURE_END = b"</script>"
"""What stands around the signature of a page; no text in a page can look like it."""

END = b"</body></html>"
"""The end of a page; a signature stands before it."""

START = """(function () {
  const map = L.map("map", { zoomSnap: 0.25, preferCanvas: true, attributionControl: true });
  map.setView([0, 0], 2);
  window.SixesMap.show(map, window.SIXES_SCENE);
})();"""


def webpage(snapshot: Snapshot, manifest: Mapping[str, Any]) -> bytes:
    """Return the snapshot as one HTML file, sealed with its own checksum.

    Parameters
    ----------
    snapshot
        What is shown.
    manifest
        The question and data; the file adds checksums of its parts and of itself.
    """
    texts = content(snapshot)
    pictures = {
        f"{name}_svg": _safe(_with_unique_ids(name, chart_svg(snapshot, name)))
        for name in _pictures(texts)
    }
    page = _template().render(
        texts
        | pictures
        | {
            "policy": POLICY,
            "rows": all_rows(snapshot),
            "most_printed": MOST_PRINTED,
            "map_svg": _safe(_with_unique_ids("map", map_svg(snapshot).decode())),
            "qr_svg": _safe(qr_svg(texts["link"]).decode()),
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
    complete = {**manifest, "parts": parts_of(page)}
    unsealed = _with_manifest(page, {**complete, "sha256": UNSEALED})
    return _with_manifest(
        page, {**complete, "sha256": hashlib.sha256(unsealed.encode()).hexdigest()}
    ).encode()


def parts_of(page: str) -> dict[str, str]:
    """Return the checksums of the parts that a page has."""
    parts = {name: _between(page, f"<!--part:{name}-->", f"<!--end:{name}-->") for name in PARTS}
    return {
        name: hashlib.sha256(part.encode()).hexdigest()
        for name, part in parts.items()
        if part is not None
    }


def manifest_in(page: str) -> dict[str, Any] | None:
    """Return the manifest in a page, if there is one."""
    text = page.rpartition(OPENING)[2].partition("</script>")[0] if OPENING in page else ""
    try:
        manifest = read_json(text.encode(), MANIFEST_BYTES, whole_numbers_fit=True)
    except ValueError:
        return None
    seal = manifest.get("sha256") if isinstance(manifest, dict) else None
    return manifest if isinstance(seal, str) and re.fullmatch("[0-9a-f]{64}", seal) else None


def is_sealed(page: str, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a page is unchanged."""
    seal = str(manifest["sha256"])
    head, _, tail = page.rpartition(seal)
    return hashlib.sha256(f"{head}{UNSEALED}{tail}".encode()).hexdigest() == seal


def _between(page: str, start: str, end: str) -> str | None:
    """Return what stands between the first two marks; found in one pass, however often they are."""
    _, found, rest = page.partition(start)
    part, closed, _ = rest.partition(end)
    return part if found and closed else None


def joined(page: bytes, signature: bytes) -> bytes:
    """Return a page with a signature as its last element."""
    head, end, rest = page.rpartition(END)
    return b"".join([head, SIGNATURE_OPENING, signature, SIGNATURE_END, end, rest])


def parted(page: bytes) -> tuple[bytes, bytes | None]:
    """Return a page as it was before it was signed, and its signature, if it has one."""
    head, opening, tail = page.rpartition(SIGNATURE_OPENING)
    signature, end, rest = tail.partition(SIGNATURE_END)
    return (head + rest, signature) if opening and end else (page, None)


def _with_manifest(page: str, manifest: Mapping[str, Any]) -> str:
    """Return a page with a manifest at its end."""
    return f"{page}{OPENING}{script_safe(manifest)}</script>{END.decode()}\n"


@cache
def _template() -> Any:  # noqa: ANN401
    """Return the template of the page; texts put into it are escaped."""
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
    """Mark our own or already escaped text as markup."""
    return Markup(text)  # noqa: S704


def _pictures(texts: Mapping[str, Any]) -> list[str]:
    """Return the names of the charts in a page."""
    return ["curve", "quintiles", "strip"] if texts["robustness"] else ["curve", "quintiles"]


def _with_unique_ids(name: str, drawing: str) -> str:
    """Return an SVG whose ids are prefixed, so that they are unique in the page."""
    return re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", drawing)


def _style() -> str:
    """Return the styles of the page."""
    return (TEMPLATES / "webpage.css").read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    """Return a file of Leaflet without its links to images, which are not needed."""
    text = (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")
    text = re.sub(r"//# sourceMappingURL=\S+", "", text)
    return re.sub(r"url\(images/[^)]*\)", "none", text).replace("</script", "<\\/script")


def _static(name: str) -> str:
    """Return one of our scripts or styles for the browser."""
    return (STATIC / name).read_text(encoding="utf-8").replace("</script", "<\\/script")
