"""Backups: everything in the store as a ZIP of JSON lines, which any database can be filled with.

A backup holds one state of the store and a checksum of each table. Restoring checks all of it
before anything changes, and then replaces the content in one transaction.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from sixes_geo.base.errors import ChoiceError, DataError, Problem
from sixes_geo.base.limits import BACKUP_BYTES
from sixes_geo.base.paths import start_of, writing
from sixes_geo.store import engine
from sixes_geo.store.migrations import MIGRATIONS, new_generation
from sixes_geo.store.schema import CONTENTS, STORE, VERSIONS

FORMAT = "sixes-geo-store/1"
MANIFEST = "manifest.json"
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of all files in a backup: the same content gives the same bytes."""

ROWS_AT_ONCE = 500

MOST_VERSIONS = 2**31
"""Versions of an item that any database can number."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    RuntimeError,
)
"""What a file can raise that is no backup, or is damaged."""


class Backup(NamedTuple):
    """What was written or restored: how many versions, and the checksum of the file."""

    changes: int
    sha256: str


def write_backup(path: Path) -> Backup:
    """Write everything in the store to a file, as a whole or not at all.

    Raises
    ------
    DataError
        If the store cannot be read.
    ChoiceError
        If the file cannot be written.
    """
    content, changes = _packed()
    if len(content) > BACKUP_BYTES:
        size = {"path": path.name, "got": len(content), "allowed": BACKUP_BYTES}
        raise DataError("keeping", [Problem("too_large", size)], "ask_operator")
    draft = path.with_name(f".{path.name}.part")
    with writing(path):
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return Backup(changes, hashlib.sha256(content).hexdigest())


def check(path: Path) -> None:
    """Refuse a file that is no backup.

    Raises
    ------
    ChoiceError
        If it is none, or cannot be read.
    """
    _unpacked(start_of(path, BACKUP_BYTES), path.name)


def restore(path: Path, *, replace: bool = False) -> Backup:
    """Fill the store from a backup.

    Parameters
    ----------
    path
        The backup.
    replace
        Whether what the store holds now is replaced.

    Raises
    ------
    ChoiceError
        If the file cannot be read or is no backup, or the store is not empty and must not be
        replaced.
    DataError
        If the store cannot be written.
    """
    content = start_of(path, BACKUP_BYTES)
    tables = _unpacked(content, path.name)
    try:
        with engine.writing() as connection:
            held = connection.execute(select(func.count()).select_from(VERSIONS)).scalar_one()
            if held and not replace:
                problem = Problem("store_not_empty", {"count": held})
                raise ChoiceError("keeping", [problem], "replace_store")
            _fill(connection, tables)
    except IntegrityError as fault:
        raise _no_backup(path.name, str(fault.orig)[:200]) from None
    return Backup(len(tables[VERSIONS.name]), hashlib.sha256(content).hexdigest())


def set_aside() -> Path | None:
    """Rename the file of a damaged store, and return its new path; None if it is not damaged.

    Raises
    ------
    DataError
        If the store cannot be used for another reason.
    """
    refusal = engine.trouble()
    path = engine.file_of(engine.address())
    if refusal is None or path is None or not engine.is_corrupt(refusal):
        return None
    engine.close()
    nth = next(n for n in range(1, 10_000) if not _aside(path, n).exists())
    with writing(path):
        for end in ("", "-wal", "-shm"):
            part = path.with_name(path.name + end)
            if part.exists():
                part.rename(_aside(path, nth).with_name(_aside(path, nth).name + end))
    return _aside(path, nth)


def _aside(path: Path, nth: int) -> Path:
    """Return the name of a damaged file."""
    return path.with_name(f"{path.name}.damaged-{nth}")


def _packed() -> tuple[bytes, int]:
    """Return the content of a backup, and how many versions it holds."""
    buffer = io.BytesIO()
    described: dict[str, Any] = {"format": FORMAT, "state": len(MIGRATIONS), "tables": {}}
    with (
        engine.reading(steady=True) as connection,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for table in CONTENTS:
            lines, rows = _lines(connection, table)
            checksum = hashlib.sha256(lines).hexdigest()
            described["tables"][table.name] = {"rows": rows, "sha256": checksum}
            packed.writestr(_entry(f"{table.name}.jsonl"), lines)
        packed.writestr(_entry(MANIFEST), json.dumps(described, indent=1).encode() + b"\n")
    return buffer.getvalue(), described["tables"][VERSIONS.name]["rows"]


def _entry(name: str) -> zipfile.ZipInfo:
    """Return the entry of a file of a backup, which only its owner needs to read."""
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _lines(connection: Connection, table: Table) -> tuple[bytes, int]:
    """Return the rows of a table as JSON lines, in the order of their keys."""
    query = select(table).order_by(*table.primary_key.columns)
    rows = [dict(row._mapping) for row in connection.execute(query)]
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows]
    return "".join(lines).encode(), len(rows)


def _unpacked(content: bytes, name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a backup by table, after checking all of it."""
    if len(content) > BACKUP_BYTES:
        raise _no_backup(name, f"> {BACKUP_BYTES}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            wanted = {MANIFEST, *(f"{table.name}.jsonl" for table in CONTENTS)}
            sizes = [member.file_size for member in packed.infolist()]
            if set(packed.namelist()) != wanted or len(sizes) != len(wanted):
                raise _no_backup(name, ", ".join(sorted(packed.namelist())[:9]))
            if sum(sizes) > BACKUP_BYTES:
                raise _no_backup(name, f"{sum(sizes)} > {BACKUP_BYTES}")
            described = json.loads(packed.read(MANIFEST))
            if described["format"] != FORMAT or described["state"] != len(MIGRATIONS):
                raise _no_backup(name, f"{described['format']}, {described['state']}")
            return {
                table.name: _rows(
                    table, packed.read(f"{table.name}.jsonl"), described["tables"][table.name], name
                )
                for table in CONTENTS
            }
    except ChoiceError:
        raise
    except DAMAGE as fault:
        raise _no_backup(name, str(fault)[:200]) from None


def _rows(table: Table, lines: bytes, described: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of one table, each with the columns and kinds of values it must have."""
    place = f"{table.name}.jsonl"
    if hashlib.sha256(lines).hexdigest() != described["sha256"]:
        raise _no_backup(name, place)
    rows = [json.loads(line) for line in lines.decode("utf-8").split("\n") if line]
    columns = {column.name: column for column in table.columns}
    for nth, row in enumerate(rows, start=1):
        sound = isinstance(row, dict) and set(row) == set(columns)
        if not sound or not all(_fits(columns[key], value) for key, value in row.items()):
            raise _no_backup(name, f"{place}:{nth}")
    if len(rows) != described["rows"]:
        raise _no_backup(name, place)
    return rows


def _fits(column: Any, value: object) -> bool:  # noqa: ANN401
    """Tell whether a column can hold a value."""
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, String | Text):
        longest = column.type.length
        if not isinstance(value, str) or (longest is not None and len(value) > longest):
            return False
        value.encode("utf-8")  # a half of a character is an error
        return "\0" not in value
    return type(value) is int and 0 <= value < MOST_VERSIONS


def _fill(connection: Connection, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Replace the content of the store, under a new name, so that everybody notices."""
    for table in reversed(CONTENTS):
        connection.execute(delete(table))
    for table in CONTENTS:
        rows = tables[table.name]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])
    connection.execute(update(STORE).values(generation=new_generation()))


def _no_backup(name: str, got: str) -> ChoiceError:
    """Return the error for a file that is no backup."""
    return ChoiceError(
        "contribution", [Problem("not_a_backup", {"got": got})], "fix_backup", where=name
    )
