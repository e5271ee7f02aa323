"""Cohen's kappa against its definition, and against a library's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from sixes_geo.base.errors import InputError
from sixes_geo.measures import cohen_kappa

KINDS = st.sampled_from(["primary", "secondary", "absent"])
PAIRS = st.lists(st.tuples(KINDS, KINDS), min_size=1, max_size=40)


def test_agreement_beyond_chance_worked_out_by_hand():
    # 20 and 15 agree of 50; chance would make them agree on (25 * 30 + 25 * 20) / 2500
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15

    found = cohen_kappa(first, second)

    assert found.observed == 0.7
    assert found.expected == 0.5
    assert float(found) == pytest.approx(0.4)
    assert found.n == 50


def test_two_who_always_say_the_same_thing_have_no_coefficient():
    found = cohen_kappa(["yes"] * 3, ["yes"] * 3)

    assert math.isnan(found.kappa)
    assert found.observed == 1


@given(PAIRS)
def test_it_is_that_of_the_library_and_has_no_order(pairs):
    first, second = (list(one) for one in zip(*pairs, strict=True))
    if len({*first, *second}) < 2:
        return
    found = cohen_kappa(first, second)

    assert found.kappa == pytest.approx(cohen_kappa_score(first, second))
    assert found.kappa == pytest.approx(cohen_kappa(second, first).kappa)
    assert -1 - 1e-9 <= found.kappa <= 1 + 1e-9


@pytest.mark.parametrize(("first", "second"), [([], []), (["a"], ["a", "b"])])
def test_bad_input_is_refused(first, second):
    with pytest.raises(InputError):
        cohen_kappa(first, second)
