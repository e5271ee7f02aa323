"""How sturdy an answer is: the same question in every other way it could have been put."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import BORDERS, Choice, need_options, weight_options
from sixes_geo.analysis.ranking import placement, ranked_units, standing_table, unrankable
from sixes_geo.city.model import City

DRAWS = 999
"""Random draws of each dot: enough to tell 0.05 from more, and quick for a hundred of them."""

QUESTION = ["unit", "need", "need_year", "weight", "border_m", "without"]
"""What tells one dot from another."""

Gatherer = Callable[[City, Choice], Provision]


@dataclass(frozen=True)
class Sturdiness:
    """How many of all ways to put the question give an answer on the same side.

    ``variants`` has a row per way, as `every_variant` returns them, with ``own`` for the one
    that is shown; ``same_side`` of the ``of`` that could be measured lie on the side of its
    index, ``same_verdict`` have its verdict too.
    """

    variants: pd.DataFrame
    same_side: int
    same_verdict: int
    of: int

    @property
    def share(self) -> float:
        """Return the share on the same side, missing where nothing could be measured."""
        return self.same_side / self.of if self.of else float("nan")


def every_variant(
    city: City,
    layers: Iterable[str],
    *,
    seed: int = 0,
    es: tuple[str, ...] = (),
    ps: tuple[str, ...] = (),
    gathered: Gatherer = gather,
) -> pd.DataFrame:
    """Measure layers in every way that the city's data allow.

    Parameters
    ----------
    city
        The city.
    layers
        Names of its layers, counted together.
    seed
        Seed of the random draws of every test.
    es, ps
        Es and partners to which the initiatives are restricted in every way.
    gathered
        How to find what stands where, for a caller that keeps what it has found.

    Returns
    -------
    DataFrame
        A row per level of units, need and year, weight, border (as it is or moved by 200 m)
        and, where the layers hold several initiatives, with and without the one of most sites:
        `QUESTION`, ``concentration_index``, ``lower``, ``upper``, ``n`` and ``verdict``. Ways
        that cannot be measured are left out.

    Notes
    -----
    The ways are not independent of one another, nor equally good: their share is no
    probability. It says whether a reader who would have chosen otherwise would read otherwise.
    """
    rows = []
    asked = Choice(city.city, "", "", 0, tuple(layers), seed=seed, es=es, ps=ps)
    for place, needs in _places(city, asked, gathered):
        provision = gathered(city, place)
        for need, year in needs:
            choice = replace(place, need=need, year=year)
            ranked = ranked_units(standing_table(city, choice, provision))
            if unrankable(ranked) is None:
                test = placement(city, choice, provision, ranked, DRAWS)
                found = (test.index, *test.interval, test.n, test.verdict)
                rows.append((*_question(choice), *found))
    measured = ["concentration_index", "lower", "upper", "n", "verdict"]
    return pd.DataFrame(rows, columns=[*QUESTION, *measured])


def sturdiness(variants: pd.DataFrame, choice: Choice) -> Sturdiness:
    """Set one way to put the question against all of them."""
    own = (variants[QUESTION] == list(_question(choice))).all(axis=1)
    side = np.sign(variants["concentration_index"])
    shown = variants[own]
    same = side == (np.sign(shown["concentration_index"].iloc[0]) if len(shown) else np.nan)
    agreeing = same & variants["verdict"].isin(shown["verdict"])
    return Sturdiness(
        variants=variants.assign(own=own, same_side=same),
        same_side=int(same.sum()),
        same_verdict=int(agreeing.sum()),
        of=len(variants) if len(shown) else 0,
    )


def _places(
    city: City, asked: Choice, gathered: Gatherer
) -> Iterator[tuple[Choice, list[tuple[str, int]]]]:
    """Go through every way to count what stands where, with the needs it can be ranked by."""
    left_out: list[str] = []
    for unit in city.units:
        needs = [(one, int(year)) for one, _, year in _options(city, unit.unit)]
        for weight in weight_options(city, asked.layers) if needs else ():
            need, year = needs[0]
            place = replace(asked, unit=unit.unit, need=need, year=year, weight=weight)
            left_out = left_out or _left_out(gathered(city, place))
            for border, without in product(BORDERS, left_out):
                yield replace(place, border=border, without=without), needs


def _options(city: City, unit: str) -> Iterator[tuple[str, str, str]]:
    """Return every need of a level and its year."""
    return (one.partition(":") for one in need_options(city, unit))


def _left_out(provision: Provision) -> list[str]:
    """Return nothing, and the initiative of most sites where another one remains."""
    standing = provision.sites["initiative"].value_counts().sort_index(kind="stable")
    return ["", str(standing.idxmax())] if len(standing) > 1 else [""]


def _question(choice: Choice) -> tuple[str, str, int, str, int, str]:
    """Return what tells a choice from the others about the same layers."""
    return (
        choice.unit,
        choice.need,
        choice.year,
        choice.weight,
        choice.border,
        choice.without,
    )
