"""The command line. It is used in scripts, so that its names and options are a contract.

Exit status 0 when done, 2 on wrong use or bad input, with one line on standard error and
nothing written; never a traceback. `app` gives 1 when there is nothing to serve.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from sixes_geo import __version__
from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.base.paths import refusal_of
from sixes_geo.cli.arguments import COMMANDS, INTERNAL
from sixes_geo.i18n import Translator

INSTALLED = "sixes-geo"
"""Name of the command if the package is installed."""


FIRST = {
    "app": ("address", "asked"),
    "measure": ("question", "asked"),
    "networks": ("question", "ranked"),
    "framework": ("one_city", "asked"),
    "snapshot": ("freezing", "asked"),
    "check": ("indicator_file", "asked"),
    "reopen": ("snapshot_file", "asked"),
}
"""What is read from the arguments, and refused, before a command loads what takes time."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, like all other errors."""

    def error(self, message: str) -> NoReturn:
        """Report wrong use as an error."""
        raise ChoiceError("command", [Problem("usage", {"got": message})], "see_help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    tr = Translator("en")
    _make_writable()
    try:
        given = sys.argv[1:] if arguments is None else arguments
        _refuse_long(given)
        options = _parser(tr).parse_args(given)
        status = _run(options)
        sys.stdout.flush()  # what cannot be delivered is told here, and not after the end
    except SixesGeoError as refusal:
        sys.stderr.write(refusal.explain(tr) + "\n")
        return 2
    except BrokenPipeError:
        _forget_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        sys.stderr.write(refusal_of(fault).explain(tr) + "\n")
        _forget_output()
        return 2
    return status


def _refuse_long(given: Sequence[str]) -> None:
    """Refuse arguments that are too many or too long, before any of them is repeated."""
    longest = max(map(len, given), default=0)
    if len(given) > limits.ARGUMENTS:
        fields = {"got": len(given), "allowed": limits.ARGUMENTS}
        raise ChoiceError("command", [Problem("too_many_arguments", fields)], "see_help")
    if longest > limits.ARGUMENT_CHARACTERS:
        fields = {"got": longest, "allowed": limits.ARGUMENT_CHARACTERS}
        raise ChoiceError("command", [Problem("long_argument", fields)], "see_help")


def _make_writable() -> None:
    """Let the standard streams take every text, also where they are closed or know few letters."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _forget_output() -> None:
    """Drop what nobody takes, so that it is not written once more at the end."""
    with suppress(OSError, ValueError):  # a stream may have no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(tr: Translator) -> Parser:
    """Return the parser of all commands."""
    installed = Path(sys.argv[0]).stem == INSTALLED
    prog = INSTALLED if installed else "python -m sixes_geo"
    parser = Parser(prog=prog, description=tr("cli.description"))
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(
        required=True, metavar="COMMAND", dest="command", parser_class=Parser
    )
    for name, takes in COMMANDS.items():
        said = tr(f"cli.{name}")
        known: dict[str, Any] = {} if name in INTERNAL else {"help": said}
        takes(commands.add_parser(name, description=said, **known), tr)
    return parser


def _run(options: argparse.Namespace) -> int:
    """Import the module of a command, run it, and return an exit status."""
    module, function = FIRST.get(options.command, ("", ""))
    found = [getattr(import_module(f"sixes_geo.cli.{module}"), function)(options)] if module else []
    status = import_module(f"sixes_geo.cli.{options.command}").run(options, *found)
    return 0 if status is None else int(status)


if __name__ == "__main__":
    sys.exit(main())
