"""Assessments: the answer to one question, as map, page, command line and snapshot show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sixes_geo import __version__
from sixes_geo.analysis.headline import Headline, headline_of
from sixes_geo.analysis.provision import Accounting, Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import (
    by_chance,
    error,
    rank_by,
    ranked_units,
    unit_figures,
    unrankable,
    with_error,
)
from sixes_geo.analysis.shares import QUINTILES, quintile_table, unit_shares
from sixes_geo.analysis.split import Split, split_of
from sixes_geo.base.errors import InputError, Problem
from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_units
from sixes_geo.measures import (
    NeedError,
    NetworkTest,
    PlacementTest,
    concentration_curve,
    district_verdicts,
    expected_empty,
    need_quintiles,
    placement_band,
)
from sixes_geo.measures.base.thresholds import LEAST_UNITS_TO_RANK

BAND_DRAWS = 499
"""Random curves for the band, enough to know its width within a few percent."""


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
    ``need_error`` is what the limits of the need leave of the index, None if it has none; the
    interval of ``test`` is then its. ``split`` ranks the residents of deprived areas as a group,
    None where the city has none. ``network`` moves the sites as one piece: None until it is asked
    for (`stress.with_network`), as it takes long.
    """

    question: Question
    accounting: Accounting
    units: pd.DataFrame
    quintiles: pd.DataFrame
    curve: pd.DataFrame
    band: pd.DataFrame
    test: PlacementTest | None
    need_error: NeedError | None
    split: Split | None
    zeros: Zeros | None
    headline: Headline | None
    unplaced: tuple[Initiative, ...]
    why_not: Problem | None
    network: NetworkTest | None = None
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
    test = limits = split = None
    if why_not is None:
        limits = error(question, provision, ranked)
        test = with_error(by_chance(question, provision, ranked), limits)
        split = split_of(question, provision, ranked)
    return Assessment(
        question=question,
        accounting=accounting,
        units=units,
        quintiles=quintile_table(units),
        curve=_curve(question, ranked) if why_not is None else pd.DataFrame(),
        band=_band(question, provision, ranked) if test else pd.DataFrame(),
        test=test,
        need_error=limits,
        split=split,
        zeros=_zeros(units, provision) if test and provision.whole_counts.sum() > 0 else None,
        headline=headline_of(question, ranked) if test else None,
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
    """Return the quintile of the people that each unit is in; missing where need is missing."""
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
