"""The command line, as `--help` lists it. People script it, so its words are a contract.

Exit status 0 when done, 2 on wrong use or bad input, with one line on standard error and
nothing written; never a traceback.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from sixes_geo import __version__
from sixes_geo.analysis.assessment import assess, refuse_unmeasurable
from sixes_geo.analysis.provision import gather
from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.build import engine, readme
from sixes_geo.city.catalog import city_names, data_folder
from sixes_geo.cli import snapshot as snapshots
from sixes_geo.contributions import city_detection, store
from sixes_geo.contributions.cities import open_city
from sixes_geo.framework.listing import listed
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.records import city_record, full_record
from sixes_geo.wording import accounting_words, chance_words, headline, index_words, verdict_words
from sixes_geo.wording.tags import listed_words


class Parser(argparse.ArgumentParser):
    """A parser whose refusals are one line, like every other refusal here."""

    def error(self, message: str) -> NoReturn:
        """Refuse wrong use."""
        raise ChoiceError("command", [Problem("usage", {"got": message})], "see_help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    tr = Translator("en")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may know few letters
    try:
        options = _parser(tr).parse_args(arguments)
        options.run(options)
    except SixesGeoError as refusal:
        sys.stderr.write(refusal.explain(tr) + "\n")
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        problem = Problem("usage", {"got": str(fault)})
        sys.stderr.write(ChoiceError("command", [problem], "see_help").explain(tr) + "\n")
        return 2
    return 0


def _parser(tr: Translator) -> Parser:
    """Return the parser of all commands."""
    parser = Parser(prog="python -m sixes_geo", description=tr("cli.description"))
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    cities = commands.add_parser("cities", help=tr("cli.cities"), description=tr("cli.cities"))
    cities.add_argument("--json", action="store_true", help=tr("cli.as_json"))
    cities.set_defaults(run=_cities)
    measure = commands.add_parser("measure", help=tr("cli.measure"), description=tr("cli.measure"))
    snapshots.add_choice(measure, tr)
    measure.add_argument("--lang", choices=LANGUAGES, default="en", help=tr("cli.lang"))
    measure.add_argument("--json", action="store_true", help=tr("cli.as_json"))
    measure.set_defaults(run=_measure)
    frame = commands.add_parser(
        "framework", help=tr("cli.framework"), description=tr("cli.framework")
    )
    frame.add_argument("--city", metavar="CITY", help=tr("cli.one_city"))
    frame.add_argument("--lang", choices=LANGUAGES, default="en", help=tr("cli.lang"))
    frame.add_argument("--json", action="store_true", help=tr("cli.as_json"))
    frame.set_defaults(run=_framework)
    check = commands.add_parser("check", help=tr("cli.check"), description=tr("cli.check"))
    check.add_argument("file", type=Path, metavar="FILE", help=tr("cli.file"))
    check.add_argument("--city", metavar="CITY", help=tr("cli.its_city"))
    check.add_argument("--keep", action="store_true", help=tr("cli.keep"))
    check.add_argument("--json", action="store_true", help=tr("cli.as_json"))
    check.set_defaults(run=_check)
    snapshots.add_to(commands, tr)
    build = commands.add_parser("build", help=tr("cli.build"), description=tr("cli.build"))
    build.add_argument("city", nargs="?", metavar="CITY", help=tr("cli.city"))
    build.add_argument("--raw", type=Path, required=True, metavar="DIR", help=tr("cli.raw"))
    build.add_argument("--out", type=Path, metavar="DIR", help=tr("cli.out"))
    build.set_defaults(run=_build)
    return parser


def _cities(options: argparse.Namespace) -> None:
    """List the cities."""
    records = [city_record(open_city(name)) for name in city_names()]
    if options.json:
        _print_json(records)
        return
    tr = Translator("en")
    for record in records:
        name = tr.text(record["name"])
        sys.stdout.write(tr("cli.city_line", city=record["city"], name=name) + "\n")
        for kind in ("unit", "need", "layer"):
            for entry in record[f"{kind}s"]:
                fields = {**entry, "years": ", ".join(map(str, entry.get("years", ())))}
                sys.stdout.write(tr(f"cli.{kind}_line", **fields) + "\n")


def _measure(options: argparse.Namespace) -> None:
    """Measure one question."""
    question = snapshots.asked(options)
    provision = gather(question)
    assessment = assess(question, provision)
    refuse_unmeasurable(assessment)
    if options.json:
        _print_json(full_record(assessment, provision))
        return
    tr = Translator(options.lang)
    index = tr(
        "cli.index_line", index=index_words(assessment, tr), verdict=verdict_words(assessment, tr)
    )
    lines = [headline(assessment, tr), index, chance_words(assessment, tr)]
    sys.stdout.write("\n".join([*lines, accounting_words(assessment, tr)]) + "\n")


def _framework(options: argparse.Namespace) -> None:
    """List initiatives with what is said of them."""
    tr = Translator(options.lang)
    names = [snapshots.city_named(options.city)] if options.city else list(city_names())
    found = [one for name in names for one in listed(open_city(name), tr)]
    if options.json:
        _print_json({"initiatives": found})
        return
    for one in found:
        sys.stdout.write(listed_words(one, tr) + "\n")


def _check(options: argparse.Namespace) -> None:
    """Check an indicator that people made, and keep it if they ask."""
    tr = Translator("en")
    named = open_city(snapshots.city_named(options.city)) if options.city else None
    city, made = city_detection.read(options.file, named)
    if options.keep:
        made = store.keep(city.city, made)
    if options.json:
        _print_json({"kept": options.keep, "city": city.city, **asdict(made)})
        return
    words = [tr("cli.checked", name=made.name, count=len(made.values), authors=made.authors)]
    words += [] if named else [tr("cli.by_places", city=tr.text(city.name))]
    words += [tr("cli.kept", indicator=made.indicator)] if options.keep else []
    sys.stdout.write(" ".join(words) + "\n")


def _build(options: argparse.Namespace) -> None:
    """Rebuild one city or all of them."""
    tr = Translator("en")
    if not options.raw.is_dir():
        problem = Problem("no_folder", {"path": str(options.raw)})
        raise ChoiceError("command", [problem], "give_raw_folder")
    for name in [options.city] if options.city else engine.recipes():
        folder = engine.build(
            name,
            options.raw,
            options.out or data_folder(),
            progress=lambda step, city=name: _progress(tr("cli.step", city=city, step=step)),  # type: ignore[misc]
        )
        sys.stdout.write(tr("cli.built", city=name, path=str(folder)) + "\n")
    readme.write(options.out or data_folder())


def _progress(text: str) -> None:
    """Tell a waiting person what is going on."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _print_json(value: object) -> None:
    """Print JSON that no reader stumbles over."""
    letters = (sys.stdout.encoding or "").lower().startswith("utf")
    json.dump(value, sys.stdout, ensure_ascii=not letters, indent=1, allow_nan=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
