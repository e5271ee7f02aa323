"""Local Moran, Gi* and the bivariate one: formulas, patches, and what must hold for any values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from libpysal.graph import Graph

from sixes_geo.errors import InputError
from sixes_geo.measures import bivariate_local_moran, getis_ord, local_moran, moran
from tests.measures.lattices import dense, lattice_values, patch, rook

few = settings(max_examples=30, deadline=None)


@few
@given(lattice_values)
def test_local_indices_add_up_to_the_global_one(values):
    graph = rook(3, 4)
    table = local_moran(pd.Series(values), graph, permutations=9)

    whole = moran(pd.Series(values), graph.transform("R"), permutations=9).index
    assert table["local_index"].sum() == pytest.approx(11 * whole)


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


def test_gi_star_is_the_formula():
    values, graph = patch(5, 2)
    weights = (dense(graph, range(25)) > 0) + np.eye(25)
    n, mean, spread = 25, values.mean(), values.std(ddof=0)
    total, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    by_hand = (weights @ values - total * mean) / (
        spread * np.sqrt((n * squares - total**2) / (n - 1))
    )

    found = getis_ord(values, graph, permutations=9)["statistic"]
    assert found.tolist() == pytest.approx(by_hand.tolist())


def test_the_conditional_p_value_is_that_of_all_ways_to_deal():
    # A ring of six; the neighbours of unit 0 are 1 and 5. Of the ten pairs of the other five
    # values (1, 2, 3, 4, 10) one adds up to 14 or more: p = 2 * 1/10 on the upper side.
    ring = Graph.from_dicts({i: [(i - 1) % 6, (i + 1) % 6] for i in range(6)})
    values = pd.Series([5.0, 4.0, 1.0, 2.0, 3.0, 10.0])

    p = local_moran(values, ring, permutations=20_000)["p_value"][0]
    assert p == pytest.approx(0.2, abs=0.02)


@few
@given(lattice_values)
def test_scaling_and_the_order_of_rows_change_nothing(values):
    graph, series = rook(3, 4), pd.Series(values)
    for measure in (local_moran, getis_ord):
        one = measure(series, graph, permutations=19)
        scaled = measure(series * 5.0 - 3, graph, permutations=19)
        mixed = measure(series[::-1], graph, permutations=19).sort_index()
        assert scaled["p_value"].tolist() == one["p_value"].tolist()
        pd.testing.assert_frame_equal(mixed, one)


@few
@given(lattice_values)
def test_reversing_values_turns_high_into_low(values):
    graph, series = rook(3, 4), pd.Series(values)
    one, other = local_moran(series, graph), local_moran(-series, graph)

    turned = one["cluster"].replace(
        {
            "high_high": "low_low",
            "low_low": "high_high",
            "high_low": "low_high",
            "low_high": "high_low",
        }
    )
    assert other["cluster"].tolist() == turned.tolist()
    assert other["local_index"].tolist() == pytest.approx(one["local_index"].tolist())


def test_chance_alone_names_hardly_anything():
    rng, graph = np.random.default_rng(9), rook(8, 8)
    named = [
        (
            local_moran(pd.Series(rng.normal(size=64)), graph, permutations=1999, seed=seed)[
                "cluster"
            ]
            != "cannot_tell"
        ).any()
        for seed in range(40)
    ]
    assert np.mean(named) <= 0.15


def test_much_of_one_thing_among_little_of_another():
    values, graph = patch()
    one, both = local_moran(values, graph), bivariate_local_moran(values, -values, graph)

    names = {"high": "low", "low": "high"}
    turned = [
        name if name == "cannot_tell" else f"{name.split('_')[0]}_{names[name.split('_')[1]]}"
        for name in one["cluster"]
    ]
    assert both["cluster"].tolist() == turned
    assert "high_low" in turned


def test_a_thing_with_itself_is_the_local_moran():
    values, graph = patch()
    one, both = local_moran(values, graph), bivariate_local_moran(values, values, graph)

    assert both["local_index"].tolist() == pytest.approx(one["local_index"].tolist())
    assert both["cluster"].tolist() == one["cluster"].tolist()


def test_islands_are_named_and_have_no_figures():
    lonely = Graph.from_dicts({"a": ["b"], "b": ["a", "c"], "c": ["b"], "x": []})
    values = pd.Series([1.0, 2.0, 4.0, 9.0], index=list("abcx"))
    for table in (
        local_moran(values, lonely),
        getis_ord(values, lonely),
        bivariate_local_moran(values, -values, lonely),
    ):
        assert table.loc["x", "cluster"] == "island"
        assert table.loc["x"].drop("cluster").isna().all()
        assert table.loc["a":"c", "p_value"].notna().all()


@pytest.mark.parametrize("measure", [local_moran, getis_ord])
def test_all_faults_are_named_at_once(measure):
    with pytest.raises(InputError) as caught:
        measure(pd.Series([1.0, None, 3.0]), rook(3, 3), permutations=0, seed=-1, alpha=1)
    kinds = [problem.kind for problem in caught.value.problems]
    assert {"missing", "misaligned", "too_small", "not_between"} <= set(kinds)


def test_both_things_are_checked():
    with pytest.raises(InputError) as caught:
        bivariate_local_moran(pd.Series([1.0, 1, 1, 1]), pd.Series([2.0, 2, 2, 2]), rook(2, 2))
    assert [problem.kind for problem in caught.value.problems] == ["constant", "constant"]
