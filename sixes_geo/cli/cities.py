"""The command `cities`: list cities with their units, needs and layers."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from sixes_geo.city.folders import city_names, data_folder
from sixes_geo.city.listing import listed
from sixes_geo.cli.console import print_json
from sixes_geo.contributions.presence import anything_added
from sixes_geo.i18n import Translator


def run(options: argparse.Namespace) -> None:
    """List the cities."""
    records = [_record(name) for name in city_names()]
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
                form = kind if entry.get("sites", 0) is not None else "per_unit"
                measured = entry.get("amount_units", {}).get("amount", "")
                sys.stdout.write(tr(f"cli.{form}_line", amount_unit=measured, **fields) + "\n")


def _record(name: str) -> dict[str, Any]:
    """Return what a city offers: as listed, or read anew if it has changed or was added to."""
    added = anything_added(name)
    known = None if added else listed(data_folder(), name)
    if known is not None:
        return known
    open_city = import_module("sixes_geo.contributions.cities").open_city  # heavy, seldom needed
    record: dict[str, Any] = import_module("sixes_geo.output.records").city_record(open_city(name))
    return record
