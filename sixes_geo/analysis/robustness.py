"""Robustness: whether the answer holds when the question is asked in every other way."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from sixes_geo.analysis.options import needs_of, weight_options
from sixes_geo.analysis.provision import Gatherer, Provision, gather
from sixes_geo.analysis.question import BORDERS, Question
from sixes_geo.analysis.ranking import placement, ranked_units, unit_figures, unrankable
from sixes_geo.city.model import Indicator
from sixes_geo.city.tables import indicator_named

VARIANT = ["unit", "need", "need_year", "weight", "border_m", "without"]
"""Columns that identify a variant."""


@dataclass(frozen=True)
class Robustness:
    """How many variants of a question give an answer on the same side.

    ``variants`` has a row per variant, as from `every_variant`, with ``asked`` true for the
    question itself. Of the ``of`` variants that could be measured, ``same_side`` have an index
    on the same side as the question's, and ``same_verdict`` have the same verdict too.
    """

    variants: pd.DataFrame
    same_side: int
    same_verdict: int
    of: int

    @property
    def share(self) -> float:
        """The share on the same side; missing if nothing could be measured."""
        return self.same_side / self.of if self.of else float("nan")


def every_variant(question: Question, *, gathered: Gatherer = gather) -> pd.DataFrame:
    """Measure a question in every variant that the data of its city allow.

    Parameters
    ----------
    question
        Its layers, seed, Es and partners are kept; unit, need, weight, border and the
        initiative left out vary.
    gathered
        Returns the provision of a question, for callers with a cache.

    Returns
    -------
    DataFrame
        A row per level of units, need and year, weight, border (as it is, or moved by 200 m)
        and, where the layers hold several initiatives, with and without the largest one:
        `VARIANT`, ``concentration_index``, ``lower``, ``upper``, ``n`` and ``verdict``. Variants
        that cannot be measured are left out.

    Notes
    -----
    Variants are neither independent nor equally good: the share of those that agree is no
    probability. It shows whether other choices would have led to another answer.
    """
    rows = []
    for count, needs in _counts(question, gathered):
        provision = gathered(count)
        for need, year in needs:
            variant = replace(count, need=need, year=year)
            ranked = ranked_units(unit_figures(variant, provision))
            if unrankable(ranked) is None:
                test = placement(variant, provision, ranked)
                figures = (test.index, *test.interval, test.n, test.verdict)
                rows.append((*_identity(variant), *figures))
    measured = ["concentration_index", "lower", "upper", "n", "verdict"]
    return pd.DataFrame(rows, columns=[*VARIANT, *measured])


def robustness_of(variants: pd.DataFrame, question: Question) -> Robustness:
    """Compare a question with all of its variants."""
    asked = (variants[VARIANT] == list(_identity(question))).all(axis=1)
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


def _counts(
    question: Question, gathered: Gatherer
) -> Iterator[tuple[Question, list[tuple[Indicator, int]]]]:
    """Yield every way to count the sites, with the needs that can rank its units."""
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
            count = replace(plain, unit=unit, need=need, year=year, weight=weight)
            left_out = left_out or _left_out(gathered(count))
            for border, without in product(BORDERS, left_out):
                yield replace(count, border=border, without=without), needs


def _left_out(provision: Provision) -> list[str]:
    """Return "", and the initiative with most sites if there is another one."""
    sites = provision.sites["initiative"].value_counts().sort_index(kind="stable")
    return ["", str(sites.idxmax())] if len(sites) > 1 else [""]


def question_of_variant(question: Question, variant: Mapping[Hashable, object]) -> Question:
    """Return the question of a variant, from a row of `every_variant` of a question."""
    city = question.city
    return replace(
        question,
        unit=city.unit_named(str(variant["unit"])),
        need=indicator_named(city, str(variant["need"])),
        year=int(str(variant["need_year"])),
        weight=str(variant["weight"]),
        border=int(str(variant["border_m"])),
        without=str(variant["without"]),
    )


def _identity(question: Question) -> tuple[str, str, int, str, int, str]:
    """Return the values of `VARIANT`, which no other variant of the question shares."""
    return (
        question.unit.unit,
        question.need.indicator,
        question.year,
        question.weight,
        question.border,
        question.without,
    )
