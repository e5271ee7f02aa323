"""The states of the store: each is brought to the newest, once, whoever starts at the same time."""

import subprocess
import sys

import pytest
from house import ROOT
from sqlalchemy import MetaData, create_engine, inspect, select, text

from sixes_geo.base.errors import DataError
from sixes_geo.store import contributions, engine, location
from sixes_geo.store.migrations import MIGRATIONS, WRITE, migrate
from sixes_geo.store.schema import METADATA, STORE
from sixes_geo.store.versions import Change


@pytest.fixture
def empty(tmp_path):
    """Make a database without a table."""
    made = create_engine(f"sqlite:///{tmp_path}/some.sqlite3")
    yield made
    made.dispose()


def number(made) -> int:
    with made.connect() as connection:
        return connection.execute(select(STORE.c.number)).scalar_one()


def shape(made):
    """Return the tables, with their columns and what they may hold."""
    found = MetaData()
    found.reflect(made)
    return {
        name: {column.name: (str(column.type), column.nullable) for column in table.columns}
        for name, table in found.tables.items()
    }


@pytest.mark.parametrize("state", range(len(MIGRATIONS) + 1))
def test_every_earlier_state_becomes_the_newest(empty, state):
    migrate(empty, MIGRATIONS[:state])
    assert number(empty) == state

    assert migrate(empty) == len(MIGRATIONS) - state

    assert number(empty) == len(MIGRATIONS)
    assert migrate(empty) == 0
    made = {
        name: {column.name: (str(column.type), column.nullable) for column in table.columns}
        for name, table in METADATA.tables.items()
    }
    assert shape(empty) == made


def test_a_migration_that_fails_leaves_the_state_before_it():
    contributions.change("tags", "toy", lambda _: [Change("Zoe", "Zoe", "x")])

    def fail(connection):
        connection.execute(text("CREATE TABLE half (a INTEGER)"))
        raise ZeroDivisionError

    with engine.reading() as connection:
        made = connection.engine
    with pytest.raises(ZeroDivisionError):
        migrate(made, (*MIGRATIONS, fail))

    assert number(made) == len(MIGRATIONS)
    assert "half" not in inspect(made).get_table_names()
    assert [item.name for item in contributions.items("tags", "toy")] == ["Zoe"]


def test_a_store_of_a_newer_version_is_left_alone(empty, tmp_path, monkeypatch):
    migrate(empty, (*MIGRATIONS, lambda _: None))
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/some.sqlite3")

    assert "a newer version of SixEs Geo made it" in str(engine.trouble())
    with pytest.raises(DataError, match="newer version"):
        contributions.change("tags", "toy", lambda _: [Change("Zoe", "Zoe", "x")])
    assert number(empty) == len(MIGRATIONS) + 1


STARTER = """
import sys
from sixes_geo.store import contributions
from sixes_geo.store.versions import Change
print("ready", flush=True)
sys.stdin.readline()
contributions.change("tags", "toy", lambda _: [Change(sys.argv[1], "Zoe", "x")])
"""


def test_processes_that_start_at_once_make_one_store():
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, str(nth)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for nth in range(4)
    ]
    assert [one.stdout.readline() for one in starters] == ["ready\n"] * 4
    for one in starters:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in starters:
        one.communicate(timeout=120)

    assert [one.returncode for one in starters] == [0] * 4
    assert {item.name for item in contributions.items("tags", "toy")} == {"0", "1", "2", "3"}
    with engine.reading() as connection:
        assert len(connection.execute(select(STORE)).all()) == 1


def test_what_writes_says_so_before_it_begins():
    with engine.writing() as connection:
        assert connection.get_execution_options()[WRITE]
