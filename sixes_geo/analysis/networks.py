"""Networks: every network of a city as one row, and how many lean to which side.

The paper says that most interventions are located in higher-income areas. Each network gives its
own answer here; nothing is pooled. What the answers add up to is a count of networks, of those
that can be told, with those that cannot beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from sixes_geo.analysis import nulls
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.provision import gather, placeless
from sixes_geo.analysis.question import Question, ask
from sixes_geo.city.model import SHIPPED, WATCHING, City, Initiative, Layer
from sixes_geo.city.tables import read_initiatives
from sixes_geo.measures import (
    NetworkTest,
    PlacementTest,
    benjamini_hochberg,
    is_borderline,
)
from sixes_geo.measures.base.thresholds import ALPHA, BORDERLINE
from sixes_geo.measures.placement.reading import ROUNDING

INITIATIVE = "initiative"

GROUPS: dict[str, tuple[str, ...]] = {
    "initiatives": (INITIATIVE,),
    "infrastructure": ("infrastructure",),
    "services": ("contrast",),
    "watching": WATCHING,
}
"""Groups of rows that are never mixed, each with the roles of its layers."""

SINGLES = "named"
"""Kind of layers that list initiatives of one place each: they are no network together."""

Status: TypeAlias = Literal["newest", "earlier", "part"]
Answer: TypeAlias = Literal["better_off", "worse_off", "even", "cannot_tell"]


@dataclass(frozen=True)
class NetworkRow:
    """One network at one date.

    Parameters
    ----------
    assessment
        Its answer with sites placed one by one.
    network
        Its test as one piece; None if there is none.
    workplaces
        Its test on jobs; None if there is none.
    status
        ``"newest"``; ``"earlier"``, an earlier date of the same network; or ``"part"``, all of
        its initiatives are in another network of the same date.
    q_value
        `p_value`, adjusted for the number of networks that are counted; missing in a row that
        is not.
    """

    assessment: Assessment
    network: NetworkTest | None
    workplaces: PlacementTest | None
    status: Status
    q_value: float = math.nan

    @property
    def layer(self) -> Layer:
        """The layer of the row."""
        return self.assessment.question.layers[0]

    @property
    def group(self) -> str:
        """The group of the row."""
        return next(group for group, roles in GROUPS.items() if self.layer.role in roles)

    @property
    def counted(self) -> bool:
        """Whether the row is counted: an initiative at its newest date, not part of another."""
        return self.layer.role == INITIATIVE and self.status == "newest"

    @property
    def piece_p_value(self) -> float:
        """The largest p-value of the network as one piece, over all shares of its sites kept.

        Missing where it cannot be moved.
        """
        if self.network is None:
            return math.nan
        found = [keep.p_value for keep in self.network.keeps if keep.counts]
        return max(found, default=math.nan)

    @property
    def p_value(self) -> float:
        """The largest p-value that the answer rests on: sites one by one, and as one piece.

        Both must be small for a side to be told, so the larger is that of the row; it is 1 where
        the network cannot be moved, and missing where nothing can be tested.
        """
        test = self.assessment.test
        if test is None:
            return math.nan
        return 1.0 if math.isnan(self.piece_p_value) else max(test.p_value, self.piece_p_value)

    @property
    def turned(self) -> bool:
        """Whether the residents of deprived areas, ranked as a group, turn it to the other side."""
        split = self.assessment.split
        return split is not None and split.turns

    @property
    def answer(self) -> Answer:
        """What a counted row adds to the count."""
        test = self.assessment.test
        if test is None or test.verdict == "cannot_tell" or self.turned:
            return "cannot_tell"
        if test.verdict == "even":
            return "even"
        holds = self.network is not None and self.network.verdict == "holds"
        return test.verdict if holds and self.q_value <= ALPHA else "cannot_tell"

    @property
    def verdict_borderline(self) -> bool:
        """Whether its verdict one by one would be another one if a figure moved by 0.01."""
        test = self.assessment.test
        return test is not None and is_borderline(test.p_value, test.interval)

    @property
    def borderline(self) -> bool:
        """Whether any of its verdicts would be another one if a figure moved by 0.01."""
        test = self.assessment.test
        has_side = test is not None and test.verdict not in ("even", "cannot_tell")
        deciding = (self.piece_p_value, self.q_value)
        near = any(abs(value - ALPHA) <= BORDERLINE + ROUNDING for value in deciding)
        return self.verdict_borderline or (has_side and near)


@dataclass(frozen=True)
class Count:
    """How many networks of initiatives lean to which side, and how many cannot be told.

    ``single`` initiatives have a place on the map and are in no network; ``unplaced`` ones are
    city-wide or have no place, so that the map cannot be asked about them.
    """

    better_off: int
    worse_off: int
    even: int
    cannot_tell: int
    single: int
    unplaced: int

    @property
    def networks(self) -> int:
        """How many networks are counted."""
        return self.better_off + self.worse_off + self.even + self.cannot_tell

    @property
    def with_a_side(self) -> int:
        """How many networks lean to a side."""
        return self.better_off + self.worse_off


@dataclass(frozen=True)
class Networks:
    """The networks of a city by one unit and need, and its initiatives that are in none."""

    question: Question
    rows: tuple[NetworkRow, ...]
    single: tuple[Initiative, ...]
    unplaced: tuple[Initiative, ...]

    def of_group(self, group: str) -> tuple[NetworkRow, ...]:
        """Return the rows of a group."""
        return tuple(row for row in self.rows if row.group == group)

    @property
    def count(self) -> Count:
        """The count of initiatives."""
        answers = [row.answer for row in self.rows if row.counted]
        return Count(
            better_off=answers.count("better_off"),
            worse_off=answers.count("worse_off"),
            even=answers.count("even"),
            cannot_tell=answers.count("cannot_tell"),
            single=len(self.single),
            unplaced=len(self.unplaced),
        )


def _moved(question: Question) -> NetworkTest | None:
    """Return the test of a network as one piece."""
    return nulls.network(question, gather(question))


def _on_jobs(question: Question) -> PlacementTest | None:
    """Return the test of a network on jobs."""
    return nulls.workplaces(question, gather(question))


def networks_of(
    question: Question,
    *,
    groups: Collection[str] = tuple(GROUPS),
    assessed: Callable[[Question], Assessment] = assess,
    moved: Callable[[Question], NetworkTest | None] = _moved,
    on_jobs: Callable[[Question], PlacementTest | None] = _on_jobs,
) -> Networks:
    """Measure every network of a city as one row.

    Parameters
    ----------
    question
        Its city, unit, need and seed are used for all networks; nothing else of it is.
    groups
        The groups to measure. The count needs the initiatives only.
    assessed, moved, on_jobs
        Return what `assess`, `nulls.network` and `nulls.workplaces` do, for callers that keep it.

    Returns
    -------
    Networks
        Rows in the order of the city, the newest date of each network first.

    Notes
    -----
    Each row is one layer, asked by itself as on any page, so that its figures are the same there.
    Layers that mix networks (all initiatives, lists of single ones), money per unit, what has no
    place and what was added on this machine are no rows. A side is told of a row if its interval
    leaves out 0, it is not even, its network holds as one piece, and its q-value (Benjamini and
    Hochberg, over the counted rows) is at most 0.05, unless the residents of deprived areas,
    ranked as a group, turn it. The p-value of a row is the largest of those it rests on.
    """
    city = question.city
    roles = {role for group in groups for role in GROUPS[group]}
    layers = [layer for layer in network_layers(city) if layer.role in roles]
    rows = []
    for layer in layers:
        asked = ask(
            city,
            layers=[layer.layer],
            unit=question.unit.unit,
            need=question.need_and_year,
            seed=question.seed,
        )
        status = _status(layer, layers)
        rows.append(NetworkRow(assessed(asked), moved(asked), on_jobs(asked), status))
    return Networks(question, _adjusted(rows), *_in_no_network(city))


def network_layers(city: City) -> list[Layer]:
    """Return the layers of a city that are one network each, the newest date of each first."""
    nowhere = {each.id for each in placeless(city)}
    layers = [
        layer
        for layer in city.layers
        if layer.origin == SHIPPED
        and not (layer.per_unit or layer.newest or layer.kind == SINGLES)
        and not nowhere.issuperset(layer.initiatives)
    ]
    first: dict[str, int] = {}
    for place, layer in enumerate(layers):
        first.setdefault(layer.series or layer.layer, place)
    return sorted(
        layers, key=lambda layer: (first[layer.series or layer.layer], -(layer.year or 0))
    )


def _status(layer: Layer, layers: Collection[Layer]) -> Status:
    """Tell whether a layer is the newest date of a network, and not part of another."""
    same = [one for one in layers if layer.series and one.series == layer.series]
    if same and (layer.year or 0) < max(one.year or 0 for one in same):
        return "earlier"
    held = set(layer.initiatives)
    wider = (one for one in layers if one.role == layer.role and one.year == layer.year)
    return "part" if any(held < set(one.initiatives) for one in wider) else "newest"


def _adjusted(rows: list[NetworkRow]) -> tuple[NetworkRow, ...]:
    """Return the rows with the q-values of those that are counted."""
    p_values = np.array([row.p_value if row.counted else math.nan for row in rows])
    q_values = benjamini_hochberg(p_values)
    return tuple(replace(row, q_value=float(q)) for row, q in zip(rows, q_values, strict=True))


def _in_no_network(city: City) -> tuple[tuple[Initiative, ...], tuple[Initiative, ...]]:
    """Return the initiatives with a place that are in no network, and those without a place."""
    held = {name for layer in network_layers(city) for name in layer.initiatives}
    without = {each.id for each in placeless(city)}
    initiatives = [each for each in read_initiatives(city) if each.role == INITIATIVE]
    single = [each for each in initiatives if each.id not in held | without]
    return tuple(single), tuple(each for each in initiatives if each.id in without)
