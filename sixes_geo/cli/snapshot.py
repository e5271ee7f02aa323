"""The command `snapshot`: freeze a question in a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sixes_geo.analysis.question import Question
from sixes_geo.base.names import folded
from sixes_geo.base.paths import writing
from sixes_geo.city.tables import read_units
from sixes_geo.cli.console import progress
from sixes_geo.cli.freezing import Asked
from sixes_geo.export import bundle, snapshot
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.i18n import Translator
from sixes_geo.store import keys


def run(options: argparse.Namespace, asked: Asked) -> None:
    """Write one snapshot."""
    tr = Translator("en")
    question = asked.question
    secret = keys.needed_key() if options.sign else b""
    fields = Fields(
        title=options.title,
        author=options.author,
        note=options.note,
        recommendation=options.recommendation,
        logo=logo_of(asked.logo) if options.logo else b"",
        districts=tuple(dict.fromkeys(_district(question, one) for one in options.district)),
        date=options.date,
        server=options.server,
    )
    progress(tr("cli.measuring"))
    frozen = snapshot.freeze(question, options.lang, fields)
    progress(tr("cli.writing", path=options.out.name))
    made = bundle.export_file(
        frozen,
        asked.form,
        sheet=options.sheet,
        size=options.size,
        picture=options.picture,
        secret=secret,
    )
    with writing(options.out):
        _write(options.out, made)
    sys.stdout.write(tr("cli.frozen", path=str(options.out), sha=frozen.checksum) + "\n")


def _write(path: Path, content: bytes) -> None:
    """Write a file: all of it, or nothing."""
    with TemporaryDirectory(dir=path.resolve().parent) as folder:
        beside = Path(folder) / path.name
        beside.write_bytes(content)
        beside.replace(path)


def _district(question: Question, text: str) -> str:
    """Return the id of the unit with a name, if there is just one; otherwise the text itself."""
    units = read_units(question.city, question.unit)
    named = units.loc[units["name"].map(folded) == folded(text), "id"]
    return str(named.iloc[0]) if len(named) == 1 and text not in set(units["id"]) else text
