"""Places as rows of metres east and north, checked."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import NAMED, Numbers

Points: TypeAlias = npt.ArrayLike
"""Places as rows of two numbers: metres east and north in a projected CRS."""

COORDINATES = 2


def places(name: str, given: Points) -> tuple[Numbers, list[Problem]]:
    """Return places as rows of two numbers, and their faults."""
    rows = np.asarray(given, dtype=np.float64)
    if rows.ndim != COORDINATES or rows.shape[1] != COORDINATES:
        return np.empty((0, 2)), [Problem("not_places", {"name": f"`{name}`", "found": rows.shape})]
    if not len(rows):
        return rows, [Problem("empty", {"name": f"`{name}`"})]
    bad = ~np.isfinite(rows).all(axis=1)
    if not bad.any():
        return rows, []
    fields = {"name": f"`{name}`", "bad": int(bad.sum()), "total": len(rows)}
    units = ", ".join(str(row) for row in np.flatnonzero(bad)[:NAMED])
    return rows, [Problem("missing", fields | {"units": units})]


def as_many(name: str, found: int, other: str, expected: int) -> list[Problem]:
    """Return the fault of a column that differs in length from another, if it does."""
    if found == expected:
        return []
    fields = {"name": f"`{name}`", "found": found, "other": f"`{other}`", "expected": expected}
    return [Problem("length", fields)]
