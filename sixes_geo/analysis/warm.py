"""Warming: measuring what visitors of a city see first, so that it is kept before they come."""

from __future__ import annotations

from collections.abc import Iterator

from sixes_geo.analysis import kept
from sixes_geo.analysis.gathered import remembering
from sixes_geo.analysis.link import resolved, view_of
from sixes_geo.analysis.networks import networks_of
from sixes_geo.analysis.options import unit_options
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.stress import answer, checks_of
from sixes_geo.city.model import City
from sixes_geo.i18n import LANGUAGES


def default_questions(city: City) -> list[Question]:
    """Return the questions that a city opens with, at each level of units that has a need."""
    first = _question(city.city)
    units = unit_options(city, first.layers)
    return [first] + [_question(city.city, unit) for unit in units if unit != first.unit.unit]


def warm(city: City) -> Iterator[Question]:
    """Measure what the pages of a city show by default, and yield each question when it is kept.

    That is the answer with its checks and variants at every level of units, and all networks of
    the city at its own.
    """
    gathered = remembering()
    questions = default_questions(city)
    for question in questions:
        checks_of(answer(question, gathered=gathered), gathered=gathered)
        kept.variants(question, gathered)
        kept.networks_count(question)
        yield question
    networks_of(
        questions[0],
        moved=lambda asked: kept.network(asked, gathered),
        on_jobs=lambda asked: kept.workplaces(asked, gathered),
    )


def _question(name: str, unit: str = "") -> Question:
    """Return the question of a link that names a city, and perhaps a level of units."""
    asked = {"city": name} | ({"unit": unit} if unit else {})
    return view_of(resolved(asked, LANGUAGES[0])[0]).question
