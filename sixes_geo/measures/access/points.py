"""Points where people live, with their distance to the nearest site, for coverage measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from sixes_geo.measures.base.checks import LABELS, WEIGHT, Flags, Numbers, Values, examine, refuse
from sixes_geo.measures.base.places import Points, as_many, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sixes_geo.base.errors import Problem

ALL = "all"
"""Name of the group of all people."""

NO_GROUP = ("missing", "`groups`")


@dataclass(frozen=True)
class Lived:
    """Points where people live: distance to the nearest site in metres, people, and group."""

    distance: Numbers
    people: Numbers
    group: npt.NDArray[np.object_]

    def groups(self) -> Iterator[tuple[object, Flags]]:
        """Yield the groups, all people first, each with its points."""
        yield ALL, np.ones(self.people.size, dtype=bool)
        known = self.group[pd.notna(self.group)]
        for name in sorted(set(known.tolist())):
            yield name, self.group == name


def lived_at(
    where: str,
    points: Points,
    people: Values,
    sites: Points,
    groups: Values | None,
    options: list[Problem],
) -> Lived:
    """Return distances, people and groups, or raise one error with every fault."""
    columns = {"people": (people, WEIGHT)}
    if groups is not None:
        columns["groups"] = (groups, LABELS)
    given, problems = examine(columns)
    # A point may have no group; all other checks apply to groups as well.
    problems = [fault for fault in problems if (fault.kind, fault.fields.get("name")) != NO_GROUP]
    homes, faults = places("points", points)
    sites_at, more = places("sites", sites)
    faults += more
    if not faults:
        faults = as_many("points", len(homes), "people", len(given.index))
    refuse(where, [*problems, *faults, *options])
    label = np.full(len(homes), None) if groups is None else pd.Series(groups).to_numpy(object)
    return Lived(cKDTree(sites_at).query(homes)[0], given["people"], label)
