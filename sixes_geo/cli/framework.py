"""The command `framework`: the tags of initiatives, and their coders."""

from __future__ import annotations

import argparse
import sys

from sixes_geo.city.catalog import city_names
from sixes_geo.cli.console import print_json
from sixes_geo.cli.question import city_named
from sixes_geo.contributions.cities import open_city
from sixes_geo.framework.listing import listed, listed_entries
from sixes_geo.i18n import Translator
from sixes_geo.wording.tags import initiative_line


def run(options: argparse.Namespace, name: str) -> None:
    """List initiatives with their tags."""
    tr = Translator(options.lang)
    city = city_named(name) if name else None
    names = [city] if city else list(city_names())
    found = [one for name in names for one in listed(open_city(name), tr)]
    if options.json:
        print_json({"initiatives": found, "entries": listed_entries(city, tr)})
        return
    for one in found:
        sys.stdout.write(initiative_line(one, tr) + "\n")
