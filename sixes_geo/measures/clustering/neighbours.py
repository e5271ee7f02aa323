"""Units linked to their neighbours, as all measures of clustering use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    NEED,
    Accepted,
    Flags,
    Numbers,
    Values,
    at_least,
    between,
    examine,
    refuse,
    some,
)
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.thresholds import LEAST_LINKED_UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from libpysal.graph import Graph

ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""Relative difference up to which values are equal, as it is due to rounding."""


@dataclass(frozen=True)
class Linked:
    """Units that have neighbours, ordered by id (as texts), with their standardised values.

    An island, a unit without neighbours, is left out of means, spreads and permutations. In a
    one-way graph, a unit with only islands as neighbours is an island too.

    Parameters
    ----------
    index
        The caller's index, islands included.
    rows
        The caller's rows of the units with neighbours.
    islands
        Ids of the other units, sorted as texts.
    weights
        From each unit to its neighbours, never to itself; each row adds up to 1.
    totals
        The sum of each row in the graph.
    scores
        Values less their mean, in standard deviations of the sample (n - 1), by column.
    """

    index: pd.Index[Any]
    rows: npt.NDArray[np.intp]
    islands: tuple[Any, ...]
    weights: csr_array
    totals: Numbers
    scores: Mapping[str, Numbers]

    def lag(self, name: str) -> Numbers:
        """Return the weighted mean of the neighbours' scores."""
        means: Numbers = self.weights @ self.scores[name]
        return means

    def as_given(self) -> csr_array:
        """Return the weights of the graph, scaled to add up to the number of units."""
        sizes = np.repeat(self.totals / self.totals.mean(), np.diff(self.weights.indptr))
        parts = (self.weights.data * sizes, self.weights.indices, self.weights.indptr)
        return csr_array(parts, shape=self.weights.shape)

    def per_unit(self, figures: Numbers) -> Numbers:
        """Return figures on the caller's rows, missing for islands."""
        full = np.full(len(self.index), np.nan)
        full[self.rows] = figures
        return full


def link(where: str, columns: Mapping[str, Values], graph: Graph, options: list[Problem]) -> Linked:
    """Return the units that have neighbours, or raise one error with every fault."""
    given, problems = examine({name: (values, NEED) for name, values in columns.items()})
    faults = _graph_faults(graph, given, next(iter(columns)))
    if problems or faults:
        refuse(where, [*problems, *faults, *options])
    order = given.index.astype("str").argsort()
    weights, totals, with_neighbours = _row_standardised(graph, given.index[order])
    rows, left_out = order[with_neighbours], np.delete(order, with_neighbours)
    values = {name: array[rows] for name, array in given.arrays.items()}
    refuse(where, [*_sameness(values), *options])
    return Linked(
        index=given.index,
        rows=rows,
        islands=tuple(given.index[left_out].tolist()),
        weights=weights,
        totals=totals,
        scores={name: _scores(array) for name, array in values.items()},
    )


def permutation_faults(permutations: int, seed: int, alpha: float | None = None) -> list[Problem]:
    """Return the faults of the options for permutations and clusters."""
    level = [] if alpha is None else between("alpha", alpha, 0, 1)
    return [*at_least("permutations", permutations, 1), *at_least("seed", seed, 0), *level]


def _graph_faults(graph: Graph, given: Accepted, first: str) -> list[Problem]:
    """Return the faults of the graph: other units than the values, or invalid weights."""
    ids, weights = graph.unique_ids, graph.adjacency
    focal, weight = weights.index.get_level_values("focal"), weights.to_numpy()
    faults: list[Problem] = []
    if given[first].size == len(given.index) > 0 and given.index.is_unique:
        union = given.index.union(ids, sort=False)
        alone = ~(union.isin(given.index) & union.isin(ids))
        faults += some("misaligned", "graph", alone, union, other=f"`{first}`")
    tests: dict[str, Flags] = {"infinite": np.isinf(weight), "negative": weight < 0}
    for kind, bad in tests.items():
        faults += some(kind, "graph", ids.isin(focal[bad]), ids)
    return faults


def _row_standardised(
    graph: Graph, ids: pd.Index[Any]
) -> tuple[csr_array, Numbers, npt.NDArray[np.intp]]:
    """Return weights among the units with neighbours, their row sums, and these units' rows."""
    pairs = graph.adjacency
    unit, neighbour = (ids.get_indexer(pairs.index.get_level_values(k)) for k in (0, 1))
    weight = pairs.to_numpy(dtype=np.float64)
    to_others = (unit != neighbour) & (weight > 0)
    places = (unit[to_others], neighbour[to_others])
    matrix = csr_array((weight[to_others], places), shape=(len(ids), len(ids)))
    rows = np.arange(len(ids))
    has_neighbours = np.diff(matrix.indptr) > 0
    while not has_neighbours.all():
        matrix, rows = matrix[has_neighbours][:, has_neighbours], rows[has_neighbours]
        has_neighbours = np.diff(matrix.indptr) > 0
    matrix.sort_indices()
    totals: Numbers = matrix.sum(axis=1)
    matrix.data /= np.repeat(totals, np.diff(matrix.indptr))
    return matrix, totals, rows


def _sameness(values: Mapping[str, Numbers]) -> list[Problem]:
    """Return the fault of too few units with neighbours, or of constant values."""
    n = len(next(iter(values.values())))
    if n < LEAST_LINKED_UNITS:
        return [
            Problem("too_few_linked", {"name": "`graph`", "found": n, "least": LEAST_LINKED_UNITS})
        ]
    return [
        Problem("constant", {"name": f"`{name}`", "total": n})
        for name, array in values.items()
        if np.ptp(_scaled(array)) <= ROUNDING
    ]


def _scores(values: Numbers) -> Numbers:
    """Return values less their mean in standard deviations; exactly 0 at the mean."""
    scaled = _scaled(values)
    from_mean = scaled - scaled.mean()
    scores = from_mean / from_mean.std(ddof=1)
    return np.where(np.abs(scores) < TIE, 0.0, scores)


def _scaled(values: Numbers) -> Numbers:
    """Return values between -1 and 1, to avoid overflow and underflow."""
    largest = np.abs(values).max()
    return values / largest if largest > 0 else values
