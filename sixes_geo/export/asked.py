"""Snapshots that visitors make, measured, drawn and written by a worker.

A page hands over what was chosen and what its author wrote, never what was measured: the worker
opens the city itself, and gives back pictures of the pages, or a file. It signs with the key of
this copy, which it reads where the server would.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sixes_geo.analysis.link import question_of, record_of
from sixes_geo.analysis.question import Question
from sixes_geo.export.bundle import export_file
from sixes_geo.export.fields import Fields, fields_record
from sixes_geo.export.snapshot import Snapshot, freeze
from sixes_geo.export.typeset import preview
from sixes_geo.store import keys
from sixes_geo.workers import shared
from sixes_geo.workers.frames import Record
from sixes_geo.workers.jobs import Ticket
from sixes_geo.workers.tasks import Tell

MEASURING, DRAWING, WRITING = "measuring", "drawing", "writing"
"""Stages of a task, as `Progress` names them."""

FROZEN = 2
"""Snapshots that a worker remembers: who asks for one file often asks for another."""

_PAGE = "page-"


@dataclass(frozen=True)
class Drawn:
    """A snapshot to look at: its checksum, its date, and its pages as PNG pictures."""

    checksum: str
    date: str
    pages: tuple[bytes, ...]


def ask_preview(question: Question, language: str, fields: Fields, owner: str = "") -> Ticket:
    """Ask a worker to freeze a question and draw its pages; `drawn_from` reads the answer."""
    given = _given(question, language, fields)
    return shared.submit("preview", given, owner=owner, key=_key(question, language, fields))


def drawn_from(record: Record) -> Drawn:
    """Return the snapshot that a worker has drawn."""
    pages = [record[f"{_PAGE}{nth}"] for nth in range(int(record["count"]))]
    return Drawn(str(record["checksum"]), str(record["date"]), tuple(bytes(page) for page in pages))


def ask_file(
    question: Question,
    language: str,
    fields: Fields,
    form: str,
    options: Mapping[str, str],
    owner: str = "",
) -> Ticket:
    """Ask a worker to write a snapshot as a file; `file_from` reads the answer."""
    given = _given(question, language, fields) | {"form": form, "options": dict(options)}
    key = f"{_key(question, language, fields)} {form} {sorted(options.items())}"
    return shared.submit("export", given, owner=owner, key=key)


def file_from(record: Record) -> bytes:
    """Return the file that a worker has written."""
    return bytes(record["file"])


def drawn(given: Record, tell: Tell) -> Record:
    """Freeze a question and draw its pages, in a worker."""
    frozen = _frozen(given, tell)
    tell(DRAWING)
    pages = preview(frozen)
    pictures = {f"{_PAGE}{nth}": page for nth, page in enumerate(pages)}
    told = {"checksum": frozen.checksum, "date": frozen.fields.date, "count": len(pages)}
    return told | pictures


def written(given: Record, tell: Tell) -> Record:
    """Freeze a question and write it as a file, in a worker."""
    frozen = _frozen(given, tell)
    tell(WRITING)
    secret = keys.own_key() or b""
    return {"file": export_file(frozen, given["form"], secret=secret, **given["options"])}


def _given(question: Question, language: str, fields: Fields) -> Record:
    """Return what a worker is given: the choice, and the fields with the logo beside them."""
    texts = asdict(fields)
    logo = texts.pop("logo")
    return {"choice": record_of(question), "language": language, "fields": texts, "logo": logo}


def _key(question: Question, language: str, fields: Fields) -> str:
    """Return what identifies a snapshot, and changes with the data."""
    return json.dumps([question.key, language, fields_record(fields), fields.context])


def _frozen(given: Record, tell: Tell) -> Snapshot:
    """Return the snapshot of what a worker was given."""
    tell(MEASURING)
    question = question_of(given["choice"])
    texts: dict[str, Any] = dict(given["fields"])
    context = texts.pop("context")
    fields = Fields(
        **texts | {"districts": tuple(texts["districts"])},
        logo=given["logo"],
        context=None if context is None else tuple(context),
    )
    choice = json.dumps(given["choice"], sort_keys=True)
    return _remembered(question.key, choice, given["language"], fields)


@lru_cache(FROZEN)
def _remembered(_key: str, choice: str, language: str, fields: Fields) -> Snapshot:
    """Return a snapshot, measured again only after its data have changed."""
    return freeze(question_of(json.loads(choice)), language, fields)
