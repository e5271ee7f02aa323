"""Backups of the store: complete, checked, and restored as a whole or not at all."""

import hashlib
import json
import zipfile

import pytest

from sixes_geo.base.errors import ChoiceError, DataError
from sixes_geo.cli.main import main
from sixes_geo.store import backup, contributions, engine, imports, location
from sixes_geo.store.codes import READ_ONLY_VARIABLE
from sixes_geo.store.versions import Change


def keep(name, content="x", code="mine"):
    return contributions.change("tags", "toy", lambda _: [Change(name, "Zoe", content)], code)


def held() -> dict[str, str]:
    return {item.name: item.content for item in contributions.items("tags", "toy")}


@pytest.fixture
def path(tmp_path):
    """Back up a store that holds two items, one of them removed, and an imported file."""
    keep("a", "Ñandú 李 \u2028 line")
    keep("b")
    contributions.remove("tags", "toy", lambda item: item.name == "b", "mine")
    imports.import_file("tags", "toy", "c.csv", "0" * 64, [Change("c", "Zoe", "x")])
    backup.write_backup(tmp_path / "all.zip")
    return tmp_path / "all.zip"


def other_store(monkeypatch, tmp_path):
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/other.sqlite3")


def test_a_backup_brings_back_everything_with_its_history(path, tmp_path, monkeypatch):
    before = held()
    (gone,) = contributions.removed()
    other_store(monkeypatch, tmp_path)

    made = backup.restore(path)

    assert (held(), made.changes) == (before, 4)
    assert contributions.removed() == (gone,)
    assert imports.imported("tags", "toy") == {"0" * 64}
    contributions.undo(gone.act, "mine")
    assert set(held()) == {"a", "b", "c"}


def test_a_backup_of_the_same_store_has_the_same_bytes(path, tmp_path):
    again = backup.write_backup(tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()
    assert again.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_the_store_holds_is_replaced_only_on_request(path):
    keep("d")
    state = contributions.state("toy")

    with pytest.raises(ChoiceError, match="the store holds 5 changes"):
        backup.restore(path)
    assert contributions.state("toy") == state

    backup.restore(path, replace=True)

    assert set(held()) == {"a", "c"}
    assert contributions.state("toy") != state


def test_a_restored_store_of_as_many_changes_is_another_state(path):
    state = contributions.state("toy")

    backup.restore(path, replace=True)

    assert contributions.state("toy")[1] == state[1]
    assert contributions.state("toy") != state


def changed(path, name, change, *, sealed):
    """Change one file of a backup, perhaps with its checksum."""
    with zipfile.ZipFile(path) as packed:
        files = {member: packed.read(member) for member in packed.namelist()}
    files[name] = change(files[name])
    if sealed:
        manifest = json.loads(files["manifest.json"])
        table = manifest["tables"][name.removesuffix(".jsonl")]
        table["sha256"] = hashlib.sha256(files[name]).hexdigest()
        table["rows"] = files[name].count(b"\n")
        files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for member, content in files.items():
            packed.writestr(member, content)


VERSIONS = "versions.jsonl"
CHANGES = [
    (VERSIONS, lambda data: data.replace(b'"Zoe"', b'"Ana"'), False),
    (VERSIONS, lambda data: data.split(b"\n", 1)[1], False),
    (VERSIONS, lambda data: data.replace(b'"version": 1', b'"version": "1"'), True),
    (VERSIONS, lambda data: data.replace(b'"owner"', b'"mine"'), True),
    (VERSIONS, lambda data: data.replace(b'"kind": "tags"', b'"kind": null'), True),
    (VERSIONS, lambda data: data.replace(b'"version": 1', b'"version": 9999999999999999999'), True),
    (VERSIONS, lambda data: data.replace(b'"Zoe"', b'"\\ud800"'), True),
    (VERSIONS, lambda data: data.replace(b'"Zoe"', b'"\\u0000"'), True),
    (VERSIONS, lambda data: data.replace(b'"Zoe"', b"[" * 100_000), True),
    (VERSIONS, lambda data: data + data, True),
    (VERSIONS, lambda data: data + b"[1]\n", True),
    ("acts.jsonl", lambda _: b"", True),
    ("manifest.json", lambda data: data.replace(b"store/1", b"store/9"), False),
    ("manifest.json", lambda _: b"[]", False),
    ("manifest.json", lambda _: b"\xff", False),
    ("more.txt", lambda data: data, False),
]
"""Ways to damage a backup; sealed ones have a checksum that fits."""


def test_what_is_no_backup_changes_nothing_and_is_refused_in_one_line(path):
    whole = path.read_bytes()
    state = contributions.state("toy")
    said = {}
    for nth, (name, change, sealed) in enumerate(CHANGES):
        path.write_bytes(whole)
        if name == "more.txt":
            with zipfile.ZipFile(path, "a") as packed:
                packed.writestr(name, "x")
        else:
            changed(path, name, change, sealed=sealed)
        said[nth] = refusal_of(path)
    for content in (b"", b"PK", whole[:-30], whole[: len(whole) // 2]):
        path.write_bytes(content)
        said[content[-9:]] = refusal_of(path)

    fine = [key for key, text in said.items() if "it is not a backup of a store" not in text]
    assert (fine, "\n" in "".join(said.values())) == ([], False)
    assert contributions.state("toy") == state


def refusal_of(path):
    """Return what is said of a file that is no backup; nothing if it was restored."""
    try:
        backup.restore(path, replace=True)
    except ChoiceError as refusal:
        return str(refusal)
    return ""


def test_a_read_only_server_is_not_restored_over(path, monkeypatch):
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")

    with pytest.raises(DataError, match="read-only"):
        backup.restore(path, replace=True)


def test_a_damaged_file_gives_way_to_a_backup_and_is_kept(path, tmp_path, capsys):
    engine.close()
    file = tmp_path / "store.sqlite3"
    for part in tmp_path.glob("store.sqlite3-*"):
        part.unlink()
    file.write_bytes(b"damaged " * 1000)

    assert main(["store", "status"]) == 2
    assert main(["store", "restore", str(path)]) == 2
    assert capsys.readouterr().err.count("the file is damaged") == 2
    assert main(["store", "restore", str(path), "--replace"]) == 0

    assert "store.sqlite3.damaged-1" in capsys.readouterr().out
    assert (tmp_path / "store.sqlite3.damaged-1").read_bytes() == b"damaged " * 1000
    assert set(held()) == {"a", "c"}
