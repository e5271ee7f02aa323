"""The command `store`: it says where things are kept, and backs up, restores, brings back."""

import pytest

from sixes_geo.cli.main import main
from sixes_geo.contributions.cell_files import cells_added, remove_cells, sign_cells
from sixes_geo.store import location
from sixes_geo.store.codes import FACILITATOR_VARIABLE, READ_ONLY_VARIABLE

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
