"""Versions as rows: how an item is named, what its newest version is, how one more is added."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, true
from sqlalchemy.exc import IntegrityError

from sixes_geo.store import engine
from sixes_geo.store.codes import checksum, is_facilitator
from sixes_geo.store.schema import ACTS, IMPORT, VERSIONS

TRIES = 50
"""How often a change is tried again where others were faster."""

T = TypeVar("T")


@dataclass(frozen=True)
class Item:
    """The newest version of something that people have added."""

    kind: str
    city: str
    name: str
    author: str
    content: str
    sha256: str


@dataclass(frozen=True)
class Change:
    """A new version of an item of some kind and city; without content it removes the item."""

    name: str
    author: str
    content: str | None


def in_turn(do: Callable[[Connection], T], *, always: bool = False) -> T:
    """Do something in one transaction, once more if another process was faster.

    Raises
    ------
    DataError
        If the store cannot be written.
    """
    for left in reversed(range(TRIES)):
        try:
            with engine.writing(always=always) as connection:
                return do(connection)
        except IntegrityError:
            if not left:
                raise
    raise RuntimeError  # the last try returns or raises


def write(
    connection: Connection,
    what: str,
    kind: str,
    city: str,
    changes: Sequence[Change],
    code: str,
    source: str = "",
) -> str:
    """Add an act with its versions, and return its name."""
    owner = "" if is_facilitator(code) else checksum(code)  # that secret is stored nowhere
    act = new_act(connection, what, source)
    add(connection, act, kind, city, changes, owner)
    return act


def new_act(connection: Connection, what: str, source: str = "") -> str:
    """Add an act, and return its name."""
    act = uuid.uuid4().hex
    at = dt.datetime.now(tz=dt.UTC).isoformat(timespec="microseconds")
    connection.execute(insert(ACTS).values(act=act, at=at, what=what, source=source))
    return act


def add(
    connection: Connection,
    act: str,
    kind: str,
    city: str,
    changes: Sequence[Change],
    owner: str,
) -> None:
    """Add a version of each item that changes."""
    rows = []
    for each in changes:
        newest = newest_of(connection, kind, city, each.name)
        if each.content is None and (newest is None or newest.content is None):
            continue
        rows.append(
            {
                "key": _key(kind, city, each.name),
                "version": 1 if newest is None else newest.version + 1,
                "act": act,
                "kind": kind,
                "city": city,
                "name": each.name,
                "author": each.author,
                "content": each.content,
                "sha256": hashlib.sha256((each.content or "").encode()).hexdigest(),
                "owner": owner,
            }
        )
    if rows:
        connection.execute(insert(VERSIONS), rows)


def current(condition: Any, among: Any = None) -> Select[Any]:  # noqa: ANN401
    """Return the query of the newest version of every item, where it meets a condition.

    Parameters
    ----------
    condition
        What the newest version must meet.
    among
        What all versions of an item meet that are looked at; all items if not given.
    """
    newest = (
        select(VERSIONS.c.key, func.max(VERSIONS.c.version).label("version"))
        .where(true() if among is None else among)
        .group_by(VERSIONS.c.key)
        .subquery()
    )
    same = and_(VERSIONS.c.key == newest.c.key, VERSIONS.c.version == newest.c.version)
    return select(VERSIONS).join(newest, same).where(condition)


def items_of(connection: Connection, kind: str, city: str) -> tuple[Item, ...]:
    """Return the items of a kind and city, by name."""
    query = current(VERSIONS.c.content.is_not(None), among=of(VERSIONS, kind, city))
    found = [
        Item(row.kind, row.city, row.name, row.author, row.content, row.sha256)
        for row in connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda item: item.name))


def newest_of(connection: Connection, kind: str, city: str, name: str) -> Row[Any] | None:
    """Return the newest version of an item, also if it was removed; None if there never was one."""
    query = select(VERSIONS).where(VERSIONS.c.key == _key(kind, city, name))
    return connection.execute(query.order_by(VERSIONS.c.version.desc()).limit(1)).first()


def is_from(connection: Connection, act: str, file: str) -> bool:
    """Tell whether an act imported a file of this name."""
    query = select(ACTS.c.what, ACTS.c.source).where(ACTS.c.act == act)
    return tuple(connection.execute(query).one()) == (IMPORT, file)


def of(table: Any, kind: str, city: str) -> Any:  # noqa: ANN401
    """Return the condition that a row is of a kind and city."""
    return and_(table.c.kind == kind, table.c.city == city)


def _key(kind: str, city: str, name: str) -> str:
    """Return the key of an item."""
    return hashlib.sha256(json.dumps([kind, city, name]).encode()).hexdigest()
