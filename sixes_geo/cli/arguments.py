"""Arguments of all commands. Nothing heavy is imported here, so that `--help` is fast."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from sixes_geo.base.logs import DEFAULT_LEVEL, LEVELS
from sixes_geo.city.model import ES, PS, WEIGHTS
from sixes_geo.city.tag import RESTRICTIONS
from sixes_geo.export.formats import FORMATS, PICTURES, SERVER, SHEETS, SIZES
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.server.machine import LOOPBACK

Parser = argparse.ArgumentParser

KEYS = {"add": "FILE|KEY", "remove": "KEY|FINGERPRINT|NAME"}
"""How a key can be named, by what is to be done with it."""

NULLS = ("residents", "workplaces", "network")
"""By which chance a measure is held against its sites."""


def app(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `app`: where to serve the dashboard."""
    parser.add_argument("--host", default=LOOPBACK, metavar="H", help=tr("cli.app_host"))
    parser.add_argument("--port", type=int, metavar="N", help=tr("cli.app_port"))
    parser.add_argument(
        "--public-url", action="append", default=[], metavar="URL", help=tr("cli.app_public_url")
    )
    parser.add_argument("--open", action="store_true", help=tr("cli.app_open"))
    parser.add_argument("--read-only", action="store_true", help=tr("cli.app_read_only"))
    parser.add_argument(
        "--log-level", choices=LEVELS, default=DEFAULT_LEVEL, help=tr("cli.app_log_level")
    )


def cities(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `cities`: the output format."""
    _json(parser, tr)


def measure(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `measure`: a question and the output format."""
    _question(parser, tr)
    parser.add_argument("--null", choices=NULLS, default=NULLS[0], help=tr("cli.null"))
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help=tr("cli.lang"))
    _json(parser, tr)


def networks(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `networks`: a city with its unit and need, and the output format."""
    parser.add_argument("city", metavar="CITY", help=tr("cli.city"))
    _ranking(parser, tr)
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help=tr("cli.lang"))
    _json(parser, tr)
    parser.set_defaults(
        layer=[],
        together=False,
        weight=None,
        border="0",
        without="",
        e=[],
        p=[],
        basis=RESTRICTIONS[0],
    )


def framework(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `framework`: which initiatives are listed."""
    parser.add_argument("city", nargs="?", metavar="CITY", help=tr("cli.one_city"))
    # As it was called first: scripts go on working, and nobody learns it anew.
    parser.add_argument("--city", dest="named_city", help=argparse.SUPPRESS)
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help=tr("cli.lang"))
    _json(parser, tr)


def check(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `check`: a contributed file."""
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("cli.file"))
    parser.add_argument("--city", metavar="CITY", help=tr("cli.its_city"))
    parser.add_argument("--keep", action="store_true", help=tr("cli.keep"))
    _json(parser, tr)


def snapshot(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `snapshot`: a question, the author's fields, and the file to write."""
    _question(parser, tr)
    parser.add_argument("--lang", choices=LANGUAGES, default="es", help=tr("cli.lang"))
    forms = "|".join(FORMATS)
    parser.add_argument(
        "--out", type=Path, required=True, metavar=f"FILE.({forms})", help=tr("cli.out_file")
    )
    for name in ("title", "author", "note", "recommendation"):
        parser.add_argument(f"--{name}", default="", metavar="TEXT", help=tr(f"cli.{name}"))
    parser.add_argument("--logo", type=Path, metavar="FILE", help=tr("cli.logo"))
    parser.add_argument(
        "--district", action="append", default=[], metavar="ID", help=tr("cli.district")
    )
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD", help=tr("cli.date"))
    parser.add_argument("--server", default=SERVER, metavar="URL", help=tr("cli.server"))
    parser.add_argument("--sheet", choices=SHEETS, default="a4", help=tr("cli.sheet"))
    parser.add_argument("--size", choices=SIZES, default="1200x630", help=tr("cli.size"))
    parser.add_argument("--picture", choices=PICTURES, default="map", help=tr("cli.picture"))
    parser.add_argument("--sign", action="store_true", help=tr("cli.sign"))


def reopen(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `reopen`: a snapshot."""
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("cli.snapshot_file"))
    parser.add_argument("--all", action="store_true", help=tr("cli.remake"))
    _json(parser, tr)


def key(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `key`: what is to be done with which key."""
    _json(parser, tr)
    actions = parser.add_subparsers(metavar="ACTION", dest="action")
    for name in ("add", "list", "remove"):
        said = tr(f"cli.key_{name}")
        action = actions.add_parser(name, help=said, description=said)
        if name == "list":
            _json(action, tr)
        else:
            action.add_argument("key", metavar=KEYS[name], help=tr(f"cli.which_{name}"))
        if name == "add":
            action.add_argument("--name", default="", metavar="TEXT", help=tr("cli.key_name"))


def store(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `store`: what to do with it."""
    ways = parser.add_subparsers(required=True, metavar="WHAT", dest="way")

    def way(name: str) -> Parser:
        said = tr(f"cli.store_{name}")
        added: Parser = ways.add_parser(name, help=said, description=said)
        return added

    way("backup").add_argument("file", type=Path, metavar="FILE", help=tr("cli.store_file"))
    restoring = way("restore")
    restoring.add_argument("file", type=Path, metavar="FILE", help=tr("cli.store_file"))
    restoring.add_argument("--replace", action="store_true", help=tr("cli.store_replace"))
    way("path")
    way("status")
    way("removed")
    undoing = way("undo")
    undoing.add_argument("act", metavar="ACT", help=tr("cli.store_act"))
    undoing.add_argument("--code", default="", metavar="CODE", help=tr("cli.store_code"))


def build(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `build`: the city, the raw files and the output folder."""
    parser.add_argument("city", nargs="?", metavar="CITY", help=tr("cli.city"))
    parser.add_argument("--raw", type=Path, required=True, metavar="DIR", help=tr("cli.raw"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=tr("cli.out"))


def warm(parser: Parser, tr: Translator) -> None:
    """Add the arguments of `warm`: a city, if not all."""
    parser.add_argument("city", nargs="?", metavar="CITY", help=tr("cli.one_city"))


def worker(parser: Parser, _tr: Translator) -> None:
    """Add the arguments of `worker`: another table of tasks, for its tests."""
    parser.add_argument("--table", default="", help=argparse.SUPPRESS)


COMMANDS: Mapping[str, Callable[[Parser, Translator], None]] = {
    "app": app,
    "cities": cities,
    "measure": measure,
    "networks": networks,
    "framework": framework,
    "check": check,
    "snapshot": snapshot,
    "reopen": reopen,
    "key": key,
    "store": store,
    "build": build,
    "warm": warm,
    "worker": worker,
}
"""The commands in the order of `--help`, each with the function that adds its arguments.

A command is run by the module of the same name, which is imported only then.
"""

INTERNAL = ("worker",)
"""Commands that the product starts itself; `--help` does not list them."""


def _question(parser: Parser, tr: Translator) -> None:
    """Add the options of a question."""
    parser.add_argument("city", metavar="CITY", help=tr("cli.city"))
    parser.add_argument("--layer", action="append", default=[], help=tr("cli.layer"))
    parser.add_argument("--together", action="store_true", help=tr("cli.together"))
    _ranking(parser, tr)
    parser.add_argument("--weight", metavar="|".join(WEIGHTS), help=tr("cli.weight"))
    parser.add_argument("--border", default="0", metavar="M", help=tr("cli.border"))
    parser.add_argument("--without", default="", metavar="ID", help=tr("cli.without"))
    parser.add_argument("--e", action="append", default=[], metavar="|".join(ES), help=tr("cli.e"))
    parser.add_argument("--p", action="append", default=[], metavar="|".join(PS), help=tr("cli.p"))
    bases = "|".join(RESTRICTIONS)
    parser.add_argument("--basis", default=RESTRICTIONS[0], metavar=bases, help=tr("cli.basis"))


def _ranking(parser: Parser, tr: Translator) -> None:
    """Add the options that say what is ranked and by what, and the seed."""
    parser.add_argument("--unit", help=tr("cli.unit"))
    parser.add_argument("--need", metavar="INDICATOR", help=tr("cli.need"))
    parser.add_argument("--seed", default="0", help=tr("cli.seed"))


def _json(parser: Parser, tr: Translator) -> None:
    """Add the option that prints JSON."""
    parser.add_argument("--json", action="store_true", help=tr("cli.as_json"))
