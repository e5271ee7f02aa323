"""What people have added, from the store and from the folder of earlier versions.

Earlier versions kept a file for each contribution in a folder. A valid file is imported into the
store once and stays where it is, as does an invalid one, which is reported. Where the store cannot
be used, the files are read as such.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from sixes_geo.base.errors import DataError, Problem, SixesGeoError
from sixes_geo.contributions import files
from sixes_geo.contributions.folder import folder_files
from sixes_geo.store import contributions, engine, imports
from sixes_geo.store.location import may_exist
from sixes_geo.store.versions import Change

Refused = tuple[SixesGeoError, ...]


@dataclass(frozen=True)
class Entry:
    """Something that people have added, as text; ``file`` is empty if it is in the store."""

    name: str
    content: bytes
    file: str = ""

    @property
    def sha256(self) -> str:
        """The checksum of its content."""
        return hashlib.sha256(self.content).hexdigest()

    def refuse(self, problems: Sequence[Problem]) -> NoReturn:
        """Raise the error for it, with every fault in it."""
        hint = "fix_added" if self.file else "left_out_added"
        where = self.file or self.name
        raise DataError("contributions", tuple(problems), hint, where=where) from None


def stamp(kinds: Sequence[str], city: str) -> tuple[object, ...]:
    """Return what changes with anything that was added to a city; nothing if nothing was."""
    paths = [path for kind in kinds for path in folder_files(kind, city)]
    found = [(str(path), *files.stamp_of(path)) for path in paths]
    if not may_exist():  # none is made by looking
        return tuple(found)
    try:
        generation, count = contributions.state(city)
    except DataError:
        engine.trouble()  # says so in the log
        return tuple(found)
    return (*found, (generation, count)) if count or found else ()


def entries(
    kind: str, city: str, read: Callable[[Path, bytes], Sequence[Change]]
) -> tuple[tuple[Entry, ...], Refused]:
    """Return what people have added, of one kind, and the errors of invalid files.

    Parameters
    ----------
    kind, city
        What to return.
    read
        Returns what a file of the folder holds, or refuses it.
    """
    left, refused = _from_folder(kind, city, read)
    stored: list[Entry] = []
    if may_exist():
        try:
            items = contributions.items(kind, city)
            stored = [Entry(item.name, item.content.encode()) for item in items]
        except DataError:
            engine.trouble()  # says so in the log
    return tuple(sorted([*stored, *left], key=lambda entry: entry.name)), refused


def _from_folder(
    kind: str, city: str, read: Callable[[Path, bytes], Sequence[Change]]
) -> tuple[list[Entry], Refused]:
    """Import what is new in the folder; return what could not be imported, and the errors."""
    done = _imported(kind, city)
    new = [
        path
        for path in folder_files(kind, city)
        if _checksum(path, *files.stamp_of(path)) not in (done or ())
    ]
    names: set[str] = set()

    def bring(path: Path) -> list[Entry]:
        content = files.content_of(path)
        changes = read(path, content)
        if not changes:
            files.refuse(path, [Problem("no_table", {"path": path.name})])
        known = not names.isdisjoint(change.name for change in changes)
        left = done is None
        if not left:
            try:
                sha256 = hashlib.sha256(content).hexdigest()
                known = not imports.import_file(kind, city, path.name, sha256, changes)
            except DataError:
                left = True
        if known:
            files.refuse(path, [Problem("kept_elsewhere")])
        names.update(change.name for change in changes)
        return [Entry(c.name, (c.content or "").encode(), path.name) for c in changes if left]

    found, refused = files.read_each(new, bring)
    return [entry for entries in found for entry in entries], refused


def _imported(kind: str, city: str) -> frozenset[str] | None:
    """Return the checksums of the imported files; None if nothing can be imported."""
    if not folder_files(kind, city):
        return frozenset()
    try:
        found = imports.imported(kind, city)
    except DataError:
        return None
    return None if engine.trouble() else found


@lru_cache(maxsize=512)
def _checksum(path: Path, *_version: int) -> str:
    """Return the checksum of a file, computed again only after it has changed; "" if it cannot."""
    try:
        return hashlib.sha256(files.content_of(path)).hexdigest()
    except SixesGeoError:
        return ""
