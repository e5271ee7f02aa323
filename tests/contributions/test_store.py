"""What people add: kept once, never over another, read with care, told of where it is broken."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from made import kept, sheet

from sixes_geo.base.errors import ChoiceError, DataError
from sixes_geo.contributions import entries, files, indicator_csv, merge, store
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.merge import contributed_indicators, joined
from sixes_geo.store import contributions

NAME, CODE = "own-x", "a code"


@pytest.fixture
def made(toy_city):
    """Make an indicator that nobody has kept yet."""
    return indicator_csv.from_file(toy_city, sheet(), "mine.csv")


@pytest.fixture
def place(registry_folder):
    """Make the folder of the toy city's indicators."""
    found = registry_folder / "toy" / "indicators"
    found.mkdir(parents=True)
    return found


def names(city) -> list[str]:
    return [one.indicator for one in contributed_indicators(city)[0]]


def test_a_file_too_large_is_never_read_whole(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(10 * files.LARGEST)

    with pytest.raises(ChoiceError, match=r"large\.csv has 20,000,000 bytes"):
        files.given_content(path)


def test_a_name_of_any_length_can_be_taken_out_of_use(toy_city, made):
    found = store.keep("toy", replace(made, name="x" * 100), CODE)

    store.remove("toy", found.indicator, CODE)

    assert names(toy_city) == []


def test_of_two_long_names_the_one_named_is_taken_out_of_use(toy_city, made):
    first, second = (store.keep("toy", replace(made, name="x" * 56), CODE) for _ in range(2))

    store.remove("toy", second.indicator, CODE)

    assert names(toy_city) == [first.indicator]


@pytest.mark.parametrize("name", ["own-none", "../x", "own-x/../own-x", "OWN-x", "", "own-x\n"])
def test_what_is_no_indicator_cannot_be_taken_out_of_use(toy_city, place, name):
    (place / "own-x.json").write_text(kept(NAME))

    with pytest.raises(DataError, match="is missing"):
        store.remove("toy", name, CODE)

    assert names(toy_city) == [NAME]


def test_many_at_once_under_one_name_are_all_kept(toy_city, made):
    with ThreadPoolExecutor(20) as pool:
        found = list(
            pool.map(lambda n: store.keep("toy", replace(made, year=n)), range(1960, 2000))
        )

    assert len({one.indicator for one in found}) == 40
    assert {one.year for one in contributed_indicators(toy_city)[0]} == set(range(1960, 2000))


def test_many_removed_at_once_are_all_in_the_history(toy_city, made):
    found = [store.keep("toy", made, CODE).indicator for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        acts = list(pool.map(lambda name: store.remove("toy", name, CODE), found))

    assert names(toy_city) == []
    assert {one.act for one in contributions.removed()} == set(acts)


def test_what_could_not_be_read_again_is_not_kept(toy_city, made):
    for wrong in ({"date": "20241101"}, {"year": 26}, {"values": {"01": float("nan")}}):
        with pytest.raises(ChoiceError, match="nothing was kept"):
            store.keep("toy", replace(made, **wrong))

    assert names(toy_city) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[" * 100_000, "JSON"),
        (kept(NAME, {"01": [[[1]]]}), "$.values"),
        (kept(NAME).replace("10.0", "1" * 400), "01: “111"),
        (kept(NAME).replace("10.0", "1e999"), "01: “inf” is not a number"),
        (kept(NAME).replace("10.0", "NaN"), "NaN"),
        (kept(NAME).replace("10.0", "Infinity"), "Infinity"),
        (kept(NAME, source="\ud800"), "JSON"),
        (kept(NAME, per="zone2"), "cannot be “zone2”"),
        (kept(NAME, {"99": 1, "01": 2}), "“99” is not one of the "),
        (kept(NAME, {"99": 1}, per="initiative", use="provision"), "“99” is not one of the "),
        (kept(NAME, {"docks": 1}, per="initiative"), "cannot be a need"),
        (kept(NAME, {"01": -1}, use="provision"), "-1 is below zero"),
        (kept(NAME, {"01": 1e308}), "South West: “1e+308” is no plausible value"),
        (kept(NAME, {"01": 5e-324}), "“4.94066e-324” is no plausible value"),
        (kept(NAME, {"01": 10**40}), "is no plausible value"),
        (kept(NAME, authors="SIXES geo"), "is the name of the paper or of this dashboard"),
        (kept(NAME, question="a\u202eb"), "contains the hidden character U+202E"),
        (kept(NAME).replace('"01": 10.0', '"01": 10.0, "01": 11'), "JSON"),
        (kept(NAME, {"01": [[[[[[1]]]]]]}).replace("[1]", "[" * 60 + "]" * 60), "levels"),
        (kept(NAME, date="2026-02-30"), "“2026-02-30” is not a date"),
        (kept(NAME, year=99999), "year"),
        (kept(NAME, authors="  "), "missing: Authors"),
        (kept("own-y"), "$.indicator"),
        ("", "JSON"),
        ("x" * (files.LARGEST + 1), "2,000,001"),
    ],
)  # fmt: skip
def test_a_file_that_fails_is_told_of_in_one_line_and_left_alone(toy_city, place, content, fault):
    (place / "own-x.json").write_text(content)
    (place / "own-good.json").write_text(kept("own-good"))

    found, refused = contributed_indicators(toy_city)

    assert [one.indicator for one in found] == ["own-good"]
    (told,) = refused
    assert "User-added data own-x.json" in str(told)
    assert fault in str(told)
    assert "\n" not in str(told)
    assert (place / "own-x.json").read_text() == content
    city = open_city("toy", toy_city.folder.parent)
    assert len(city.indicators) == len(toy_city.indicators) + 1


def test_all_faults_of_a_file_are_told_together(toy_city, place):
    (place / "own-x.json").write_text(kept(NAME, {"99": 1}, date="2026-13-01", authors=" "))

    (told,) = contributed_indicators(toy_city)[1]

    assert [one.kind for one in told.problems] == ["left_out", "no_date", "no_place"]


def test_what_is_no_file_keeps_no_city_from_being_read(toy_city, place):
    (place / "own-gone.json").symlink_to(place / "nowhere")
    (place / "own-folder.json").mkdir()

    found, refused = contributed_indicators(toy_city)

    assert found == ()
    assert len(refused) == 2
    assert open_city("toy", toy_city.folder.parent) == toy_city


def test_a_file_that_is_gone_before_it_is_looked_at_harms_nothing(toy_city, place, monkeypatch):
    gone = place / "own-gone.json"
    monkeypatch.setattr(entries, "folder_files", lambda *_: (gone,))

    assert joined(toy_city) == toy_city
    assert "missing" in str(contributed_indicators(toy_city)[1][0])


def test_a_city_is_joined_also_while_another_visitor_empties_what_is_known(
    toy_city, place, monkeypatch
):
    class Emptied(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, value)
            self.clear()

    (place / "own-good.json").write_text(kept("own-good"))
    monkeypatch.setattr(merge, "_JOINED", Emptied())

    assert joined(toy_city).indicators[-1].indicator == "own-good"


def test_whole_numbers_are_read_as_numbers(toy_city, place):
    (place / "own-x.json").write_text(json.dumps(json.loads(kept(NAME)) | {"year": 2026.0}))

    (found,) = contributed_indicators(toy_city)[0]

    assert found.year == 2026
    assert isinstance(found.year, int)
