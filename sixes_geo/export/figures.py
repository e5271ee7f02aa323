"""The figures that a manifest states of a question, and whether two measurements agree on them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sixes_geo.analysis.assessment import Assessment

EXACT = 1e-9
"""How far two measurements of one question may lie apart: sums in another order, on another
machine, differ in the last digits."""

Figures = Mapping[str, Any]


def figures_of(assessment: Assessment) -> dict[str, Any]:
    """Return the index of a question with its interval, verdict and number of sites."""
    test = assessment.test
    return {
        "concentration_index": test.index if test else None,
        "interval": list(test.interval) if test else None,
        "verdict": test.verdict if test else None,
        "n": test.n if test else 0,
    }


def differing(stated: Figures, measured: Figures) -> tuple[str, ...]:
    """Return the names of the figures that are stated otherwise than they were measured."""
    return tuple(name for name in measured if not _same(stated.get(name), measured[name]))


def _same(stated: object, measured: object) -> bool:
    """Tell whether two figures are one, as far as numbers can be measured."""
    if isinstance(stated, list) and isinstance(measured, list):
        return len(stated) == len(measured) and all(map(_same, stated, measured))
    if isinstance(stated, int | float) and isinstance(measured, int | float):
        return math.isclose(stated, measured, rel_tol=EXACT, abs_tol=EXACT)
    return stated == measured
