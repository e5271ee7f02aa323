"""How sturdy an answer is: the same question in every other way it could have been put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import BORDERS, Question, needs_of, weight_options
from sixes_geo.analysis.ranking import placement, ranked_units, unit_figures, unrankable
from sixes_geo.city.model import Indicator

DRAWS = 999
"""Random draws of each dot: enough to tell 0.05 from more, and quick for a hundred of them."""

QUESTION = ["unit", "need", "need_year", "weight", "border_m", "without"]
"""What tells one dot from another."""

Gatherer = Callable[[Question], Provision]


@dataclass(frozen=True)
class Robustness:
    """How many of all ways to put the question give an answer on the same side.

    ``variants`` has a row per way, as `every_variant` returns them, with ``asked`` for the one
    that is shown; ``same_side`` of the ``of`` that could be measured lie on the side of its
    index, ``same_verdict`` have its verdict too.
    """

    variants: pd.DataFrame
    same_side: int
    same_verdict: int
    of: int

    @property
    def share(self) -> float:
        """Return the share on the same side, missing where nothing could be measured."""
        return self.same_side / self.of if self.of else float("nan")


def every_variant(question: Question, *, gathered: Gatherer = gather) -> pd.DataFrame:
    """Measure the layers of a question in every way that the city's data allow.

    Parameters
    ----------
    question
        Its layers are counted together, with its seed, Es and partners; unit, need, weight,
        border and what is left out vary.
    gathered
        How to find what stands where, for a caller that keeps what it has found.

    Returns
    -------
    DataFrame
        A row per level of units, need and year, weight, border (as it is or moved by 200 m)
        and, where the layers hold several initiatives, with and without the one of most sites:
        `QUESTION`, ``concentration_index``, ``lower``, ``upper``, ``n`` and ``verdict``. Ways
        that cannot be measured are left out.

    Notes
    -----
    The ways are not independent of one another, nor equally good: their share is no
    probability. It says whether a reader who would have chosen otherwise would read otherwise.
    """
    rows = []
    for place, needs in _places(question, gathered):
        provision = gathered(place)
        for need, year in needs:
            way = replace(place, need=need, year=year)
            ranked = ranked_units(unit_figures(way, provision))
            if unrankable(ranked) is None:
                test = placement(way, provision, ranked, DRAWS)
                found = (test.index, *test.interval, test.n, test.verdict)
                rows.append((*_told_apart(way), *found))
    measured = ["concentration_index", "lower", "upper", "n", "verdict"]
    return pd.DataFrame(rows, columns=[*QUESTION, *measured])


def robustness_of(variants: pd.DataFrame, question: Question) -> Robustness:
    """Set one way to put the question against all of them."""
    asked = (variants[QUESTION] == list(_told_apart(question))).all(axis=1)
    side = np.sign(variants["concentration_index"])
    shown = variants[asked]
    same = side == (np.sign(shown["concentration_index"].iloc[0]) if len(shown) else np.nan)
    agreeing = same & variants["verdict"].isin(shown["verdict"])
    return Robustness(
        variants=variants.assign(asked=asked, same_side=same),
        same_side=int(same.sum()),
        same_verdict=int(agreeing.sum()),
        of=len(variants) if len(shown) else 0,
    )


def _places(
    question: Question, gathered: Gatherer
) -> Iterator[tuple[Question, list[tuple[Indicator, int]]]]:
    """Go through every way to count what stands where, with the needs it can be ranked by."""
    left_out: list[str] = []
    plain = replace(question, border=0, without="")
    for unit in question.city.units:
        needs = [
            (need, year)
            for need in needs_of(question.city, unit.unit)
            for year in sorted(need.years[unit.unit], reverse=True)
        ]
        for weight in weight_options(question.layers) if needs else ():
            need, year = needs[0]
            place = replace(plain, unit=unit, need=need, year=year, weight=weight)
            left_out = left_out or _left_out(gathered(place))
            for border, without in product(BORDERS, left_out):
                yield replace(place, border=border, without=without), needs


def _left_out(provision: Provision) -> list[str]:
    """Return nothing, and the initiative of most sites where another one remains."""
    standing = provision.sites["initiative"].value_counts().sort_index(kind="stable")
    return ["", str(standing.idxmax())] if len(standing) > 1 else [""]


def _told_apart(question: Question) -> tuple[str, str, int, str, int, str]:
    """Return what tells a question from the others about the same layers."""
    return (
        question.unit.unit,
        question.need.indicator,
        question.year,
        question.weight,
        question.border,
        question.without,
    )
