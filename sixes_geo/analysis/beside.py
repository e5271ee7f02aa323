"""Networks side by side: a question for each, so that no network drowns another.

A page, a link or a command may name several networks. Unless a person asks for them to be
counted together, each is measured by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sixes_geo.analysis.options import (
    can_be_tagged,
    default_need,
    default_weight,
    need_options,
    unit_options,
    weight_options,
    without_options,
)
from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import Layer


def asked_beside(first: Question, layer: Layer) -> Question:
    """Return the question of a network that stands beside the first one.

    City, need, unit, border, Es and partners are those of the first, as far as the layer has
    them: money is known for one level of units only, and has no Es. The weight is the layer's
    own, unless the first is weighed by something that was chosen and this layer has it too.
    """
    city, layers = first.city, (layer,)
    units = unit_options(city, layers)
    unit = first.unit.unit
    if unit not in units:
        unit = city.view.unit if city.view.unit in units else next(iter(units), unit)
    known = first.need_and_year in need_options(city, unit)
    chosen = first.weight != default_weight(city, first.layers)
    taggable = can_be_tagged(layers)
    return ask(
        city,
        layers=[layer.layer],
        unit=unit,
        need=first.need_and_year if known else default_need(city, unit),
        weight=first.weight if chosen and first.weight in weight_options(layers) else None,
        seed=first.seed,
        variation=Variation(
            border=first.border,
            without=first.without if first.without in without_options(layers) else "",
            es=first.es if taggable else (),
            ps=first.ps if taggable else (),
            basis=first.basis,
        ),
    )


def ask_each(asking: Callable[[Sequence[str]], Question], names: Sequence[str]) -> list[Question]:
    """Return a question for each of several layers, or one error with every fault of any.

    Parameters
    ----------
    asking
        Asks about some layers, as `ask` does.
    names
        The layers, each asked about by itself.

    Raises
    ------
    ChoiceError
        A fault that not all layers have names those that have it.
    """
    questions: list[Question] = []
    faults: dict[str, tuple[Problem, list[str]]] = {}
    hints: list[str] = []
    for name in dict.fromkeys(names):
        try:
            questions.append(asking([name]))
        except ChoiceError as refusal:
            hints.append(refusal.hint)
            for problem in refusal.problems:
                faults.setdefault(str(problem), (problem, []))[1].append(name)
    if not faults:
        return questions
    every = len(dict.fromkeys(names))
    raise ChoiceError(
        "choice",
        [
            problem if len(of) == every else replace(problem, at=", ".join(of))
            for problem, of in faults.values()
        ],
        hints[0],
    )
