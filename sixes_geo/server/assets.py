"""Files the browser fetches from this server: Leaflet, our scripts, shapes and sites.

Every name holds a checksum of what is in the file, so a browser that has fetched it once never
asks again; each is compressed once, when it is first asked for. Nothing is written to disk.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

from xstatic.pkg import leaflet

from sixes_geo.maps.leaflet import STATIC

FOLDER = "assets"
"""First part of every address, under the path that the dashboard is served at."""

FROM_MAP = f"../../{FOLDER}"
"""The same as a map asks for it: its frame lies at ``component/<name>/index.html``."""

MOST_BYTES = 256 * 1024 * 1024
"""Bytes of shapes and sites kept in memory; all published cities together need a tenth."""

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
}
NAMED_BY = 20
"""Characters of a checksum in a name."""


@dataclass(frozen=True)
class Asset:
    """One file: what is in it, and how it is sent."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the type that the browser is told."""
        return MEDIA_TYPES[Path(self.name).suffix]

    @property
    def tag(self) -> str:
        """Return the checksum by which a browser asks whether anything has changed."""
        return _checksum(self.content)

    @cached_property
    def gzipped(self) -> bytes | None:
        """Return the content compressed; nothing where that would not make it smaller."""
        packed = gzip.compress(self.content, compresslevel=6, mtime=0)
        return packed if len(packed) < len(self.content) else None


class AssetStore:
    """Shapes and sites by name; those asked for last stay, up to a number of bytes.

    Parameters
    ----------
    most_bytes
        How much is kept. What was forgotten is encoded again at the next run of a page that
        shows it, under the same name.

    Notes
    -----
    Safe to use from several threads: pages run in one each.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._assets: OrderedDict[str, Asset] = OrderedDict()
        self._names: dict[Hashable, str] = {}
        self._lock = Lock()

    def keep(self, key: Hashable, encode: Callable[[], bytes]) -> str:
        """Return the name under which content is served, encoding it if it is not there.

        Parameters
        ----------
        key
            What the content depends on: the stamp of a city's data, and the choice.
        encode
            Makes the content, JSON in UTF-8.
        """
        with self._lock:
            name = self._names.get(key, "")
            if name in self._assets:
                self._assets.move_to_end(name)
                return name
        content = encode()
        asset = Asset(f"{_checksum(content)}.json", content)
        with self._lock:
            self._names[key] = asset.name
            self._assets.setdefault(asset.name, asset)
            self._assets.move_to_end(asset.name)
            self._forget()
        return asset.name

    def get(self, name: str) -> Asset | None:
        """Return what is served under a name, if it is there."""
        with self._lock:
            asset = self._assets.get(name)
            if asset is not None:
                self._assets.move_to_end(name)
            return asset

    def _forget(self) -> None:
        """Drop what was asked for longest ago; the newest stays, however large."""
        size = sum(len(asset.content) for asset in self._assets.values())
        while size > self._most_bytes and len(self._assets) > 1:
            _, oldest = self._assets.popitem(last=False)
            size -= len(oldest.content)
        self._names = {key: name for key, name in self._names.items() if name in self._assets}


STORE = AssetStore()
"""The shapes and sites of this server."""


def asset_named(name: str) -> Asset | None:
    """Return the file of an address below `FOLDER`, if there is one."""
    return _fixed().get(name) or STORE.get(name)


def address(name: str) -> str:
    """Return where a map fetches a file."""
    return f"{FROM_MAP}/{name}"


def leaflet_address() -> str:
    """Return the folder where a map fetches Leaflet."""
    return address(_folder_name("leaflet", Path(leaflet.BASE_DIR)))


def engine_address() -> str:
    """Return the folder where a map fetches our scripts and styles."""
    return address(_folder_name("engine", STATIC))


@cache
def _fixed() -> Mapping[str, Asset]:
    """Read the files that come with packages."""
    return {
        asset.name: asset
        for label, folder in (("leaflet", Path(leaflet.BASE_DIR)), ("engine", STATIC))
        for path in _served(folder)
        for asset in [
            Asset(
                f"{_folder_name(label, folder)}/{path.relative_to(folder).as_posix()}",
                path.read_bytes(),
            )
        ]
    }


@cache
def _folder_name(label: str, folder: Path) -> str:
    """Name a folder by what is in its files."""
    content = b"".join(path.read_bytes() for path in _served(folder))
    return f"{label}-{_checksum(content)}"


def _served(folder: Path) -> list[Path]:
    """List the files of a folder that a browser needs: no sources for people who debug."""
    return sorted(
        path for path in folder.rglob("*") if path.suffix in MEDIA_TYPES and "-src" not in path.name
    )


def _checksum(content: bytes) -> str:
    """Return what tells two contents apart."""
    return hashlib.sha256(content).hexdigest()[:NAMED_BY]
