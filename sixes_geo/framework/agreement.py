"""How far coders agree, and where they do not."""

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

Said = Mapping[tuple[str, str], Mapping[str, str]]
"""What is said: (what is coded, dimension) to coder to level."""


def part(level: str) -> str:
    """Return whether a partner takes part, in whatever role: roles add up, a *none* denies them."""
    return level if level in (NONE, UNKNOWN) else PARTNER


def stance(dimension: str, level: str) -> str:
    """Return what of a level another coder can contradict: of a partner, only its `part`."""
    return part(level) if dimension in PS else level


def agreement(
    said: Said,
    dimensions: Iterable[str] = ES,
    silent: str = UNKNOWN,
    *,
    together: bool = False,
) -> pd.DataFrame:
    """Return how far each two coders agree on each dimension.

    Parameters
    ----------
    said
        What each coder says of each thing.
    dimensions
        Those to compare.
    silent
        The level that is no judgement: what either coder leaves at it is not compared.
    together
        Whether to add a row for all dimensions together, first, named `ALL`.

    Returns
    -------
    DataFrame
        ``of`` (the dimension), ``first`` and ``second`` coder, ``n`` things that both coded,
        ``agreed`` (share), ``kappa`` (Cohen's; missing where it is undefined or of fewer than
        `LEAST_CODED_FOR_KAPPA`). A row for each
        pair and dimension with something in common; empty where one person coded alone.
    """
    rows = []
    each = [(one, {one}) for one in dimensions]
    for dimension, among in [(ALL, {one for one, _ in each})] * together + each:
        by_coder: dict[str, dict[tuple[str, str], str]] = {}
        for (thing, of), levels in said.items():
            for coder, level in levels.items() if of in among else ():
                if level != silent:
                    by_coder.setdefault(coder, {})[thing, of] = stance(of, level)
        for one, other in combinations(sorted(by_coder), 2):
            both = sorted(set(by_coder[one]) & set(by_coder[other]))
            if both:
                found = cohen_kappa(
                    [by_coder[one][thing] for thing in both],
                    [by_coder[other][thing] for thing in both],
                )
                kappa = found.kappa if found.n >= LEAST_CODED_FOR_KAPPA else float("nan")
                rows.append((dimension, one, other, found.n, found.observed, kappa))
    return pd.DataFrame(rows, columns=COLUMNS)


def disagreements(said: Said, silent: str = UNKNOWN) -> pd.DataFrame:
    """Return where coders contradict each other: ``thing``, ``of``, ``coder``, ``level``."""
    rows = [
        (thing, of, coder, level)
        for (thing, of), levels in said.items()
        if len({stance(of, level) for level in levels.values() if level != silent}) > 1
        for coder, level in sorted(levels.items())
        if level != silent
    ]
    return pd.DataFrame(rows, columns=["thing", "of", "coder", "level"])


def said_in(tags: Iterable[Tag]) -> Said:
    """Return what coders say of initiatives, ready to be compared."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for tag in tags:
        said.setdefault((tag.initiative, tag.dimension), {})[tag.coder] = tag.level
    return said
