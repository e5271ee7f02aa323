"""The keys of a copy: one of its own, whoever asks first, and those that people made known."""

import errno
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from house import ROOT

from sixes_geo.base.errors import ChoiceError, DataError
from sixes_geo.store import keys
from sixes_geo.store.keys import (
    KnownKey,
    existing_key,
    forget,
    known_keys,
    make_known,
    needed_key,
    own_key,
)

PUBLIC, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Keep keys in a folder of the test's own."""
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "keys"))
    keys._report.cache_clear()
    return tmp_path / "keys"


def refuse(fault):
    def refused(*_, **__):
        raise fault

    return refused


def test_a_key_is_made_when_it_is_first_needed_and_is_the_same_ever_after(place):
    assert existing_key() is None
    assert not place.exists()

    made = own_key()

    assert len(made) == keys.BYTES
    assert own_key() == needed_key() == existing_key() == made
    assert [path.name for path in place.iterdir()] == ["own.key"]


def test_only_its_owner_can_read_a_key(place):
    own_key()

    assert stat.S_IMODE((place / "own.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_key_that_others_could_read_is_closed_to_them_and_the_log_says_so(place, caplog):
    made = own_key()
    (place / "own.key").chmod(0o644)

    assert own_key() == made
    assert stat.S_IMODE((place / "own.key").stat().st_mode) == 0o600
    assert "could be read by others" in caplog.text


def test_two_folders_have_two_keys(tmp_path, monkeypatch):
    made = own_key()
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "other"))

    assert own_key() != made


@pytest.mark.parametrize("links", [True, False])
def test_processes_that_make_the_key_at_once_have_one_key(place, links):
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from sixes_geo.store import keys\n"
        "def no_links(*_):\n"
        "    raise OSError(95, 'not supported')\n"
        f"if not {links}:\n"
        "    Path.hardlink_to = no_links\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(keys.needed_key().hex())\n"
    )
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for one in asking:
        assert one.stdout.readline() == "ready\n"
    for one in asking:
        one.stdin.write("\n")
        one.stdin.flush()
    made = {one.communicate(timeout=60)[0] for one in asking}

    assert made == {f"{existing_key().hex()}\n"}
    assert [path.name for path in place.iterdir()] == ["own.key"]


def test_a_key_that_is_just_being_written_is_waited_for(place, monkeypatch):
    place.mkdir()
    path = place / "own.key"
    path.write_text("ab")
    path.chmod(0o600)
    monkeypatch.setattr(keys.time, "sleep", lambda _: path.write_text(PUBLIC + "\n"))

    assert own_key().hex() == PUBLIC


@pytest.mark.parametrize("content", [b"", b"x" * 64, b"ab" * 31, b"ab" * 33, b"\xff" * 100])
def test_what_is_no_key_is_neither_used_nor_overwritten(place, monkeypatch, caplog, content):
    place.mkdir()
    (place / "own.key").write_bytes(content)
    monkeypatch.setattr(keys.time, "sleep", lambda _: None)

    assert own_key() is None
    assert existing_key() is None
    assert (place / "own.key").read_bytes() == content
    assert "snapshots are not signed" in caplog.text


@pytest.mark.parametrize("name", ["mkdir", "open"])
def test_a_folder_that_cannot_be_used_costs_the_signature_and_nothing_else(
    monkeypatch, caplog, name
):
    monkeypatch.setattr(Path, name, refuse(PermissionError(13, "Permission denied", "own.key")))

    with caplog.at_level(logging.WARNING):
        assert [own_key(), own_key()] == [None, None]

    assert len(caplog.records) == 1
    assert "snapshots are not signed" in caplog.text
    assert "SIXES_KEYS" in caplog.text
    with pytest.raises(DataError, match="SIXES_KEYS"):
        needed_key()


def test_a_folder_that_is_a_file_or_read_only_is_refused_in_one_line(place):
    place.write_text("a file")

    assert own_key() is None
    with pytest.raises(DataError, match="cannot be read or written"):
        make_known(PUBLIC)
    assert known_keys() == ()


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_folder_that_takes_no_file_is_left_as_it_is(place, monkeypatch, number):
    place.mkdir()
    monkeypatch.setattr(keys.tempfile, "mkstemp", refuse(OSError(number, os.strerror(number))))

    assert own_key() is None
    with pytest.raises(DataError, match="SIXES_KEYS"):
        make_known(PUBLIC)
    assert [path for path in place.rglob("*") if path.is_file()] == []


def test_a_disk_that_fills_up_leaves_no_half_a_key(place, monkeypatch):
    monkeypatch.setattr(keys.os, "fsync", refuse(OSError(errno.ENOSPC, "No space left")))

    assert own_key() is None
    assert list(place.iterdir()) == []


def test_without_a_home_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.delenv(keys.FOLDER_VARIABLE)
    monkeypatch.setattr(keys, "user_data_path", lambda *_, **__: Path("~/.local/share/sixes-geo"))
    monkeypatch.chdir(tmp_path)

    assert own_key() is None
    assert list(tmp_path.iterdir()) == []


def test_keys_are_known_by_the_names_that_the_reader_gives_them():
    make_known(OTHER, "Zona Sul")
    make_known(PUBLIC, "Associação de Moradores")

    assert known_keys() == (
        KnownKey(PUBLIC, "Associação de Moradores"),
        KnownKey(OTHER, "Zona Sul"),
    )
    make_known(OTHER, "")
    assert KnownKey(OTHER, "") in known_keys()
    forget(KnownKey(PUBLIC, ""))
    assert known_keys() == (KnownKey(OTHER, ""),)


@pytest.mark.parametrize(
    ("public", "name"),
    [
        ("ab", ""),
        ("AB" * 32, ""),
        ("../" + "ab" * 32, ""),
        ("\u0660" * 64, ""),
        (PUBLIC, "x" * 81),
        (PUBLIC, "Jun\u202eta"),
        (PUBLIC, "Jun\nta"),
        (PUBLIC, "\x1b[2J"),
        (PUBLIC, "\u200b"),
        (PUBLIC, "\ud800"),
    ],
)
def test_what_is_no_key_or_no_name_is_not_made_known(public, name):
    with pytest.raises(ChoiceError):
        make_known(public, name)

    assert known_keys() == ()


def test_files_that_hold_no_key_or_no_name_are_passed_over(place):
    make_known(PUBLIC, "Junta")
    for name, content in (("x.txt", b""), (f"{OTHER}.txt", b"\xff\xfe"), ("README", b"")):
        (place / "known" / name).write_bytes(content)

    assert known_keys() == (KnownKey(OTHER, ""), KnownKey(PUBLIC, "Junta"))
