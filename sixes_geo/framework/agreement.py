"""Agreement: how far coders agree, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from sixes_geo.city.model import ES, PS, SHIPPED
from sixes_geo.city.table_checks import ASIDE, CARRIED, UNSTATED
from sixes_geo.city.tag import Tag
from sixes_geo.measures import cohen_kappa
from sixes_geo.measures.base.thresholds import LEAST_CODED_FOR_KAPPA

UNKNOWN, PARTNER, NONE = "unknown", "partner", "none"

NAMED, DESCRIBED = "named", "described"

ALL = "all"
COLUMNS = ["of", "first", "second", "n", "agreed", "kappa"]

Codings = Mapping[tuple[str, str], Mapping[str, str]]
"""The level that each coder chose, by (coded item, dimension) and coder."""


def part(level: str) -> str:
    """Return whether a partner takes part: the same for all roles, which add up; or `NONE`.

    It is `UNKNOWN` of a partner that is only mentioned, asked for or warned of.
    """
    if level in (NONE, UNKNOWN):
        return level
    return UNKNOWN if level in (UNSTATED, *ASIDE) else PARTNER


def contestable(dimension: str, levels: Iterable[str]) -> list[str]:
    """Return the part of each level that another coder can contradict.

    For a partner it is its `part`. A source that names or describes an E does not say how much
    of it there is: where one does, all levels at which an E is carried are the same.
    """
    levels = list(levels)
    if dimension in PS:
        return [part(level) for level in levels]
    if {NAMED, DESCRIBED} & {*levels}:
        return [NAMED if level in CARRIED else level for level in levels]
    return levels


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
                    by_coder.setdefault(coder, {})[item, dimension] = level
        for first, second in combinations(sorted(by_coder), 2):
            both = sorted(set(by_coder[first]) & set(by_coder[second]))
            if both:
                said = [by_coder[coder][key] for coder in (first, second) for key in both]
                same = contestable(both[0][1], said)
                result = cohen_kappa(same[: len(both)], same[len(both) :])
                kappa = result.kappa if result.n >= LEAST_CODED_FOR_KAPPA else float("nan")
                rows.append((name, first, second, result.n, result.observed, kappa))
    return pd.DataFrame(rows, columns=COLUMNS)


def disagreements(codings: Codings, silent: str = UNKNOWN) -> pd.DataFrame:
    """Return where coders contradict each other: ``thing``, ``of``, ``coder``, ``level``."""
    rows = [
        (item, dimension, coder, level)
        for (item, dimension), levels in codings.items()
        if contradict(dimension, (level for level in levels.values() if level != silent))
        for coder, level in sorted(levels.items())
        if level != silent
    ]
    return pd.DataFrame(rows, columns=["thing", "of", "coder", "level"])


def contradict(dimension: str, levels: Iterable[str]) -> bool:
    """Tell whether levels that coders chose for one dimension contradict each other."""
    return len({*contestable(dimension, levels)} - {UNKNOWN}) > 1


def codings_of_tags(tags: Iterable[Tag]) -> Codings:
    """Return tags as codings of initiatives, for comparison.

    What is asked for or warned of is no coding. Nor is what we read into a source that has itself
    named the E: both come from one reading of one text, and agree of necessity.
    """
    tags = list(tags)
    named = {(tag.initiative, tag.dimension) for tag in tags if tag.level == NAMED}
    codings: dict[tuple[str, str], dict[str, str]] = {}
    for tag in tags:
        key = (tag.initiative, tag.dimension)
        ours = tag.level == DESCRIBED and tag.origin == SHIPPED and key in named
        if tag.level not in ASIDE and not ours:
            said = codings.setdefault(key, {})
            said[tag.coder] = f"{said[tag.coder]}+{tag.level}" if tag.coder in said else tag.level
    return codings
