"""From what coders say of an initiative to what can be said of it."""

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
    """One dimension of one initiative, as its coders leave it.

    ``level`` is what most of those say who say anything, `UNKNOWN` where nobody does or where
    as many say otherwise; ``contested`` tells that they differ. ``tags`` holds what each says.
    """

    level: str
    tags: tuple[Tag, ...] = ()
    contested: bool = False

    @property
    def strengthen(self) -> bool:
        """Whether somebody says that it should be stronger."""
        return any(tag.strengthen for tag in self.tags)

    @property
    def carried(self) -> bool:
        """Whether it is an E that the initiative carries."""
        return self.level in CARRIED

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of a partner that are on record."""
        return tuple(one for one in ROLES if one in self.level.split("+"))

    @property
    def takes_part(self) -> bool | None:
        """Whether a partner takes part; nothing where that is not known."""
        if self.level == UNKNOWN:
            return None
        return self.level != NONE


@dataclass(frozen=True)
class Profile:
    """What is said of one initiative: its Es, its partners, its approach."""

    initiative: str
    es: Mapping[str, Coded]
    ps: Mapping[str, Coded]
    approach: Coded

    @property
    def carried(self) -> tuple[str, ...]:
        """The Es it carries."""
        return tuple(one for one in ES if self.es[one].carried)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The Es that nobody says it carries."""
        return tuple(one for one in ES if not self.es[one].carried)

    @property
    def partners(self) -> tuple[str, ...]:
        """Those who are known to take part."""
        return tuple(one for one in PS if self.ps[one].takes_part)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Everything that was said."""
        coded = (*self.es.values(), *self.ps.values(), self.approach)
        return tuple(tag for one in coded for tag in one.tags)


def profiles(city: City) -> dict[str, Profile]:
    """Return what is said of each initiative of a city, of those too of which nothing is."""
    said: defaultdict[tuple[str, str], list[Tag]] = defaultdict(list)
    for tag in read_tags(city):
        said[tag.initiative, tag.dimension].append(tag)
    return {
        one.id: Profile(
            one.id,
            es={name: settled(said[one.id, name]) for name in ES},
            ps={name: settled_part(said[one.id, name]) for name in PS},
            approach=settled(said[one.id, APPROACH]),
        )
        for one in read_initiatives(city)
    }


def settled(tags: Sequence[Tag]) -> Coded:
    """Return what most coders say; *unknown* is no vote, and a tie leaves it unknown.

    That an E is carried is settled first, by all who say so at either level; then the level,
    which is the lower one where as many say the higher.
    """
    said = [tag.level for tag in tags if tag.level != UNKNOWN]
    contested = len(set(said)) > 1
    kinds = Counter(CARRIED[-1] if level in CARRIED else level for level in said)
    kind = _most(kinds)
    if kind == CARRIED[-1]:
        kind = _most(Counter(level for level in said if level in CARRIED)) or CARRIED[-1]
    return Coded(kind or UNKNOWN, tuple(tags), contested)


def _most(votes: Counter[str]) -> str:
    """Return what has the most votes; nothing where nothing has, or as many have another."""
    first = [level for level, times in votes.items() if times == max(votes.values())]
    return first[0] if len(first) == 1 else ""


def settled_part(tags: Sequence[Tag]) -> Coded:
    """Return whether and how somebody takes part: the roles of all coders together.

    Coders contradict each other only where one says that somebody takes no part.
    """
    votes = Counter(part(tag.level) for tag in tags if tag.level != UNKNOWN)
    contested = len(votes) > 1
    if not votes or votes[NONE] == votes[PARTNER]:
        return Coded(UNKNOWN, tuple(tags), contested)
    if votes[NONE] > votes[PARTNER]:
        return Coded(NONE, tuple(tags), contested)
    named = {role for tag in tags for role in tag.level.split("+")}
    roles = "+".join(one for one in ROLES if one in named)
    return Coded(roles or PARTNER, tuple(tags), contested)


def carries(profile: Profile, es: Iterable[str], ps: Iterable[str]) -> bool:
    """Tell whether an initiative is known to carry one of some Es and to have one of some partners.

    Nothing is asked where none are named.
    """
    wanted, partners = set(es), set(ps)
    return (not wanted or bool(wanted & set(profile.carried))) and (
        not partners or bool(partners & set(profile.partners))
    )
