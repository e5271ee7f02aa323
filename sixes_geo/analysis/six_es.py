"""Where initiatives stand that carry one E, or that one partnership brings about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd

from sixes_geo.analysis.provision import Provision, counted_initiatives, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import rank_by, ranked_units, unit_figures, unrankable
from sixes_geo.base.errors import InputError, Problem
from sixes_geo.city.model import ES, PS, Initiative
from sixes_geo.framework.tags import profiles
from sixes_geo.measures import (
    IndexDifference,
    PlacementTest,
    index_difference,
    placement_test,
    weighted_placement_test,
)

FEWEST = 10
"""With fewer sites nothing is tested: a handful of places says nothing of a whole E."""

DRAWS = 1999

YARDSTICK = "efficiency"
"""The E against which the others are set: the conventional one."""

Members = Mapping[tuple[str, ...], tuple[Initiative, ...]]


@dataclass(frozen=True)
class Group:
    """What carries one E, or what one set of partners brings about, and where it stands.

    ``of`` names the E, or the partners. ``initiatives`` are all of the question that belong,
    ``placed`` the sites of each that stand in units with a need figure. ``full`` counts each
    site whole in every group it belongs to, ``fractional`` in equal parts over all of them;
    both are missing where fewer than `FEWEST` sites stand, and ``why_not`` says so.
    """

    of: tuple[str, ...]
    initiatives: tuple[Initiative, ...]
    placed: Mapping[str, int]
    full: PlacementTest | None
    fractional: PlacementTest | None
    why_not: Problem | None
    provision: Provision

    @property
    def sites(self) -> int:
        """How many sites stand in units with a need figure."""
        return sum(self.placed.values())

    @property
    def in_paper(self) -> int:
        """How many of them belong to schemes that the paper itself names.

        The E of all others was coded by this project or its readers, mostly from the programme
        that a network is a piece of.
        """
        return sum(self.placed.get(one.id, 0) for one in self.initiatives if one.from_paper)

    @property
    def largest(self) -> tuple[str, float]:
        """The initiative of most sites, and its share in them."""
        if not self.sites:
            return "", float("nan")
        name = max(self.placed, key=lambda one: self.placed[one])
        return name, self.placed[name] / self.sites


def by_e(question: Question) -> tuple[Group, ...]:
    """Measure what carries each of the six Es, by the unit and need of a question.

    Parameters
    ----------
    question
        Names the layers whose initiatives are sorted. Sites are counted, whatever it weighs.

    Returns
    -------
    tuple of Group
        One for each E in its order, those without any initiative too.

    Notes
    -----
    An E is what coders say of a scheme, mostly of its aims: where what is *called* equity
    stands does not say whether it makes anything more equal. Sites of one network were placed
    by one hand and are no independent witnesses; ``largest`` tells how much one of them decides.
    """
    said = profiles(question.city)
    counted = counted_initiatives(question)
    return _groups(
        question,
        {(e,): tuple(one for one in counted if e in said[one.id].carried) for e in ES},
    )


def by_partner(question: Question) -> tuple[Group, ...]:
    """Measure that in which public, private and people are each known to take part."""
    said = profiles(question.city)
    counted = counted_initiatives(question)
    return _groups(
        question,
        {(p,): tuple(one for one in counted if p in said[one.id].partners) for p in PS},
    )


def by_partnership(question: Question) -> tuple[Group, ...]:
    """Measure each set of partners on record; the empty one, not documented, comes last.

    A set holds those who are known to take part: others may.
    """
    said = profiles(question.city)
    members: dict[tuple[str, ...], tuple[Initiative, ...]] = {}
    for one in counted_initiatives(question):
        partners = said[one.id].partners
        members[partners] = (*members.get(partners, ()), one)
    order = sorted(members, key=lambda key: (not key, len(key), [PS.index(p) for p in key]))
    return _groups(question, {key: members[key] for key in order})


def of_one(question: Question, initiative: str) -> Group:
    """Measure one initiative alone, by the unit and need of a question."""
    own = [layer for layer in question.city.layers if initiative in layer.initiatives]
    newest = tuple(sorted(own, key=lambda layer: not layer.newest)[:1])
    question = replace(question, layers=newest, weight="sites", without="", es=(), ps=())
    named = tuple(one for one in counted_initiatives(question) if one.id == initiative)
    return _group(question, (initiative,), named, {initiative: 1})


def against_efficiency(question: Question, groups: tuple[Group, ...]) -> dict[str, IndexDifference]:
    """Set the index of each E beside that of efficiency, where both have enough sites.

    Above 0, an E stands more with the better-off than efficiency does. Sites that carry both
    stand on both sides, and add no doubt to the difference.
    """
    found = {one.of[0]: one for one in groups if one.full is not None}
    if YARDSTICK not in found:
        return {}
    ranked = ranked_units(unit_figures(question, found[YARDSTICK].provision))
    order = rank_by(question, ranked["need"])

    def units(name: str) -> pd.Series[str]:
        unit = found[name].provision.sites["unit"]
        standing: pd.Series[str] = unit[unit.isin(ranked.index)]
        return standing

    differences = {}
    for name in found:
        if name != YARDSTICK:
            with suppress(InputError):  # sites of rough places may stand where nothing is known
                differences[name] = index_difference(
                    units(YARDSTICK), units(name), ranked["population"], order, seed=question.seed
                )
    return differences


def _groups(question: Question, members: Members) -> tuple[Group, ...]:
    """Measure groups of initiatives, which may overlap."""
    question = replace(question, weight="sites")
    times = Counter(one.id for named in members.values() for one in named)
    return tuple(_group(question, key, named, times) for key, named in members.items())


def _group(
    question: Question,
    key: tuple[str, ...],
    named: tuple[Initiative, ...],
    times: Mapping[str, int],
) -> Group:
    """Measure one group; ``times`` says to how many groups each initiative belongs."""
    provision = gather(question, {one.id for one in named})
    ranked = ranked_units(unit_figures(question, provision))
    standing = provision.sites[provision.sites["unit"].isin(ranked.index)]
    placed = {str(name): int(n) for name, n in standing["initiative"].value_counts().items()}
    why_not = _why_not(len(standing), ranked)
    full = fractional = None
    if why_not is None:
        people, order = ranked["population"], rank_by(question, ranked["need"])
        full = placement_test(ranked["sites"], people, order, draws=DRAWS, seed=question.seed)
        pieces = provision.pieces[provision.pieces["unit"].isin(ranked.index)]
        parts = pieces["site"].map(provision.sites["initiative"]).map(times).to_numpy()
        fractional = weighted_placement_test(
            pieces["share"] / parts,
            pieces["unit"],
            people,
            order,
            site=pieces["site"],
            draws=DRAWS,
            seed=question.seed,
        )
    return Group(key, named, placed, full, fractional, why_not, provision)


def _why_not(sites: int, ranked: pd.DataFrame) -> Problem | None:
    """Say why nothing is tested, if so."""
    if sites < FEWEST:
        return Problem("too_few_sites", {"count": sites, "least": FEWEST})
    return unrankable(ranked)
