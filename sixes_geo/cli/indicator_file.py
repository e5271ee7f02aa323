"""The file that `check` is given, refused at once if it cannot be read."""

from __future__ import annotations

import argparse

from sixes_geo.contributions.files import given_content


def asked(options: argparse.Namespace) -> bytes:
    """Return the content of the file."""
    return given_content(options.file)
