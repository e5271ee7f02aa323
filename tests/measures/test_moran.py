"""Moran's I: the textbook lattice, esda's own figures, and what must hold for any values."""

import math

import esda
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from libpysal.graph import Graph

from sixes_geo.errors import InputError
from sixes_geo.measures import moran
from tests.measures.lattices import dense, lattice_values, patch, rook


def test_the_lattice_of_nine():
    test = moran(pd.Series(range(1, 10)), rook(3, 3))

    assert test.index == pytest.approx(0.5)
    assert test.expected == -1 / 8
    assert (test.n, test.islands) == (9, ())


def test_a_chessboard_is_as_unlike_as_can_be():
    board = pd.Series([(row + column) % 2 for row in range(6) for column in range(6)])
    test = moran(board, rook(6, 6))

    assert test.index == pytest.approx(-1)
    assert test.p_value == 2 / 1000
    assert test.z < -5


@given(lattice_values)
def test_esda_gives_the_same_index(values):
    graph = rook(3, 4)
    published = esda.Moran(
        np.array(values, float), graph.to_W(), transformation="o", permutations=0
    )

    by_rows = esda.Moran(np.array(values, float), graph.to_W(), permutations=0)
    rows = moran(pd.Series(values), graph.transform("R"), permutations=9)
    assert rows.index == pytest.approx(by_rows.I)
    test = moran(pd.Series(values), graph, permutations=9)
    assert test.index == pytest.approx(published.I)
    assert test.expected == pytest.approx(published.EI)


def test_z_is_near_that_of_the_randomisation_assumption():
    values, graph = patch()
    published = esda.Moran(values.to_numpy(), graph.to_W(), permutations=0)

    assert moran(values, graph.transform("R"), permutations=9999).z == pytest.approx(
        published.z_rand, rel=0.05
    )


@given(lattice_values)
def test_moving_scaling_and_the_order_of_rows_change_nothing(values):
    graph = rook(3, 4)
    one = moran(pd.Series(values), graph, permutations=19)
    scaled = moran(pd.Series(values) * 3.0 + 7, graph, permutations=19)
    mixed = moran(pd.Series(values)[::-1], graph, permutations=19)

    assert scaled.index == pytest.approx(one.index)
    assert scaled.p_value == one.p_value
    assert repr(mixed) == repr(one)


def test_p_is_even_where_values_are_dealt_at_random():
    rng, graph = np.random.default_rng(2), rook(5, 5)
    p_values = [
        moran(pd.Series(rng.normal(size=25)), graph, permutations=199, seed=seed).p_value
        for seed in range(200)
    ]
    for level in (0.05, 0.2, 0.5):
        share = np.mean(np.array(p_values) <= level)
        assert abs(share - level) < 4 * math.sqrt(level * (1 - level) / 200)


def test_islands_take_no_part_and_are_named():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 3.0, 99.0], index=list("abcx"))
    test = moran(values, lonely)

    assert (test.islands, test.n) == (("x",), 3)
    without = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    assert test.index == moran(values[:3], without).index


def test_the_index_is_the_formula():
    values, graph = patch(5, 2)
    z = values - values.mean()

    by_hand = (z @ (dense(graph, range(25)) @ z)) / (z @ z)
    assert moran(values, graph.transform("R")).index == pytest.approx(by_hand)


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        moran(pd.Series([1.0, None, 3.0]), rook(3, 3), permutations=0, seed=-1)
    kinds = [problem.kind for problem in caught.value.problems]
    assert {"missing", "misaligned", "too_small"} <= set(kinds)


@pytest.mark.parametrize(
    ("values", "graph", "kind"),
    [
        ([1, 1, 1, 1], rook(2, 2), "constant"),
        ([1, 2], rook(1, 2), "too_few_linked"),
        ([1, 2, 3, 4], Graph.from_dicts({0: [1], 1: [0], 2: [], 3: []}), "too_few_linked"),
    ],
)
def test_what_has_nothing_to_compare_is_refused(values, graph, kind):
    with pytest.raises(InputError) as caught:
        moran(pd.Series(values), graph)
    assert [problem.kind for problem in caught.value.problems] == [kind]
