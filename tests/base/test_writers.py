"""Files say what the tables say, readably, and come out the same every time."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from shapely.geometry import LineString, Point, Polygon

from sixes_geo.base import writers


def features(*rows, shapes=None):
    """Return rows of properties as features at points, or at the shapes given."""
    places = shapes or [Point(number, -33.5) for number in range(len(rows))]
    return gpd.GeoDataFrame(list(rows), geometry=places, crs="EPSG:4326")


@pytest.fixture
def written(tmp_path):
    """Write features and return the collection that a reader finds."""

    def write(frame):
        path = tmp_path / "features.geojson"
        writers.write_geojson(path, frame)
        return json.loads(path.read_text(encoding="utf-8"))

    return write


# ---------------------------------------------------------------- GeoJSON


def test_a_feature_has_its_properties_and_its_geometry(written):
    collection = written(features({"id": "01", "year": 2022, "capacity": 0.5}))

    assert collection == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": "01", "year": 2022, "capacity": 0.5},
                "geometry": {"type": "Point", "coordinates": [0.0, -33.5]},
            }
        ],
    }


@pytest.mark.parametrize("empty", [None, np.nan, pd.NA, ""])
def test_an_empty_property_is_left_out(written, empty):
    found = written(features({"id": "1", "name": empty}, {"id": "2", "name": "Ñ"}))["features"]

    assert [one["properties"] for one in found] == [{"id": "1"}, {"id": "2", "name": "Ñ"}]


def test_zero_and_false_are_no_empty_properties(written):
    found = written(features({"id": "0", "capacity": 0, "shown": False}))["features"]

    assert found[0]["properties"] == {"id": "0", "capacity": 0, "shown": False}


def test_numbers_of_numpy_are_written_as_the_numbers_they_are(written):
    row = {"whole": np.int64(7), "part": np.float64(0.1), "true": np.bool_(True)}
    text = json.dumps(written(features(row))["features"][0]["properties"])

    assert text == '{"whole": 7, "part": 0.1, "true": true}'


@pytest.mark.parametrize("nowhere", [None, Polygon(), LineString()])
def test_a_feature_without_a_place_has_no_geometry(written, nowhere):
    found = written(features({"id": "1"}, {"id": "2"}, shapes=[nowhere, Point(1, 2)]))["features"]

    assert found[0]["geometry"] is None
    assert found[1]["geometry"]["coordinates"] == [1.0, 2.0]


def test_a_change_in_one_feature_changes_one_line(tmp_path):
    rows = [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}, {"id": "3", "name": "c"}]
    paths = tmp_path / "before.geojson", tmp_path / "after.geojson"
    writers.write_geojson(paths[0], features(*rows))
    writers.write_geojson(paths[1], features(rows[0], {"id": "2", "name": "x"}, rows[2]))

    before, after = (path.read_text(encoding="utf-8").splitlines() for path in paths)
    assert len(before) == len(after) == len(rows) + 2
    assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1


def test_accents_are_written_as_such_and_the_file_ends_with_a_line(tmp_path):
    path = tmp_path / "a.geojson"
    writers.write_geojson(path, features({"name": "Ñuñoa, São João"}))

    data = path.read_bytes()
    assert "Ñuñoa, São João".encode() in data
    assert data.endswith(b"\n]}\n")
    assert b"\r" not in data


def test_no_features_are_an_empty_collection(written):
    empty = gpd.GeoDataFrame({"id": []}, geometry=[], crs="EPSG:4326")

    assert written(empty) == {"type": "FeatureCollection", "features": []}


def test_geojson_refuses_what_json_cannot_say(tmp_path):
    with pytest.raises(ValueError, match="Out of range"):
        writers.write_geojson(tmp_path / "a.geojson", features({"capacity": np.inf}))
    with pytest.raises(TypeError, match="cannot write set as JSON"):
        writers.write_geojson(tmp_path / "a.geojson", features({"names": {"a"}}))


def test_the_frame_that_is_written_is_not_changed(written):
    frame = features({"id": "1", "name": None})
    before = frame.copy()

    written(frame)

    pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(before))


# ---------------------------------------------------------------- CSV


def test_a_table_keeps_leading_zeros_and_leaves_missing_cells_empty(tmp_path):
    path = tmp_path / "a.csv"
    table = pd.DataFrame({"id": ["01", "0201"], "value": [1.5, np.nan], "name": ["Ñ", None]})

    writers.write_csv(path, table)

    assert path.read_bytes() == "id,value,name\n01,1.5,Ñ\n0201,,\n".encode()


def test_a_comma_or_a_break_in_a_cell_stays_in_its_cell(tmp_path):
    path = tmp_path / "a.csv"
    table = pd.DataFrame({"facts": ['one, "two"\nthree'], "id": ["1"]})

    writers.write_csv(path, table)

    pd.testing.assert_frame_equal(pd.read_csv(path, dtype=str), table, check_dtype=False)


# ---------------------------------------------------------------- Parquet


@pytest.fixture
def people():
    return pd.DataFrame(
        {"id": ["01", "02"], "lon": [-70.5, -70.6], "people": [3, 0], "zone": ["0101", None]},
        index=[5, 9],
    )


def test_a_long_table_is_read_back_as_it_was(tmp_path, people):
    path = tmp_path / "a.parquet"

    writers.write_parquet(path, people)

    found = pd.read_parquet(path)
    pd.testing.assert_frame_equal(found, people.reset_index(drop=True), check_dtype=False)
    assert list(found.columns) == list(people.columns)


def test_a_long_table_holds_nothing_but_its_columns(tmp_path, people):
    path = tmp_path / "a.parquet"

    writers.write_parquet(path, people)

    assert not pq.read_schema(path).metadata


def test_the_same_long_table_gives_the_same_bytes(tmp_path, people):
    paths = tmp_path / "a.parquet", tmp_path / "b.parquet"

    for path, index in zip(paths, ([5, 9], [0, 1]), strict=True):
        writers.write_parquet(path, people.set_axis(index))

    assert paths[0].read_bytes() == paths[1].read_bytes()


# ---------------------------------------------------------------- JSON


def test_a_manifest_is_written_for_people_to_compare(tmp_path):
    path = tmp_path / "a.json"

    writers.write_json(path, {"name": "Medellín", "list": [1, 2]})

    assert path.read_bytes() == '{\n "name": "Medellín",\n "list": [\n  1,\n  2\n ]\n}\n'.encode()


def test_a_manifest_refuses_what_json_cannot_say(tmp_path):
    with pytest.raises(ValueError, match="Out of range"):
        writers.write_json(tmp_path / "a.json", {"decimals": float("nan")})
