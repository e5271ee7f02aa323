"""The tables of the store. Rows are only ever added: what changes or goes is one more row."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

STORE = Table(
    "store",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("generation", String(32), nullable=False),
)
"""One row: the number of the last migration, and a name that changes when a backup is restored."""

ACTS = Table(
    "acts",
    METADATA,
    Column("act", String(32), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("what", String(16), nullable=False),
    Column("source", Text, nullable=False),
)
"""What somebody did at one time (UTC): one of the words of `WHAT`; an import names its file."""

VERSIONS = Table(
    "versions",
    METADATA,
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
"""What people add: a row for each version; ``content`` is null where it was removed.

``key`` is the checksum of kind, city and name, ``owner`` that of the code with which the version
can be removed or, if it is a removal, undone; empty if there is none.
"""

IMPORTED = Table(
    "imported",
    METADATA,
    Column("kind", String(32), primary_key=True),
    Column("city", String(200), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("act", String(32), ForeignKey("acts.act"), nullable=False),
)
"""Files of the folder of earlier versions that were imported, by the checksum of their content."""

KEEP, REMOVE, UNDO, IMPORT = WHAT = ("keep", "remove", "undo", "import")

CONTENTS = (ACTS, VERSIONS, IMPORTED)
"""The tables of a backup, in an order in which they can be filled."""
