"""Gi*: by hand, published figures, and what must hold for any values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from libpysal.graph import Graph

from sixes_geo.base.errors import InputError
from sixes_geo.measures import getis_ord, local_moran
from tests.measures.lattices import dense, lattice_values, patch, rook

few = settings(max_examples=30)


def test_a_corner_of_the_lattice_of_nine_by_hand():
    # 1 with 2 and 4 beside it: 7 where three units of mean 5 would have 15; spread
    # sqrt(60 / 9) sqrt((9 x 3 - 9) / 8) = 3.872983.
    statistic = getis_ord(pd.Series(range(1, 10)), rook(3, 3))["statistic"]

    assert statistic[0] == pytest.approx(-8 / 3.872983)
    assert statistic[4] == pytest.approx(0, abs=1e-9)
    assert statistic[8] == pytest.approx(8 / 3.872983)


def test_the_six_points_of_esda():
    # Documentation of esda.G_Local: points within 15 of one another, binary, star=True.
    near = {0: [1, 3], 1: [0, 3, 4], 2: [4], 3: [0, 1, 4], 4: [1, 2, 3, 5], 5: [4]}
    found = getis_ord(pd.Series([2, 3, 3.2, 5, 8, 7]), Graph.from_dicts(near))

    assert found["statistic"].tolist() == pytest.approx(
        [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    )
    assert found.columns.tolist() == ["statistic", "p_value", "q_value", "cluster"]


def test_the_statistic_is_the_formula():
    values, graph = patch(5, 2)
    weights = (dense(graph, range(25)) > 0) + np.eye(25)
    n, mean, spread = 25, values.mean(), values.std(ddof=0)
    total, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    by_hand = (weights @ values - total * mean) / (
        spread * np.sqrt((n * squares - total**2) / (n - 1))
    )

    found = getis_ord(values, graph, permutations=9)["statistic"]
    assert found.tolist() == pytest.approx(by_hand.tolist())


@few
@given(lattice_values)
def test_scaling_weights_and_the_order_of_rows_change_nothing(values):
    graph, series = rook(3, 4), pd.Series(values)
    one = getis_ord(series, graph, permutations=19)
    mixed = getis_ord(series[::-1], graph, permutations=19)
    rows = getis_ord(series, graph.transform("R"), permutations=19)
    scaled = getis_ord(series * 5.0 - 3, graph, permutations=19)

    pd.testing.assert_frame_equal(mixed.sort_index(), one, check_exact=True)
    pd.testing.assert_frame_equal(rows, one)
    pd.testing.assert_frame_equal(scaled, one)


@few
@given(lattice_values)
def test_reversing_values_turns_hot_into_cold(values):
    graph, series = rook(3, 4), pd.Series(values)
    one, other = (getis_ord(sign * series, graph, alpha=0.9) for sign in (1, -1))

    assert other["statistic"].tolist() == pytest.approx((-one["statistic"]).tolist())
    turned = one["cluster"].replace({"hot": "cold", "cold": "hot"})
    assert other["cluster"].tolist() == turned.tolist()


@few
@given(lattice_values)
def test_the_p_value_is_that_of_local_moran_but_at_the_mean(values):
    graph, series = rook(3, 4), pd.Series(values)
    hot, local = getis_ord(series, graph), local_moran(series, graph)

    away = (series - series.mean()).abs() > 1e-6
    assert hot.loc[away, "p_value"].tolist() == local.loc[away, "p_value"].tolist()


def test_a_high_patch_is_hot_and_a_low_one_cold():
    values, graph = patch()
    hot, cold = getis_ord(values, graph), getis_ord(-values, graph)

    assert (hot["cluster"][[13, 14, 26]] == "hot").all()
    assert (cold["cluster"][[13, 14, 26]] == "cold").all()
    assert "hot" not in set(hot["cluster"][6 * 12 :])
    assert "cold" not in set(cold["cluster"][6 * 12 :])


def test_one_high_unit_by_itself_is_not_hot():
    values = pd.Series(np.random.default_rng(0).normal(0, 0.1, 100))
    values[55] = 10
    table = getis_ord(values, rook(10, 10), permutations=9999)

    assert table["statistic"][55] > 3
    assert table["cluster"][55] == "cannot_tell"


def test_a_very_low_unit_among_high_ones_is_neither():
    values, graph = patch()
    values[13] = -60
    table = getis_ord(values, graph, permutations=9999)

    assert table["statistic"][13] < 0
    assert table["q_value"][13] <= 0.05
    assert table["cluster"][13] == "cannot_tell"


def test_where_all_are_neighbours_the_statistic_is_missing():
    everyone = Graph.from_dicts({i: [j for j in range(5) if j != i] for i in range(5)})
    table = getis_ord(pd.Series([1, 5, 2, 8, 3]), everyone)

    assert table["statistic"].isna().all()
    assert (table["p_value"] == 1).all()
    assert (table["cluster"] == "cannot_tell").all()


def test_islands_are_named_and_have_no_figures():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 4.0, 9.0], index=list("abcx"))
    table = getis_ord(values, lonely)

    assert table.loc["x", "cluster"] == "island"
    assert table.loc["x"].drop("cluster").isna().all()
    assert table.loc["a":"c", "p_value"].notna().all()


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        getis_ord(pd.Series([1.0, np.inf, 3.0]), rook(3, 3), permutations=0, seed=-1, alpha=0)
    kinds = [problem.kind for problem in caught.value.problems]
    assert kinds == ["infinite", "misaligned", "too_small", "too_small", "not_between"]
    assert caught.value.where == "getis_ord"
