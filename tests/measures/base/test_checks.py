"""Every fault of the input is found, all of them in one refusal."""

import numpy as np
import pandas as pd
import pytest

from sixes_geo.base.errors import InputError, Problem
from sixes_geo.measures import concentration_index, disparity, district_verdicts, theil_t
from sixes_geo.measures.base.checks import WEIGHT, accept

LABELS = list("abcde")


def series(*values, index=None):
    return pd.Series(values, index=index or LABELS[: len(values)])


def problems_of(measure, *args, **options):
    with pytest.raises(InputError) as caught:
        measure(*args, **options)
    return caught.value.problems


def test_a_refusal_names_the_measure_and_what_to_do():
    with pytest.raises(InputError) as caught:
        disparity(series(0, 0), series(1, 1))

    error = caught.value
    assert (error.subject, error.where, error.hint) == ("measure", "disparity", "fix_input")


def test_every_fault_is_reported_at_once():
    problems = problems_of(
        concentration_index,
        series(-1, 2, np.inf, np.nan),
        series(0, 0, 0, 0),
        series(1, np.nan, 3, 4),
        kind="best",
    )

    assert problems == (
        Problem("missing", {"name": "`provision`", "bad": 1, "total": 4, "units": "d"}),
        Problem("infinite", {"name": "`provision`", "bad": 1, "total": 4, "units": "c"}),
        Problem("negative", {"name": "`provision`", "bad": 1, "total": 4, "units": "a"}),
        Problem("all_zero", {"name": "`population`", "total": 4}),
        Problem("missing", {"name": "`rank_by`", "bad": 1, "total": 4, "units": "b"}),
        Problem(
            "choice",
            {
                "name": "`kind`",
                "found": "best",
                "allowed": "standard, generalised, erreygers, wagstaff",
            },
        ),
    )


def test_no_more_than_three_units_are_named():
    problems = problems_of(disparity, series(-1, -1, -1, -1, 2), series(1, 1, 1, 1, 1))

    assert problems[0].fields["units"] == "a, b, c, …"
    assert problems[0].fields["bad"] == 4


def test_exactly_three_units_are_named_without_trailing_off():
    problems = problems_of(disparity, series(-1, -1, -1, 2), series(1, 1, 1, 1))

    assert problems[0].fields["units"] == "a, b, c"


def test_other_labels_are_misaligned():
    problems = problems_of(disparity, series(1, 2), series(1, 2, index=["a", "z"]))

    assert problems == (
        Problem(
            "misaligned",
            {"name": "`population`", "bad": 2, "total": 3, "units": "b, z", "other": "`counts`"},
        ),
    )


def test_the_same_labels_in_another_order_are_refused():
    problems = problems_of(disparity, series(1, 2), series(2, 1, index=["b", "a"]))

    assert problems == (Problem("misordered", {"name": "`population`", "other": "`counts`"}),)


def test_arrays_of_another_length_are_refused():
    problems = problems_of(disparity, [1, 2, 3], np.array([1, 2]))

    assert problems == (
        Problem("length", {"name": "`population`", "found": 2, "other": "`counts`", "expected": 3}),
    )


def test_an_array_of_another_length_than_the_series_is_refused():
    problems = problems_of(disparity, [1, 2, 3], series(1, 2))

    assert problems == (
        Problem("length", {"name": "`counts`", "found": 3, "other": "`population`", "expected": 2}),
    )


def test_labels_that_occur_twice_are_refused():
    twice = ["a", "a", "b"]

    problems = problems_of(disparity, series(1, 2, 3, index=twice), series(1, 2, 3, index=twice))

    assert problems == (
        Problem("duplicate_labels", {"name": "`counts`", "bad": 1, "total": 3, "units": "a"}),
    )


def test_the_same_labels_more_often_are_another_length():
    problems = problems_of(disparity, series(1, 2), series(1, 2, 3, index=["a", "b", "b"]))

    assert problems == (
        Problem("length", {"name": "`population`", "found": 3, "other": "`counts`", "expected": 2}),
    )


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["x", "y"], "str"),
        (pd.Series([True, False]), "bool"),
        (pd.Series([1, None], dtype="O"), "object"),
    ],
)
def test_what_is_not_a_number_is_refused(values, found):
    problems = problems_of(disparity, values, [1, 2])

    assert [problem.kind for problem in problems] == ["not_numeric"]
    assert found in problems[0].fields["found"]


def test_a_matrix_is_refused():
    problems = problems_of(disparity, [[1, 2]], [1, 2])

    assert problems == (Problem("not_flat", {"name": "`counts`", "found": 2}),)


def test_no_values_are_refused():
    problems = problems_of(disparity, [], [])

    assert problems == (
        Problem("empty", {"name": "`counts`"}),
        Problem("empty", {"name": "`population`"}),
    )


def test_half_a_site_is_refused_where_sites_are_counted():
    problems = problems_of(district_verdicts, series(0.5, 2), series(1, 1))

    assert problems == (
        Problem("fractional", {"name": "`counts`", "bad": 1, "total": 2, "units": "a"}),
    )


def test_a_unit_without_a_group_is_refused():
    problems = problems_of(theil_t, series(1, 2), series(1, 1), series("x", None))

    assert problems == (
        Problem("missing", {"name": "`groups`", "bad": 1, "total": 2, "units": "b"}),
    )


def test_the_need_of_a_unit_with_neither_people_nor_sites_may_be_missing():
    index = concentration_index(series(5, 0, 1), series(1, 0, 1), series(2, np.nan, 1))

    assert index == pytest.approx(1 / 3)


def test_the_need_of_a_unit_without_people_but_with_sites_may_not_be_missing():
    problems = problems_of(
        concentration_index, series(5, 1, 1), series(1, 0, 1), series(2, np.nan, 1)
    )

    assert problems == (
        Problem("missing", {"name": "`rank_by`", "bad": 1, "total": 3, "units": "b"}),
    )


def test_missing_numbers_of_nullable_type_are_missing():
    problems = problems_of(disparity, pd.Series([1, None], dtype="Int64"), [1, 1])

    assert problems == (
        Problem("missing", {"name": "`counts`", "bad": 1, "total": 2, "units": "1"}),
    )


def test_arrays_are_numbered_from_zero():
    assert accept("anything", {"counts": ([1, 2], WEIGHT)}).index.tolist() == [0, 1]


def test_arrays_take_the_labels_of_the_series_beside_them():
    assert disparity([1, 2], series(3, 4)).index.tolist() == ["a", "b"]


def test_the_input_is_left_as_it_was():
    counts, people = series(1, 2), series(3, 4)

    disparity(counts, people)

    assert counts.tolist() == [1, 2]
    assert people.tolist() == [3, 4]
