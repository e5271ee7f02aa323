"""Recognition: whether a file can be a snapshot at all, told before anything heavy is loaded."""

from __future__ import annotations

from sixes_geo.base.limits import PAGE_BYTES, SNAPSHOT_BYTES
from sixes_geo.export.archives import names_in, refused

PACKED = b"PK"
"""How an archive begins."""

MANIFEST = "manifest.json"
"""The name of the manifest in an archive."""

SIGNATURE = "signature.json"
"""The name of the signature in an archive; its manifest does not list it."""

OPENING = '<script type="application/json" id="sixes-manifest">'
"""The tag before the manifest, the last element of a page but for its signature."""


def refuse_foreign(content: bytes, name: str) -> None:
    """Refuse a file that is too large, or that has no manifest of ours.

    Raises
    ------
    ChoiceError
        If it cannot be a snapshot, whatever else is in it.
    """
    most = SNAPSHOT_BYTES if is_packed(content) else PAGE_BYTES
    if len(content) > most:
        raise refused("too_large", path=name, got=len(content), allowed=most)
    if is_packed(content):
        known = MANIFEST in names_in(content, name)
    else:
        known = OPENING.encode() in content
    if not known:
        raise refused("no_snapshot", path=name)


def is_packed(content: bytes) -> bool:
    """Tell whether a file is an archive."""
    return content.startswith(PACKED)
