"""The city and the question of a command, from its arguments."""

from __future__ import annotations

import argparse

from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.city.catalog import city_names
from sixes_geo.contributions.cities import open_cities, open_city


def asked(options: argparse.Namespace) -> Question:
    """Return the question of a command; options not given are the city's defaults."""
    city = open_city(city_named(options.city))
    return ask(
        city,
        layers=options.layer or city.view.layers,
        unit=options.unit,
        need=options.need,
        weight=options.weight,
        seed=options.seed,
        variation=Variation(
            options.border, options.without, tuple(options.e), tuple(options.p), options.basis
        ),
    )


def city_named(text: str) -> str:
    """Return the folder of a city with a name in any language, or the text itself."""
    wanted = text.casefold()
    for name in city_names():
        if wanted == name.casefold():
            return name
    for city in open_cities()[0]:
        if wanted in {words.casefold() for words in city.name.values()}:
            return city.city
    return text
