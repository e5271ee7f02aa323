"""People on other areas: the published squares, and nobody lost or made."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import areal_interpolation

SQUARES = pd.DataFrame([[0.5, 0.5, 0], [0, 0.5, 0.5]], columns=list("abc"))
tables = st.lists(
    st.tuples(
        st.integers(1, 1000),
        st.floats(0, 1),
        st.lists(st.floats(0, 1), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=8,
)


def spread(rows):
    shares = np.array([parts for _, _, parts in rows])
    shares = shares / np.maximum(1, shares.sum(axis=1, keepdims=True))
    return pd.DataFrame(shares), [people for people, _, _ in rows], [rate for _, rate, _ in rows]


def test_the_published_squares():
    table = areal_interpolation(SQUARES, [100, 300], [0.1, 0.5])

    assert table["people"].tolist() == [50, 200, 150]
    assert table["rate"].tolist() == pytest.approx([0.1, 0.4, 0.5])
    assert table.attrs["outside"] == 0


@given(tables)
@example([(1, 0.75, [0.0, 0.0, 5e-324])])  # so small that a product with it is rounded to a half
def test_nobody_is_lost_or_made(rows):
    overlap, people, rates = spread(rows)
    table = areal_interpolation(overlap, people, rates)

    assert table["people"].sum() + table.attrs["outside"] == pytest.approx(sum(people))
    known = table["rate"].dropna()
    assert (known >= min(rates) - 1e-9).all()
    assert (known <= max(rates) + 1e-9).all()


@given(tables)
def test_the_order_of_rows_leaves_no_trace(rows):
    one = areal_interpolation(*spread(rows))
    other = areal_interpolation(*spread(rows[::-1]))

    assert other["people"].tolist() == pytest.approx(one["people"].tolist())


def test_an_unknown_rate_takes_no_part_in_the_mean():
    table = areal_interpolation(SQUARES, [100, 300], [math.nan, 0.5])

    assert table["rate"].isna().tolist() == [True, False, False]
    assert table["rate"][1:].tolist() == [0.5, 0.5]
    assert table["people"].tolist() == [50, 200, 150]


def test_what_lies_outside_is_told():
    half = pd.DataFrame({"a": [0.25]})

    assert areal_interpolation(half, [80]).attrs["outside"] == 60


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        areal_interpolation(pd.DataFrame([[0.8, 0.8], [-1, 0]]), [-1, 2])
    kinds = [one.kind for one in caught.value.problems]
    assert kinds.count("outside") == 2
    assert "negative" in kinds
    with pytest.raises(InputError):
        areal_interpolation(SQUARES, [1, 2, 3])
    with pytest.raises(InputError):
        areal_interpolation(SQUARES, [1, 2], [0.1])
