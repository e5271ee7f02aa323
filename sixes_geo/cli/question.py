"""How a command is told a city and a question."""

from __future__ import annotations

import argparse

from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.city.catalog import city_names
from sixes_geo.contributions.cities import open_cities, open_city


def asked(options: argparse.Namespace) -> Question:
    """Return the question that a command was told; what it was not told is the city's own."""
    city = open_city(city_named(options.city))
    return ask(
        city,
        layers=options.layer or city.view.layers,
        unit=options.unit,
        need=options.need,
        weight=options.weight,
        seed=options.seed,
        variation=Variation(options.border, options.without, tuple(options.e), tuple(options.p)),
    )


def city_named(text: str) -> str:
    """Return a city's folder by its name in any language, or the text as it is."""
    wanted = text.casefold()
    for name in city_names():
        if wanted == name.casefold():
            return name
    for city in open_cities()[0]:
        if wanted in {words.casefold() for words in city.name.values()}:
            return city.city
    return text
