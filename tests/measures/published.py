"""Data shipped with libpysal, for which other tools publish figures."""

from pathlib import Path

import pandas as pd
from libpysal import examples
from libpysal.graph import Graph


def neighbours(name):
    """Return the graph of a GAL file: a count, then two lines per unit, its id and neighbours."""
    _, *lines = Path(examples.get_path(name)).read_text(encoding="utf-8").splitlines()
    ids = [line.split()[0] for line in lines[::2]]
    near = [line.split() for line in lines[1::2]]
    return Graph.from_dicts(dict(zip(ids, near, strict=True)))


def columns(name, graph):
    """Return a table of numbers on the ids of its graph: rows of both are in one order."""
    path = examples.get_path(name)
    table = pd.read_csv(path, skiprows=1 if path.endswith(".txt") else 0)
    return table.set_axis(graph.unique_ids)
