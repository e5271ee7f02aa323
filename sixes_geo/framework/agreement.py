"""Agreement: how far coders agree, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from sixes_geo.city.model import ES, PS, Tag
from sixes_geo.measures import cohen_kappa
from sixes_geo.measures.base.thresholds import LEAST_CODED_FOR_KAPPA

UNKNOWN, PARTNER, NONE = "unknown", "partner", "none"

ALL = "all"
COLUMNS = ["of", "first", "second", "n", "agreed", "kappa"]

Codings = Mapping[tuple[str, str], Mapping[str, str]]
"""The level that each coder chose, by (coded item, dimension) and coder."""


def part(level: str) -> str:
    """Return whether a partner takes part: the same for all roles, which add up; or `NONE`."""
    return level if level in (NONE, UNKNOWN) else PARTNER


def contestable(dimension: str, level: str) -> str:
    """Return the part of a level that another coder can contradict: for a partner, its `part`."""
    return part(level) if dimension in PS else level


def agreement(
    codings: Codings,
    dimensions: Iterable[str] = ES,
    silent: str = UNKNOWN,
    *,
    together: bool = False,
) -> pd.DataFrame:
    """Return how far each pair of coders agrees on each dimension.

    Parameters
    ----------
    codings
        The level that each coder chose for each item.
    dimensions
        The dimensions to compare.
    silent
        The level that is no judgement: an item that either coder leaves at it is not compared.
    together
        Whether to add a first row for all dimensions together, named `ALL`.

    Returns
    -------
    DataFrame
        ``of`` (the dimension), ``first`` and ``second`` coder, ``n`` items that both coded,
        ``agreed`` (share) and ``kappa`` (Cohen's; missing if it is undefined or ``n`` is below
        `LEAST_CODED_FOR_KAPPA`). A row per pair and dimension with items in common; empty if
        there is only one coder.
    """
    rows = []
    singly = [(dimension, {dimension}) for dimension in dimensions]
    for name, compared in [(ALL, {dimension for dimension, _ in singly})] * together + singly:
        by_coder: dict[str, dict[tuple[str, str], str]] = {}
        for (item, dimension), levels in codings.items():
            for coder, level in levels.items() if dimension in compared else ():
                if level != silent:
                    by_coder.setdefault(coder, {})[item, dimension] = contestable(dimension, level)
        for first, second in combinations(sorted(by_coder), 2):
            both = sorted(set(by_coder[first]) & set(by_coder[second]))
            if both:
                result = cohen_kappa(
                    [by_coder[first][key] for key in both],
                    [by_coder[second][key] for key in both],
                )
                kappa = result.kappa if result.n >= LEAST_CODED_FOR_KAPPA else float("nan")
                rows.append((name, first, second, result.n, result.observed, kappa))
    return pd.DataFrame(rows, columns=COLUMNS)


def disagreements(codings: Codings, silent: str = UNKNOWN) -> pd.DataFrame:
    """Return where coders contradict each other: ``thing``, ``of``, ``coder``, ``level``."""
    rows = [
        (item, dimension, coder, level)
        for (item, dimension), levels in codings.items()
        if len({contestable(dimension, level) for level in levels.values() if level != silent}) > 1
        for coder, level in sorted(levels.items())
        if level != silent
    ]
    return pd.DataFrame(rows, columns=["thing", "of", "coder", "level"])


def codings_of_tags(tags: Iterable[Tag]) -> Codings:
    """Return tags as codings of initiatives, for comparison."""
    codings: dict[tuple[str, str], dict[str, str]] = {}
    for tag in tags:
        codings.setdefault((tag.initiative, tag.dimension), {})[tag.coder] = tag.level
    return codings
