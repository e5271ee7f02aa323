"""The database of the store: where it is, how it is opened, and why it cannot be.

The address is the URL that `VARIABLE` names, else a file of SQLite in the user's own data folder.
What only SQLite needs is in `sqlite`, where a connection begins; all else works with any database.
"""

from __future__ import annotations

import atexit
import errno
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, update
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from sixes_geo.base.errors import DataError, Problem, SixesGeoError, Words
from sixes_geo.base.paths import cause_of
from sixes_geo.store import sqlite
from sixes_geo.store.codes import is_read_only
from sixes_geo.store.location import VARIABLE, named_address, own_file
from sixes_geo.store.migrations import WRITE, NewerStoreError, migrate
from sixes_geo.store.schema import STORE
from sixes_geo.store.sqlite import MEMORY, SQLITE

MOST_OPEN = 4
"""Stores that are open at a time; a server has one, tests have many."""

SIGNS = {
    "disk is full": "errors.cause.full",
    "readonly": "errors.cause.locked",
    "unable to open": "errors.cause.unopened",
    "not a database": "errors.cause.corrupt",
    "malformed": "errors.cause.corrupt",
    "locked": "errors.cause.busy",
}
"""Words of a database's own message, and the common reason that they stand for."""

CORRUPT = SIGNS["malformed"]
ONLY_READ = (Words((SIGNS["readonly"],)), Words((SIGNS["unable to open"],)))
"""Why a file may still be opened for reading."""

_logger = logging.getLogger(__name__)
_lock = threading.Lock()


@dataclass(frozen=True)
class _Open:
    """An open store: the file that it is, and whether it can be written."""

    engine: Engine
    identity: tuple[int, int]
    writable: bool


_OPEN: dict[str, _Open] = {}


def address() -> URL:
    """Return the address of the store.

    Raises
    ------
    DataError
        If it is no URL, or there is no folder for it.
    """
    named = named_address()
    if named:
        try:
            url = make_url(named)
        except ArgumentError:
            raise _unusable(VARIABLE, Words(("errors.cause.no_url",))) from None
        if url.get_backend_name() == SQLITE and url.database in (None, "", MEMORY):
            raise _unusable(VARIABLE, Words(("errors.cause.no_url",)))  # gone with the process
        return url
    path = own_file()
    if not path.is_absolute():  # nobody's home is known
        raise _unusable(str(path), cause_of(FileNotFoundError(errno.ENOENT, "")))
    return URL.create("sqlite", database=str(path))


def shown(url: URL) -> str:
    """Return an address as people know it: the path of a file, else without its password."""
    path = file_of(url)
    return str(path) if path else url.render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """Return the file of a store; None if it is none of its own."""
    name = url.database or ""
    is_file = url.get_backend_name() == SQLITE and not name.startswith("file:")
    return Path(name) if is_file else None


@contextmanager
def reading(*, steady: bool = False) -> Iterator[Connection]:
    """Open a connection to read from.

    Parameters
    ----------
    steady
        Whether all that is read is of one moment, where a database does not see to it anyway.

    Raises
    ------
    DataError
        If the store cannot be read.
    """
    with _explained():
        store = _opened().engine
        if steady and store.dialect.name != SQLITE:
            store = store.execution_options(isolation_level="REPEATABLE READ")
        with store.connect() as connection:
            yield connection


@contextmanager
def writing(*, always: bool = False) -> Iterator[Connection]:
    """Open a connection whose changes are all kept at the end, or none.

    Parameters
    ----------
    always
        Whether to write also where nobody may keep or remove.

    Raises
    ------
    DataError
        If the store cannot be written, or nobody may.
    """
    if is_read_only() and not always:
        raise DataError("keeping", [Problem("read_only")], "ask_operator")
    with _explained():
        engine = _opened().engine.execution_options(**{WRITE: True})
        with engine.begin() as connection:
            yield connection


def trouble() -> SixesGeoError | None:
    """Return why nothing can be kept, if so; the log says it once."""
    try:
        with _explained():
            store = _opened()
        if store.writable:
            return None
        _forget(address())  # it may be mended when it is opened again
        refusal = _unusable(shown(address()), Words((SIGNS["readonly"],)))
    except DataError as fault:
        refusal = fault
    _report(str(refusal))
    return refusal


def is_corrupt(refusal: SixesGeoError) -> bool:
    """Tell whether an error says that the file of the store is broken."""
    causes = [problem.fields.get("got") for problem in refusal.problems]
    return Words((CORRUPT,)) in causes


def close() -> None:
    """Close every store that is open here."""
    with _lock:
        for store in _OPEN.values():
            store.engine.dispose()
        _OPEN.clear()


atexit.register(close)


def _opened() -> _Open:
    """Return the store, opened and migrated; anew if its file is another one by now."""
    url = address()
    with _lock:
        known = _OPEN.get(str(url))
        if known and known.identity == _identity(url):
            return known
        if known:
            known.engine.dispose()
            del _OPEN[str(url)]
        if len(_OPEN) >= MOST_OPEN:
            _OPEN.pop(next(iter(_OPEN))).engine.dispose()
        engine, writable = _made(url)
        made = _OPEN[str(url)] = _Open(engine, _identity(url), writable)
        return made


def _forget(url: URL) -> None:
    """Close a store."""
    with _lock:
        known = _OPEN.pop(str(url), None)
    if known:
        known.engine.dispose()


def _made(url: URL) -> tuple[Engine, bool]:
    """Open a store, for reading only where it cannot be written."""
    path = file_of(url)
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = _migrated(url)
    except (SQLAlchemyError, sqlite3.Error) as fault:
        if path is None or not path.exists() or _cause(fault) not in ONLY_READ:
            raise
    else:
        return made, _can_write(made)
    try:
        return _migrated(sqlite.only_read(path, "mode=ro")), False
    except (SQLAlchemyError, sqlite3.Error):  # a folder that takes no file beside it
        return _migrated(sqlite.only_read(path, "mode=ro&immutable=1")), False


def _can_write(made: Engine) -> bool:
    """Tell whether a store lets itself be written, without changing it."""
    try:
        with made.execution_options(**{WRITE: True}).connect() as connection:
            connection.execute(update(STORE).values(number=STORE.c.number))
            connection.rollback()
    except (SQLAlchemyError, sqlite3.Error) as fault:
        return _cause(fault) not in ONLY_READ
    return True


def _migrated(url: URL) -> Engine:
    """Return the engine of a store in the newest state."""
    engine = sqlite.create(url) if url.get_backend_name() == SQLITE else create_engine(url)
    try:
        migrate(engine)
    except (SQLAlchemyError, sqlite3.Error, NewerStoreError):
        engine.dispose()
        raise
    return engine


def _identity(url: URL) -> tuple[int, int]:
    """Return which file a store is: writing to one that was deleted would lose everything."""
    path = file_of(url)
    try:
        stat = path.stat() if path else None
    except OSError:
        return 0, 0
    return (stat.st_dev, stat.st_ino) if stat else (0, 0)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn errors of the database and the file system into ours."""
    try:
        yield
    except (SixesGeoError, IntegrityError):  # the other: whoever wrote knows what it means
        raise
    except NewerStoreError:
        raise _unusable(shown(address()), Words(("errors.cause.newer",))) from None
    except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as fault:
        raise _unusable(shown(address()), _cause(fault)) from None


def _cause(fault: Exception) -> Words | str:
    """Return why the database refused: in the reader's language if the reason is common."""
    if isinstance(fault, OSError):
        return cause_of(fault)
    text = str(fault.orig if isinstance(fault, DBAPIError) else fault)
    for sign, cause in SIGNS.items():
        if sign in text.lower():
            return Words((cause,))
    return text.splitlines()[0][:200] if text else type(fault).__name__


def _unusable(place: str, cause: Words | str) -> DataError:
    """Return the error for a store that cannot be used."""
    problem = Problem("store_unusable", {"path": place, "got": cause})
    return DataError("keeping", [problem], "name_store")


@cache
def _report(refusal: str) -> None:
    """Log, once, that nothing can be kept."""
    _logger.warning("nothing can be kept: %s", refusal)
