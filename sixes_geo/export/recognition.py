"""Recognition: whether a file can be a snapshot at all, told before anything heavy is loaded."""

from __future__ import annotations

import io
import zipfile

from sixes_geo.base.errors import ChoiceError, Problem

LARGEST = 60_000_000
"""Bytes of a file, and of the content of an archive."""

PACKED = b"PK"
"""How an archive begins."""

MANIFEST = "manifest.json"
"""The name of the manifest in an archive."""

OPENING = '<script type="application/json" id="sixes-manifest">'
"""The tag before the manifest, the last element of a page."""

HINT = "bring_whole"


def refuse_foreign(content: bytes, name: str) -> None:
    """Refuse a file that is too large, or that has no manifest of ours.

    Raises
    ------
    ChoiceError
        If it cannot be a snapshot, whatever else is in it.
    """
    if len(content) > LARGEST:
        raise refused("too_large", path=name, got=len(content), allowed=LARGEST)
    known = _has_manifest(content) if is_packed(content) else OPENING.encode() in content
    if not known:
        raise refused("no_snapshot", path=name)


def is_packed(content: bytes) -> bool:
    """Tell whether a file is an archive."""
    return content.startswith(PACKED)


def refused(kind: str, **fields: object) -> ChoiceError:
    """Return the error that refuses the whole file."""
    return ChoiceError("reopen", [Problem(kind, fields)], HINT, where=str(fields["path"]))


def _has_manifest(content: bytes) -> bool:
    """Tell whether an archive lists a manifest."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return MANIFEST in packed.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        return False
