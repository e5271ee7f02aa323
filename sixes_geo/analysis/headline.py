"""The headline: how much stands in one part of the city, which is fixed before anything is known.

The part is always the best-off end: the five best-off units where five can be told apart, else
about a fifth of the people. It is never chosen to agree with the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.measures.base.thresholds import ALPHA, LEAST_HEADLINE_GAP
from sixes_geo.measures.placement.verdicts import binomial_p_values

TOP = 5
UNITS_FOR_TOP = range(2 * TOP, 61)
"""Numbers of units with which the sentence can name the five best-off ones."""

PART = 0.2
"""Share of the people that the sentence is about where no five units can be named."""


@dataclass(frozen=True)
class Headline:
    """The figures of the headline sentence, about the best-off end.

    ``top`` is the number of units there (0 when it is about a share of the people), ``amount``
    how much of ``of`` is in them (sites, or what is weighed), ``people`` the share of the people
    who live there, and ``p_value`` the probability, by chance, of a share of the sites at least
    as unlikely (missing where no sites are counted).
    """

    top: int
    units: int
    amount: float
    of: float
    people: float
    names: tuple[str, ...]
    p_value: float

    @property
    def gap(self) -> float:
        """How much larger the share of the amount is than that of the people."""
        return self.amount / self.of - self.people

    @property
    def beyond_chance(self) -> bool:
        """Whether this share alone is more than chance."""
        return self.p_value <= ALPHA

    def against(self, index: float) -> bool:
        """Tell whether the sentence points to the other side than an index."""
        return abs(self.gap) >= LEAST_HEADLINE_GAP and (self.gap > 0) != (index > 0)


def headline_of(question: Question, ranked: pd.DataFrame) -> Headline:
    """Return the figures of the headline.

    Parameters
    ----------
    question
        The question, whose need says which end is the best-off one.
    ranked
        The units that can be ranked, with name, population, need, sites and amount.
    """
    top, part = best_off(ranked, rank_by(question, ranked["need"]))
    people = float(part["population"].sum() / ranked["population"].sum())
    return Headline(
        top=top,
        units=len(part),
        amount=float(part["amount"].sum()),
        of=float(ranked["amount"].sum()),
        people=people,
        names=tuple(part["name"]),
        p_value=_p_value(part["sites"].sum(), ranked["sites"].sum(), people),
    )


def best_off(ranked: pd.DataFrame, order: pd.Series) -> tuple[int, pd.DataFrame]:
    """Return the best-off part of the units, with tied units kept together.

    Parameters
    ----------
    ranked
        The units that can be ranked.
    order
        Their need, rising from the worst-off to the best-off.

    Returns
    -------
    top : int
        `TOP` if the part is that many units that can be told apart from the others, else 0.
    part : DataFrame
        The rows of these units, the best-off first.
    """
    falling = ranked.assign(order=-order).sort_values("order", kind="stable")
    last = falling["order"].iloc[min(TOP, len(falling)) - 1]
    five = falling[falling["order"] <= last]
    if len(falling) in UNITS_FOR_TOP and len(five) == TOP:
        return TOP, five
    people = falling.groupby("order")["population"].sum().cumsum() / falling["population"].sum()
    return 0, falling[falling["order"] <= (people - PART).abs().idxmin()]


def _p_value(sites: float, of: float, people: float) -> float:
    """Return how likely chance is to place a share of the sites at least as unlikely."""
    total = round(of) if np.isfinite(of) else 0
    if total < 1 or not 0 < people < 1:
        return float("nan")
    within = np.array([min(round(sites), total)], dtype=float)
    return float(binomial_p_values(within, float(total), np.array([people]))[0])
