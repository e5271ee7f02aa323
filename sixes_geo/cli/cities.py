"""The command `cities`: what there is to ask about."""

from __future__ import annotations

import argparse
import sys

from sixes_geo.city.catalog import city_names
from sixes_geo.cli.console import print_json
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import Translator
from sixes_geo.output.records import city_record


def run(options: argparse.Namespace) -> None:
    """List the cities."""
    records = [city_record(open_city(name)) for name in city_names()]
    if options.json:
        print_json(records)
        return
    tr = Translator("en")
    for record in records:
        name = tr.text(record["name"])
        sys.stdout.write(tr("cli.city_line", city=record["city"], name=name) + "\n")
        for kind in ("unit", "need", "layer"):
            for entry in record[f"{kind}s"]:
                fields = {**entry, "years": ", ".join(map(str, entry.get("years", ())))}
                sys.stdout.write(tr(f"cli.{kind}_line", **fields) + "\n")
