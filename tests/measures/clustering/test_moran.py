"""Moran's I: the textbook lattice, published figures, and what must hold for any values."""

import math

import esda
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from libpysal.graph import Graph

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import moran
from tests.measures.lattices import dense, lattice_values, patch, rook
from tests.measures.published import columns, neighbours


def kinds_of(caught):
    return [problem.kind for problem in caught.value.problems]


def test_the_lattice_of_nine():
    test = moran(pd.Series(range(1, 10)), rook(3, 3))

    assert test.index == pytest.approx(0.5)
    assert test.expected == -1 / 8
    assert (test.n, test.islands) == (9, ())
    assert (test.permutations, test.seed) == (999, 0)


def test_a_chessboard_is_as_unlike_as_can_be():
    board = pd.Series([(row + column) % 2 for row in range(6) for column in range(6)])
    test = moran(board, rook(6, 6))

    assert test.index == pytest.approx(-1)
    assert test.p_value == 2 / 1000
    assert test.z < -5


def test_the_p_value_is_that_of_all_ways_to_deal():
    # Four in a row, 1 2 3 4: I = 1/3. Of the 24 ways to deal two, these and their mirror image,
    # have as high an index; ties count on both sides.
    line = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]})
    test = moran(pd.Series([1, 2, 3, 4], index=list("abcd")), line, permutations=40_000)

    assert test.index == pytest.approx(1 / 3)
    assert test.p_value == pytest.approx(2 * 2 / 24, abs=0.01)


def test_homicides_around_saint_louis():
    # Documentation of esda.Moran: 78 counties, rates 1988-93, I 0.244, expected -0.012987.
    graph = neighbours("stl.gal")
    test = moran(columns("stl_hom.txt", graph)["HR8893"], graph.transform("R"))

    assert round(test.index, 3) == 0.244
    assert test.expected == pytest.approx(-0.012987012987012988)
    assert test.p_value < 0.02


@given(lattice_values)
def test_esda_gives_the_same_index(values):
    graph, array = rook(3, 4), np.array(values, float)
    binary = esda.Moran(array, graph.to_W(), transformation="o", permutations=0)
    by_rows = esda.Moran(array, graph.to_W(), permutations=0)

    test = moran(pd.Series(values), graph, permutations=9)
    assert test.index == pytest.approx(binary.I)
    assert test.expected == pytest.approx(binary.EI)
    rows = moran(pd.Series(values), graph.transform("R"), permutations=9)
    assert rows.index == pytest.approx(by_rows.I)


def test_z_is_near_that_of_the_randomisation_assumption():
    values, graph = patch()
    published = esda.Moran(values.to_numpy(), graph.to_W(), permutations=0)

    assert moran(values, graph.transform("R"), permutations=9999).z == pytest.approx(
        published.z_rand, rel=0.05
    )


def test_the_index_is_the_formula():
    values, graph = patch(5, 2)
    z = values - values.mean()

    by_hand = (z @ (dense(graph, range(25)) @ z)) / (z @ z)
    assert moran(values, graph.transform("R")).index == pytest.approx(by_hand)


@given(lattice_values)
def test_moving_scaling_and_the_order_of_rows_change_nothing(values):
    graph = rook(3, 4)
    one = moran(pd.Series(values), graph, permutations=19)
    scaled = moran(pd.Series(values) * 3.0 + 7, graph, permutations=19)
    mixed = moran(pd.Series(values)[::-1], graph, permutations=19)

    assert scaled.index == pytest.approx(one.index)
    assert scaled.p_value == one.p_value
    assert repr(mixed) == repr(one)


@given(lattice_values)
def test_the_order_of_the_graph_and_the_size_of_weights_leave_no_trace(values):
    one = moran(pd.Series(values), rook(3, 4), permutations=19)
    pairs = rook(3, 4).adjacency.reset_index().sort_values("neighbor", ascending=False)
    turned = Graph.from_arrays(*(pairs * [1, 1, 7]).to_numpy().T)

    other = moran(pd.Series(values), turned, permutations=19)
    assert other.index == pytest.approx(one.index)
    assert other.p_value == one.p_value


def test_a_unit_is_no_neighbour_of_its_own():
    pairs = rook(3, 3).adjacency.reset_index().to_numpy()
    loops = np.array([range(9), range(9), [5] * 9]).T
    graph = Graph.from_arrays(*np.concatenate([pairs, loops]).T)

    assert graph.adjacency[4, 4] == 5
    assert moran(pd.Series(range(1, 10)), graph).index == pytest.approx(0.5)


def test_values_as_large_and_as_small_as_floats_can_be():
    board = pd.Series([(row + column) % 2 for row in range(6) for column in range(6)])
    for low, high in ((-1.7e308, 1.7e308), (1.6e308, 1.7e308), (0, 5e-324)):
        values = board.map({0: low, 1: high})
        assert moran(values, rook(6, 6)).index == pytest.approx(-1), (low, high)


def test_p_is_even_where_values_are_dealt_at_random():
    rng, graph = np.random.default_rng(2), rook(5, 5)
    p_values = [
        moran(pd.Series(rng.normal(size=25)), graph, permutations=199, seed=seed).p_value
        for seed in range(200)
    ]
    for level in (0.05, 0.2, 0.5):
        share = np.mean(np.array(p_values) <= level)
        assert abs(share - level) < 4 * math.sqrt(level * (1 - level) / 200)


def test_where_all_are_neighbours_nothing_can_vary():
    everyone = Graph.from_dicts({i: [j for j in range(5) if j != i] for i in range(5)})
    test = moran(pd.Series([1, 5, 2, 8, 3]), everyone)

    assert test.index == pytest.approx(test.expected)
    assert test.p_value == 1
    assert math.isnan(test.z)


def test_islands_take_no_part_and_are_named():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 3.0, 99.0], index=list("abcx"))
    test = moran(values, lonely)

    assert (test.islands, test.n) == (("x",), 3)
    without = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    assert test.index == moran(values[:3], without).index


def test_who_has_only_islands_for_neighbours_is_one_too():
    pairs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("y", "x"), ("x", "x")]
    focal, neighbour = zip(*pairs, strict=True)
    one_way = Graph.from_arrays(focal, neighbour, [1, 1, 1, 1, 1, 0])

    test = moran(pd.Series([1.0, 2, 4, 9, 9], index=list("abcxy")), one_way)
    assert (test.islands, test.n) == (("x", "y"), 3)


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        moran(pd.Series([1.0, None, 3.0]), rook(3, 3), permutations=0, seed=-1)
    assert kinds_of(caught) == ["missing", "misaligned", "too_small", "too_small"]


def test_a_graph_of_other_ids_is_refused_with_their_names():
    named = pd.Series([1.0, 2, 3, 4], index=list("abcd"))
    with pytest.raises(InputError) as caught:
        moran(named, Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []}))
    differ = {"name": "`graph`", "bad": 2, "total": 5, "units": "d, x", "other": "`values`"}
    assert caught.value.problems == (Problem("misaligned", differ),)

    with pytest.raises(InputError) as caught:  # ids that only look the same
        moran(pd.Series([1.0, 2, 3, 4], index=list("0123")), rook(2, 2))
    assert kinds_of(caught) == ["misaligned"]


@pytest.mark.parametrize(("weight", "kind"), [(-1.0, "negative"), (math.inf, "infinite")])
def test_weights_that_cannot_be_are_refused(weight, kind):
    graph = Graph.from_arrays([0, 1, 1, 2], [1, 0, 2, 1], [1, 1, weight, 1])
    with pytest.raises(InputError) as caught:
        moran(pd.Series([1, 2, 4]), graph)
    fields = {"name": "`graph`", "bad": 1, "total": 3, "units": "1"}
    assert caught.value.problems == (Problem(kind, fields),)


@pytest.mark.parametrize(
    ("values", "graph", "kind"),
    [
        ([1, 1, 1, 1], rook(2, 2), "constant"),
        ([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2], rook(2, 2), "constant"),  # but for rounding
        ([0, 0, 0, 0], rook(2, 2), "constant"),
        ([1, 2], rook(1, 2), "too_few_linked"),
        ([1, 2, 3, 4], Graph.from_dicts({0: [1], 1: [0], 2: [], 3: []}), "too_few_linked"),
        ([1, 2, 3], Graph.from_dicts({0: [], 1: [], 2: []}), "too_few_linked"),
    ],
)
def test_what_has_nothing_to_compare_is_refused(values, graph, kind):
    with pytest.raises(InputError) as caught:
        moran(pd.Series(values), graph)
    assert kinds_of(caught) == [kind]
