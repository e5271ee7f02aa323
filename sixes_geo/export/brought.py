"""Snapshots and logos that visitors bring, opened by a worker.

Unpacking, decoding and checking sums is its part. It gives back a manifest, which is checked here
like any other, or the pixels of a small picture.
"""

from __future__ import annotations

from sixes_geo.export import reopened
from sixes_geo.export.fields import logo_of
from sixes_geo.export.reopened import Read, Reopened
from sixes_geo.workers import shared
from sixes_geo.workers.frames import Record
from sixes_geo.workers.tasks import Tell


def snapshot(content: bytes, name: str, owner: str = "") -> Reopened:
    """Return `reopened.reopen`, opened by a worker for a visit (``owner``).

    Its files come by name only, without what they hold.
    """
    record = shared.ask("reopen", {"content": content, "name": name}, owner=owner, where=name)
    files = {str(file): b"" for file in record["files"]}
    return reopened.view_of(Read(record["manifest"], files, record["signer"]), name)


def logo(content: bytes, name: str, owner: str = "") -> bytes:
    """Return `logo_of`, decoded by a worker for a visit (``owner``)."""
    return bytes(shared.ask("logo", {"content": content}, owner=owner, where=name)["picture"])


def read_snapshot(given: Record, _tell: Tell) -> Record:
    """Verify a snapshot, in a worker."""
    read = reopened.read(given["content"], given["name"])
    reopened.view_of(read, given["name"])
    return {"manifest": read.manifest, "signer": read.signer, "files": list(read.files)}


def read_logo(given: Record, _tell: Tell) -> Record:
    """Decode a logo, in a worker."""
    return {"picture": logo_of(given["content"])}
