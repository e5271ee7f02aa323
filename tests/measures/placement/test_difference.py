"""One network at two dates: hand-worked and provable differences."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixes_geo.base.errors import InputError
from sixes_geo.measures import concentration_index, index_difference
from tests.measures.tables import SMOKE

few = settings(max_examples=30, deadline=None)
networks = st.lists(
    st.tuples(st.sampled_from([*"abcde", None]), st.sampled_from([*"abcde", None])),
    min_size=2,
    max_size=40,
).filter(lambda rows: any(one for one, _ in rows) and any(other for _, other in rows))


def compared(rows, **options):
    table = pd.DataFrame(rows, columns=["before", "after"])
    return index_difference(
        table["before"].dropna(),
        table["after"].dropna(),
        SMOKE["people"],
        SMOKE["income"],
        **options,
    )


def test_two_halves_by_hand():
    # Before: 3 sites in the poorer half, 1 in the richer: -1/2 * (3 - 1) / 4. After: even.
    people, need = pd.Series([7, 7], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"])
    before = pd.Series(["a", "a", "a", "b"])
    after = pd.Series(["a", "b"], index=[0, 9])
    found = index_difference(before, after, people, need)

    assert (found.before, found.after, found.difference) == (-0.25, 0, 0.25)
    assert (found.n_before, found.n_after, found.n_kept) == (4, 2, 1)
    assert found.verdict == "cannot_tell"


def test_a_network_that_moved_is_named_and_one_that_stayed_is_not():
    moved = compared([("a", "e")] * 15 + [("b", "b")] * 15)
    stayed = compared([("a", "a")] * 15 + [("e", "e")] * 15)

    assert moved.verdict == "to_better_off"
    assert (stayed.difference, stayed.interval, stayed.verdict) == (0, (0, 0), "cannot_tell")


def test_few_sites_never_name_a_move():
    assert compared([("a", "e")] * 9).verdict == "cannot_tell"
    assert compared([("a", "e")] * 10).verdict == "to_better_off"


@few
@given(networks)
def test_both_indices_are_concentration_indices(rows):
    found = compared(rows, draws=9)
    for date, index in enumerate((found.before, found.after)):
        counts = pd.Series([row[date] for row in rows]).value_counts()
        counts = counts.reindex(SMOKE.index, fill_value=0)
        assert index == pytest.approx(concentration_index(counts, SMOKE["people"], SMOKE["income"]))


@few
@given(networks)
def test_swapping_the_dates_flips_the_signs(rows):
    one = compared(rows, draws=199)
    other = compared([(after, before) for before, after in rows], draws=199)

    assert other.difference == pytest.approx(-one.difference)
    assert (other.n_before, other.n_after, other.n_kept) == (one.n_after, one.n_before, one.n_kept)


@few
@given(networks, st.randoms(use_true_random=False))
def test_the_order_of_sites_leaves_no_trace(rows, random):
    mixed = random.sample(rows, len(rows))

    assert repr(compared(mixed, draws=49)) == repr(compared(rows, draws=49))


def test_keeping_sites_leaves_less_doubt_than_drawing_them_anew():
    spread = list("abcde") * 20
    kept = compared([(unit, unit) for unit in spread] + [(None, "e")] * 10)
    anew = compared(
        [(unit, None) for unit in spread] + [(None, unit) for unit in [*spread, *"e" * 10]]
    )

    assert kept.difference == pytest.approx(anew.difference)
    assert np.ptp(kept.interval) < np.ptp(anew.interval) / 2


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    rng, units = np.random.default_rng(4), np.array(list("abcde"))
    held = []
    for _ in range(200):
        kept = [(unit, unit) for unit in rng.choice(units, 40)]
        lost = [(unit, None) for unit in rng.choice(units, 20)]
        gained = [(None, unit) for unit in rng.choice(units, 20)]
        low, high = compared([*kept, *lost, *gained], draws=299).interval
        held.append(low <= 0 <= high)
    assert 0.88 <= np.mean(held) <= 0.99


def test_all_faults_are_named_at_once():
    with pytest.raises(InputError) as caught:
        index_difference(
            pd.Series(["a", "zz"], index=[1, 1]),
            pd.Series([], dtype="object"),
            pd.Series([1, -1], index=["a", "b"]),
            pd.Series([1.0, None], index=["a", "b"]),
            draws=0,
        )
    kinds = {problem.kind for problem in caught.value.problems}
    assert {"duplicate_labels", "unknown_site_unit", "empty", "negative", "too_small"} <= kinds
