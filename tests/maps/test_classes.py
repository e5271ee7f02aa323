"""Every unit is in the class whose limits the legend prints."""

import math
from itertools import pairwise

import pandas as pd
import pytest
from house import some
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.maps.classes import CLASSES, need_classes, ramp_for
from sixes_geo.maps.palette import NEED_RAMP

figures = st.one_of(
    st.integers(-5, 5).map(float),
    st.floats(-1e7, 1e7, allow_nan=False).map(lambda value: round(value, 3)),
    st.floats(0, 1, allow_nan=False),
    st.just(float("nan")),
)
needs = st.lists(figures, max_size=60).map(lambda values: pd.Series(values, dtype=float))
directions = st.booleans()


def within(value, limits):
    low, high = limits
    return (low is None or value >= low) and (high is None or value < high)


@given(needs, directions)
def test_every_unit_is_in_the_class_its_legend_says(need, better):
    classes = need_classes(need, higher_is_better_off=better)

    for value, member in zip(need, classes.member, strict=True):
        if math.isnan(value):
            assert member == -1
        else:
            assert within(value, classes.limits[member])


@given(needs, directions)
def test_every_unit_is_counted_once(need, better):
    classes = need_classes(need, higher_is_better_off=better)

    assert sum(classes.counts) + classes.missing == len(need)
    assert classes.missing == need.isna().sum()
    for number, count in enumerate(classes.counts):
        assert count == (classes.member == number).sum()


@given(needs, directions)
def test_limits_join_without_gap_or_overlap(need, better):
    classes = need_classes(need, higher_is_better_off=better)
    rising = classes.limits if better else classes.limits[::-1]

    assert 1 <= len(rising) == len(classes.counts) <= CLASSES
    assert rising[0][0] is None
    assert rising[-1][1] is None
    for (_, high), (low, _) in pairwise(rising):
        assert high == low
    breaks = [high for _, high in rising[:-1]]
    assert breaks == sorted(set(breaks))


@given(needs, directions)
def test_the_first_class_has_the_most_need(need, better):
    classes = need_classes(need, higher_is_better_off=better)
    known = pd.DataFrame({"need": need, "member": classes.member}).dropna()

    for one in known.itertuples():
        more = known[known["need"] < one.need] if better else known[known["need"] > one.need]
        assert (more["member"] <= one.member).all()


@given(needs, directions, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(need, better, random):
    mixed = need.iloc[random.sample(range(len(need)), len(need))]

    one = need_classes(need, higher_is_better_off=better)
    other = need_classes(mixed, higher_is_better_off=better)

    assert one.limits == other.limits
    assert one.member.to_dict() == other.member.to_dict()


@given(needs, directions)
def test_equal_values_share_a_class(need, better):
    member = need_classes(need, higher_is_better_off=better).member

    pairs = set(zip(need.dropna(), member[need.notna()], strict=True))
    assert len(pairs) == len(set(need.dropna()))


def test_five_classes_hold_about_as_many_units_each():
    classes = need_classes(pd.Series(range(1, 101), dtype=float), higher_is_better_off=True)

    assert len(classes.counts) == CLASSES
    assert max(classes.counts) - min(classes.counts) <= 2


def test_limits_can_be_said_aloud():
    need = pd.Series([123_456.7 + 9876.5 * step for step in range(50)])

    classes = need_classes(need, higher_is_better_off=True)

    for _, high in some(classes.limits[:-1]):
        assert high == float(f"{high:.3g}")


def test_where_all_are_alike_there_is_one_class():
    classes = need_classes(pd.Series([7.0] * 9), higher_is_better_off=False)

    assert classes.limits == ((None, None),)
    assert classes.counts == (9,)


@pytest.mark.parametrize("values", [[], [float("nan")] * 3])
def test_where_nothing_is_known_all_are_missing(values):
    classes = need_classes(pd.Series(values, dtype=float), higher_is_better_off=True)

    assert classes.missing == len(values)
    assert sum(classes.counts) == 0


def test_the_index_of_the_caller_is_kept_and_nothing_is_changed():
    need = pd.Series([3.0, float("nan"), 1.0], index=["b", "c", "a"])
    before = need.copy()

    classes = need_classes(need, higher_is_better_off=True)

    assert classes.member.index.tolist() == ["b", "c", "a"]
    pd.testing.assert_series_equal(need, before)


@pytest.mark.parametrize("count", range(1, CLASSES + 1))
def test_there_is_a_colour_for_each_class(count):
    ramp = ramp_for(count, NEED_RAMP)

    assert len(ramp) == len(set(ramp)) == count
    assert [NEED_RAMP.index(one) for one in ramp] == sorted(NEED_RAMP.index(one) for one in ramp)
    if count > 1:
        assert (ramp[0], ramp[-1]) == (NEED_RAMP[0], NEED_RAMP[-1])


def test_more_need_is_darker():
    def lightness(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    steps = [lightness(colour) for colour in NEED_RAMP]

    assert steps == sorted(steps)
    assert min(after - before for before, after in pairwise(steps)) > 15
