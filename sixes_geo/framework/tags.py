"""Profiles of initiatives: what their coders agree on about Es, partners and approach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sixes_geo.city.model import APPROACH, ES, PS, City, Tag
from sixes_geo.city.table_checks import CARRIED, ROLES
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.framework.agreement import NONE, PARTNER, UNKNOWN, part


@dataclass(frozen=True)
class Coded:
    """One dimension of one initiative, over all its coders.

    ``level`` is what most of the coders who know say, `UNKNOWN` if none knows or there is a tie;
    ``contested`` is true if they contradict each other. ``tags`` are those of all coders.
    """

    level: str
    tags: tuple[Tag, ...] = ()
    contested: bool = False

    @property
    def strengthen(self) -> bool:
        """Whether a coder says that it should be stronger."""
        return any(tag.strengthen for tag in self.tags)

    @property
    def carried(self) -> bool:
        """Whether it is an E that the initiative carries."""
        return self.level in CARRIED

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of a partner that are on record."""
        return tuple(role for role in ROLES if role in self.level.split("+"))

    @property
    def takes_part(self) -> bool | None:
        """Whether a partner takes part; None if that is unknown."""
        if self.level == UNKNOWN:
            return None
        return self.level != NONE


@dataclass(frozen=True)
class Profile:
    """What coders say about one initiative: its Es, its partners, its approach."""

    initiative: str
    es: Mapping[str, Coded]
    ps: Mapping[str, Coded]
    approach: Coded

    @property
    def carried(self) -> tuple[str, ...]:
        """The Es it carries."""
        return tuple(e for e in ES if self.es[e].carried)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The Es it is not known to carry."""
        return tuple(e for e in ES if not self.es[e].carried)

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners who are known to take part."""
        return tuple(p for p in PS if self.ps[p].takes_part)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """All its tags."""
        dimensions = (*self.es.values(), *self.ps.values(), self.approach)
        return tuple(tag for dimension in dimensions for tag in dimension.tags)


def profiles(city: City) -> dict[str, Profile]:
    """Return the profile of every initiative of a city, also of those without tags."""
    tags: defaultdict[tuple[str, str], list[Tag]] = defaultdict(list)
    for tag in read_tags(city):
        tags[tag.initiative, tag.dimension].append(tag)
    return {
        initiative.id: Profile(
            initiative.id,
            es={e: settled(tags[initiative.id, e]) for e in ES},
            ps={p: settled_part(tags[initiative.id, p]) for p in PS},
            approach=settled(tags[initiative.id, APPROACH]),
        )
        for initiative in read_initiatives(city)
    }


def settled(tags: Sequence[Tag]) -> Coded:
    """Return what most coders say; *unknown* is no vote, and a tie gives unknown.

    Whether an E is carried is settled first, with votes for either level counted together; then
    the level, where a tie gives the lower one.
    """
    votes = [tag.level for tag in tags if tag.level != UNKNOWN]
    contested = len(set(votes)) > 1
    kinds = Counter(CARRIED[-1] if level in CARRIED else level for level in votes)
    kind = _most(kinds)
    if kind == CARRIED[-1]:
        kind = _most(Counter(level for level in votes if level in CARRIED)) or CARRIED[-1]
    return Coded(kind or UNKNOWN, tuple(tags), contested)


def _most(votes: Counter[str]) -> str:
    """Return the level with most votes, or "" if there are no votes or a tie."""
    first = [level for level, times in votes.items() if times == max(votes.values())]
    return first[0] if len(first) == 1 else ""


def settled_part(tags: Sequence[Tag]) -> Coded:
    """Return whether and in which roles a partner takes part, with the roles of all coders.

    Coders contradict each other only if one of them says that the partner takes no part.
    """
    votes = Counter(part(tag.level) for tag in tags if tag.level != UNKNOWN)
    contested = len(votes) > 1
    if not votes or votes[NONE] == votes[PARTNER]:
        return Coded(UNKNOWN, tuple(tags), contested)
    if votes[NONE] > votes[PARTNER]:
        return Coded(NONE, tuple(tags), contested)
    named = {role for tag in tags for role in tag.level.split("+")}
    roles = "+".join(role for role in ROLES if role in named)
    return Coded(roles or PARTNER, tuple(tags), contested)


def carries(profile: Profile, es: Iterable[str], ps: Iterable[str]) -> bool:
    """Tell whether an initiative is known to carry one of the Es and to have one of the partners.

    An empty list of Es or of partners asks for nothing.
    """
    wanted, partners = set(es), set(ps)
    return (not wanted or bool(wanted & set(profile.carried))) and (
        not partners or bool(partners & set(profile.partners))
    )
