"""The city and the questions of a command, from its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sixes_geo.analysis.beside import ask_each
from sixes_geo.analysis.options import can_be_pooled
from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.catalog import city_names
from sixes_geo.contributions.cities import open_cities, open_city


def asked(options: argparse.Namespace) -> list[Question]:
    """Return the questions of a command; options not given are the city's defaults.

    There is one for each layer, as if each were asked about alone, or one for all of them
    together.
    """
    city = open_city(city_named(options.city))
    layers = tuple(dict.fromkeys(options.layer or city.view.layers))

    def asking(names: Sequence[str]) -> Question:
        return ask(
            city,
            layers=names,
            unit=options.unit,
            need=options.need,
            weight=options.weight,
            seed=options.seed,
            variation=Variation(
                options.border, options.without, tuple(options.e), tuple(options.p), options.basis
            ),
        )

    return [asking(layers)] if options.together else ask_each(asking, layers)


def asked_once(options: argparse.Namespace) -> Question:
    """Return the question of a command that gives one answer."""
    questions = asked(options)
    if len(questions) > 1:
        names = ", ".join(name for question in questions for name in question.layer_names)
        problem = Problem("one_answer", {"count": len(questions), "got": names})
        layers = [layer for question in questions for layer in question.layers]
        hint = "choose_together" if can_be_pooled(layers) else "choose_one_layer"
        raise ChoiceError("snapshot", [problem], hint)
    return questions[0]


def ranked(options: argparse.Namespace) -> Question:
    """Return the question of a command that asks every network of a city by one unit and need."""
    return asked(options)[0]


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
