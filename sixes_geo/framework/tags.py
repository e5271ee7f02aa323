"""Profiles of initiatives: what their coders agree on about Es, partners and approach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sixes_geo.city.model import APPROACH, ES, PS, City
from sixes_geo.city.table_checks import ASIDE, CARRIED, ROLES, UNSTATED
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.city.tag import ANY, Tag
from sixes_geo.framework.agreement import (
    DESCRIBED,
    NAMED,
    NONE,
    PARTNER,
    UNKNOWN,
    contradict,
    part,
)
from sixes_geo.framework.basis import holds, strongest


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
    def warned(self) -> bool:
        """Whether a source warns of harm to it."""
        return any(tag.level == "warning" for tag in self.tags)

    @property
    def carried(self) -> bool:
        """Whether it is an E that the initiative carries."""
        return self.level in CARRIED

    @property
    def basis(self) -> str:
        """The strongest basis on which it is there, one of `BASES`; empty if it is not."""
        partner = bool(self.tags) and self.tags[0].dimension in PS and self.takes_part
        return strongest(self._supporting) if self.carried or partner else ""

    def rests_on(self, basis: str) -> bool:
        """Tell whether it is there on a basis that satisfies one of `RESTRICTIONS`."""
        return bool(self.basis) and holds(self.basis, basis)

    @property
    def _supporting(self) -> list[Tag]:
        """The tags that say that it is there."""
        return [
            tag
            for tag in self.tags
            if (tag.level in CARRIED if tag.dimension in ES else part(tag.level) == PARTNER)
        ]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of a partner that are on record."""
        return tuple(role for role in ROLES if role in self.level.split("+"))

    @property
    def takes_part(self) -> bool | None:
        """Whether a partner takes part; None if that is unknown."""
        if part(self.level) == UNKNOWN:
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
        return self.carried_on(ANY)

    def carried_on(self, basis: str) -> tuple[str, ...]:
        """Return the Es it carries on a basis that satisfies one of `RESTRICTIONS`."""
        return tuple(e for e in ES if self.es[e].carried and self.es[e].rests_on(basis))

    @property
    def lacking(self) -> tuple[str, ...]:
        """The Es it is not known to carry."""
        return tuple(e for e in ES if not self.es[e].carried)

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners who are known to take part."""
        return self.partners_on(ANY)

    def partners_on(self, basis: str) -> tuple[str, ...]:
        """Return the partners known to take part, on a basis as for `carried_on`."""
        return tuple(p for p in PS if self.ps[p].takes_part and self.ps[p].rests_on(basis))

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

    Whether an E is carried is settled first, with votes for every such level counted together;
    then the level: *named* if a source names it, else what most say who tell how much of it there
    is, where a tie gives the lower one. What is asked for or warned of is no vote, and what we
    read into a source that itself names the E is no second one.
    """
    votes = [tag.level for tag in tags if tag.level not in (UNKNOWN, *ASIDE)]
    if NAMED in votes:
        votes = [level for level in votes if level != DESCRIBED]
    contested = contradict("", votes)
    kind = _most(Counter(NAMED if level in CARRIED else level for level in votes))
    return Coded(_level(votes) if kind == NAMED else kind or UNKNOWN, tuple(tags), contested)


def _level(votes: Sequence[str]) -> str:
    """Return the level of an E that is carried."""
    if NAMED in votes:
        return NAMED
    told = Counter(level for level in votes if level in ("primary", "secondary"))
    return (_most(told) or "secondary") if told else DESCRIBED


def _most(votes: Counter[str]) -> str:
    """Return the level with most votes, or "" if there are no votes or a tie."""
    first = [level for level, times in votes.items() if times == max(votes.values())]
    return first[0] if len(first) == 1 else ""


def settled_part(tags: Sequence[Tag]) -> Coded:
    """Return whether and in which roles a partner takes part, with the roles of all coders.

    Coders contradict each other only if one of them says that the partner takes no part.
    """
    said = {(tag.coder, part(tag.level)) for tag in tags}
    votes = Counter(vote for _, vote in said if vote != UNKNOWN)
    contested = len(votes) > 1
    if not votes or votes[NONE] == votes[PARTNER]:
        mentioned = not votes and any(tag.level == UNSTATED for tag in tags)
        return Coded(UNSTATED if mentioned else UNKNOWN, tuple(tags), contested)
    if votes[NONE] > votes[PARTNER]:
        return Coded(NONE, tuple(tags), contested)
    named = {role for tag in tags for role in tag.level.split("+")}
    roles = "+".join(role for role in ROLES if role in named)
    return Coded(roles or PARTNER, tuple(tags), contested)


def carries(profile: Profile, es: Iterable[str], ps: Iterable[str], basis: str = ANY) -> bool:
    """Tell whether an initiative is known to carry one of the Es and to have one of the partners.

    An empty list of Es or of partners asks for nothing; ``basis`` is one of `RESTRICTIONS`.
    """
    wanted, partners = set(es), set(ps)
    return (not wanted or bool(wanted & set(profile.carried_on(basis)))) and (
        not partners or bool(partners & set(profile.partners_on(basis)))
    )
