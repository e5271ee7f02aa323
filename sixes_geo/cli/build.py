"""The command `build`: rebuild the layers of cities from the raw files."""

from __future__ import annotations

import argparse
import sys

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.build import engine, listing, readme
from sixes_geo.city.catalog import data_folder
from sixes_geo.cli.console import progress
from sixes_geo.i18n import Translator


def run(options: argparse.Namespace) -> None:
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
            progress=lambda step, city=name: progress(tr("cli.step", city=city, step=step)),  # type: ignore[misc]
        )
        sys.stdout.write(tr("cli.built", city=name, path=str(folder)) + "\n")
    readme.write(options.out or data_folder())
    listing.write(options.out or data_folder())
