"""Ranking: units by need, with the sites in them, as every index and test needs them."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.provision import Provision
from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import Problem
from sixes_geo.city.tables import figures
from sixes_geo.measures import (
    PlacementTest,
    allocation_test,
    placement_test,
    weighted_placement_test,
)
from sixes_geo.measures.base.thresholds import LEAST_UNITS_TO_RANK

DRAWS = 9999
"""Random draws of every test, so that a question has the same answer wherever it is shown."""


def rank_by(question: Question, need: pd.Series) -> pd.Series:
    """Return the need with its sign such that it rises from the worst-off to the best-off."""
    better = question.need.higher_is_better_off
    return need if better else -need


def unit_figures(question: Question, provision: Provision) -> pd.DataFrame:
    """Return people, need with its interval, sites and amount for every unit of the level."""
    unit = question.unit
    need = figures(question.city, unit, question.need.indicator, question.year)
    return pd.DataFrame(
        {
            "population": figures(question.city, unit, *unit.population)["value"],
            "need": need["value"],
            "lower": need["lower"],
            "upper": need["upper"],
            "sites": provision.counts,
            "amount": provision.amounts,
        }
    )


def ranked_units(units: pd.DataFrame) -> pd.DataFrame:
    """Return the units that can be ranked: those with known need, people and amount."""
    return units.dropna(subset=["need", "population", "amount"])


def unrankable(ranked: pd.DataFrame) -> Problem | None:
    """Return why nothing can be tested, or None if it can."""
    if len(ranked) < LEAST_UNITS_TO_RANK or ranked["population"].sum() <= 0:
        return Problem("too_few_units", {"got": len(ranked)})
    if ranked["amount"].sum() > 0:
        return None
    return Problem("no_capacity" if ranked["sites"].sum() > 0 else "no_sites", {})


def placement(question: Question, provision: Provision, ranked: pd.DataFrame) -> PlacementTest:
    """Test placement against chance, by sites or by their amounts.

    One question has one answer: headline, variants and comparisons all use the same draws.
    """
    order = rank_by(question, ranked["need"])
    people = ranked["population"]
    if question.weight == "sites":
        return placement_test(ranked["sites"], people, order, draws=DRAWS, seed=question.seed)
    if question.weight == "amount":
        return allocation_test(ranked["amount"], people, order, draws=DRAWS, seed=question.seed)
    pieces = provision.pieces[provision.pieces["unit"].isin(ranked.index)]
    pieces = pieces.dropna(subset=["amount"])
    return weighted_placement_test(
        pieces["amount"],
        pieces["unit"],
        people,
        order,
        site=pieces["site"],
        draws=DRAWS,
        seed=question.seed,
    )
