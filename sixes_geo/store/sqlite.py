"""What only SQLite needs: how a connection and a transaction begin."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from sixes_geo.store.migrations import WRITE

SQLITE, MEMORY = "sqlite", ":memory:"

BUSY_S = 10
"""Seconds to wait for another process that is writing."""


def create(url: URL) -> Engine:
    """Return an engine whose connections are prepared."""
    engine = create_engine(url, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def only_read(path: Path, options: str) -> URL:
    """Return the address of a file of SQLite that is opened for reading only."""
    return make_url(f"sqlite:///file:{path.resolve().as_posix()}?{options}&uri=true")


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
    """Prepare a connection to SQLite: readers never wait, what is kept survives a power cut."""
    connection.isolation_level = None  # transactions begin where ours do
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    try:
        connection.execute("PRAGMA journal_mode = WAL").close()
    except sqlite3.OperationalError as fault:
        if "readonly" not in str(fault):  # then it stays as it is
            raise


def _begin(connection: Connection) -> None:
    """Begin a transaction of SQLite; one that is to write waits for its turn first."""
    writes = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
