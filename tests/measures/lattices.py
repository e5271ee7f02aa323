"""Lattices and random graphs for the tests of clustering."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from libpysal.graph import Graph


def rook(rows, columns):
    """Return a lattice whose cells touch along edges, numbered row by row."""
    cells = np.arange(rows * columns).reshape(rows, columns)
    pairs = [
        *zip(cells[:, :-1].ravel(), cells[:, 1:].ravel(), strict=True),
        *zip(cells[:-1].ravel(), cells[1:].ravel(), strict=True),
    ]
    near = {int(cell): [] for cell in cells.ravel()}
    for one, other in pairs:
        near[int(one)].append(int(other))
        near[int(other)].append(int(one))
    return Graph.from_dicts(near)


def dense(graph, ids):
    """Return the weights as a table, rows adding up to 1."""
    pairs = graph.adjacency.reset_index()
    table = pairs.pivot_table(index="focal", columns="neighbor", values="weight", fill_value=0.0)
    full = table.reindex(index=ids, columns=ids, fill_value=0.0).to_numpy(copy=True)
    np.fill_diagonal(full, 0)
    return full / full.sum(axis=1, keepdims=True)


lattice_values = st.lists(st.integers(-50, 50), min_size=12, max_size=12).filter(
    lambda values: len(set(values)) > 1
)
"""Values of a lattice of three rows and four columns."""


def patch(side=12, high=4):
    """Return a lattice of low values with one high corner, a little uneven."""
    rng = np.random.default_rng(5)
    values = rng.normal(0, 0.3, (side, side))
    values[:high, :high] += 5
    return pd.Series(values.ravel()), rook(side, side)
