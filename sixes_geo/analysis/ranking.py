"""Ranking: units by need, with the sites in them, as every index and test needs them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sixes_geo.analysis.provision import Provision
from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import Problem
from sixes_geo.city.tables import figures
from sixes_geo.measures import (
    NeedError,
    PlacementTest,
    allocation_test,
    need_error,
    placement_test,
    verdict_of_index,
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

    One question has one answer: headline, variants and comparisons all use the same draws. Where
    the need has limits, the interval carries its error, and so does the verdict.
    """
    return with_error(by_chance(question, provision, ranked), error(question, provision, ranked))


def by_chance(
    question: Question,
    provision: Provision,
    ranked: pd.DataFrame,
    jobs: pd.Series[float] | None = None,
) -> PlacementTest:
    """Test placement against chance, with the need taken as exact.

    A site falls on a resident, or on one of the ``jobs`` of the units if they are given.
    """
    order = rank_by(question, ranked["need"])
    people = ranked["population"]
    if question.weight == "sites":
        return placement_test(
            ranked["sites"], people, order, null_weights=jobs, draws=DRAWS, seed=question.seed
        )
    if question.weight == "amount":
        return allocation_test(ranked["amount"], people, order, draws=DRAWS, seed=question.seed)
    pieces = _pieces(provision, ranked)
    return weighted_placement_test(
        pieces["amount"],
        pieces["unit"],
        people,
        order,
        site=pieces["site"],
        null_weights=jobs,
        draws=DRAWS,
        seed=question.seed,
    )


def error(
    question: Question, provision: Provision, ranked: pd.DataFrame, cv: float | None = None
) -> NeedError | None:
    """Return the index with the error of its need; None if the need has no limits.

    Parameters
    ----------
    question, provision
        A question and its sites.
    ranked
        The units that can be ranked.
    cv
        A coefficient of variation to assume of every figure, for a need without limits.

    Returns
    -------
    NeedError or None
        None also for money per unit, which was not placed by anybody site by site.
    """
    limits = ranked[["lower", "upper"]]
    if question.weight == "amount" or (cv is None and not limits.notna().all(axis=1).any()):
        return None
    by_sites = question.weight == "sites"
    pieces = _pieces(provision, ranked)
    return need_error(
        ranked["sites"] if by_sites else pieces["amount"],
        ranked["population"],
        ranked["need"],
        None if cv else limits["lower"],
        None if cv else limits["upper"],
        higher_is_better_off=question.need.higher_is_better_off,
        unit_of_site=None if by_sites else pieces["unit"],
        cv=cv,
        seed=question.seed,
    )


def with_error(test: PlacementTest, error: NeedError | None) -> PlacementTest:
    """Return a test with the interval, and so the verdict, that the error of the need leaves."""
    if error is None:
        return test
    bounded = error.interval_method == "bounded"
    return replace(
        test,
        interval=error.interval,
        interval_method="bounded_with_error" if bounded else "reflected",
        verdict=verdict_of_index(test.p_value, error.interval, expected=test.expected),
    )


def _pieces(provision: Provision, ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the pieces of sites in ranked units whose amount is known."""
    pieces = provision.pieces[provision.pieces["unit"].isin(ranked.index)]
    return pieces.dropna(subset=["amount"])
