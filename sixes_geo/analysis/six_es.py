"""The six Es: where the initiatives that carry an E, or share their partners, are placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd

from sixes_geo.analysis.provision import Provision, counted_initiatives, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import placement, rank_by, ranked_units, unit_figures, unrankable
from sixes_geo.analysis.split import Split, split_of
from sixes_geo.base.errors import InputError, Problem
from sixes_geo.city.model import ES, PS, Initiative
from sixes_geo.city.tag import BASES
from sixes_geo.framework.tags import profiles
from sixes_geo.measures import (
    IndexDifference,
    PlacementTest,
    index_difference,
)
from sixes_geo.measures.base.thresholds import LEAST_SITES_OF_GROUP

YARDSTICK = "efficiency"
"""The E that the others are compared with: the conventional one."""

Members = Mapping[tuple[str, ...], tuple[Initiative, ...]]


@dataclass(frozen=True)
class Group:
    """The initiatives that carry one E, or have one set of partners, and their placement.

    ``of`` names the E, or the partners. ``initiatives`` are those of the question that belong to
    the group, and ``bases`` tells what an E or a partner of each rests on, one of `BASES`;
    ``placed`` counts the sites of each in units with a need figure. ``full`` counts
    each site whole in every group it belongs to, ``fractional`` in equal parts over them. Both
    are None if there are fewer than `LEAST_SITES_OF_GROUP` sites; ``why_not`` is the reason.
    ``split`` ranks the residents of deprived areas as a group, where the city has counted them.
    """

    of: tuple[str, ...]
    initiatives: tuple[Initiative, ...]
    placed: Mapping[str, int]
    full: PlacementTest | None
    fractional: PlacementTest | None
    why_not: Problem | None
    provision: Provision
    bases: Mapping[str, str]
    split: Split | None

    @property
    def turns(self) -> bool:
        """Whether the residents of deprived areas turn the answer to the other side."""
        return self.split is not None and self.split.turns

    @property
    def rests_on(self) -> dict[str, int]:
        """How many of the initiatives rest on each basis, the strongest first."""
        found = Counter(self.bases.values())
        return {basis: found[basis] for basis in BASES if found[basis]}

    @property
    def sites(self) -> int:
        """Number of sites in units with a need figure."""
        return sum(self.placed.values())

    @property
    def in_paper(self) -> int:
        """How many of these sites belong to initiatives that the paper itself names.

        The Es of all others were coded by this project or its readers, mostly from the programme
        that a network is part of.
        """
        named = (initiative.id for initiative in self.initiatives if initiative.from_paper)
        return sum(self.placed.get(name, 0) for name in named)

    @property
    def largest(self) -> tuple[str, float]:
        """The initiative with most sites, and its share of the sites."""
        if not self.sites:
            return "", float("nan")
        name = max(self.placed, key=lambda initiative: self.placed[initiative])
        return name, self.placed[name] / self.sites


def by_e(question: Question) -> tuple[Group, ...]:
    """Measure the initiatives that carry each of the six Es.

    Parameters
    ----------
    question
        Gives layers, unit and need. Sites are counted, whatever the question weighs.

    Returns
    -------
    tuple of Group
        One for each E, in the order of `ES`, including those without initiatives.

    Notes
    -----
    An E is what coders say about an initiative, mostly about its aims: the placement of what is
    *called* equity does not show whether it makes anything more equal. What is to be
    strengthened, or warned of, is not carried; the question's ``basis`` restricts what is. The
    sites of one network are placed together and are no independent evidence; ``largest`` shows
    how much one network decides.
    """
    tagged = profiles(question.city)
    counted = counted_initiatives(question)
    return _groups(
        question,
        {
            (e,): tuple(each for each in counted if e in tagged[each.id].carried_on(question.basis))
            for e in ES
        },
    )


def by_partner(question: Question) -> tuple[Group, ...]:
    """Measure the initiatives in which public, private and people each take part."""
    tagged = profiles(question.city)
    counted = counted_initiatives(question)
    return _groups(
        question,
        {
            (p,): tuple(
                each for each in counted if p in tagged[each.id].partners_on(question.basis)
            )
            for p in PS
        },
    )


def by_partnership(question: Question) -> tuple[Group, ...]:
    """Measure each set of partners on record; the empty set, not documented, comes last.

    A set lists the partners who are known to take part; there may be others.
    """
    tagged = profiles(question.city)
    members: dict[tuple[str, ...], tuple[Initiative, ...]] = {}
    for initiative in counted_initiatives(question):
        partners = tagged[initiative.id].partners_on(question.basis)
        members[partners] = (*members.get(partners, ()), initiative)
    order = sorted(members, key=lambda key: (not key, len(key), [PS.index(p) for p in key]))
    return _groups(question, {key: members[key] for key in order})


def single_initiative(question: Question, initiative: str) -> Group:
    """Measure one initiative by itself, by the unit and need of a question."""
    layers = [layer for layer in question.city.layers if initiative in layer.initiatives]
    newest = tuple(sorted(layers, key=lambda layer: not layer.newest)[:1])
    question = replace(question, layers=newest, weight="sites", without="", es=(), ps=())
    members = tuple(each for each in counted_initiatives(question) if each.id == initiative)
    return _group(question, (initiative,), members, {initiative: 1})


def against_efficiency(question: Question, groups: tuple[Group, ...]) -> dict[str, IndexDifference]:
    """Compare the index of each E with that of efficiency, where both have enough sites.

    Above 0, the sites of an E lean more to the better-off than those of efficiency. Sites that
    carry both count on both sides, and add no uncertainty to the difference.
    """
    tested = {group.of[0]: group for group in groups if group.full is not None}
    if YARDSTICK not in tested:
        return {}
    ranked = ranked_units(unit_figures(question, tested[YARDSTICK].provision))
    order = rank_by(question, ranked["need"])

    def units(name: str) -> pd.Series[str]:
        unit = tested[name].provision.sites["unit"]
        ranked_only: pd.Series[str] = unit[unit.isin(ranked.index)]
        return ranked_only

    differences = {}
    for name in tested:
        if name != YARDSTICK:
            with suppress(InputError):  # all sites may be in units without a need figure
                differences[name] = index_difference(
                    units(YARDSTICK), units(name), ranked["population"], order, seed=question.seed
                )
    return differences


def _groups(question: Question, members: Members) -> tuple[Group, ...]:
    """Measure groups of initiatives, which may overlap."""
    question = replace(question, weight="sites")
    times = Counter(each.id for initiatives in members.values() for each in initiatives)
    return tuple(_group(question, of, each, times) for of, each in members.items())


def _group(
    question: Question,
    of: tuple[str, ...],
    members: tuple[Initiative, ...],
    times: Mapping[str, int],
) -> Group:
    """Measure one group; ``times`` is the number of groups that each initiative belongs to."""
    provision = gather(question, {initiative.id for initiative in members})
    ranked = ranked_units(unit_figures(question, provision))
    sites = provision.sites[provision.sites["unit"].isin(ranked.index)]
    placed = {str(name): int(n) for name, n in sites["initiative"].value_counts().items()}
    why_not = _why_not(len(sites), ranked)
    full = fractional = split = None
    if why_not is None:
        full = placement(question, provision, ranked)
        pieces = provision.pieces
        parts = pieces["site"].map(provision.sites["initiative"]).map(times)
        shared = replace(provision, pieces=pieces.assign(amount=pieces["share"] / parts))
        fractional = placement(replace(question, weight="capacity"), shared, ranked)
        split = split_of(question, provision, ranked)
    bases = _bases(question, of, members)
    return Group(of, members, placed, full, fractional, why_not, provision, bases, split)


def _bases(
    question: Question, of: tuple[str, ...], members: tuple[Initiative, ...]
) -> dict[str, str]:
    """Return what the E or the partner of a group rests on, of each of its initiatives."""
    if len(of) != 1 or of[0] not in (*ES, *PS):
        return {}
    tagged = profiles(question.city)
    said = {each.id: {**tagged[each.id].es, **tagged[each.id].ps}[of[0]] for each in members}
    return {name: coded.basis for name, coded in said.items()}


def _why_not(sites: int, ranked: pd.DataFrame) -> Problem | None:
    """Return why nothing is tested, or None."""
    if sites < LEAST_SITES_OF_GROUP:
        return Problem("too_few_sites", {"count": sites, "least": LEAST_SITES_OF_GROUP})
    return unrankable(ranked)
