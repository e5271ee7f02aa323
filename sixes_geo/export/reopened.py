"""A snapshot that comes back: whether it is what it was, and the view it opens."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from sixes_geo.analysis.link import query_of, question_of
from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.city.tables import read_units
from sixes_geo.export.bundle import MANIFEST, as_json, sealed
from sixes_geo.export.fields import WRITTEN
from sixes_geo.export.webpage import PARTS, is_sealed, manifest_in, parts_of

LARGEST = 60_000_000
"""Bytes of a file, and of all that is packed in one."""

MOST_FILES = 200
PACKED = b"PK"
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)
"""What a damaged archive, or a manifest that is none, can end in."""

SCHEMA = Path(__file__).parent / "snapshot.schema.json"
HINT = "bring_whole"


@dataclass(frozen=True)
class Reopened:
    """A snapshot that was verified: its question, language, districts, context, and what it said.

    ``words`` are what its author wrote; ``data_changed`` names the files of the city that are
    others now: figures may differ.
    """

    question: Question
    language: str
    districts: tuple[str, ...]
    context: tuple[str, ...]
    words: dict[str, str]
    result: dict[str, Any]
    checksum: str
    data_changed: tuple[str, ...]

    @property
    def query(self) -> str:
        """Return the part of a link that opens the view."""
        return query_of(self.question, self.language, self.districts, self.context)


def reopen(content: bytes, name: str) -> Reopened:
    """Verify a snapshot and return the view it opens.

    Parameters
    ----------
    content
        The archive (ZIP) or the page (HTML) of a snapshot.
    name
        What its reader calls the file.

    Raises
    ------
    ChoiceError
        If it is no snapshot, was changed (with what was), or asks for what is not here.
    """
    if len(content) > LARGEST:
        raise _refused("too_large", path=name, got=len(content), allowed=LARGEST)
    read = _from_archive if content[:2] == PACKED else _from_page
    return _view(read(content, name), name)


def _from_page(content: bytes, name: str) -> dict[str, Any]:
    """Return the manifest of a page that is as it was sealed."""
    try:
        page = content.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("no_snapshot", path=name) from None
    manifest = manifest_in(page)
    if manifest is None or not _can_be_written(manifest):
        raise _refused("no_snapshot", path=name)
    listed = manifest.get("parts")
    found = parts_of(page)
    names = {one: Words((f"snapshot.part.{one}",)) for one in PARTS}
    problems = _changes(found, listed, names) if isinstance(listed, dict) else []
    if not problems and not is_sealed(page, manifest):
        problems = [Problem("page_changed", {"path": name})]
    if problems:
        raise ChoiceError("reopen", problems, HINT, where=name)
    return manifest


def _from_archive(content: bytes, name: str) -> dict[str, Any]:
    """Return the manifest of an archive whose files are all there, and are what they were."""
    try:
        files = _unpacked(content, name)
        manifest = json.loads(files.pop(MANIFEST, b""), parse_constant=_no_number)
    except BROKEN:
        raise _refused("no_snapshot", path=name) from None
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(listed, dict) or not _can_be_written(manifest):
        raise _refused("no_snapshot", path=name)
    found = {one: hashlib.sha256(inside).hexdigest() for one, inside in files.items()}
    problems = _changes(found, listed)
    if sealed(manifest) != manifest:
        problems.append(Problem("file_changed", {"path": MANIFEST}))
    if problems:
        raise ChoiceError("reopen", problems, HINT, where=name)
    return dict(manifest)


def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """Return the files of an archive, each named once and packed as ours are."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        whole = sum(one.file_size for one in entries)
        if len(entries) > MOST_FILES or whole > LARGEST:
            raise _refused("too_large", path=name, got=whole, allowed=LARGEST)
        twice = len({one.filename for one in entries}) < len(entries)
        foreign = any(one.compress_type not in PACKINGS or one.flag_bits & 1 for one in entries)
        if twice or foreign:
            raise _refused("no_snapshot", path=name)
        return {one.filename: packed.read(one) for one in entries}


def _can_be_written(manifest: dict[str, Any]) -> bool:
    """Tell whether every text is one: JSON can name halves of signs, which no file can hold."""
    try:
        as_json(manifest)
    except (ValueError, RecursionError):
        return False
    return True


def _no_number(text: str) -> None:
    """Refuse what JSON does not know: NaN and the infinities."""
    raise ValueError(text)


def _changes(
    found: Mapping[str, str], listed: Mapping[str, str], names: Mapping[str, object] | None = None
) -> list[Problem]:
    """Return what is missing, added or other than it was, by checksum."""
    known = names or {}
    there, told = set(found), set(listed)
    kinds = (
        ("file_missing", told - there),
        ("file_added", there - told),
        ("file_changed", {one for one in told & there if found[one] != listed[one]}),
    )
    return [
        Problem(kind, {"path": known.get(one, one)}) for kind, ones in kinds for one in sorted(ones)
    ]


def _view(manifest: dict[str, Any], name: str) -> Reopened:
    """Return the view that a manifest asks for, checked like any other question."""
    if not _checker().is_valid(manifest):
        raise _refused("no_snapshot", path=name)
    told, fields = manifest["choice"], manifest["fields"]
    added = ", ".join(one["name"] for one in manifest["added"])
    try:
        question = question_of(told)
    except ChoiceError as refusal:
        if not added:
            raise
        problems = [Problem("needs_added", {"names": added}), *refusal.problems]
        raise ChoiceError("reopen", problems, "bring_added", where=name) from None
    city = question.city
    units = set(read_units(city, question.unit)["id"])
    kinds = {context.context for context in city.context}
    if not set(fields["districts"]) <= units or not set(fields["context"]) <= kinds:
        raise _refused("no_snapshot", path=name)
    here = {one.name: one.sha256 for one in city.resources}
    return Reopened(
        question=question,
        language=manifest["language"],
        districts=tuple(fields["districts"]),
        context=tuple(fields["context"]),
        words={name: fields[name] for name in WRITTEN if name in fields},
        result=manifest["result"],
        checksum=manifest["checksum"],
        data_changed=tuple(
            one["resource"]
            for one in manifest["data"]
            if here.get(one["resource"]) != one["sha256"]
        ),
    )


@cache
def _checker() -> Draft202012Validator:
    """Return what a manifest must hold."""
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _refused(kind: str, **fields: object) -> ChoiceError:
    """Return a refusal of the whole file."""
    return ChoiceError("reopen", [Problem(kind, fields)], HINT, where=str(fields["path"]))
