"""The database of the store: where it is, and what happens where it cannot be used."""

import sqlite3.dbapi2
from pathlib import Path

import pytest
from sqlalchemy import event, text

from sixes_geo.base.errors import DataError
from sixes_geo.store import contributions, engine, location
from sixes_geo.store.versions import Change


def keep(name="a"):
    contributions.change("tags", "toy", lambda _: [Change(name, "Zoe", "x" * 100)], "mine")


def held() -> list[str]:
    return [item.name for item in contributions.items("tags", "toy")]


@pytest.fixture
def file(tmp_path):
    """Return the path of the store of this test."""
    return tmp_path / "store.sqlite3"


def test_without_an_address_it_is_a_file_in_the_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv(location.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    assert engine.file_of(engine.address()) == location.own_file()
    assert "sixes-geo" in location.own_file().parts


@pytest.mark.parametrize("named", ["some words", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_keeps_nothing_is_refused_in_one_line(monkeypatch, named):
    monkeypatch.setenv(location.VARIABLE, named)

    with pytest.raises(DataError, match="this is no address") as refusal:
        keep()
    assert "\n" not in str(refusal.value)
    assert str(engine.trouble()) == str(refusal.value)


def test_a_database_without_its_driver_is_refused_and_its_password_never_told(monkeypatch):
    monkeypatch.setenv(location.VARIABLE, "postgresql+nowhere://me:hidden@localhost/x")

    refusal = engine.trouble()

    assert "cannot be used" in str(refusal)
    assert "hidden" not in str(refusal)


def test_nobody_home_is_said_and_no_folder_made_up(monkeypatch, tmp_path):
    monkeypatch.delenv(location.VARIABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(location, "user_data_path", lambda *_, **__: Path("~/.local/share"))

    assert "there is no such file or folder" in str(engine.trouble())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database " * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_told_of_and_left_as_it_is(file, content):
    file.write_bytes(content)

    refusal = engine.trouble()
    assert refusal is not None
    assert "the file is damaged" in str(refusal)
    assert engine.is_corrupt(refusal)
    for use in (keep, held, lambda: contributions.state("toy")):
        with pytest.raises(DataError, match="the file is damaged"):
            use()
    assert file.read_bytes() == content


def test_a_file_that_is_mended_is_used_at_once(file):
    file.write_bytes(b"no database " * 100)
    assert engine.trouble()
    file.unlink()

    assert engine.trouble() is None
    keep()
    assert held() == ["a"]


def test_a_file_that_is_deleted_meanwhile_is_made_again_and_loses_nothing_after(file):
    keep("a")
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()

    keep("b")

    engine.close()
    assert held() == ["b"]


def test_a_file_that_another_one_replaces_is_noticed(file, tmp_path, monkeypatch):
    keep("a")
    engine.close()
    before = contributions.state("toy")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/other.sqlite3")
    keep("b")
    engine.close()
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{file}")
    assert held() == ["a"]

    (tmp_path / "other.sqlite3").replace(file)

    assert held() == ["b"]
    assert contributions.state("toy") != before


def test_a_full_disk_keeps_nothing_and_what_was_kept_is_still_there():
    keep("a")
    with engine.reading() as connection:
        made = connection.engine
    made.dispose()

    @event.listens_for(made, "connect")
    def fill(connection, _record):
        connection.execute("PRAGMA max_page_count = 1").close()

    def keep_on():
        for nth in range(200):
            keep(f"b{nth}")

    with pytest.raises(DataError, match="no space left") as refusal:
        keep_on()
    assert "\n" not in str(refusal.value)
    assert "a" in held()
    engine.close()
    counted = held()
    keep("c")
    assert set(held()) == {*counted, "c"}


def test_a_file_that_can_only_be_read_is_read(file, monkeypatch):
    keep("a")
    engine.close()
    make, tried = sqlite3.dbapi2.connect, []

    def refused(database, **options):
        """Open as a user would who may not write here."""
        tried.append(database)
        return make(f"file:{file}?mode=ro" if "mode=ro" not in database else database,
                    **{**options, "uri": True})  # fmt: skip

    monkeypatch.setattr(sqlite3.dbapi2, "connect", refused)

    assert held() == ["a"]
    assert "it can only be read" in str(engine.trouble())
    with pytest.raises(DataError, match="it can only be read"):
        keep("b")
    assert held() == ["a"]
    assert len(tried) > 1
    engine.close()


def test_why_nothing_can_be_kept_is_logged_once(monkeypatch, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/file/store.sqlite3")

    assert len({str(engine.trouble()) for _ in range(3)}) == 1

    assert [record.message.count("cannot be used") for record in caplog.records] == [1]


def test_whoever_writes_waits_for_its_turn_and_readers_wait_for_nobody():
    keep("a")
    with engine.writing() as connection:
        connection.execute(text("DELETE FROM imported"))

        assert held() == ["a"]
        assert engine.trouble() is None


def test_connections_keep_to_foreign_keys():
    with (
        pytest.raises(Exception, match="FOREIGN KEY"),
        engine.writing() as connection,
    ):
        connection.execute(
            text("INSERT INTO imported (kind, city, sha256, file, act) VALUES (1, 1, 1, 1, 1)")
        )
