"""Cities side by side: the same kind of network, each measured by its own need and units.

No city is ranked, and no figure of one is put on a scale of another: only shares and ranks
within each city are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.question import Question, ask
from sixes_geo.city.model import City, Layer

OPENING = "opening"
"""The network each city opens with, whatever its kind."""

NAMED_KINDS: tuple[str, ...] = (
    "bike-share",
    "ev-charging",
    "transit",
    "air-sensor",
    "named",
    "bus-stop",
    "school",
    "health",
)
"""Kinds that have a name of their own in all languages; others go by the title of a layer."""

FEWEST = 2


def kinds_of(cities: Iterable[City]) -> dict[str, Layer | None]:
    """Return the kinds of network that at least two cities have, with a layer of each."""
    found: dict[str, dict[str, Layer]] = {}
    for city in cities:
        for layer in city.layers:
            if not layer.per_unit and not layer.newest:  # mixtures are not alike
                found.setdefault(layer.kind, {}).setdefault(city.city, layer)
    shared = {kind: one for kind, one in found.items() if len(one) >= FEWEST}
    return {OPENING: None} | {kind: next(iter(one.values())) for kind, one in shared.items()}


def question_for(city: City, kind: str) -> Question | None:
    """Return a city's question for a kind of network: the first layer of it that the city lists.

    Unit and need are those the city opens with; sites count one each.
    """
    if kind == OPENING:
        return ask(city, layers=city.view.layers)
    layer = next((one for one in city.layers if one.kind == kind and not one.per_unit), None)
    return None if layer is None else ask(city, layers=[layer.layer])


def side_by_side(
    cities: Iterable[City], kind: str, assessed: Callable[[Question], Assessment] = assess
) -> tuple[Assessment, ...]:
    """Measure one kind of network in every city that has it."""
    questions = (question_for(city, kind) for city in cities)
    return tuple(assessed(question) for question in questions if question is not None)
