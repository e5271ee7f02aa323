"""People of deprived areas as a group of their own: by hand, by properties, by single persons."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import concentration_index, need_split, placement_test

few_draws = settings(max_examples=40, deadline=None)

units = st.lists(  # sites, of them deprived; people, of them deprived; need
    st.tuples(
        st.integers(0, 30), st.floats(0, 1), st.integers(1, 5_000), st.floats(0, 1),
        st.integers(-5, 5),
    ),
    min_size=2, max_size=9,
).filter(lambda rows: any(row[0] for row in rows))  # fmt: skip


def town(rows):
    table = pd.DataFrame(rows, columns=["sites", "a", "people", "b", "need"])
    table["their_sites"] = np.floor(table["sites"] * table["a"])
    table["their_people"] = np.floor(table["people"] * table["b"])
    return table


def split(city, **options):
    names = ("sites", "people", "need", "their_sites", "their_people")
    return need_split(*(city[name] for name in names), **options)


def test_sites_in_the_favelas_of_the_rich_half_by_hand():
    # Favelas 20 % of the people: rank .1. The poor rest 45 (.425), the rich rest 35 (.825).
    # Eight sites in favelas, two in the rich rest: 2 (.8 * .1 + .2 * .825) - 1 = -.51.
    result = need_split([0, 10], [50, 50], [1, 2], [0, 8], [5, 15])

    assert result.unsplit == pytest.approx(0.5)
    assert result.index == pytest.approx(-0.51)
    assert result.turns
    assert (result.people_share, result.sites_share) == (0.2, 0.8)
    assert result.interval == result.test.interval
    assert result.test.n == 10


def test_nothing_turns_where_favelas_hold_their_share():
    result = need_split([2, 10], [50, 50], [1, 2], [0.2, 3], [5, 15])

    assert 0 < result.index < result.unsplit
    assert not result.turns


@few_draws
@given(units)
def test_without_deprived_areas_it_is_the_placement_test(rows):
    city = town(rows).assign(their_sites=0, their_people=0)
    plain = placement_test(city["sites"], city["people"], city["need"], draws=99)

    result = split(city, draws=99)

    assert result.test == plain
    assert result.index == result.unsplit


@few_draws
@given(units, st.randoms(use_true_random=False))
def test_no_order_of_rows_changes_anything(rows, random):
    city = town(rows)
    order = random.sample(range(len(city)), len(city))

    assert split(city.iloc[order], draws=99) == split(city, draws=99)


@few_draws
@given(units)
def test_the_more_sites_in_favelas_the_lower_the_index(rows):
    city = town(rows)
    none, some_of_them = split(city.assign(their_sites=0), draws=9), split(city, draws=9)

    assert some_of_them.index <= none.index + 1e-12
    everything = split(city.assign(their_sites=city["sites"]), draws=9)
    share = city["their_people"].sum() / city["people"].sum()
    assert everything.index == pytest.approx(share - 1)


@few_draws
@given(units)
def test_it_is_the_index_over_single_parts_of_units(rows):
    # A second derivation: two rows per unit, and a need that puts all deprived ones below.
    city = town(rows)
    rest = city.assign(
        sites=city["sites"] - city["their_sites"], people=city["people"] - city["their_people"]
    )
    deprived = city.assign(sites=city["their_sites"], people=city["their_people"], need=-99)
    parts = pd.concat([rest, deprived], ignore_index=True)

    expected = concentration_index(parts["sites"], parts["people"], parts["need"])
    assert split(city, draws=9).index == pytest.approx(expected)


FINE = {
    "counts": [1, 2],
    "population": [5, 5],
    "rank_by": [1.0, 2],
    "deprived_counts": [0, 1],
    "deprived_people": [1, 2],
}


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"deprived_counts": [2, 1]}, ["more_than_all"]),
        ({"deprived_people": [6, 6], "deprived_counts": [2, 0]}, ["more_than_all"] * 2),
        ({"deprived_people": [-1, 0]}, ["negative"]),
        ({"deprived_people": [1, math.nan]}, ["missing"]),
        ({"deprived_people": [1]}, ["length"]),
        ({"counts": [0, 0], "draws": 0, "seed": -1}, ["all_zero", "too_small", "too_small"]),
        ({"rank_by": [math.nan, 1]}, ["missing"]),
    ],
)
def test_bad_input_is_refused_with_every_fault(changed, kinds):
    with pytest.raises(InputError) as refused:
        need_split(**(FINE | changed))

    assert [problem.kind for problem in refused.value.problems] == kinds
