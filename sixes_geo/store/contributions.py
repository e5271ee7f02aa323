"""What people add, as versions: nothing is overwritten, and a removal can be undone.

An item is named by its kind, city and name; its newest version counts. Whoever changes several
items decides on them inside one transaction, so that of two people who save at once nobody loses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select

from sixes_geo.base.errors import DataError, Problem
from sixes_geo.store import engine
from sixes_geo.store.codes import may_change
from sixes_geo.store.schema import ACTS, KEEP, REMOVE, STORE, UNDO, VERSIONS
from sixes_geo.store.versions import (
    Change,
    Item,
    add,
    current,
    in_turn,
    items_of,
    new_act,
    newest_of,
    write,
)

SHOWN = 80
"""Characters of a name in an error."""

_STATE = select(
    STORE.c.generation,
    select(func.count())
    .select_from(VERSIONS)
    .where(VERSIONS.c.city == bindparam("city"))
    .scalar_subquery(),
)
"""Asked for on every page, for every city, and so made once: rows are only ever added."""


@dataclass(frozen=True)
class Draft:
    """An item without a name: from the second of its ``base`` on, a number is added.

    ``content`` returns its content, given the name; ``taken`` are names that it cannot have.
    """

    base: str
    author: str
    content: Callable[[str], str]
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Removed:
    """What an act has removed and nobody has brought back."""

    act: str
    at: str
    kind: str
    city: str
    author: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How much the store holds: items by kind, changes, the number of its last migration."""

    items: Mapping[str, int]
    changes: int
    number: int


def counts() -> Counts:
    """Return how much the store holds.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    held = current(VERSIONS.c.content.is_not(None)).subquery()
    by_kind = select(held.c.kind, func.count().label("held")).group_by(held.c.kind)
    with engine.reading() as connection:
        changes = connection.execute(select(func.count()).select_from(VERSIONS)).scalar_one()
        number = connection.execute(select(STORE.c.number)).scalar_one()
        items = {row.kind: row.held for row in connection.execute(by_kind)}
        return Counts(items, changes, number)


def state(city: str) -> tuple[str, int]:
    """Return what changes whenever something of a city does, also by another process.

    Raises
    ------
    DataError
        If the store cannot be read.
    """
    with engine.reading() as connection:
        generation, held = connection.execute(_STATE, {"city": city}).one()
    return generation, held


def items(kind: str, city: str) -> tuple[Item, ...]:
    """Return the items of a kind and city, by name.

    Raises
    ------
    DataError
        If the store cannot be read.
    """
    with engine.reading() as connection:
        return items_of(connection, kind, city)


def keep_new(kind: str, city: str, draft: Draft, code: str = "") -> str:
    """Add an item under the first name that was never used, and return that name.

    Parameters
    ----------
    kind, city
        What is added, and where it belongs.
    draft
        The item.
    code
        The code with which it can be removed.

    Raises
    ------
    DataError
        If it cannot be kept.
    """

    def name_and_keep(connection: Connection) -> str:
        for nth in count(1):
            name = draft.base if nth == 1 else f"{draft.base}-{nth}"
            if name not in draft.taken and newest_of(connection, kind, city, name) is None:
                break
        made = Change(name, draft.author, draft.content(name))
        write(connection, KEEP, kind, city, [made], code)
        return name

    return in_turn(name_and_keep)


def change(
    kind: str,
    city: str,
    decide: Callable[[tuple[Item, ...]], Iterable[Change]],
    code: str = "",
) -> str:
    """Decide on the items of a kind and city as they are now, and keep the changes together.

    Parameters
    ----------
    kind, city
        Of which items.
    decide
        Returns the changes, given the items; called again if others were faster.
    code
        The code with which the changes can be removed.

    Returns
    -------
    str
        The name of the act.

    Raises
    ------
    DataError
        If they cannot be kept.
    """

    def keep(connection: Connection) -> str:
        changes = list(decide(items_of(connection, kind, city)))
        return write(connection, KEEP, kind, city, changes, code)

    return in_turn(keep)


def remove(kind: str, city: str, chosen: Callable[[Item], bool], code: str) -> str:
    """Remove items, if their code or the facilitator's secret is given.

    Returns
    -------
    str
        The name of the act, with which it can be undone.

    Raises
    ------
    DataError
        If there are none, not all of them may be removed, or the store cannot be written.
    """

    def drop(connection: Connection) -> str:
        gone = [item for item in items_of(connection, kind, city) if chosen(item)]
        if not gone:
            raise DataError("keeping", [Problem("already_removed")], "look_again")
        rows = [newest_of(connection, kind, city, item.name) for item in gone]
        _refuse_stranger([row.owner for row in rows if row is not None], code)
        changes = [Change(item.name, item.author, None) for item in gone]
        return write(connection, REMOVE, kind, city, changes, code)

    return in_turn(drop)


def undo(act: str, code: str) -> None:
    """Undo an act: what it removed is back as it was, and still belongs to whoever kept it.

    Raises
    ------
    DataError
        If there is no such act, it may not be undone, its items have changed since, or the store
        cannot be written.
    """

    def bring_back(connection: Connection) -> None:
        rows = connection.execute(select(VERSIONS).where(VERSIONS.c.act == act)).all()
        if not rows:
            raise DataError("keeping", [Problem("no_act", {"got": act[:SHOWN]})], "look_again")
        _refuse_stranger([row.owner for row in rows], code)
        new = new_act(connection, UNDO)
        for row in rows:
            newest = newest_of(connection, row.kind, row.city, row.name)
            if newest is None or newest.version != row.version:
                problem = Problem("changed_since", {"name": _short(row.name)})
                raise DataError("keeping", [problem], "look_again")
            before = connection.execute(
                select(VERSIONS.c.content, VERSIONS.c.owner).where(
                    and_(VERSIONS.c.key == row.key, VERSIONS.c.version == row.version - 1)
                )
            ).one_or_none()
            content, owner = before or (None, row.owner)
            kept = Change(row.name, row.author, content)
            add(connection, new, row.kind, row.city, [kept], owner)

    in_turn(bring_back)


def removed() -> tuple[Removed, ...]:
    """Return what was removed and not brought back, the latest first.

    Raises
    ------
    DataError
        If the store cannot be read.
    """
    query = (
        current(VERSIONS.c.content.is_(None))
        .add_columns(ACTS.c.at)
        .join(ACTS, ACTS.c.act == VERSIONS.c.act)
        .order_by(ACTS.c.at.desc(), VERSIONS.c.act, VERSIONS.c.name)
    )
    found: dict[str, list[Row[Any]]] = {}
    with engine.reading() as connection:
        for row in connection.execute(query):
            found.setdefault(row.act, []).append(row)
    return tuple(
        Removed(act, rows[0].at, rows[0].kind, rows[0].city, rows[0].author, _names(rows))
        for act, rows in found.items()
    )


def _refuse_stranger(owners: Sequence[str], code: str) -> None:
    """Refuse whoever may not change what has these owners."""
    if not all(may_change(owner, code) for owner in owners):
        raise DataError("keeping", [Problem("not_yours")], "give_code")


def _names(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    """Return the names of rows."""
    return tuple(row.name for row in rows)


def _short(name: str) -> str:
    """Return the beginning of a name."""
    return name[:SHOWN]
