"""Numbered migrations: each takes the store from one state to the next, in one transaction.

What has been released is never changed; a change of the schema is one more function at the end.
A migration creates its tables by itself, so that it stays as it was when the schema moves on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from sixes_geo.store.schema import STORE

WRITE = "sixes_write"
"""Execution option of a connection that is about to write."""

FIRST = 0


class NewerStoreError(RuntimeError):
    """A store that a newer version of the product has made."""


def _first(connection: Connection) -> None:
    """Create the tables of what people add, with its history."""
    tables = MetaData()
    Table(
        "acts",
        tables,
        Column("act", String(32), primary_key=True),
        Column("at", String(32), nullable=False),
        Column("what", String(16), nullable=False),
        Column("source", Text, nullable=False),
    )
    Table(
        "versions",
        tables,
        Column("key", String(64), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("act", String(32), ForeignKey("acts.act"), nullable=False, index=True),
        Column("kind", String(32), nullable=False),
        Column("city", String(200), nullable=False),
        Column("name", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("content", Text, nullable=True),
        Column("sha256", String(64), nullable=False),
        Column("owner", String(64), nullable=False),
        Index("versions_of_a_city", "city", "kind"),
    )
    Table(
        "imported",
        tables,
        Column("kind", String(32), primary_key=True),
        Column("city", String(200), primary_key=True),
        Column("sha256", String(64), primary_key=True),
        Column("file", Text, nullable=False),
        Column("act", String(32), ForeignKey("acts.act"), nullable=False),
    )
    tables.create_all(connection)


MIGRATIONS: Sequence[Callable[[Connection], None]] = (_first,)
"""The migration at place n takes the store from state n to n + 1."""


def migrate(engine: Engine, migrations: Sequence[Callable[[Connection], None]] = MIGRATIONS) -> int:
    """Bring a store to the newest state, and return how many migrations that took.

    Of several processes that start at once, one migrates and the others wait for it.

    Raises
    ------
    NewerStoreError
        If the store has seen more migrations than this version knows.
    """
    with engine.connect() as connection:
        if _state(connection) == len(migrations):
            return 0
    _begin(engine)
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        state = int(connection.execute(select(STORE.c.number).with_for_update()).scalar_one())
        if state > len(migrations):
            raise NewerStoreError(f"{state} > {len(migrations)}")
        for step in migrations[state:]:
            step(connection)
        connection.execute(update(STORE).values(number=len(migrations)))
    return len(migrations) - state


def new_generation() -> str:
    """Return a name that no other content of a store has."""
    return uuid.uuid4().hex


def _state(connection: Connection) -> int | None:
    """Return the number of the last migration; None if there was none."""
    if not inspect(connection).has_table(STORE.name):
        return None
    return connection.execute(select(STORE.c.number)).scalar()


def _begin(engine: Engine) -> None:
    """Create the table of the state with its one row, unless another process has just done so."""
    try:
        with engine.execution_options(**{WRITE: True}).begin() as connection:
            if _state(connection) is None:
                STORE.create(connection, checkfirst=True)
                connection.execute(insert(STORE).values(number=FIRST, generation=new_generation()))
    except (IntegrityError, OperationalError, ProgrammingError):
        with engine.connect() as connection:
            if _state(connection) is None:
                raise
