"""The values of a link: each taken if it is on offer, else replaced by the default and noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sixes_geo.base.limits import LINK_CHARACTERS, LINK_LAYERS, LINK_VALUE, SHOWN

LIST_MARK = ","
NOTHING = "-"
"""How a link marks a list that was emptied on purpose."""


@dataclass(frozen=True)
class Note:
    """A value in a link that does not exist here, and the value used instead."""

    name: str
    got: str
    used: str


def bounded(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a link, with only the beginning of one that is too long."""
    taken: dict[str, str] = {}
    left = LINK_CHARACTERS
    for name, value in asked.items():
        fits = len(value) <= min(LINK_VALUE, left)
        taken[name] = value if fits else _begun(value)
        left -= len(taken[name])
    return taken


class Fields:
    """The values of one link: taken if they are on offer, else replaced and noted."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.asked = asked
        self.notes: list[Note] = []

    def single(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Return the value of a field that holds one."""
        got = self.asked.get(name)
        if got is None or got in allowed:
            return default if got is None else got
        self.notes.append(Note(name, got, default))
        return default

    def multiple(
        self, name: str, allowed: Sequence[str], default: Sequence[str], least: int
    ) -> str:
        """Return the value of a field that holds a list; at least some must be on offer."""
        got = self.asked.get(name)
        if got is None:
            return LIST_MARK.join(default) or NOTHING
        wanted = [] if got == NOTHING else list(dict.fromkeys(got.split(LIST_MARK)))
        if len(wanted) > LINK_LAYERS:
            wanted = [_begun(got)]
        valid = [value for value in wanted if value in allowed]
        used = LIST_MARK.join(valid if len(valid) >= least else default) or NOTHING
        self.notes.extend(Note(name, value, used) for value in wanted if value not in allowed)
        return used


def _begun(value: str) -> str:
    """Return the beginning of a value, as one value that nothing is called."""
    return f"{value[:SHOWN].replace(LIST_MARK, ' ')}…"
