"""The commands `snapshot` and `reopen`, and how any command is told a question."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sixes_geo.analysis.link import record_of
from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.names import folded
from sixes_geo.city.catalog import city_names
from sixes_geo.city.model import ES, PS, WEIGHTS
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.cities import open_cities, open_city
from sixes_geo.export import bundle, reopened, snapshot, typeset
from sixes_geo.export.fields import SERVER, Fields, logo_of
from sixes_geo.i18n import LANGUAGES, Translator


def add_choice(parser: argparse.ArgumentParser, tr: Translator) -> None:
    """Add the options that make a question."""
    parser.add_argument("city", metavar="CITY", help=tr("cli.city"))
    parser.add_argument("--layer", action="append", required=True, help=tr("cli.layer"))
    parser.add_argument("--unit", help=tr("cli.unit"))
    parser.add_argument("--need", metavar="INDICATOR", help=tr("cli.need"))
    parser.add_argument(
        "--weight", default="sites", metavar="|".join(WEIGHTS), help=tr("cli.weight")
    )
    parser.add_argument("--border", default="0", metavar="M", help=tr("cli.border"))
    parser.add_argument("--without", default="", metavar="ID", help=tr("cli.without"))
    parser.add_argument("--e", action="append", default=[], metavar="|".join(ES), help=tr("cli.e"))
    parser.add_argument("--p", action="append", default=[], metavar="|".join(PS), help=tr("cli.p"))
    parser.add_argument("--seed", default="0", help=tr("cli.seed"))


def asked(options: argparse.Namespace) -> Question:
    """Return the question that a command was told."""
    return ask(
        open_city(city_named(options.city)),
        layers=options.layer,
        unit=options.unit,
        need=options.need,
        weight=options.weight,
        seed=options.seed,
        variation=Variation(options.border, options.without, tuple(options.e), tuple(options.p)),
    )


def city_named(text: str) -> str:
    """Return a city's folder by its name in any language, or the text as it is."""
    wanted = text.casefold()
    for name in city_names():
        if wanted == name.casefold():
            return name
    for city in open_cities()[0]:
        if wanted in {words.casefold() for words in city.name.values()}:
            return city.city
    return text


def add_to(commands: argparse._SubParsersAction, tr: Translator) -> None:  # type: ignore[type-arg]
    """Add both commands."""
    frozen = commands.add_parser(
        "snapshot", help=tr("cli.snapshot"), description=tr("cli.snapshot")
    )
    add_choice(frozen, tr)
    frozen.add_argument("--lang", choices=LANGUAGES, default="es", help=tr("cli.lang"))
    forms = "|".join(bundle.FORMATS)
    frozen.add_argument(
        "--out", type=Path, required=True, metavar=f"FILE.({forms})", help=tr("cli.out_file")
    )
    for name in ("title", "author", "note", "recommendation"):
        frozen.add_argument(f"--{name}", default="", metavar="TEXT", help=tr(f"cli.{name}"))
    frozen.add_argument("--logo", type=Path, metavar="FILE", help=tr("cli.logo"))
    frozen.add_argument(
        "--district", action="append", default=[], metavar="ID", help=tr("cli.district")
    )
    frozen.add_argument("--date", default="", metavar="YYYY-MM-DD", help=tr("cli.date"))
    frozen.add_argument("--server", default=SERVER, metavar="URL", help=tr("cli.server"))
    frozen.add_argument("--sheet", choices=typeset.SHEETS, default="a4", help=tr("cli.sheet"))
    frozen.add_argument("--size", choices=typeset.SIZES, default="1200x630", help=tr("cli.size"))
    frozen.add_argument(
        "--picture", choices=typeset.PICTURES, default="map", help=tr("cli.picture")
    )
    frozen.set_defaults(run=_snapshot)
    back = commands.add_parser("reopen", help=tr("cli.reopen"), description=tr("cli.reopen"))
    back.add_argument("file", type=Path, metavar="FILE", help=tr("cli.snapshot_file"))
    back.add_argument("--json", action="store_true", help=tr("cli.as_json"))
    back.set_defaults(run=_reopen)


def _snapshot(options: argparse.Namespace) -> None:
    """Write one snapshot."""
    form = options.out.suffix.removeprefix(".").lower()
    if form not in bundle.FORMATS:
        told = {"got": options.out.name, "allowed": ", ".join(bundle.FORMATS)}
        raise ChoiceError("snapshot", [Problem("unknown_form", told)], "choose_allowed")
    if options.out.is_dir() or not options.out.resolve().parent.is_dir():
        problem = Problem("no_folder", {"path": str(options.out.parent)})
        raise ChoiceError("snapshot", [problem], "mend_fields")
    tr = Translator("en")
    question = asked(options)
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
    _progress(tr("cli.measuring"))
    frozen = snapshot.freeze(question, options.lang, fields)
    _progress(tr("cli.writing", path=options.out.name))
    made = bundle.written(
        frozen, form, sheet=options.sheet, size=options.size, picture=options.picture
    )
    with TemporaryDirectory(dir=options.out.resolve().parent) as folder:  # all of it, or nothing
        beside = Path(folder) / options.out.name
        beside.write_bytes(made)
        beside.replace(options.out)
    sys.stdout.write(tr("cli.frozen", path=str(options.out), sha=frozen.checksum) + "\n")


def _district(question: Question, text: str) -> str:
    """Return the id of a unit by its name, if one alone bears it; otherwise the text as it is."""
    units = read_units(question.city, question.unit)
    named = units.loc[units["name"].map(folded) == folded(text), "id"]
    return str(named.iloc[0]) if len(named) == 1 and text not in set(units["id"]) else text


def _reopen(options: argparse.Namespace) -> None:
    """Verify a snapshot and tell the view it opens."""
    with options.file.open("rb") as file:
        content = file.read(reopened.LARGEST + 1)  # no more than tells that it is too large
    found = reopened.reopen(content, options.file.name)
    if options.json:
        record = {
            "choice": record_of(found.question),
            "language": found.language,
            "districts": list(found.districts),
            "context": list(found.context),
            "result": found.result,
            "checksum": found.checksum,
            "data_changed": list(found.data_changed),
            "query": found.query,
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        return
    tr = Translator("en")
    lines = [tr("cli.unchanged", sha=found.checksum), f"{SERVER}?{found.query}"]
    if found.data_changed:
        lines.append(tr("cli.data_changed", names=", ".join(found.data_changed)))
    sys.stdout.write("\n".join(lines) + "\n")


def _progress(text: str) -> None:
    """Tell a waiting person what is going on."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
