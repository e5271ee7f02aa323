"""What the file system refuses is told in the reader's language: which file, and why."""

import errno
import os

import pytest

from sixes_geo.base.errors import ChoiceError, DataError, Problem
from sixes_geo.base.paths import CAUSES, refusal_of, start_of, writing
from sixes_geo.i18n import LANGUAGES, Translator


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_common_reason_is_told_in_the_language_of_the_reader(language):
    tr = Translator(language)

    for number, cause in CAUSES.items():
        line = refusal_of(OSError(number, os.strerror(number), "a/b.csv")).explain(tr)
        assert tr(f"errors.cause.{cause}") in line
        assert "a/b.csv" in line
        assert os.strerror(number) not in line


def test_a_rare_reason_is_told_as_the_system_has_it():
    fault = OSError(errno.EIO, "Input/output error", b"x.csv")

    assert "x.csv cannot be read or written (Input/output error)" in str(refusal_of(fault))


def test_an_output_without_a_name_is_called_the_output():
    told = str(refusal_of(OSError(errno.ENOSPC, "No space left on device")))

    assert "the output cannot be written (no space left)" in told


def test_a_file_is_read_no_further_than_shows_that_it_is_too_large(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"12345")

    assert start_of(path, 3) == b"1234"
    assert start_of(path, 5) == b"12345"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (".", "it is a folder"),
        ("none", "there is no such file"),
        ("x" * 300, "the name is too long"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path, name, why):
    with pytest.raises(ChoiceError, match=f"cannot be read \\({why}"):
        start_of(tmp_path / name, 1)


def test_what_cannot_be_written_is_named_as_it_was_asked_for(tmp_path):
    told = r"mine\.pdf cannot be saved \(permission denied\)"

    with pytest.raises(ChoiceError, match=told), writing(tmp_path / "mine.pdf"):
        raise PermissionError(errno.EACCES, "Permission denied", "beside")


def test_a_refusal_that_has_its_words_keeps_them(tmp_path):
    told = DataError("data", [Problem("missing_file", {"path": "units"})], "restore_data")

    with pytest.raises(DataError) as caught, writing(tmp_path / "mine.pdf"):
        raise told

    assert caught.value is told
