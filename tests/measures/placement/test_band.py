"""The band of chance around the diagonal: hand-worked and provable widths."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import concentration_curve, placement_band
from tests.measures.tables import SMOKE, orders, shuffled

few = settings(max_examples=30, deadline=None)
cities = st.lists(
    st.tuples(st.integers(1, 1000), st.integers(-20, 20)), min_size=2, max_size=12
).filter(lambda rows: len({need for _, need in rows}) > 1)


def band(rows, amounts, **options):
    table = pd.DataFrame(rows, columns=["people", "need"])
    return placement_band(table["people"], table["need"], amounts, **options)


def width(found):
    middle = found.iloc[1:-1]
    return np.maximum(
        middle["upper"] - middle["people_share"], middle["people_share"] - middle["lower"]
    ).max()


def test_two_sites_on_two_halves_by_hand():
    # Both in one half with probability 1/2: then the curve is half of the people off.
    found = band([(5, 1), (5, 2)], [1, 1])

    assert found["people_share"].tolist() == [0, 0.5, 1]
    assert (found["lower"][1], found["upper"][1]) == (0, 1)
    assert width(band([(5, 1), (5, 2)], [1, 1], level=0.4)) == 0


def test_many_sites_have_the_published_width():
    # Kolmogorov's limit at 95 %: 1.358 / sqrt(n).
    rows = [(1, step) for step in range(300)]

    assert width(band(rows, np.ones(900), draws=4999)) == pytest.approx(1.358 / 30, rel=0.04)


def test_lumpy_amounts_widen_it_as_few_sites_do():
    rows = [(1, step) for step in range(50)]
    even, lumpy = np.ones(200), np.r_[np.full(4, 50.0), np.ones(196)]
    one_lump = 1 / ((lumpy / lumpy.sum()) ** 2).sum()

    wide = width(band(rows, lumpy))
    assert wide > width(band(rows, even)) * 2
    assert wide == pytest.approx(width(band(rows, np.ones(round(one_lump)))), rel=0.35)


def test_equal_amounts_are_sites():
    rows = [(10 + step, step) for step in range(20)]
    nearly = np.ones(60) + np.linspace(0, 1e-6, 60)

    assert width(band(rows, nearly)) == pytest.approx(width(band(rows, np.ones(60))), abs=0.02)


def test_a_fresh_curve_of_chance_lies_inside_as_often_as_it_says():
    rng, people = np.random.default_rng(8), SMOKE["people"]
    found = placement_band(people, SMOKE["income"], np.ones(40))
    inside = [
        (found["lower"] - 1e-9 <= curve).all() and (curve <= found["upper"] + 1e-9).all()
        for curve in (
            concentration_curve(
                pd.Series(rng.multinomial(40, people / people.sum()), index=people.index),
                people,
                SMOKE["income"],
            )["provision_share"]
            for _ in range(1000)
        )
    ]
    assert 0.93 <= np.mean(inside) <= 0.99


@few
@given(cities, st.integers(1, 60))
def test_the_diagonal_lies_inside_and_the_ends_are_the_ends(rows, n):
    found = band(rows, np.ones(n), draws=99)

    assert (found["lower"] <= found["people_share"]).all()
    assert (found["people_share"] <= found["upper"]).all()
    assert found["people_share"].iloc[[0, -1]].tolist() == [0, 1]
    assert found["people_share"].is_monotonic_increasing


def test_more_sites_make_it_narrower():
    rows = [(10, step) for step in range(40)]
    widths = [width(band(rows, np.ones(n))) for n in (5, 50, 500)]

    assert widths == sorted(widths, reverse=True)
    assert widths[1] == pytest.approx(widths[2] * 10**0.5, rel=0.2)


@few
@given(cities, st.lists(st.integers(1, 9), min_size=1, max_size=20), orders)
def test_the_order_of_rows_and_sites_leaves_no_trace(rows, amounts, random):
    table = pd.DataFrame(rows, columns=["people", "need"])
    mixed = shuffled(table, random)
    one = placement_band(table["people"], table["need"], amounts, draws=49)
    other = placement_band(mixed["people"], mixed["need"], amounts[::-1], draws=49)

    pd.testing.assert_frame_equal(one, other)


def test_the_corners_are_those_of_the_curve():
    curve = concentration_curve(SMOKE["sites"], SMOKE["people"], SMOKE["income"])
    found = placement_band(SMOKE["people"], SMOKE["income"], np.ones(20))

    assert found["people_share"].tolist() == curve["people_share"].tolist()
    assert len(band([(1, step) for step in range(5000)], np.ones(9), draws=9)) == 401


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        placement_band([0, 0], [1, None], [1], level=1.5, draws=0, seed=-1)
    kinds = [problem.kind for problem in caught.value.problems]
    assert {"all_zero", "not_between", "too_small"} <= set(kinds)
    with pytest.raises(InputError):
        placement_band([1, 1], [1, 2], [-1])
