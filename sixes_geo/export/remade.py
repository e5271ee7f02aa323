"""The files of a snapshot, made again on this machine and compared byte for byte.

The same version makes the same bytes of the same selection, texts and data. So a file that
differs was exchanged, such as a PDF that says something else than the figures beside it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sixes_geo import __version__
from sixes_geo.analysis.assessment import Assessment
from sixes_geo.export import bundle, webpage
from sixes_geo.export.fields import Fields
from sixes_geo.export.recognition import MANIFEST
from sixes_geo.export.reopened import PAGE, Reopened
from sixes_geo.export.snapshot import Snapshot, freeze

LOGO = "logo.png"

OF_ITSELF = ("files", "parts", bundle.SEAL)
"""What a manifest says of the file it lies in, and not of the snapshot."""

_PICTURE = re.compile(rb"data:image/png;base64,([A-Za-z0-9+/=]+)")


def differing_files(found: Reopened, assessment: Assessment) -> tuple[str, ...] | None:
    """Make the files of a snapshot again, and return the names of those that differ.

    Parameters
    ----------
    found
        The snapshot.
    assessment
        The answer to its question from the data on this machine.

    Returns
    -------
    tuple of str or None
        The names of files, or of the parts of a page; None if the data, the version or the
        format are others here, so that nothing can be compared.
    """
    if not _can_be_remade(found):
        return None
    fields = _fields(found)
    if fields is None:
        return (LOGO,)
    snapshot = freeze(found.question, found.language, fields, assessment=assessment)
    made = bundle.manifest_of(snapshot)
    stated = {name: value for name, value in found.manifest.items() if name not in OF_ITSELF}
    names = _in_page(snapshot, found) if PAGE in found.files else _in_archive(snapshot, found)
    return (*names, *(() if made == stated else (MANIFEST,)))


def _can_be_remade(found: Reopened) -> bool:
    """Tell whether this copy and its data are those that a snapshot was made with."""
    manifest = found.manifest
    here = (bundle.FORMAT, __version__, bundle.made_with())
    there = (manifest["format"], manifest.get("version"), manifest.get("made_with"))
    return here == there and not found.data_changed and not found.beside


def _fields(found: Reopened) -> Fields | None:
    """Return the fields of its author; None if it lacks the logo that it speaks of."""
    record: Mapping[str, Any] = found.manifest["fields"]
    logo = next((one for one in _logos(found) if _sum(one) == record.get("logo")), b"")
    if record.get("logo") and not logo:
        return None
    return Fields(
        **found.words,
        logo=logo,
        districts=found.districts,
        context=found.context,
        date=str(record.get("date", "")),
        server=str(record.get("server", "")),
    )


def _logos(found: Reopened) -> Iterator[bytes]:
    """Return what may be the logo of a snapshot."""
    if LOGO in found.files:
        yield found.files[LOGO]
    for picture in _PICTURE.finditer(found.files.get(PAGE, b"")):
        try:
            yield base64.b64decode(picture[1], validate=True)
        except binascii.Error:
            continue


def _in_archive(snapshot: Snapshot, found: Reopened) -> tuple[str, ...]:
    """Return the names of the files in an archive that are made otherwise here."""
    made = bundle.files_of(snapshot)
    return tuple(
        name for name in sorted({*made, *found.files}) if made.get(name) != found.files.get(name)
    )


def _in_page(snapshot: Snapshot, found: Reopened) -> tuple[str, ...]:
    """Return the parts of a page that are made otherwise here, or the page as a whole."""
    made, there = bundle.page(snapshot), found.files[PAGE]
    if made == there:
        return ()
    here, stated = (webpage.parts_of(page.decode()) for page in (made, there))
    return tuple(name for name in here if here[name] != stated.get(name)) or (PAGE,)


def _sum(content: bytes) -> str:
    """Return the checksum of a content."""
    return hashlib.sha256(content).hexdigest()
