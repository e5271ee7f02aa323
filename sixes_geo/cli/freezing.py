"""What `snapshot` is to freeze, and into which file: checked before anything slow is loaded."""

from __future__ import annotations

import argparse
import errno
import os
from pathlib import Path
from typing import NamedTuple

from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.limits import LOGO_BYTES
from sixes_geo.base.paths import start_of, writing
from sixes_geo.cli import question
from sixes_geo.export.formats import FORMATS, SIGNED


class Asked(NamedTuple):
    """A question, the format to freeze it in, and the content of the logo file, if any."""

    question: Question
    form: str
    logo: bytes


def asked(options: argparse.Namespace) -> Asked:
    """Return what the arguments ask for."""
    form = _form(options.out)
    if options.sign and form not in SIGNED:
        told = {"got": options.out.name, "allowed": ", ".join(SIGNED)}
        raise ChoiceError("snapshot", [Problem("unsigned_form", told)], "choose_allowed")
    with writing(options.out):
        _refuse_unwritable(options.out)
    logo = start_of(options.logo, LOGO_BYTES) if options.logo else b""
    return Asked(question.asked_once(options), form, logo)


def _form(out: Path) -> str:
    """Return the format that the extension of a file names."""
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        told = {"got": out.name, "allowed": ", ".join(FORMATS)}
        raise ChoiceError("snapshot", [Problem("unknown_form", told)], "choose_allowed")
    return form


def _refuse_unwritable(out: Path) -> None:
    """Refuse a file that could not be written after all the work."""
    folder = out.resolve().parent
    if out.is_dir() or not folder.is_dir():
        problem = Problem("no_folder", {"path": str(out.parent)})
        raise ChoiceError("snapshot", [problem], "fix_fields")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "", str(folder))
