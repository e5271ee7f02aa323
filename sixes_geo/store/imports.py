"""Files of the folder of earlier versions, each imported once, by the checksum of its content."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, insert, select

from sixes_geo.store import engine
from sixes_geo.store.schema import IMPORT, IMPORTED
from sixes_geo.store.versions import Change, in_turn, is_from, newest_of, of, write


def imported(kind: str, city: str) -> frozenset[str]:
    """Return the checksums of the files that were imported.

    Raises
    ------
    DataError
        If the store cannot be read.
    """
    query = select(IMPORTED.c.sha256).where(of(IMPORTED, kind, city))
    with engine.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def import_file(kind: str, city: str, file: str, sha256: str, changes: Sequence[Change]) -> bool:
    """Keep what a file of the folder of earlier versions holds, unless that was done already.

    Returns
    -------
    bool
        False if something of it was kept here before, from elsewhere; then nothing is imported.

    Raises
    ------
    DataError
        If it cannot be kept.
    """

    def bring(connection: Connection) -> bool:
        done = and_(of(IMPORTED, kind, city), IMPORTED.c.sha256 == sha256)
        if connection.execute(select(IMPORTED.c.file).where(done)).first():
            return True  # by another process
        for each in changes:
            newest = newest_of(connection, kind, city, each.name)
            if newest is not None and not is_from(connection, newest.act, file):
                return False
        act = write(connection, IMPORT, kind, city, changes, "", source=file)
        row = {"kind": kind, "city": city, "sha256": sha256, "file": file, "act": act}
        connection.execute(insert(IMPORTED).values(row))
        return True

    return in_turn(bring, always=True)
