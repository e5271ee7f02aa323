"""Cities side by side: the same kind of network, measured in each by its own need and units.

Cities are not ranked, and no two are put on one scale: only shares and ranks within each city
are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.question import Question, ask
from sixes_geo.city.model import City, Layer
from sixes_geo.measures.base.thresholds import LEAST_CITIES_TO_COMPARE

OPENING = "opening"
"""The network that each city opens with, whatever its kind."""

NAMED_KINDS: tuple[str, ...] = (
    "bike-share",
    "ev-charging",
    "transit",
    "air-sensor",
    "camera",
    "named",
    "bus-stop",
    "school",
    "health",
)
"""Kinds with a name in all languages; other kinds go by the title of a layer."""


def kinds_of(cities: Iterable[City]) -> dict[str, Layer | None]:
    """Return the kinds of network that at least two cities have, each with one of its layers."""
    by_kind: dict[str, dict[str, Layer]] = {}
    for city in cities:
        for layer in city.layers:
            if not layer.per_unit and not layer.newest:  # mixtures are not of one kind
                by_kind.setdefault(layer.kind, {}).setdefault(city.city, layer)
    return {OPENING: None} | {
        kind: next(iter(layers.values()))
        for kind, layers in by_kind.items()
        if len(layers) >= LEAST_CITIES_TO_COMPARE
    }


def question_for(city: City, kind: str) -> Question | None:
    """Return a city's question about a kind of network: the first layer of it in the manifest.

    Unit and need are those the city opens with, and so is the network where no kind is chosen;
    each site counts once.
    """
    if kind == OPENING:
        return ask(city, layers=city.view.layers[:1])
    layers = (layer for layer in city.layers if layer.kind == kind and not layer.per_unit)
    layer = next(layers, None)
    return None if layer is None else ask(city, layers=[layer.layer])


def side_by_side(
    cities: Iterable[City], kind: str, assessed: Callable[[Question], Assessment] = assess
) -> tuple[Assessment, ...]:
    """Measure one kind of network in every city that has it."""
    questions = (question_for(city, kind) for city in cities)
    return tuple(assessed(question) for question in questions if question is not None)
