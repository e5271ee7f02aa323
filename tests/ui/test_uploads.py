"""What visitors send is looked at before it is read, and named as it can be shown."""

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from sixes_geo.base.errors import ChoiceError
from sixes_geo.ui.components.uploads import content_of, name_of


def sent(content, name="mine.csv"):
    return UploadedFile(UploadedFileRec("1", name, "text/csv", content), FileURLs())


@pytest.mark.parametrize("subject", ["contribution", "snapshot", "reopen"])
def test_what_is_too_large_for_its_field_is_never_read(subject, monkeypatch):
    monkeypatch.setattr(UploadedFile, "getvalue", lambda _: pytest.fail("read"))

    with pytest.raises(ChoiceError, match=r"mine\.csv has 11 bytes; at most 10 are allowed"):
        content_of(sent(b"x" * 11), 10, subject)


def test_what_fits_is_read():
    assert content_of(sent(b"x" * 10), 10) == b"x" * 10


def test_the_name_of_a_file_is_short_and_hides_nothing():
    assert name_of(sent(b"", "x" * 10_000 + "\u202egpj.csv")).endswith("x[U+202E]gpj.csv")
    assert len(name_of(sent(b"", "x" * 10_000))) == 80
