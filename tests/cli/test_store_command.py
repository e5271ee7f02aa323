"""The command `store`: it says where things are kept, and backs up, restores, brings back."""

import pytest
from made import sheet

from sixes_geo.cli import app
from sixes_geo.cli.main import main
from sixes_geo.contributions.cell_files import cells_added, remove_cells, sign_cells
from sixes_geo.store import location
from sixes_geo.store.codes import FACILITATOR_VARIABLE, READ_ONLY_VARIABLE, is_read_only

CELL = {("esci-urban", "equity"): "main"}


@pytest.fixture
def act():
    """Sign a cell, remove it, and return the act."""
    sign_cells("Ana", "esci", CELL, "mine")
    return remove_cells("Ana", "mine")


def said(capsys, *arguments, status=0):
    assert main(["store", *arguments]) == status
    told = capsys.readouterr()
    return told.err if status else told.out


def test_it_says_where_the_store_is_and_what_it_holds(capsys, tmp_path):
    sign_cells("Ana", "esci", CELL)

    assert said(capsys, "path") == f"{tmp_path}/store.sqlite3\n"
    told = said(capsys, "status")
    assert "0 indicators, 0 coders of tags, 1 cells of frameworks; 1 changes in all" in told
    assert "It can be written." in told


def test_a_backup_is_restored_elsewhere(capsys, tmp_path, monkeypatch):
    sign_cells("Ana", "esci", CELL)
    path = str(tmp_path / "all.zip")
    assert "all.zip: 1 changes" in said(capsys, "backup", path)
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/other.sqlite3")

    assert "1 changes restored to" in said(capsys, "restore", path)

    assert cells_added() == {"Ana": 1}
    assert "--replace" in said(capsys, "restore", path, status=2)
    assert "restored" in said(capsys, "restore", path, "--replace")


def test_what_was_removed_is_listed_and_brought_back_by_the_facilitator(capsys, act, monkeypatch):
    line = said(capsys, "removed")
    assert line.startswith(act)
    assert "Ana" in line

    assert "only those who kept this" in said(capsys, "undo", act, status=2)
    assert "only those who kept this" in said(capsys, "undo", act, "--code", "guess", status=2)
    monkeypatch.setenv(FACILITATOR_VARIABLE, "a long secret")
    assert said(capsys, "undo", act) == "It is back.\n"

    assert cells_added() == {"Ana": 1}
    assert said(capsys, "removed") == "Nothing was removed.\n"


def test_its_author_brings_it_back_with_the_code(capsys, act):
    assert said(capsys, "undo", act, "--code", "mine") == "It is back.\n"


def test_every_fault_is_one_line(capsys, act, tmp_path, monkeypatch):
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    said(capsys, "backup", str(tmp_path / "all.zip"))
    lines = [
        said(capsys, "restore", str(tmp_path / "none.zip"), status=2),
        said(capsys, "backup", str(tmp_path / "none" / "all.zip"), status=2),
        said(capsys, "undo", act, "--code", "mine", status=2),
        said(capsys, "nothing", status=2),
    ]
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/all.zip/store.sqlite3")
    lines.append(said(capsys, "status", status=2))

    assert [line.count("\n") for line in lines] == [1] * 5
    assert "read-only" in lines[2]


@pytest.fixture
def started(monkeypatch, capsys):
    """Start `app` without serving anything; return what it says."""
    monkeypatch.setenv(READ_ONLY_VARIABLE, "")  # and have it as it was at the end
    for module, name in ((app, "start_logging"), (app.signal, "signal")):
        monkeypatch.setattr(module, name, lambda *_: None)
    monkeypatch.setattr(app.lifecycle, "configure", lambda _: "")

    def serve(_script, listening, ready):
        listening.close()
        ready()
        return True

    monkeypatch.setattr(app.server, "serve", serve)

    def start(*arguments):
        assert main(["app", "--host", "0.0.0.0", *arguments]) == 0  # noqa: S104
        return capsys.readouterr().out

    return start


def test_a_server_started_read_only_keeps_nothing_and_says_so(started):
    assert "can open the dashboard and add data" in started()
    assert not is_read_only()

    told = started("--read-only")

    assert "nobody can keep or remove anything" in told
    assert "add data" not in told
    assert is_read_only()


@pytest.mark.usefixtures("in_toy")
def test_a_command_keeps_nothing_where_nobody_may(capsys, tmp_path, monkeypatch):
    (tmp_path / "mine.csv").write_bytes(sheet())
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")

    assert main(["check", str(tmp_path / "mine.csv")]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path / "mine.csv"), "--keep"]) == 2

    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert "this server is read-only" in told.err
