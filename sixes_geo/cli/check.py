"""The command `check`: check a contributed indicator, and keep it on request."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from sixes_geo.cli.console import print_json
from sixes_geo.cli.question import city_named
from sixes_geo.contributions import city_detection, store
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import Translator
from sixes_geo.store.codes import new_code


def run(options: argparse.Namespace, content: bytes) -> None:
    """Check a contributed indicator, and keep it if requested."""
    tr = Translator("en")
    named = open_city(city_named(options.city)) if options.city else None
    city, made = city_detection.read(content, options.file.name, named)
    code = new_code() if options.keep else ""
    if options.keep:
        made = store.keep(city.city, made, code)
    if options.json:
        kept = {"kept": options.keep, **({"code": code} if code else {})}
        print_json({**kept, "city": city.city, **asdict(made)})
        return
    words = [tr("cli.checked", name=made.name, count=len(made.values), authors=made.authors)]
    words += [] if named else [tr("cli.by_places", city=tr.text(city.name))]
    words += [tr("cli.kept", indicator=made.indicator)] if options.keep else []
    words += [tr("cli.code", code=code)] if code else []
    sys.stdout.write(" ".join(words) + "\n")
