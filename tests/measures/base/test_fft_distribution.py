"""The law on a grid against the law outcome by outcome, and against draws."""

import numpy as np
import pytest

from sixes_geo.measures import placement_test
from sixes_geo.measures.base.fft_distribution import MANY, lattice_law, lattice_quantiles
from sixes_geo.measures.base.null_distribution import exact_law

STANDING = np.array([-0.75, -0.35, 0.3, 0.8])
SHARE = np.array([0.25, 0.15, 0.5, 0.1])


def spread(law):
    means, probability = law
    middle = means @ probability
    return middle, np.sqrt(probability @ (means - middle) ** 2)


@pytest.mark.parametrize("n", [MANY, 3_678, 11_318])
def test_mean_and_spread_are_those_of_independent_sites(n):
    middle, width = spread(lattice_law(STANDING, SHARE, n))

    mean = SHARE @ STANDING
    assert middle == pytest.approx(mean, abs=1e-9)
    sd = np.sqrt((SHARE @ STANDING**2 - mean**2) / n)
    assert width == pytest.approx(sd, rel=1e-3)


def test_tails_are_those_of_the_listed_outcomes():
    two, even = np.array([-0.5, 0.5]), np.array([0.5, 0.5])
    listed, listed_p = exact_law(two, even, MANY)
    grid, grid_p = lattice_law(two, even, MANY)

    for limit in (0.02, 0.05, 0.09):
        expected = listed_p[np.abs(listed) >= limit].sum()
        step = 1 / MANY  # Outcomes of two groups lie this far apart: half of one at either edge.
        beyond = grid_p[np.abs(grid) >= limit + step / 2].sum()
        within = grid_p[np.abs(grid) >= limit - step / 2].sum()
        assert beyond - 1e-9 <= expected <= within + 1e-9


def test_quantiles_leave_out_the_tails():
    law = lattice_law(STANDING, SHARE, 1_000)
    low, high = lattice_quantiles(law, 0.025)

    means, probability = law
    assert probability[means < low].sum() == pytest.approx(0.025, abs=2e-3)
    assert probability[means > high].sum() == pytest.approx(0.025, abs=2e-3)


def test_many_sites_need_no_seed():
    counts, people, need = [100, 120, 110, 90], [100, 100, 100, 100], [1, 2, 3, 4]
    one, other = (placement_test(counts, people, need, seed=seed) for seed in (0, 7))

    assert one.method == "lattice"
    assert one.p_value == other.p_value
    assert one.interval == other.interval
    # Index 2 * 205 / 420 - 1 = -0.0238, spread 2 sqrt(0.078125 / 420) = 0.0273: z = -0.87,
    # two-sided 0.383 by the normal law, a little more for the steps between outcomes.
    assert one.p_value == pytest.approx(0.383, abs=0.02)
