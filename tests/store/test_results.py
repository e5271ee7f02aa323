"""Results kept on disk: computed once, and again whenever the file is not what it should be."""

import logging
import os

import numpy as np
import pytest

from sixes_geo.store import results


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Keep results in a folder of the test's own."""
    monkeypatch.setenv(results.FOLDER_VARIABLE, str(tmp_path / "results"))
    return tmp_path / "results"


@pytest.fixture
def counted():
    """Make a function that counts how often it computes."""
    calls = []

    def compute():
        calls.append(1)
        return {"index": 0.1 + 0.2, "keeps": (0.5, 0.6), "reason": "ñ", "none": None}

    return compute, calls


RECORD = {"index": 0.1 + 0.2, "keeps": [0.5, 0.6], "reason": "ñ", "none": None}


def only(place):
    (path,) = place.glob("*.kept")
    return path


def test_a_record_is_computed_once_and_is_the_same_ever_after(place, counted):
    compute, calls = counted

    found = [results.kept_record("test", "key", compute) for _ in range(3)]

    assert found == [RECORD] * 3
    assert len(calls) == 1
    assert [path.suffix for path in place.iterdir()] == [".kept"]


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3), np.array([1, -1], dtype="int16")])
def test_an_array_comes_back_with_its_shape_and_kind(place, array):
    fresh = results.kept_array("raster", "key", lambda: array)
    again = results.kept_array("raster", "key", lambda: pytest.fail("computed again"))

    for one in (fresh, again):
        assert one.dtype == array.dtype
        np.testing.assert_array_equal(one, array)
    assert only(place)


def test_an_array_of_objects_is_refused_since_only_a_pickle_could_hold_it(place):
    with pytest.raises(ValueError, match="allow_pickle"):
        results.kept_array("raster", "key", lambda: np.array([{}], dtype=object))

    assert not place.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"name": "other", "key": "key"},
        {"name": "test", "key": "key of other data"},
    ],
)
def test_another_name_or_key_is_another_result(place, other):
    results.kept_record("test", "key", lambda: 1)

    assert results.kept_record(other["name"], other["key"], lambda: 2) == 2
    assert results.kept_record("test", "key", lambda: 3) == 1
    assert len(list(place.glob("*.kept"))) == 2


def test_another_version_or_other_code_computes_anew(place, monkeypatch):
    results.kept_record("test", "key", lambda: 1)

    monkeypatch.setattr(results, "__version__", "99.0")
    assert results.kept_record("test", "key", lambda: 2) == 2
    monkeypatch.setattr(results, "_code", lambda: "other code")
    assert results.kept_record("test", "key", lambda: 3) == 3
    assert len(list(place.glob("*.kept"))) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda content: content[:-3], id="cut short"),
        pytest.param(lambda content: content[: content.index(b"\n") + 1], id="only the head"),
        pytest.param(lambda content: content.replace(b"0.5", b"0.9"), id="one figure altered"),
        pytest.param(lambda _: b"\x80\x04K\x01.", id="a pickle"),
        pytest.param(lambda _: b"not ours\n{}", id="foreign"),
        pytest.param(lambda content: content.replace(b'"key"', b'"yek"', 1), id="of other data"),
    ],
)
def test_a_spoilt_file_is_absent_and_replaced(place, counted, spoil):
    compute, calls = counted
    results.kept_record("test", "key", compute)
    content = only(place).read_bytes()
    assert spoil(content) != content
    only(place).write_bytes(spoil(content))

    assert results.kept_record("test", "key", compute) == RECORD
    assert len(calls) == 2
    assert only(place).read_bytes() == content


def test_a_folder_in_the_place_of_a_file_costs_time_and_no_error(place, counted):
    compute, calls = counted
    results.kept_record("test", "key", compute)
    path = only(place)
    path.unlink()
    path.mkdir()

    assert results.kept_record("test", "key", compute) == RECORD
    assert len(calls) == 2
    assert not list(place.glob("*.part"))


def test_a_folder_that_cannot_be_written_is_told_of_once(place, caplog):
    place.write_text("a file where the folder should be")

    with caplog.at_level(logging.WARNING):
        found = [results.kept_record("test", str(nth), lambda nth=nth: nth) for nth in range(3)]

    assert found == [0, 1, 2]
    assert len(caplog.records) == 1
    assert str(place) in caplog.text


def test_the_least_recently_used_go_when_there_are_too_many(place, monkeypatch):
    for nth in range(4):
        results.kept_record("test", str(nth), lambda: "x" * 1000)
        for path in place.glob("*.kept"):  # each file an hour older than what comes next
            stat = path.stat()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - 3600 * 10**9))
    results.kept_record("test", "0", lambda: pytest.fail("0 is there, and used now"))
    (place / "notes.txt").write_text("x" * 10_000)
    (place / "abandoned.part").write_text("x" * 1000)
    os.utime(place / "abandoned.part", (0, 0))
    size = only_size(place)

    monkeypatch.setattr(results, "MOST_BYTES", 3 * size)
    results.kept_record("test", "4", lambda: "x" * 1000)

    left = {
        key for key in "01234" if results.kept_record("test", key, lambda: "computed") == "x" * 1000
    }
    assert "0" in left
    assert "4" in left
    assert "1" not in left
    assert not (place / "abandoned.part").exists()
    assert (place / "notes.txt").exists(), "not ours to remove"


def only_size(place):
    return max(path.stat().st_size for path in place.glob("*.kept"))


def test_without_a_name_results_are_in_the_users_own_folder(monkeypatch):
    monkeypatch.delenv(results.FOLDER_VARIABLE)

    assert results.folder().name == "results"
    assert "sixes-geo" in results.folder().parts


def test_a_failed_computation_leaves_nothing(place):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        results.kept_record("test", "key", fail)

    assert not place.exists()
