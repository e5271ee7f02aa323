"""Files the browser fetches from this server: Leaflet, our script, shapes and sites.

Leaflet comes with a package, our script with ours; shapes are written once to a folder of
this process, under a name that is the checksum of what is in them, so that a browser may keep
them for good. Component routes serve all three; no other host is asked.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path

from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from sixes_geo.maps.leaflet import STATIC

_FOLDER = Path(tempfile.mkdtemp(prefix="sixes-geo-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

declare_component("leaflet", path=leaflet.BASE_DIR)
declare_component("engine", path=str(STATIC))
declare_component("files", path=str(_FOLDER))

LEAFLET = f"../{__name__}.leaflet"
ENGINE = f"../{__name__}.engine"
FILES = f"../{__name__}.files"


def publish(content: bytes) -> str:
    """Make content fetchable and return its address, seen from the map."""
    name = hashlib.sha256(content).hexdigest()[:20] + ".json"
    path = _FOLDER / name
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
    return f"{FILES}/{name}"
