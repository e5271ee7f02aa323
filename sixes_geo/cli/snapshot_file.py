"""The file that `reopen` is given, refused at once if it is no snapshot."""

from __future__ import annotations

import argparse

from sixes_geo.base.limits import SNAPSHOT_BYTES
from sixes_geo.base.paths import start_of
from sixes_geo.export.recognition import refuse_foreign


def asked(options: argparse.Namespace) -> bytes:
    """Return the content of the file."""
    content = start_of(options.file, SNAPSHOT_BYTES)
    refuse_foreign(content, options.file.name)
    return content
