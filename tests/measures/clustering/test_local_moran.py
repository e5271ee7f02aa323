"""Local Moran: the lattice by hand, published figures, and what must hold for any values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from libpysal.graph import Graph

from sixes_geo.base.errors import InputError
from sixes_geo.measures import getis_ord, local_moran, moran
from tests.measures.lattices import lattice_values, patch, rook
from tests.measures.published import columns, neighbours

few = settings(max_examples=30)

SIX = {0: [1, 3], 1: [0, 3, 4], 2: [4], 3: [0, 1, 4], 4: [1, 2, 3, 5], 5: [4]}
"""Six points and who is within 15 of whom: the documentation of esda.G_Local."""

TURNED = {"high_high": "low_low", "low_low": "high_high"} | {
    "high_low": "low_high",
    "low_high": "high_low",
}


def ring(n):
    return Graph.from_dicts({i: [(i - 1) % n, (i + 1) % n] for i in range(n)})


def test_the_lattice_of_nine_by_hand():
    # Less the mean: -4 to 4, squares 60, variance 7.5. The corner 1 has 2 and 4 beside it, so
    # -4 x -2 / 7.5; then 2 beside 1, 3, 5; 3 beside 2, 6; 4 beside 1, 5, 7; 5 is at the mean.
    table = local_moran(pd.Series(range(1, 10)), rook(3, 3))

    half = [16 / 15, 0.8, 4 / 15, 4 / 45]
    assert table["local_index"].tolist() == pytest.approx([*half, 0, *half[::-1]])
    assert table.columns.tolist() == ["local_index", "p_value", "q_value", "cluster"]


@pytest.mark.parametrize("scale", [1, 0.1, 0.7, -1, -0.1, 1 / 3])
def test_a_unit_at_the_mean_is_neither_high_nor_low(scale):
    # 5 is the mean, though not to the last digit once values are scaled; beside it stand the
    # two highest, or the two lowest: one pair of fifteen.
    values = pd.Series([5, 9, 4, 1, 3, 3, 10]) * scale
    at_mean = local_moran(values, ring(7), alpha=0.999).loc[0]

    assert getis_ord(values, ring(7)).loc[0, "p_value"] == pytest.approx(2 / 15, abs=0.05)
    assert at_mean["p_value"] == 1
    assert at_mean["cluster"] == "cannot_tell"
    assert at_mean["local_index"] == 0
    assert not np.signbit(at_mean["local_index"])


def test_six_points_with_all_ways_to_deal_by_hand():
    # Indices by esda. Unit 0 has 3 and 5 beside it: of the ten pairs of the other five values
    # two add up to 8 or less, p = 2 x 2/10. Unit 1 has 2, 5 and 8: six triples of ten are as
    # high and five as low, as 2, 5 and 8 itself is both: p = 1. Units 2 and 5 have the
    # highest of five values. Unit 3 has 13: four triples of ten are as low. Unit 4 has all
    # the others but the lowest: one way of five is as high.
    values = pd.Series([2, 3, 3.2, 5, 8, 7])
    table = local_moran(values, Graph.from_dicts(SIX), permutations=20_000)

    assert table["local_index"].tolist() == pytest.approx(
        [0.32926829, -0.08885017, -0.86236934, -0.01916376, -0.08623693, 1.32229965]
    )
    assert table["p_value"].tolist() == pytest.approx([0.4, 1, 0.4, 0.8, 0.4, 0.4], abs=0.02)


def test_the_signs_published_for_ten_units():
    # Documentation of esda.Moran_Local: quadrants 4 4 4 2 3 3 1 4 3 3; in 1 and 3 a unit is
    # like its neighbours.
    graph = neighbours("desmith.gal")
    table = local_moran(columns("desmith.txt", graph)["z"], graph)

    alike = [False] * 4 + [True] * 3 + [False] + [True] * 2
    assert (table["local_index"] > 0).tolist() == alike


@few
@given(lattice_values)
def test_local_indices_add_up_to_the_global_one(values):
    graph = rook(3, 4)
    table = local_moran(pd.Series(values), graph, permutations=9)

    whole = moran(pd.Series(values), graph.transform("R"), permutations=9).index
    assert table["local_index"].sum() == pytest.approx(11 * whole)


@few
@given(lattice_values)
def test_scaling_and_the_order_of_rows_change_nothing(values):
    graph, series = rook(3, 4), pd.Series(values)
    one = local_moran(series, graph, permutations=19)
    scaled = local_moran(series * 5.0 - 3, graph, permutations=19)
    mixed = local_moran(series[::-1], graph, permutations=19)

    assert mixed.index.equals(series[::-1].index)
    pd.testing.assert_frame_equal(mixed.sort_index(), one, check_exact=True)
    assert scaled["p_value"].tolist() == one["p_value"].tolist()
    assert scaled["cluster"].tolist() == one["cluster"].tolist()


@few
@given(lattice_values)
def test_reversing_values_turns_high_into_low(values):
    graph, series = rook(3, 4), pd.Series(values)
    one, other = (local_moran(sign * series, graph, alpha=0.9) for sign in (1, -1))

    assert other["cluster"].tolist() == one["cluster"].replace(TURNED).tolist()
    assert other["local_index"].tolist() == pytest.approx(one["local_index"].tolist())


@few
@given(lattice_values)
def test_a_name_says_what_the_unit_and_its_neighbours_have(values):
    series, graph = pd.Series(values), rook(3, 4)
    table = local_moran(series, graph, alpha=0.999)
    from_mean = series - series.mean()
    around = pd.Series({unit: from_mean[graph[unit].index].mean() for unit in series.index})

    for unit, name in table.loc[table["cluster"] != "cannot_tell", "cluster"].items():
        own, near = ("high" if side[unit] > 0 else "low" for side in (from_mean, around))
        assert name == f"{own}_{near}"


def test_other_names_in_the_same_order_give_the_same():
    values, graph = patch()
    names = {unit: f"zone {unit}" for unit in values.index}
    pairs = graph.adjacency.reset_index()
    renamed = Graph.from_arrays(
        *(pairs[end].map(names).to_numpy() for end in ("focal", "neighbor")),
        pairs["weight"].to_numpy(),
    )
    one, other = (local_moran(values, graph), local_moran(values.rename(names), renamed))

    assert other.index.tolist() == list(names.values())
    pd.testing.assert_frame_equal(other.set_axis(values.index), one, check_exact=True)


def test_the_patch_is_found_and_little_else():
    values, graph = patch()
    table = local_moran(values, graph, permutations=9999)
    inside = pd.Series(False, index=values.index)
    inside[[12 * row + column for row in range(4) for column in range(4)]] = True

    high = table["cluster"] == "high_high"
    assert high[inside].sum() >= 8
    assert not high[~inside].any()
    assert (table["q_value"] >= table["p_value"] - 1e-12).all()


def test_a_low_unit_among_high_ones_is_told_apart():
    values, graph = patch()
    values[13] = -1.0

    assert local_moran(values, graph, permutations=9999)["cluster"][13] == "low_high"


def test_neighbours_below_the_mean_are_not_called_high_however_far_out():
    # One very high unit lifts the mean above all others: a stretch of ones among noughts is
    # more than chance would deal, but not high.
    values = pd.Series(np.zeros(400))
    values[10:22], values[200] = 1, 10_000
    stretch = local_moran(values, ring(400), permutations=9999, alpha=0.9).loc[11:20]

    assert (stretch["q_value"] <= 0.9).all()
    assert (stretch["cluster"] == "cannot_tell").all()


def test_few_permutations_name_nothing_among_many_units():
    # 100 units, one pair of them far out: the smallest q is 2 x 100 / (r (permutations + 1)).
    values = pd.Series(np.tile([0.0, 1.0], 50))
    values[40:43] = 50

    def named(permutations):
        return (local_moran(values, ring(100), permutations=permutations)["cluster"][41]) != (
            "cannot_tell"
        )

    assert [named(permutations) for permutations in (99, 99_999)] == [False, True]


def test_chance_alone_names_hardly_anything():
    rng, graph = np.random.default_rng(9), rook(8, 8)
    tables = [
        local_moran(pd.Series(rng.normal(size=64)), graph, permutations=1999, seed=seed)
        for seed in range(40)
    ]
    assert np.mean([(table["cluster"] != "cannot_tell").any() for table in tables]) <= 0.15
    assert np.mean([(table["p_value"] <= 0.2).mean() for table in tables]) == pytest.approx(
        0.2, abs=0.04
    )


def test_islands_are_named_and_have_no_figures():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 4.0, 9.0], index=list("abcx"))
    table = local_moran(values, lonely)

    assert table.loc["x", "cluster"] == "island"
    assert table.loc["x"].drop("cluster").isna().all()
    without = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    pd.testing.assert_frame_equal(table[:3], local_moran(values[:3], without))


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        local_moran(pd.Series([1.0, None, 3.0]), rook(3, 3), permutations=0, seed=-1, alpha=1)
    kinds = [problem.kind for problem in caught.value.problems]
    assert kinds == ["missing", "misaligned", "too_small", "too_small", "not_between"]
    assert caught.value.where == "local_moran"
