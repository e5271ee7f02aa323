"""Verdict, size and what is borderline: by hand, by properties and by a second derivation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import is_borderline, size_of, verdict_of_index

ends = st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted)
p_values = st.floats(0, 1)


@pytest.mark.parametrize(
    ("p", "interval", "told"),
    [
        (0.001, (-0.05, 0.05), "even"),
        (0.001, (-0.02, -0.01), "even"),
        (0.9, (-0.01, 0.02), "even"),
        (0.001, (-0.0501, -0.01), "worse_off"),
        (0.001, (0.01, 0.0501), "better_off"),
        (0.05, (0.01, 0.5), "better_off"),
        (0.051, (0.01, 0.5), "cannot_tell"),
        (0.001, (0.0, 0.5), "cannot_tell"),
        (0.001, (-0.2, 0.3), "cannot_tell"),
        (1.0, (-1.0, 1.0), "cannot_tell"),
    ],
)
def test_even_is_looked_at_before_a_side(p, interval, told):
    assert verdict_of_index(p, interval) == told


def test_a_verdict_is_about_the_distance_from_what_chance_gives():
    # Jobs lie at +.40: sites at +.38 to +.44 are where the jobs are.
    assert verdict_of_index(0.3, (0.38, 0.44), expected=0.4) == "even"
    assert verdict_of_index(0.01, (0.1, 0.3), expected=0.4) == "worse_off"
    assert verdict_of_index(0.01, (0.1, 0.3)) == "better_off"


@pytest.mark.parametrize(
    ("p", "interval", "told"),
    [
        (0.045, (0.02, 0.3), True),
        (0.06, (0.02, 0.3), True),
        (0.0601, (0.02, 0.3), True),
        (0.061, (0.02, 0.3), False),
        (0.001, (0.01, 0.3), True),
        (0.001, (0.0111, 0.3), False),
        (0.001, (0.02, 0.06), True),
        (0.5, (-0.04, 0.0399), True),
        (0.5, (-0.03, 0.03), False),
        (0.055, (-0.3, 0.3), False),
    ],
)
def test_a_verdict_that_one_hundredth_would_change_is_borderline(p, interval, told):
    if p == 0.0601:
        p = 0.06 + 1e-10
    assert is_borderline(p, interval) is told


@pytest.mark.parametrize(
    ("index", "word"),
    [(0, "slightly"), (0.0999, "slightly"), (0.1, "clearly"), (-0.29, "clearly"),
     (0.3, "strongly"), (-1, "strongly")],
)  # fmt: skip
def test_sizes_have_words_on_either_side(index, word):
    assert size_of(index) == word
    assert size_of(-index) == word


@given(p_values, ends, st.floats(-0.5, 0.5))
def test_mirrored_answers_are_mirrored(p, interval, expected):
    low, high = interval
    mirror = {"better_off": "worse_off", "worse_off": "better_off"}
    told = verdict_of_index(p, (low, high), expected=expected)

    assert verdict_of_index(p, (-high, -low), expected=-expected) == mirror.get(told, told)
    assert is_borderline(p, (-high, -low), expected=-expected) == is_borderline(
        p, (low, high), expected=expected
    )


@given(p_values, ends)
def test_a_plain_reading_of_the_rule_agrees(p, interval):
    low, high = interval
    told = verdict_of_index(p, (low, high))

    # In words: even, if nothing larger than .05 is in it; else a side needs both.
    inside = np.linspace(low, high, 7)
    if (np.abs(inside) <= 0.05).all():
        assert told == "even"
    elif p <= 0.05 and (inside > 0).all():
        assert told == "better_off"
    elif p <= 0.05 and (inside < 0).all():
        assert told == "worse_off"
    else:
        assert told == "cannot_tell"


@given(p_values, ends, st.integers(0, 10**6))
def test_what_is_not_borderline_survives_any_smaller_move(p, interval, seed):
    low, high = interval
    if is_borderline(p, (low, high)):
        return
    by = np.random.default_rng(seed).uniform(-0.01, 0.01, 3)
    moved = sorted((low + by[1], high + by[2]))

    again = verdict_of_index(float(np.clip(p + by[0], 0, 1)), (moved[0], moved[1]))
    assert again == verdict_of_index(p, (low, high))


@pytest.mark.parametrize("measure", [verdict_of_index, is_borderline])
@pytest.mark.parametrize(
    ("p", "interval", "kinds"),
    [
        (1.1, (0, 0.1), ["not_between"]),
        (math.nan, (0.2, 0.1), ["not_between", "upside_down"]),
        (0.5, (math.nan, 0.1), ["upside_down"]),
        (0.5, (-math.inf, 0.1), ["upside_down"]),
    ],
)
def test_what_is_no_answer_is_refused(measure, p, interval, kinds):
    with pytest.raises(InputError) as refused:
        measure(p, interval)

    assert [problem.kind for problem in refused.value.problems] == kinds


@pytest.mark.parametrize("index", [1.01, math.nan, -math.inf])
def test_what_is_no_index_is_refused(index):
    with pytest.raises(InputError, match="size_of"):
        size_of(index)
