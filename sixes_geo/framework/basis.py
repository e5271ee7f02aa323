"""What a tag rests on: said of the initiative, said of its group, or read into it by us."""

from __future__ import annotations

from collections.abc import Iterable

from sixes_geo.city.tag import ANY, BASES, COLLECTIVE, EXPLICIT, INFERRED, UNSTATED_BASIS, Tag
from sixes_geo.framework.agreement import DESCRIBED
from sixes_geo.framework.paper import own_coder


def basis_of(tag: Tag) -> str:
    """Return what a tag rests on, one of `BASES`."""
    if tag.level == DESCRIBED or tag.coder == own_coder():
        return INFERRED
    return tag.basis if tag.basis in (EXPLICIT, COLLECTIVE) else UNSTATED_BASIS


def strongest(tags: Iterable[Tag]) -> str:
    """Return the strongest basis of tags, or an empty text if there are none."""
    return min(map(basis_of, tags), key=BASES.index, default="")


def holds(basis: str, wanted: str) -> bool:
    """Tell whether one of `BASES` satisfies one of `RESTRICTIONS`."""
    return wanted == ANY or BASES.index(basis) <= BASES.index(wanted)
