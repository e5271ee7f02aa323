"""Keys by command: shown, made known, listed and removed, each in a line or as JSON."""

import json

import pytest

from sixes_geo.cli.main import main
from sixes_geo.export.signature import fingerprint_of, public_of, spaced
from sixes_geo.store import keys

PUBLIC, OTHER = "ab" * 32, "cd" * 32
FINGERPRINT = spaced(fingerprint_of(PUBLIC))


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Keep keys in a folder of the test's own."""
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "keys"))


@pytest.fixture
def key(capsys):
    """Run the command and return its status, what it printed, and its error."""

    def run(*arguments):
        status = main(["key", *arguments])
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


def test_the_own_key_is_shown_and_never_its_secret(key):
    status, said, _ = key()

    secret = keys.existing_key()
    assert status == 0
    assert public_of(secret) in said
    assert spaced(fingerprint_of(public_of(secret))) in said
    assert secret.hex() not in said
    assert json.loads(key("--json")[1]) == {
        "public_key": public_of(secret),
        "fingerprint": fingerprint_of(public_of(secret)),
    }


@pytest.mark.parametrize("printed", [(), ("--json",)])
def test_what_one_copy_prints_another_makes_known(key, tmp_path, monkeypatch, printed):
    (tmp_path / "theirs.txt").write_text(key(*printed)[1])
    public = public_of(keys.existing_key())
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "elsewhere"))

    assert key("add", str(tmp_path / "theirs.txt"), "--name", "Junta")[0] == 0

    assert keys.known_keys() == (keys.KnownKey(public, "Junta"),)


def test_keys_are_listed_by_fingerprint_and_name(key):
    assert key("list")[1] == "No keys are known here.\n"
    assert key("add", PUBLIC.upper(), "--name", "Junta")[:2] == (
        0,
        f"Known here: {FINGERPRINT} Junta\n",
    )
    key("add", OTHER)

    assert f"{FINGERPRINT} Junta" in key("list")[1].splitlines()
    assert [one["public_key"] for one in json.loads(key("list", "--json")[1])] == [OTHER, PUBLIC]


@pytest.mark.parametrize("named", [PUBLIC, FINGERPRINT, FINGERPRINT.replace(" ", ""), "Junta"])
def test_a_key_is_removed_by_any_of_its_names(key, named):
    key("add", PUBLIC, "--name", "Junta")
    key("add", OTHER)

    assert key("remove", named)[0] == 0

    assert [one.public for one in keys.known_keys()] == [OTHER]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "README.md"), "is not a public key"),
        (("add", "no/such/file"), "there is no such file"),
        (("add", "."), "it is a folder"),
        (("add", "/dev/zero"), "/dev/zero cannot be read"),
        (("add", PUBLIC, "--name", "a\u202eb"), "the hidden character U+202E"),
        (("add", PUBLIC, "--name", "x" * 81), "at most 80"),
        (("remove", "Junta"), "names 0 keys"),
        (("remove", ""), "names 0 keys"),
        (("forget", PUBLIC), "invalid choice"),
    ],
)
def test_wrong_use_is_refused_in_one_line(key, arguments, told):
    key("add", OTHER)

    status, said, error = key(*arguments)

    assert (status, said, len(error.splitlines())) == (2, "", 1)
    assert told in error
    assert [one.public for one in keys.known_keys()] == [OTHER]


def test_a_file_with_two_keys_names_none(key, tmp_path):
    (tmp_path / "two.txt").write_text(f"{PUBLIC}\n{OTHER}\n")

    assert key("add", str(tmp_path / "two.txt"))[0] == 2
    assert keys.known_keys() == ()
