"""Bivariate local Moran: by hand, published figures, and what must hold for any values."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from libpysal import examples
from libpysal.graph import Graph

from sixes_geo.base.errors import InputError
from sixes_geo.measures import bivariate_local_moran, local_moran
from tests.measures.lattices import lattice_values, patch, rook
from tests.measures.published import neighbours

few = settings(max_examples=30)


def second_turned(name):
    """Return the name of a cluster with the word of the neighbours turned round."""
    own, _, near = name.partition("_")
    return name if name == "cannot_tell" else f"{own}_{'low' if near == 'high' else 'high'}"


def test_three_in_a_row_by_hand():
    # First thing 1 2 3: -1 0 1. Second 1 0 5: -1 -2 3 less the mean, spread sqrt(7). Beside a
    # and c stands b alone; b is at the mean of the first.
    row = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    own, other = (pd.Series(values, index=list("abc")) for values in ([1, 2, 3], [1, 0, 5]))
    table = bivariate_local_moran(own, other, row)

    assert table["local_index"].tolist() == pytest.approx([2 / 7**0.5, 0, -2 / 7**0.5])
    assert table["p_value"]["b"] == 1


def test_sudden_deaths_in_north_carolina():
    # Documentation of esda.Moran_BV, which is the mean of the local indices (0.156), and of
    # Moran_Local_BV: quadrants 3 4 3 4 2 1 4 4 2 4; in 1 and 3 both words are the same.
    graph = neighbours("sids2.gal")
    rates = gpd.read_file(examples.get_path("sids2.dbf")).set_axis(graph.unique_ids)
    table = bivariate_local_moran(rates["SIDR79"], rates["SIDR74"], graph)

    assert round(table["local_index"].sum() / 99, 3) == 0.156
    alike = [True, False, True, False, False, True, False, False, False, False]
    assert (table["local_index"][:10] > 0).tolist() == alike


def test_the_first_word_is_the_unit_and_the_second_its_neighbours():
    provision, need = pd.Series(np.zeros(144)), patch()[0]
    provision[[50, 100]] = 1, -5  # Elsewhere a little above the mean: high.
    table = bivariate_local_moran(provision, need, rook(12, 12), permutations=9999)

    assert table["cluster"][13] == "high_high"
    provision[13] = -5
    table = bivariate_local_moran(provision, need, rook(12, 12), permutations=9999)
    assert table["cluster"][13] == "low_high"
    table = bivariate_local_moran(provision, -need, rook(12, 12), permutations=9999)
    assert table["cluster"][13] == "low_low"


def test_much_of_one_thing_among_little_of_another():
    values, graph = patch()
    one, both = local_moran(values, graph), bivariate_local_moran(values, -values, graph)

    assert both["cluster"].tolist() == [second_turned(name) for name in one["cluster"]]
    assert "high_low" in both["cluster"].tolist()


def test_a_thing_with_itself_is_the_local_moran():
    # Which is also the caution: in-place correlation alone makes clusters.
    values, graph = patch()
    one, both = local_moran(values, graph), bivariate_local_moran(values, values, graph)

    pd.testing.assert_frame_equal(both, one, check_exact=True)


@few
@given(lattice_values, lattice_values)
def test_only_the_neighbours_are_put_to_the_test(first, second):
    # Whatever a unit has itself, p is that of the neighbours' thing alone.
    graph, own, other = rook(3, 4), pd.Series(first), pd.Series(second)
    both, one = bivariate_local_moran(own, other, graph), local_moran(other, graph)

    away = [(column - column.mean()).abs() > 1e-6 for column in (own, other)]
    told = away[0] & away[1]
    assert both.loc[told, "p_value"].tolist() == one.loc[told, "p_value"].tolist()


@few
@given(lattice_values, lattice_values)
def test_moving_scaling_and_the_order_of_rows_change_nothing(first, second):
    graph, own, other = rook(3, 4), pd.Series(first), pd.Series(second)
    one = bivariate_local_moran(own, other, graph, permutations=19)
    scaled = bivariate_local_moran(own * 2.0 + 1, other * 5.0 - 3, graph, permutations=19)
    mixed = bivariate_local_moran(own[::-1], other[::-1], graph, permutations=19)

    pd.testing.assert_frame_equal(scaled, one)
    pd.testing.assert_frame_equal(mixed.sort_index(), one, check_exact=True)


@few
@given(lattice_values, lattice_values)
def test_reversing_the_neighbours_turns_their_word(first, second):
    graph, own, other = rook(3, 4), pd.Series(first), pd.Series(second)
    one, turned = (bivariate_local_moran(own, sign * other, graph, alpha=0.9) for sign in (1, -1))

    assert turned["local_index"].tolist() == pytest.approx((-one["local_index"]).tolist())
    assert turned["cluster"].tolist() == [second_turned(name) for name in one["cluster"]]


def test_two_things_dealt_apart_name_hardly_anything():
    rng, graph = np.random.default_rng(3), rook(8, 8)
    named = [
        (
            bivariate_local_moran(
                pd.Series(rng.normal(size=64)), pd.Series(rng.normal(size=64)), graph, seed=seed
            )["cluster"]
            != "cannot_tell"
        ).any()
        for seed in range(40)
    ]
    assert np.mean(named) <= 0.15


def test_islands_are_named_and_have_no_figures():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 4.0, 9.0], index=list("abcx"))
    table = bivariate_local_moran(values, -values, lonely)

    assert table.loc["x", "cluster"] == "island"
    assert table.loc["x"].drop("cluster").isna().all()
    assert table.loc["a":"c", "p_value"].notna().all()


def test_both_things_are_checked():
    with pytest.raises(InputError) as caught:
        bivariate_local_moran(pd.Series([1.0, 1, 1, 1]), pd.Series([2.0, 2, 2, 2]), rook(2, 2))
    named = [(problem.kind, problem.fields["name"]) for problem in caught.value.problems]
    assert named == [("constant", "`values`"), ("constant", "`others`")]


def test_all_faults_are_named_at_once():
    own, other = pd.Series([1.0, None, 3.0, 4.0]), pd.Series([1.0, np.inf, 3.0, 4.0])
    with pytest.raises(InputError) as caught:
        bivariate_local_moran(own, other[::-1], rook(1, 3), permutations=0, alpha=2)
    kinds = [problem.kind for problem in caught.value.problems]
    assert kinds == [
        "misordered",
        "missing",
        "infinite",
        "misaligned",
        "too_small",
        "not_between",
    ]
