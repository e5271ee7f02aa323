"""The command `warm`: measure what visitors see first, so that they need not wait for it."""

from __future__ import annotations

import argparse
import sys
from tempfile import NamedTemporaryFile

from sixes_geo.analysis.warm import warm
from sixes_geo.base.paths import writing
from sixes_geo.city.catalog import city_names
from sixes_geo.cli.question import city_named
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import Translator
from sixes_geo.store import results


def run(options: argparse.Namespace) -> None:
    """Measure and keep the default views of one city, or of all."""
    tr, folder = Translator("en"), results.folder()
    cities = [open_city(city_named(options.city))] if options.city else []
    with writing(folder):  # where nothing can be kept, measuring is in vain
        folder.mkdir(parents=True, exist_ok=True)
        NamedTemporaryFile(dir=folder).close()
    for city in cities or map(open_city, city_names()):
        count = sum(1 for _ in warm(city))
        sys.stdout.write(tr("cli.warmed", city=city.city, count=count, folder=str(folder)) + "\n")
        sys.stdout.flush()
