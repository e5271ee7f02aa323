"""A network moved as one piece: hand-worked, provable and simulated values."""

import math

import numpy as np
import pytest
from house import some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from sixes_geo.base.errors import InputError
from sixes_geo.measures import AtKeep, network_test, placement_test
from sixes_geo.measures.placement.network_result import verdict_on

WIDE = 10_000.0
HOMES = np.array([[x, y] for x in range(125, 10_000, 250) for y in range(125, 10_000, 250)])
"""A square city of 10 km with as many people everywhere."""

PEOPLE = np.ones(len(HOMES))
few_draws = settings(max_examples=12, deadline=None)


def eastwards(xy):
    """Rank rises from west to east; outside the square there is none."""
    inside = ((xy >= 0) & (xy < WIDE)).all(axis=1)
    return np.where(inside, xy[:, 0] / WIDE, np.nan)


def blob(east, north, n=30, radius=1000.0, seed=3):
    """Return sites around a place."""
    rng = np.random.default_rng(seed)
    turn, out = rng.random(n) * 2 * math.pi, radius * np.sqrt(rng.random(n))
    return np.column_stack([east + out * np.cos(turn), north + out * np.sin(turn)])


def moved(sites, rank_of=eastwards, **options):
    return network_test(sites, HOMES, PEOPLE, rank_of, **options)


# ---------------------------------------------------------------- known answers


def test_one_site_is_a_site_at_a_random_resident():
    # Relative ranks are even on -1 to 1: mean 0, variance 1/3, and 5 % are beyond .95.
    test = moved([[9_800.0, 5_000.0]])

    assert test.index == pytest.approx(0.96)
    assert test.null_mean == pytest.approx(0, abs=4 * math.sqrt(1 / 3 / 999))
    assert test.null_sd == pytest.approx(math.sqrt(1 / 3), rel=0.06)
    assert test.p_value == pytest.approx(0.05, abs=0.03)
    assert (test.kept, test.tried, test.n, test.networks) == (999, 999, 1, 1)
    assert test.effective_n == pytest.approx(1, abs=0.12)


def test_many_sites_close_together_are_about_one_decision():
    # All but at one place: the index falls as evenly as that of one site.
    test = moved(blob(9_000, 5_000, radius=50))

    assert test.n == 30
    assert test.effective_n == pytest.approx(1, abs=0.15)
    assert test.p_value == pytest.approx(0.2, abs=0.06)
    assert test.verdict == "one_decision"
    assert placement_test([0, 30], [5, 5], [1, 2]).p_value < 1e-8


def test_sites_that_are_networks_of_their_own_have_the_null_of_sites():
    # The variance of the mean of 25 even ranks is 1 / 75; every site is moved by itself.
    sites = blob(8_500, 5_000, n=25)
    test = moved(sites, network=np.arange(25))

    assert test.networks == 25
    assert test.null_sd == pytest.approx(math.sqrt(1 / 75), rel=0.07)
    assert test.effective_n == pytest.approx(25, abs=3.5)
    assert test.verdict == "holds"


def test_two_networks_are_moved_each_by_itself():
    # Two blobs at one end, each as even as a site: variance (1/3) / 2 at most. As one network
    # they keep together.
    sites = np.vstack([blob(8_900, 2_000, radius=100), blob(9_000, 2_000, radius=100)])
    apart = moved(sites, network=["a"] * 30 + ["b"] * 30)

    assert apart.null_sd == pytest.approx(math.sqrt(1 / 6), rel=0.1)
    assert moved(sites).null_sd == pytest.approx(math.sqrt(1 / 3), rel=0.1)


def test_a_small_cluster_at_the_very_end_holds():
    test = moved(blob(9_900, 5_000, radius=60))

    assert test.index > 0.95
    assert all(one.p_value < 0.05 for one in test.keeps)
    assert (test.verdict, test.reason) == ("holds", "")


def test_a_pattern_that_fills_the_city_cannot_be_told():
    sites = np.array([[x, y] for x in range(300, 10_000, 500) for y in range(300, 10_000, 500)])
    test = moved(sites, keep=0.8)

    # An even square of 10 km has a radius of gyration of 10 / sqrt(6) km.
    assert test.radius_m == pytest.approx(WIDE / math.sqrt(6), rel=0.01)
    assert test.median_move_m < test.radius_m / 2
    assert (test.verdict, test.reason) == ("cannot_tell", "fills_the_city")


def test_a_pattern_too_large_to_move_has_too_few_positions():
    # A ring around a city that is a ring itself: laid elsewhere, it crosses the city twice.
    turn = np.linspace(0, 2 * math.pi, 400)
    homes = 10_000 * np.column_stack([np.cos(turn), np.sin(turn)])
    ring = homes[::4]
    narrow = {"grain_m": 100}
    test = network_test(ring, homes, np.ones(400), lambda xy: np.full(len(xy), 0.4), **narrow)

    assert test.kept < 200
    assert test.tried == 30_000
    assert test.reason == "no_spread"  # and if need differed:
    rank_of = lambda xy: (0.5 + xy[:, 0] / 2e4).clip(0, 1)  # noqa: E731
    test = network_test(ring, homes, np.ones(400), rank_of, **narrow)
    assert (test.verdict, test.reason) == ("cannot_tell", "few_positions")


def test_a_network_outside_the_city_is_not_compared_with_positions_inside():
    # Half of its sites are in empty ground of ranked units; positions keep 60 %.
    sites = np.vstack([blob(5_000, 9_500, n=10, radius=300), blob(5_000, 14_000, n=10)])
    test = network_test(
        sites, HOMES, PEOPLE, lambda xy: np.where(xy[:, 1] < 2e4, 0.5 + xy[:, 0] * 1e-5, np.nan)
    )

    assert test.n == 20
    assert math.isnan(test.p_value)
    assert (test.verdict, test.reason) == ("cannot_tell", "outside_the_city")
    assert not math.isnan(test.keeps[0].p_value)


def test_where_need_does_not_differ_nothing_can_be_told():
    test = moved(blob(5_000, 5_000), lambda xy: np.full(len(xy), 0.5))

    assert (test.index, test.p_value, test.verdict) == (0, 1, "cannot_tell")
    assert test.reason == "no_spread"
    assert math.isnan(test.effective_n)


def at(keep, p, kept=999):
    return AtKeep(keep, p, kept, 2 * kept, 0.0, 0.1, 0.0)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((0.01, 0.02, 0.049), ("holds", "")),
        ((0.01, 0.05, 0.02), ("cannot_tell", "depends_on_keep")),
        ((0.05, 0.3, 0.9), ("one_decision", "")),
    ],
)
def test_the_verdict_asks_every_share_to_keep(found, told):
    keeps = [at(keep, p) for keep, p in zip((0.5, 0.6, 0.7), found, strict=True)]

    assert verdict_on(keeps, keeps[1], fills=False) == told
    assert verdict_on(keeps, keeps[1], fills=True) == ("cannot_tell", "fills_the_city")


def test_shares_with_too_few_positions_do_not_count():
    keeps = [at(0.6, 0.01), at(0.7, 0.2, kept=199), at(0.8, math.nan, kept=0)]

    assert verdict_on(keeps, keeps[0], fills=False) == ("holds", "")
    assert verdict_on(keeps, keeps[1], fills=False) == ("cannot_tell", "few_positions")


def test_exact_ranks_of_sites_replace_those_looked_up():
    sites = [[5_000.0, 5_000.0], [6_000.0, 5_000.0], [9_000.0, 5_000.0]]
    test = moved(sites, site_ranks=[0.25, 0.75, math.nan])

    assert (test.index, test.n) == (0, 2)


# ---------------------------------------------------------------- properties


@few_draws
@example(1_500.0, 1_500.0, 5, 2_850)  # a plain sum differs in its last digit
@given(st.floats(1_500, 8_500), st.floats(1_500, 8_500), st.integers(2, 40), st.integers(0, 10**6))
def test_no_order_of_rows_changes_anything_and_reversing_need_mirrors(east, north, n, seed):
    sites = blob(east, north, n, seed=seed)
    rng = np.random.default_rng(seed)
    order, homes = rng.permutation(n), rng.permutation(len(HOMES))
    label = np.where(np.arange(n) % 3 == 0, "x", "y")
    test = moved(sites, network=label, draws=200, seed=seed)
    again = network_test(
        sites[order], HOMES[homes], PEOPLE[homes], eastwards, network=label[order], draws=200,
        seed=seed,
    )  # fmt: skip
    mirrored = moved(sites, lambda xy: 1 - eastwards(xy), network=label, draws=200, seed=seed)

    assert again == test
    assert mirrored.index == pytest.approx(-test.index, abs=1e-12)
    assert mirrored.null_mean == pytest.approx(-test.null_mean, abs=1e-12)
    assert mirrored.p_value == test.p_value
    assert mirrored.verdict == test.verdict


@few_draws
@given(st.floats(500, 9_500), st.integers(1, 60), st.floats(50, 4_000))
def test_figures_stay_within_what_is_possible(east, n, radius):
    sites = blob(east, 5_000, n, radius).clip(1, WIDE - 1)
    test = moved(sites, draws=200)

    assert 0 < test.effective_n <= test.n == n
    assert 0 <= test.lost <= 1
    assert [one.keep for one in test.keeps] == [0.5, 0.6, 0.7, 0.8]
    assert all(0 < one.p_value <= 1 for one in test.keeps if one.kept)
    tried = [one.tried for one in test.keeps]
    assert tried == sorted(tried)
    assert all(one.lost <= 1 - one.keep + 0.35 for one in test.keeps)


def test_a_share_of_its_own_is_shown_in_its_place():
    test = moved(blob(5_000, 5_000), keep=0.65, draws=200)

    assert [one.keep for one in test.keeps] == [0.5, 0.6, 0.65, 0.7, 0.8]
    assert test.p_value == test.keeps[2].p_value


def test_people_draw_the_network_to_them():
    # All people live in the west, so that is where the pieces fall.
    people = np.where(HOMES[:, 0] < 2_000, 1.0, 0.0)
    test = network_test(blob(1_000, 5_000, radius=300), HOMES, people, eastwards)

    assert test.null_mean == pytest.approx(-0.8, abs=0.05)


# ---------------------------------------------------------------- a second derivation


def by_loop(sites, keep, draws, rng, grain=500.0):
    """Move a pattern one position at a time, as complex numbers, with exact distances."""
    homes, points = cKDTree(HOMES), sites[:, 0] + 1j * sites[:, 1]
    indices, left = [], []
    while len(indices) < draws:
        held = points - points[rng.integers(len(points))]
        held = np.conj(held) if rng.random() < 0.5 else held
        home = HOMES[rng.integers(len(HOMES))]
        laid = complex(*home) + held * np.exp(2j * math.pi * rng.random())
        xy = np.column_stack([laid.real, laid.imag])
        if (homes.query(xy)[0] <= grain).mean() >= keep:
            rank = eastwards(xy)
            indices.append(np.nanmean(2 * rank - 1))
            left.append(np.isfinite(rank).sum())
    return np.array(indices), np.array(left)


@pytest.mark.parametrize("keep", [0.6, 0.8])
def test_a_plain_loop_finds_the_same_null_and_the_same_p(keep):
    sites = np.vstack([blob(7_300, 4_000, 15, 2_500), blob(7_000, 6_500, 6, 800)])
    index = np.mean(2 * eastwards(sites) - 1)
    found, left = by_loop(sites, keep, 3_000, np.random.default_rng(11))
    every = np.r_[index, found]
    far = np.abs(every - every.mean()) * np.sqrt(np.r_[len(sites), left])
    p = (far >= far[0]).mean()

    test = moved(sites, keep=keep)

    assert test.index == pytest.approx(index)
    assert test.null_mean == pytest.approx(found.mean(), abs=4 * found.std() / math.sqrt(999))
    assert test.null_sd == pytest.approx(found.std(), rel=0.09)
    assert test.p_value == pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / 999))
    assert test.lost == pytest.approx(1 - left.mean() / len(sites), abs=0.02)


def test_large_pieces_are_screened_without_losing_positions():
    # 1,000 sites are looked at in part first; 300 of the same shape are not.
    large, small = (blob(5_000, 5_000, n, 4_000, seed=8) for n in (1_000, 300))

    one, other = moved(large), moved(small)

    for a, b in some(zip(one.keeps[:3], other.keeps[:3], strict=True)):
        assert a.kept / a.tried == pytest.approx(b.kept / b.tried, rel=0.25)
        assert a.null_sd == pytest.approx(b.null_sd, rel=0.15)


def test_patterns_placed_by_the_mechanism_seldom_hold():
    # 60 patterns laid as the null lays them; 12 or more that hold would be one in a thousand.
    rng = np.random.default_rng(2)
    shape = blob(0, 0, 20, 1_500)
    told = []
    while len(told) < 60:
        turn = rng.random() * 2 * math.pi
        turned = shape @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        sites = turned + HOMES[rng.integers(len(HOMES))] - turned[rng.integers(20)]
        inside = np.isfinite(eastwards(sites))
        if inside.mean() >= 0.6:
            told.append(moved(sites[inside], draws=200, seed=len(told)).verdict)

    assert told.count("holds") < 12
    assert told.count("one_decision") > 30


# ---------------------------------------------------------------- refusals


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as refused:
        network_test(
            [[0, 0], [math.nan, 1]], HOMES[:3], [1, -2, 3], eastwards, network=[1], keep=1,
            grain_m=0, draws=10, seed=-1,
        )  # fmt: skip

    kinds = [problem.kind for problem in refused.value.problems]
    assert kinds == [
        "missing", "negative", "length", "not_between", "too_small", "too_small", "not_positive",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"sites_xy": [1, 2, 3]}, "not_places"),
        ({"sites_xy": []}, "not_places"),
        ({"people_xy": HOMES[:5]}, "length"),
        ({"people": PEOPLE * 0}, "all_zero"),
        ({"network": [None, "a"]}, "missing"),
        ({"rank_of": lambda xy: xy[:, 0]}, "not_a_rank"),
        ({"rank_of": lambda _: [0.5]}, "length"),
        ({"site_ranks": [0.1, 0.2, 0.3]}, "length"),
        ({"site_ranks": [0.1, 3]}, "not_a_rank"),
        ({"sites_xy": [[-900, 0], [-900, 9]]}, "no_sites"),
        ({"people_xy": HOMES - 2e5}, "too_few_units"),
    ],
)
def test_bad_input_is_refused(changed, kind):
    fine = {
        "sites_xy": [[5_000, 5_000], [6_000, 6_000]],
        "people_xy": HOMES,
        "people": PEOPLE,
        "rank_of": eastwards,
    }
    given = fine | changed
    places = [given.pop(name) for name in ("sites_xy", "people_xy", "people", "rank_of")]

    with pytest.raises(InputError) as refused:
        network_test(*places, **given)

    assert [problem.kind for problem in refused.value.problems] == [kind]
