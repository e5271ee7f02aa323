"""Files the browser fetches from this server: Leaflet, our scripts, shapes and sites.

Every name contains a checksum of the file, so that a browser that has fetched it once never
requests it again; each is compressed once, on the first request. Nothing is written to disk.
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
"""The same, relative to the frame of a map at ``component/<name>/index.html``."""

MOST_BYTES = 256 * 1024 * 1024
"""Bytes of shapes and sites kept in memory; all published cities need a tenth of it."""

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
    """One file, with its content and how it is sent."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the media type."""
        return MEDIA_TYPES[Path(self.name).suffix]

    @property
    def tag(self) -> str:
        """Return the checksum with which a browser asks whether the file has changed."""
        return _checksum(self.content)

    @cached_property
    def gzipped(self) -> bytes | None:
        """Return the compressed content, or None if that is not smaller."""
        packed = gzip.compress(self.content, compresslevel=6, mtime=0)
        return packed if len(packed) < len(self.content) else None


class AssetStore:
    """A cache of shapes and sites by name that keeps the last used, up to a number of bytes.

    Parameters
    ----------
    most_bytes
        Limit of the cache. A dropped file is encoded again on the next run of a page that
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
        """Return the name under which content is served, encoding it if it is not cached.

        Parameters
        ----------
        key
            What the content depends on: the stamp of a city's data, and the question.
        encode
            Encodes the content as JSON in UTF-8.
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
        """Return the file with a name, if it is cached."""
        with self._lock:
            asset = self._assets.get(name)
            if asset is not None:
                self._assets.move_to_end(name)
            return asset

    def _forget(self) -> None:
        """Drop the least recently used; the newest stays, however large."""
        size = sum(len(asset.content) for asset in self._assets.values())
        while size > self._most_bytes and len(self._assets) > 1:
            _, oldest = self._assets.popitem(last=False)
            size -= len(oldest.content)
        self._names = {key: name for key, name in self._names.items() if name in self._assets}


STORE = AssetStore()
"""The shapes and sites of this server."""


def asset_named(name: str) -> Asset | None:
    """Return the file at an address below `FOLDER`, if there is one."""
    return _fixed().get(name) or STORE.get(name)


def address(name: str) -> str:
    """Return the address at which a map fetches a file."""
    return f"{FROM_MAP}/{name}"


def leaflet_address() -> str:
    """Return the address of the folder with Leaflet."""
    return address(_folder_name("leaflet", Path(leaflet.BASE_DIR)))


def engine_address() -> str:
    """Return the address of the folder with our scripts and styles."""
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
    """Return the name of a folder, with a checksum of its files."""
    content = b"".join(path.read_bytes() for path in _served(folder))
    return f"{label}-{_checksum(content)}"


def _served(folder: Path) -> list[Path]:
    """List the files of a folder that a browser needs, without sources for debugging."""
    return sorted(
        path for path in folder.rglob("*") if path.suffix in MEDIA_TYPES and "-src" not in path.name
    )


def _checksum(content: bytes) -> str:
    """Return the checksum of a content, as used in names."""
    return hashlib.sha256(content).hexdigest()[:NAMED_BY]
