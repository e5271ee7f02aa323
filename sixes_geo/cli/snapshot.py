"""The command `snapshot`: freeze a question in a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.names import folded
from sixes_geo.city.tables import read_units
from sixes_geo.cli.console import progress
from sixes_geo.export import bundle, snapshot
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.export.formats import FORMATS
from sixes_geo.i18n import Translator


def run(options: argparse.Namespace, question: Question) -> None:
    """Write one snapshot."""
    form = options.out.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        told = {"got": options.out.name, "allowed": ", ".join(FORMATS)}
        raise ChoiceError("snapshot", [Problem("unknown_form", told)], "choose_allowed")
    if options.out.is_dir() or not options.out.resolve().parent.is_dir():
        problem = Problem("no_folder", {"path": str(options.out.parent)})
        raise ChoiceError("snapshot", [problem], "fix_fields")
    tr = Translator("en")
    fields = Fields(
        title=options.title,
        author=options.author,
        note=options.note,
        recommendation=options.recommendation,
        logo=logo_of(options.logo.read_bytes()) if options.logo else b"",
        districts=tuple(dict.fromkeys(_district(question, one) for one in options.district)),
        date=options.date,
        server=options.server,
    )
    progress(tr("cli.measuring"))
    frozen = snapshot.freeze(question, options.lang, fields)
    progress(tr("cli.writing", path=options.out.name))
    made = bundle.export_file(
        frozen, form, sheet=options.sheet, size=options.size, picture=options.picture
    )
    with TemporaryDirectory(dir=options.out.resolve().parent) as folder:  # all of it, or nothing
        beside = Path(folder) / options.out.name
        beside.write_bytes(made)
        beside.replace(options.out)
    sys.stdout.write(tr("cli.frozen", path=str(options.out), sha=frozen.checksum) + "\n")


def _district(question: Question, text: str) -> str:
    """Return the id of the unit with a name, if there is just one; otherwise the text itself."""
    units = read_units(question.city, question.unit)
    named = units.loc[units["name"].map(folded) == folded(text), "id"]
    return str(named.iloc[0]) if len(named) == 1 and text not in set(units["id"]) else text
