"""Uploads of a page: their length is looked at before their content is."""

from __future__ import annotations

from streamlit.runtime.uploaded_file_manager import UploadedFile

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.hidden import visible
from sixes_geo.base.limits import SHOWN


def name_of(upload: UploadedFile) -> str:
    """Return the name of a file as it can be shown: the end of a long one, nothing hidden."""
    return visible(upload.name[-SHOWN:])


def content_of(upload: UploadedFile, most: int, subject: str = "contribution") -> bytes:
    """Return the content of an upload.

    Parameters
    ----------
    upload
        What a visitor sent; the limit of its field is held by the browser only.
    most
        Bytes allowed.
    subject
        What is being done, for the refusal.

    Raises
    ------
    ChoiceError
        If it is too large.
    """
    if upload.size > most:
        fields = {"path": name_of(upload), "got": upload.size, "allowed": most}
        hint = "fix_file" if subject == "contribution" else "fix_fields"
        raise ChoiceError(subject, [Problem("too_large", fields)], hint, where=name_of(upload))
    return upload.getvalue()
