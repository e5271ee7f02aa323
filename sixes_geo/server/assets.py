"""Files the browser fetches from this server: Leaflet, our script, shapes and sites.

Leaflet comes with a package, our script with ours; shapes are written once to a folder of
this process, under a name that is the checksum of what is in them, so that what a browser has
fetched it need not fetch again. Component routes serve all three; no other host is asked.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Served:
    """Content that can be fetched, and the name it has."""

    name: str
    content: bytes

    @classmethod
    def of(cls, content: bytes) -> Served:
        """Name content by its checksum."""
        return cls(hashlib.sha256(content).hexdigest()[:20] + ".json", content)

    def address(self) -> str:
        """Return where the map fetches it; written again if somebody tidied the folder."""
        path = _FOLDER / self.name
        if not path.exists():
            _FOLDER.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=_FOLDER, delete=False) as part:
                part.write(self.content)
            Path(part.name).replace(path)
        return f"{FILES}/{self.name}"
