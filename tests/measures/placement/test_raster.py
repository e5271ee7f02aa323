"""A raster of places: what it holds, where it errs, and the ground near people."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from sixes_geo.base.errors import InputError
from sixes_geo.measures import place_raster
from sixes_geo.measures.placement import raster
from sixes_geo.measures.placement.raster import ground_within


def chequers(xy):
    """Return the number of the square of 100 m, three in a row from the south-west."""
    column, row = np.floor(xy / 100).T
    inside = ((xy >= 0) & (xy < 300)).all(axis=1)
    return np.where(inside, row * 3 + column, np.nan)


def test_each_place_has_the_number_of_its_square():
    squares = place_raster(chequers, (0, 0, 300, 300))
    xy = np.array([[1, 1], [299, 1], [150, 150], [299, 299], [-1, 50], [50, 301], [1e9, -1e9]])

    found = squares(xy)

    assert found[:4].tolist() == [0, 2, 4, 8]
    assert np.isnan(found[4:]).all()


def test_units_take_their_ranks_from_a_table():
    ranks = np.linspace(0.05, 0.95, 9)
    ranks[4] = math.nan
    squares = place_raster(chequers, (-100, -100, 400, 400)).recoded(ranks)

    found = squares(np.array([[50, 50], [250, 250], [150, 150], [-50, 50]]))

    assert found[:2].tolist() == pytest.approx([0.05, 0.95])
    assert np.isnan(found[2:]).all()


@given(st.lists(st.tuples(st.floats(-50, 350), st.floats(-50, 350)), min_size=1, max_size=60))
def test_the_raster_errs_only_within_a_cell_of_a_border(given_places):
    xy = np.array(given_places)
    squares = place_raster(chequers, (0, 0, 300, 300))
    wrong = ~np.isclose(squares(xy), chequers(xy), equal_nan=True)
    from_border = np.abs(xy - 100 * np.round(xy / 100)).min(axis=1)

    assert (from_border[wrong] <= 25 / math.sqrt(2)).all()
    assert squares.disagreement(chequers, xy) == pytest.approx(wrong.mean())


def test_borders_between_cells_are_exact_and_others_are_measured():
    xy = np.random.default_rng(4).random((20_000, 2)) * 300

    assert place_raster(chequers, (0, 0, 300, 300)).disagreement(chequers, xy) == 0
    # Cells of 40 m cross the borders at 100 and 200: centres at 100 and 180, so that strips of
    # 20 m beside each of four borders have the neighbour's number: 2 x 1 - (1 - 40/300)^2.
    crossed = place_raster(chequers, (0, 0, 320, 320), cell_m=40).disagreement(chequers, xy)
    assert crossed == pytest.approx(1 - (1 - 40 / 300) ** 2, abs=0.01)


def test_too_many_cells_are_made_larger(monkeypatch):
    monkeypatch.setattr(raster, "MOST_CELLS", 100)

    grid = place_raster(chequers, (0, 0, 300, 300)).grid

    assert (grid.columns, grid.rows, grid.cell_m) == (10, 10, 30)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 3_000), st.floats(0, 3_000)), min_size=1, max_size=15),
    st.sampled_from([120.0, 500.0, 777.0]),
)
def test_ground_near_people_is_that_of_exact_distances(given_points, radius):
    points = np.array(given_points)
    grid, near = ground_within(points, radius)
    inner = near.reshape(grid.rows + 2, grid.columns + 2)
    centres = grid.centres(0, grid.rows * grid.columns)
    distance = cKDTree(points).query(centres)[0]
    unclear = np.abs(distance - radius) < 1e-6

    assert ((inner[1:-1, 1:-1].ravel() == (distance <= radius)) | unclear).all()
    assert not inner[[0, -1]].any()
    assert not inner[:, [0, -1]].any()
    assert near[grid.cell_of(points[:, 0], points[:, 1])].all()


@pytest.mark.parametrize(
    ("value_of", "bounds", "cell", "kinds"),
    [
        (chequers, (10, 0, 0, 5), 25, ["upside_down"]),
        (chequers, (0, 0, math.inf, math.nan), 0, ["upside_down", "upside_down", "not_positive"]),
        (lambda _: [1.0, 2.0], (0, 0, 300, 300), 25, ["length"]),
    ],
)
def test_bad_input_is_refused(value_of, bounds, cell, kinds):
    with pytest.raises(InputError) as refused:
        place_raster(value_of, bounds, cell_m=cell)

    assert [problem.kind for problem in refused.value.problems] == kinds
