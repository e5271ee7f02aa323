"""Money per unit against money per head dealt out at random: hand-worked and provable values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import allocation_test, concentration_index
from tests.measures.tables import SMOKE, orders, shuffled

few_draws = settings(max_examples=40, deadline=None)
units = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(1, 10**5), st.integers(-20, 20)),
    min_size=2,
    max_size=14,
).filter(lambda rows: any(money for money, _, _ in rows))


def dealt(rows, **options):
    table = pd.DataFrame(rows, columns=["money", "people", "need"])
    return allocation_test(table["money"], table["people"], table["need"], **options)


def test_three_equal_units_by_hand():
    # Ranks 1/6, 1/2, 5/6. Money 0, 1, 2: C = 2 (1/3 * 1/2 + 2/3 * 5/6) - 1 = 4/9. Of the six
    # orders of the money two are as far out: this one and its mirror image.
    test = dealt([(0, 5, 1), (1, 5, 2), (2, 5, 3)])

    assert test.index == pytest.approx(4 / 9)
    assert test.p_value == pytest.approx(2 / 6)
    assert (test.n, test.method, test.interval_method) == (3, "permutation", "units")
    assert test.verdict == "cannot_tell"


def test_the_spread_is_that_of_all_orders_by_hand():
    # The six orders of 0, 1, 2 give -4/9, -2/9, -2/9, 2/9, 2/9 and 4/9.
    squares = [(4 / 9) ** 2] * 2 + [(2 / 9) ** 2] * 4

    test = dealt([(0, 5, 1), (1, 5, 2), (2, 5, 3)])

    assert test.null_sd == pytest.approx(math.sqrt(sum(squares) / 6))


def test_money_that_rises_with_being_better_off_is_named():
    rows = [(10 + step, 100, step) for step in range(20)]

    better = dealt(rows)
    worse = dealt([(money, people, -need) for money, people, need in rows])

    assert (better.verdict, worse.verdict) == ("better_off", "worse_off")
    assert worse.index == pytest.approx(-better.index)


def test_the_same_per_head_everywhere_is_no_side():
    test = dealt([(people, people, need) for need, people in enumerate([7, 30, 400, 5, 60, 9])])

    assert test.index == pytest.approx(0, abs=1e-12)
    assert (test.p_value, test.verdict) == (1, "cannot_tell")
    assert math.isnan(test.z)


def test_a_few_units_never_name_a_side():
    assert dealt([(step**3, 10, step) for step in range(7)]).verdict == "cannot_tell"


@few_draws
@given(units)
def test_the_index_is_the_concentration_index_within_its_interval(rows):
    table = pd.DataFrame(rows, columns=["money", "people", "need"])
    test = dealt(rows, draws=99)

    assert test.index == concentration_index(table["money"], table["people"], table["need"])
    assert test.interval[0] <= test.index <= test.interval[1]
    assert 0 < test.p_value <= 1


@few_draws
@given(units, orders)
def test_the_order_of_rows_leaves_no_trace(rows, random):
    table = pd.DataFrame(rows, columns=["money", "people", "need"])
    mixed = shuffled(table, random)

    again = allocation_test(mixed["money"], mixed["people"], mixed["need"], draws=99)
    assert repr(again) == repr(dealt(rows, draws=99))


@few_draws
@given(units, st.integers(2, 1000))
def test_neither_the_currency_nor_the_size_of_the_city_matters(rows, times):
    one, other = (
        dealt(rows, draws=99),
        dealt([(money * times, people * 3, need) for money, people, need in rows], draws=99),
    )

    assert other.index == pytest.approx(one.index)
    assert other.p_value == one.p_value
    assert other.interval == pytest.approx(one.interval)


def test_p_is_even_where_money_is_dealt_out_at_random():
    rng = np.random.default_rng(3)
    people = pd.Series(rng.integers(50, 500, size=12))
    p_values = [
        allocation_test(
            people * rng.permutation(np.arange(1.0, 13)), people, pd.Series(range(12)), draws=199
        ).p_value
        for _ in range(300)
    ]

    for level in (0.05, 0.2, 0.5):
        share = np.mean(np.array(p_values) <= level)
        assert abs(share - level) < 4 * math.sqrt(level * (1 - level) / 300)


def test_listing_and_drawing_agree():
    # Medellín style: seven units are listed; the same with an empty eighth are not.
    rows = [(3, 10, 1), (9, 20, 2), (4, 5, 3), (20, 30, 4), (7, 9, 5), (6, 3, 6), (30, 20, 7)]
    listed = dealt(rows)
    nobody = dealt([*rows, (0, 0, 8)])

    assert nobody.p_value == listed.p_value
    assert nobody.n == listed.n == 7


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        allocation_test(
            pd.Series([1, -2], index=["a", "b"]),
            pd.Series([0, 0], index=["a", "b"]),
            pd.Series([1, None], index=["a", "b"]),
            draws=0,
            seed=-1,
        )

    kinds = [problem.kind for problem in caught.value.problems]
    assert {"negative", "all_zero", "too_small"} <= set(kinds)
    assert len(kinds) >= 4


def test_smoke():
    test = allocation_test(SMOKE["sites"], SMOKE["people"], SMOKE["income"])

    assert test.index == pytest.approx(0.6133333)
    assert test.p_value <= 2 / 120 + 1e-12
