"""Assessments: the answer to one question, as map, page, command line and snapshot show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sixes_geo import __version__
from sixes_geo.analysis.provision import Accounting, Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import (
    placement,
    rank_by,
    ranked_units,
    unit_figures,
    unrankable,
)
from sixes_geo.analysis.shares import QUINTILES, quintile_table, unit_shares
from sixes_geo.base.errors import InputError, Problem
from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_units
from sixes_geo.measures import (
    PlacementTest,
    concentration_curve,
    district_verdicts,
    expected_empty,
    need_quintiles,
    placement_band,
)
from sixes_geo.measures.base.thresholds import LEAST_HEADLINE_GAP, LEAST_UNITS_TO_RANK

TOP = 5
UNITS_FOR_TOP = range(2 * TOP, 61)
"""Numbers of units with which the sentence can name the five best-off or worst-off ones."""

BAND_DRAWS = 499
"""Random curves for the band, enough to know its width within a few percent."""

PARTS = (0.2, 0.4, 0.5, 0.6)
"""Shares of the people that the sentence can be about."""


@dataclass(frozen=True)
class Headline:
    """The figures of the headline sentence.

    ``side`` is the end of the need that the sentence is about, ``top`` the number of units there
    (0 when it is about a share of the people at that end), ``amount`` how much of ``of`` is in
    them (sites, or what is weighed), and ``people`` the share of the people who live there.
    `_cuts` lists the parts to choose from.
    """

    side: str
    top: int
    units: int
    amount: float
    of: float
    people: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class Zeros:
    """Units with people but no site: how many there are, and how many chance would leave."""

    found: int
    expected: float
    of: int


@dataclass(frozen=True)
class Assessment:
    """The answer to one question.

    ``units`` has a row per unit of the level (id, name, parent, population, need, lower, upper,
    sites, amount, the columns of `unit_shares`, expected, p_value, q_value, verdict, quintile).
    ``sites`` is always a count of sites, missing for money per unit; ``amount`` is what the
    question weighs, in `amount_unit`. ``band`` bounds the curve under chance, and is empty for
    money per unit. If nothing can be tested, ``test`` is None and ``why_not`` is the reason.
    """

    question: Question
    accounting: Accounting
    units: pd.DataFrame
    quintiles: pd.DataFrame
    curve: pd.DataFrame
    band: pd.DataFrame
    test: PlacementTest | None
    zeros: Zeros | None
    headline: Headline | None
    unplaced: tuple[Initiative, ...]
    why_not: Problem | None
    version: str = __version__

    @property
    def city(self) -> City:
        """The city of the question."""
        return self.question.city


def assess(question: Question, provision: Provision | None = None) -> Assessment:
    """Answer one question.

    Parameters
    ----------
    question
        A checked question.
    provision
        The result of `gather` for this question, if the caller has it already: it does not
        depend on the need.

    Returns
    -------
    Assessment
        Frozen; the same data and question give the same figures.

    Notes
    -----
    Units without a need figure or without population are left out of every index; their sites
    are counted in ``accounting.without_need``. An assessment says where things are, not why,
    nor who benefits.
    """
    provision = gather(question) if provision is None else provision
    units = _unit_table(question, provision)
    units["verdict"] = units["verdict"].fillna("cannot_tell")
    ranked = ranked_units(units)
    unranked = provision.sites["unit"].isin(set(units.index) - set(ranked.index)).sum()
    accounting = replace(provision.accounting, without_need=int(unranked))
    units = units.join(_quintile(question, ranked))
    why_not = unrankable(ranked)
    if why_not is not None and (question.es or question.ps) and not len(provision.sites):
        why_not = Problem("none_tagged")
    test = placement(question, provision, ranked) if why_not is None else None
    return Assessment(
        question=question,
        accounting=accounting,
        units=units,
        quintiles=quintile_table(units),
        curve=_curve(question, ranked) if why_not is None else pd.DataFrame(),
        band=_band(question, provision, ranked) if test else pd.DataFrame(),
        test=test,
        zeros=_zeros(units, provision) if test and provision.whole_counts.sum() > 0 else None,
        headline=_headline(question, units, test) if test else None,
        unplaced=provision.unplaced,
        why_not=why_not,
    )


def _unit_table(question: Question, provision: Provision) -> pd.DataFrame:
    """Return all figures of each unit of the level, but for its quintile."""
    unit = question.unit
    shapes = read_units(question.city, unit)
    names = pd.DataFrame(
        {"name": shapes["name"].to_numpy(), "parent": shapes["parent"].to_numpy()},
        index=pd.Index(shapes["id"], name="id"),
    )
    table = names.join(unit_figures(question, provision))
    peopled = table.dropna(subset=["population", "amount"])
    verdicts = _verdicts(provision.whole_counts[peopled.index], peopled)
    return table.join(unit_shares(peopled)).join(verdicts)


def _verdicts(counts: pd.Series, peopled: pd.DataFrame) -> pd.DataFrame:
    """Return each unit's verdict and expected sites; "cannot tell" where there are no sites.

    Verdicts need whole sites: an approximate site counts in the unit of its point.
    """
    if counts.sum() > 0 and peopled["population"].sum() > 0:
        return district_verdicts(counts, peopled["population"])
    empty = pd.DataFrame(np.nan, index=peopled.index, columns=["expected", "p_value", "q_value"])
    return empty.assign(verdict="cannot_tell")


def _zeros(units: pd.DataFrame, provision: Provision) -> Zeros:
    """Count the units without a site, observed and expected by chance."""
    population = units["population"].dropna()
    counts = provision.whole_counts[population.index]
    return Zeros(
        found=int((counts == 0).sum()),
        expected=expected_empty(counts, population),
        of=len(population),
    )


def _quintile(question: Question, ranked: pd.DataFrame) -> pd.Series:
    """Return the fifth of the people that each unit belongs to; missing where need is missing."""
    if len(ranked) < LEAST_UNITS_TO_RANK or ranked["population"].sum() <= 0:
        return pd.Series(dtype="float64", name="quintile")
    order = rank_by(question, ranked["need"])
    groups = need_quintiles(ranked["population"], order, groups=QUINTILES)
    return groups.rename("quintile")


def _curve(question: Question, ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the concentration curve, from the worst-off."""
    order = rank_by(question, ranked["need"])
    return concentration_curve(ranked["amount"], ranked["population"], order)


def _band(question: Question, provision: Provision, ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the bounds of the curve under chance; empty for money per unit, without sites."""
    if question.weight == "amount":
        return pd.DataFrame()
    pieces = provision.pieces[provision.pieces["unit"].isin(ranked.index)]
    held: pd.Series | np.ndarray = pieces.dropna(subset=["amount"]).groupby("site")["amount"].sum()
    if question.weight == "sites":
        held = np.ones(max(1, round(ranked["sites"].sum())))
    order = rank_by(question, ranked["need"])
    return placement_band(ranked["population"], order, held, draws=BAND_DRAWS, seed=question.seed)


def _headline(question: Question, units: pd.DataFrame, test: PlacementTest) -> Headline:
    """Return the figures of the headline, about the end to which the index leans.

    A curve can be on one side of the line as a whole and on the other near its end. The headline
    is then about a larger part, for which it agrees with the verdict.
    """
    ranked = ranked_units(units)
    side = "better" if test.index >= 0 else "worse"
    order = rank_by(question, ranked["need"])
    cuts = _cuts(ranked, order if side == "worse" else -order)
    gaps = [
        part["amount"].sum() / ranked["amount"].sum()
        - part["population"].sum() / ranked["population"].sum()
        for _, part in cuts
    ]
    clear = test.verdict != "cannot_tell"
    clear_gaps = (nth for nth, gap in enumerate(gaps) if gap >= LEAST_HEADLINE_GAP)
    top, part = cuts[next(clear_gaps, int(np.argmax(gaps))) if clear else 0]
    return Headline(
        side=side,
        top=top,
        units=len(part),
        amount=float(part["amount"].sum()),
        of=float(ranked["amount"].sum()),
        people=float(part["population"].sum() / ranked["population"].sum()),
        names=tuple(part["name"]),
    )


def _cuts(ranked: pd.DataFrame, order: pd.Series) -> list[tuple[int, pd.DataFrame]]:
    """Return parts of the units from one end of the need, with tied units kept together.

    First the five units at that end, if five can be told apart; then about a fifth, two fifths,
    half and three fifths of the people.
    """
    ranked = ranked.assign(order=order).sort_values(["order"], kind="stable")
    last = ranked["order"].iloc[min(TOP, len(ranked)) - 1]
    five = ranked[ranked["order"] <= last]
    cuts = [(TOP, five)] if len(ranked) in UNITS_FOR_TOP and len(five) == TOP else []
    people = ranked.groupby("order")["population"].sum().cumsum() / ranked["population"].sum()
    for part in PARTS:
        near = (people - part).abs().idxmin()
        cuts.append((0, ranked[ranked["order"] <= near]))
    return cuts


def refuse_unmeasurable(assessment: Assessment) -> None:
    """Raise the reason why a question could not be measured, for callers that need a figure.

    Raises
    ------
    InputError
        If there is no index.
    """
    if assessment.why_not is not None:
        where = assessment.question.layers[0].layer
        raise InputError("measure", [assessment.why_not], "choose_other", where=where)
