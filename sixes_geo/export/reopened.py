"""Reopening a snapshot: verify that it is complete, and open its view.

Anybody can change a file and make its checksums anew: complete is all that this module can say.
What else is known, `sixes_geo.export.proof` finds out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from sixes_geo.analysis.link import query_of, questions_of
from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import MANIFEST_BYTES
from sixes_geo.base.names import repeated
from sixes_geo.city.folders import MANIFEST as CITY_MANIFEST
from sixes_geo.city.model import City
from sixes_geo.city.tables import read_units
from sixes_geo.export.archives import DAMAGE, HINT, refused, unpacked
from sixes_geo.export.bundle import as_json, sealed
from sixes_geo.export.fields import WRITTEN
from sixes_geo.export.recognition import MANIFEST, SIGNATURE, is_packed, refuse_foreign
from sixes_geo.export.signature import signer_of
from sixes_geo.export.webpage import PARTS, is_sealed, manifest_in, parted, parts_of

PAGE = "page"
"""What stands for a page among the files of a snapshot that is one."""

SCHEMA = Path(__file__).parent / "snapshot.schema.json"


@dataclass(frozen=True)
class Reopened:
    """A complete snapshot: its question, language, districts, context, texts and result.

    ``words`` are the texts of its author; ``data_changed`` names the city's files that differ
    from those it was made with. ``beside`` is empty, but for an earlier snapshot that counted
    networks together which no longer are: it has a question for each but the first. ``manifest``
    is all that it says of itself, ``files`` what lies beside that in an archive, or the page
    under `PAGE`. ``signer`` is the public key that it was signed with, None if it was not.
    """

    question: Question
    language: str
    districts: tuple[str, ...]
    context: tuple[str, ...]
    words: dict[str, str]
    result: dict[str, Any]
    checksum: str
    data_changed: tuple[str, ...]
    beside: tuple[Question, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    signer: str | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the question of the first network, or of all, and those of the others."""
        return (self.question, *self.beside)

    @property
    def query(self) -> str:
        """Return the query of the link that opens the view."""
        return query_of(self.question, self.language, self.districts, self.context, self.beside)


def reopen(content: bytes, name: str) -> Reopened:
    """Verify a snapshot and return the view it opens.

    Parameters
    ----------
    content
        The archive (ZIP) or the page (HTML) of a snapshot.
    name
        The name of the file, for messages.

    Raises
    ------
    ChoiceError
        If it is not a snapshot, was changed (with what was), or asks for missing data.
    """
    return view_of(read(content, name), name)


class Read(NamedTuple):
    """What a file holds, complete: see `Reopened`."""

    manifest: dict[str, Any]
    files: dict[str, bytes]
    signer: str | None


def read(content: bytes, name: str) -> Read:
    """Return what a snapshot holds, if it is complete; its manifest is not checked yet.

    Raises
    ------
    ChoiceError
        If it is not a snapshot, or was changed.
    """
    refuse_foreign(content, name)
    return (_from_archive if is_packed(content) else _from_page)(content, name)


def _from_page(content: bytes, name: str) -> Read:
    """Return the manifest of a page, verified."""
    unsigned, signature = parted(content)
    try:
        page = unsigned.decode("utf-8")
    except UnicodeDecodeError:
        raise refused("no_snapshot", path=name) from None
    manifest = manifest_in(page)
    if manifest is None or not _can_be_written(manifest):
        raise refused("no_snapshot", path=name)
    listed = manifest.get("parts")
    checksums = parts_of(page)
    names = {part: Words((f"snapshot.part.{part}",)) for part in PARTS}
    problems = _changes(checksums, listed, names) if isinstance(listed, dict) else []
    if not problems and not is_sealed(page, manifest):
        problems = [Problem("page_changed", {"path": name})]
    signer = _signer(unsigned, signature, problems)
    if problems:
        raise ChoiceError("reopen", problems, HINT, where=name)
    return Read(manifest, {PAGE: unsigned}, signer)


def _from_archive(content: bytes, name: str) -> Read:
    """Return the manifest of an archive, with all files verified."""
    try:
        files = unpacked(content, name)
        told, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, None)
        manifest = read_json(told, MANIFEST_BYTES, whole_numbers_fit=True)
    except ChoiceError:
        raise
    except DAMAGE:
        raise refused("no_snapshot", path=name) from None
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(listed, dict) or not _can_be_written(manifest):
        raise refused("no_snapshot", path=name)
    checksums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    problems = _changes(checksums, listed)
    if sealed(manifest) != manifest:
        problems.append(Problem("file_changed", {"path": MANIFEST}))
    signer = _signer(told, signature, problems)
    if problems:
        raise ChoiceError("reopen", problems, HINT, where=name)
    return Read(manifest, files, signer)


def _signer(content: bytes, signature: bytes | None, problems: list[Problem]) -> str | None:
    """Return the key that signed a content, if one did; a signature that does not fit is added."""
    signer = None if signature is None else signer_of(content, signature)
    if signature is not None and signer is None:
        problems.append(Problem("signature_changed"))
    return signer


def _differing_data(city: City, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files of a city, with what was added to it, that are not those of a snapshot."""
    stated = {file["resource"]: file["sha256"] for file in manifest["data"]}
    here = {resource.name: resource.sha256 for resource in city.resources}
    names = tuple(name for name in {**stated, **here} if stated.get(name) != here.get(name))
    other_manifest = manifest.get("stamp", city.stamp) != city.stamp
    return names or ((CITY_MANIFEST,) if other_manifest else ())


def _can_be_written(manifest: dict[str, Any]) -> bool:
    """Tell whether all texts can be encoded: JSON may contain lone surrogates."""
    try:
        as_json(manifest)
    except (ValueError, RecursionError):
        return False
    return True


def _changes(
    checksums: Mapping[str, str],
    listed: Mapping[str, str],
    names: Mapping[str, object] | None = None,
) -> list[Problem]:
    """Return which files are missing, added or changed, by checksum."""
    known = names or {}
    present, expected = set(checksums), set(listed)
    kinds = (
        ("file_missing", expected - present),
        ("file_added", present - expected),
        ("file_changed", {name for name in expected & present if checksums[name] != listed[name]}),
    )
    return [
        Problem(kind, {"path": known.get(name, name)})
        for kind, changed in kinds
        for name in sorted(changed)
    ]


def view_of(held: Read, name: str) -> Reopened:
    """Return the view of what a snapshot holds, with its manifest checked.

    Raises
    ------
    ChoiceError
        If it is none of ours, or asks for missing data.
    """
    manifest = held.manifest
    if not _validator().is_valid(manifest):
        raise refused("no_snapshot", path=name)
    record, fields = manifest["choice"], manifest["fields"]
    added = ", ".join(repeated(indicator["name"]) for indicator in manifest["added"])
    try:
        question, *beside = questions_of(record)
    except ChoiceError as refusal:
        if not added:
            raise
        problems = [Problem("needs_added", {"names": added}), *refusal.problems]
        raise ChoiceError("reopen", problems, "bring_added", where=name) from None
    city = question.city
    units = set(read_units(city, question.unit)["id"])
    kinds = {context.context for context in city.context}
    if not set(fields["districts"]) <= units or not set(fields["context"]) <= kinds:
        raise refused("no_snapshot", path=name)
    return Reopened(
        question=question,
        language=manifest["language"],
        districts=tuple(fields["districts"]),
        context=tuple(fields["context"]),
        words={name: fields[name] for name in WRITTEN if name in fields},
        result=manifest["result"],
        checksum=manifest["checksum"],
        data_changed=_differing_data(city, manifest),
        beside=tuple(beside),
        manifest=manifest,
        files=held.files,
        signer=held.signer,
    )


@cache
def _validator() -> Draft202012Validator:
    """Return the validator of manifests."""
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
