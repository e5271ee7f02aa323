"""The distribution of the index under chance, listed and drawn, against brute force."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.measures.base.null_distribution import drawn_means, exact_law, few_outcomes

STANDING, SHARE = np.array([-0.5, 0.3, 0.8]), np.array([0.5, 0.3, 0.2])

shares = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(lambda s: np.array(s) / sum(s))


@given(shares, st.integers(1, 5))
def test_the_listed_law_is_that_of_all_ways_to_place_sites(share, n):
    relative_rank = np.linspace(-1, 1, share.size) ** 3

    means, probability = exact_law(relative_rank, share, n)

    ways = list(product(range(share.size), repeat=n))
    mean_of = np.array([relative_rank[list(way)].mean() for way in ways])
    p_of = np.array([share[list(way)].prod() for way in ways])
    assert means.size == math.comb(n + share.size - 1, n)
    for limit in (-0.9, -0.2, 0.01, 0.4):
        assert probability[means > limit].sum() == pytest.approx(p_of[mean_of > limit].sum())


@given(shares, st.integers(1, 30))
def test_listed_probabilities_sum_to_one_and_have_the_variance_of_the_formula(share, n):
    below = np.cumsum(share) - share
    relative_rank = 2 * (below + share / 2) - 1

    means, probability = exact_law(relative_rank, share, n)

    variance = 4 * (share @ ((relative_rank + 1) / 2) ** 2 - 0.25) / n
    assert probability.sum() == pytest.approx(1)
    assert probability @ means == pytest.approx(0, abs=1e-12)
    assert probability @ means**2 == pytest.approx(variance, abs=1e-12)


@pytest.mark.parametrize(
    ("n", "groups", "few"),
    [
        (3, 3, True),
        (20, 5, True),
        (100_000, 2, True),
        (300_000, 2, False),
        (1, 1_000, True),
        (20, 34, False),
        (11_318, 1_644, False),
        (7, 1, True),
    ],
)
def test_outcomes_are_listed_only_where_they_are_few(n, groups, few):
    assert few_outcomes(n, groups) is few


def test_drawn_means_have_the_moments_of_the_law():
    # One site has variance .5 * .25 + .3 * .09 + .2 * .64 = .28 about 0; seven have a seventh.
    rng = np.random.default_rng(1)

    means = drawn_means(rng, STANDING, SHARE, np.full(7, 1 / 7), 40_000)

    assert means.mean() == pytest.approx(0, abs=5 * math.sqrt(0.04 / 40_000))
    assert means.var() == pytest.approx(0.28 / 7, rel=0.03)


def test_drawn_frequencies_are_the_shares_down_to_the_smallest():
    # Shares far below a bin of 1/65536: the second number has to decide.
    share = np.array([1e-6, 0.25, 3e-6, 0.75 - 4e-6])
    relative_rank = np.array([0.0, 1.0, 2.0, 3.0])

    drawn = drawn_means(np.random.default_rng(2), relative_rank, share, np.ones(1), 4_000_000)

    counts = np.bincount(drawn.astype(int), minlength=4)
    assert np.all(np.abs(counts - 4e6 * share) < 5 * np.sqrt(4e6 * share))
    assert counts[0] > 0


def test_drawn_sites_weigh_what_they_are_given():
    # The second site weighs nothing: each mean is the relative rank of one group.
    means = drawn_means(np.random.default_rng(3), STANDING, SHARE, np.array([1.0, 0.0]), 50)

    assert set(means) == set(STANDING)


@given(st.integers(1, 400), st.integers(1, 700))
def test_every_draw_is_made_whatever_the_size_of_a_step(n, draws):
    means = drawn_means(np.random.default_rng(4), STANDING, SHARE, np.full(n, 1 / n), draws)

    assert means.size == draws
    assert np.all((means >= -0.5 - 1e-9) & (means <= 0.8 + 1e-9))
