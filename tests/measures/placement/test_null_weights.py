"""Sites against jobs in place of residents: by hand, by properties and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import concentration_index, placement_test, weighted_placement_test
from tests.measures.tables import SMOKE

few_draws = settings(max_examples=40, deadline=None)

towns = st.lists(  # sites, people, need, jobs
    st.tuples(
        st.integers(0, 20), st.integers(1, 900), st.integers(-5, 5), st.integers(0, 500)
    ),
    min_size=2, max_size=9,
).filter(lambda rows: any(row[0] for row in rows) and any(row[3] for row in rows))  # fmt: skip


def columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def test_one_site_on_a_job_by_hand():
    # Relative ranks -.5 and .5, jobs 1 and 3: mean .25. One site in the richer unit is .25 away,
    # in the poorer one .75, so that either is at least as far: p = 1. In the poorer one: 1/4.
    rich = placement_test([0, 1], [5, 5], [1, 2], null_weights=[1, 3])
    poor = placement_test([1, 0], [5, 5], [1, 2], null_weights=[1, 3])

    assert (rich.index, rich.expected, rich.p_value) == (0.5, 0.25, 1)
    assert (poor.index, poor.expected, poor.p_value) == (-0.5, 0.25, 0.25)
    assert rich.null_sd == pytest.approx(math.sqrt(3 / 16))
    assert poor.z == pytest.approx(-0.75 / math.sqrt(3 / 16))


def test_sites_that_follow_jobs_are_more_than_chance_by_residents_only():
    jobs = [10, 20, 30, 400, 500]
    sites = [1, 2, 3, 40, 50]
    by_people = placement_test(sites, SMOKE["people"].to_list(), [1, 2, 3, 4, 5])
    by_jobs = placement_test(sites, SMOKE["people"].to_list(), [1, 2, 3, 4, 5], null_weights=jobs)

    assert by_people.verdict == "better_off"
    assert by_jobs.index == by_people.index == pytest.approx(by_jobs.expected)
    assert by_jobs.p_value == pytest.approx(1)
    assert by_jobs.interval == pytest.approx(by_people.interval, abs=0.005)


def test_fewer_than_the_jobs_is_worse_off_though_the_index_is_above_zero():
    test = placement_test([30, 40], [5, 5], [1, 2], null_weights=[1, 9])

    assert test.index > 0
    assert test.interval[1] < test.expected == pytest.approx(0.4)
    assert test.verdict == "worse_off"


def test_a_unit_of_jobs_alone_takes_part():
    # An industrial estate without residents, between the two: relative rank 0.
    test = placement_test([0, 3, 0], [5, 0, 5], [1, 2, 3], null_weights=[0, 9, 1])

    assert (test.index, test.expected) == (0, pytest.approx(0.05))
    assert test.interval_method == "bounded"


@few_draws
@given(towns)
def test_jobs_like_residents_are_the_test_of_residents(rows):
    sites, people, need, _ = columns(rows)
    plain = placement_test(sites, people, need, draws=99)
    jobs = placement_test(sites, people, need, null_weights=[3 * one for one in people], draws=99)

    assert jobs.expected == pytest.approx(0, abs=1e-12)
    assert jobs.interval == plain.interval
    assert jobs.null_sd == pytest.approx(plain.null_sd)
    assert jobs.p_value == pytest.approx(plain.p_value, abs=0.011)


@few_draws
@given(towns, st.randoms(use_true_random=False))
def test_order_of_rows_and_direction_of_need_do_not_matter(rows, random):
    sites, people, need, jobs = columns(rows)
    test = placement_test(sites, people, need, null_weights=jobs, draws=99)
    mixed = columns(random.sample(rows, len(rows)))
    again = placement_test(*mixed[:3], null_weights=mixed[3], draws=99)
    mirrored = placement_test(sites, people, [-one for one in need], null_weights=jobs, draws=99)
    swap = {"better_off": "worse_off", "worse_off": "better_off"}

    assert again == test
    assert mirrored.index == -test.index
    assert mirrored.expected == -test.expected
    assert mirrored.verdict == swap.get(test.verdict, test.verdict)
    if abs(test.index - test.expected) > 1e-9:
        assert mirrored.p_value == test.p_value
        assert mirrored.interval == (-test.interval[1], -test.interval[0])


@few_draws
@given(towns)
def test_what_is_expected_is_the_index_of_the_jobs(rows):
    sites, people, need, jobs = columns(rows)
    test = placement_test(sites, people, need, null_weights=jobs, draws=9)

    assert test.expected == pytest.approx(concentration_index(jobs, people, need))


@pytest.mark.parametrize("n", [40, 400])
def test_spread_and_p_are_those_of_sites_thrown_at_jobs(n):
    # A second derivation: throw the sites, and take the index of each throw.
    rng = np.random.default_rng(n)
    people, jobs = rng.integers(50, 900, 30), rng.integers(1, 400, 30)
    need = np.arange(30)
    sites = rng.multinomial(n, (jobs + 60) / (jobs + 60).sum())
    share = people / people.sum()
    standing = 2 * np.cumsum(share) - share - 1
    thrown = rng.multinomial(n, jobs / jobs.sum(), size=20_000) @ standing / n
    away = abs(sites @ standing / n - jobs @ standing / jobs.sum())
    p = (np.abs(thrown - thrown.mean()) >= away).mean()

    test = placement_test(sites, people, need, null_weights=jobs)

    assert test.null_sd == pytest.approx(thrown.std(), rel=0.02)
    assert test.expected == pytest.approx(thrown.mean(), abs=0.003)
    assert test.p_value == pytest.approx(p, abs=0.02)


def test_amounts_are_tested_against_jobs_too():
    people, need, jobs = [5, 5, 5], [1, 2, 3], [1, 2, 7]
    counted = placement_test([1, 2, 3], people, need, null_weights=jobs)
    equal = weighted_placement_test(
        [4.0] * 6, [0, 1, 1, 2, 2, 2], people, need, null_weights=jobs
    )  # fmt: skip
    lumpy = weighted_placement_test([1, 9], [0, 2], people, need, null_weights=jobs)

    assert (equal.index, equal.expected) == pytest.approx((counted.index, counted.expected))
    assert equal.null_sd == pytest.approx(counted.null_sd)
    assert equal.p_value == pytest.approx(counted.p_value, abs=0.02)
    assert lumpy.null_sd == pytest.approx(counted.null_sd * math.sqrt(6 * 0.82))


@pytest.mark.parametrize(
    ("jobs", "kind"),
    [([0, 0], "all_zero"), ([-1, 2], "negative"), ([1], "length"), ([math.nan, 2], "missing")],
)
def test_bad_jobs_are_refused(jobs, kind):
    with pytest.raises(InputError) as one:
        placement_test([1, 2], [5, 5], [1, 2], null_weights=jobs)
    with pytest.raises(InputError) as other:
        weighted_placement_test([1, 2], [0, 1], [5, 5], [1, 2], null_weights=jobs)

    kinds = [[problem.kind for problem in refused.value.problems] for refused in (one, other)]
    assert kinds == [[kind], [kind]]


def test_jobs_in_a_unit_without_need_are_refused():
    with pytest.raises(InputError, match="rank_by"):
        placement_test([1, 2, 0], [5, 5, 0], [1, 2, math.nan], null_weights=[1, 1, 1])
