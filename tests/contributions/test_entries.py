"""The folder of earlier versions: imported once, reported where invalid, and never changed."""

import json
import subprocess
import sys

import pytest
from house import ROOT
from made import DESCRIBED, kept, sheet

from sixes_geo.base.errors import DataError
from sixes_geo.city.tables import figures, read_tags
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.cell_files import cell_files, cells_added, sign_cells
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.folder import CROSSWALK, EVERYWHERE, INDICATORS, TAGS
from sixes_geo.contributions.merge import contributed_indicators, joined
from sixes_geo.contributions.presence import anything_added
from sixes_geo.contributions.tag_files import tags_added
from sixes_geo.store import contributions, engine, location

TAG = (
    "initiative,dimension,level,strengthen,coder,evidence_es,evidence_pt,evidence_en,"
    "source,source_url\ndocks,equity,absent,false,Zoe,x,x,x,y,\n"
)
CELL = "framework,theme,e,level,coder\nesci,esci-urban,equity,main,Ana\n"
GOOD = {
    "toy/indicators/own-x.json": kept("own-x"),
    "toy/tags/zoe-1.csv": TAG,
    "crosswalk/ana-1.csv": CELL,
    "toy/removed/own-old.json": kept("own-old"),
    "removed/old.csv": CELL,
}
WRONG = {
    "toy/indicators/own-w.json": kept("own-w", per="zone2"),
    "toy/tags/w.csv": "a,b\n1,2\n",
    "crosswalk/w.csv": "a,b\n1,2\n",
}


@pytest.fixture
def fill(registry_folder):
    """Write the folder as an earlier version did."""

    def write(files):
        for name, content in files.items():
            path = registry_folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    return write


def read(city):
    """Read all that was added, as the pages do; return the errors."""
    joined(city)
    refused = (*contributed_indicators(city)[1], *tags_added(city)[1], *cell_files()[1])
    return sorted(str(one).partition(":")[0] for one in refused)


def content(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_folder_of_an_earlier_version_is_imported_and_not_changed(
    toy_city, fill, registry_folder
):
    fill(GOOD | WRONG)
    before = content(registry_folder)

    refused = read(toy_city)

    assert refused == [f"User-added data {name}" for name in ("own-w.json", "w.csv", "w.csv")]
    assert {
        (kind, city): [item.name for item in contributions.items(kind, city)]
        for kind, city in ((INDICATORS, "toy"), (TAGS, "toy"), (CROSSWALK, EVERYWHERE))
    } == {
        (INDICATORS, "toy"): ["own-x"],
        (TAGS, "toy"): ["Zoe"],
        (CROSSWALK, EVERYWHERE): ['["Ana", "esci-urban", "equity"]'],
    }
    assert contributions.items(INDICATORS, "toy")[0].content == kept("own-x")
    assert content(registry_folder) == before


def test_a_second_start_imports_nothing_twice_and_reports_the_same(toy_city, fill):
    fill(GOOD | WRONG)
    first = read(toy_city)
    changes = contributions.counts().changes
    engine.close()

    assert read(toy_city) == first
    assert contributions.counts().changes == changes == 3


STARTER = """
import sys
from pathlib import Path
from sixes_geo.contributions.cell_files import cell_files
from sixes_geo.contributions.cities import open_city
print("ready", flush=True)
sys.stdin.readline()
open_city("toy", Path(sys.argv[1]))
cell_files()
"""


def test_processes_that_start_at_once_import_each_file_once(toy_city, fill):
    fill(GOOD | WRONG)
    command = [sys.executable, "-c", STARTER, str(toy_city.folder.parent)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    starters = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(2)]
    assert [one.stdout.readline() for one in starters] == ["ready\n"] * 2
    for one in starters:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in starters:
        one.communicate(timeout=120)

    assert [one.returncode for one in starters] == [0, 0]
    assert contributions.counts().changes == 3


def test_what_was_imported_is_measured_like_anything_else_without_its_file(
    toy_city, fill, registry_folder
):
    fill(GOOD)
    city = open_city("toy", toy_city.folder.parent)
    (registry_folder / "toy" / "indicators" / "own-x.json").unlink()

    again = open_city("toy", toy_city.folder.parent)

    unit = city.unit_named("district")
    found = figures(again, unit, "own-x", 2026)["value"].to_dict()
    assert found == {"01": 10.0, "02": 20.0, "03": 30.0, "04": 40.5}
    assert again.stamp == city.stamp
    assert "Zoe" in {tag.coder for tag in read_tags(again)}


def test_a_removal_is_final_also_with_the_file_still_in_the_folder(toy_city, fill, monkeypatch):
    monkeypatch.setenv("SIXES_FACILITATOR", "a long secret")
    fill(GOOD)
    read(toy_city)
    with pytest.raises(DataError, match="only those who kept this"):
        store.remove("toy", "own-x", "a code")  # nobody has one for what was imported

    store.remove("toy", "own-x", "a long secret")
    engine.close()

    assert contributed_indicators(toy_city) == ((), ())


def test_a_file_that_is_changed_is_imported_again_but_not_over_what_people_did(
    toy_city, fill, monkeypatch
):
    monkeypatch.setenv("SIXES_FACILITATOR", "a long secret")
    fill(GOOD)
    read(toy_city)
    fill({"toy/indicators/own-x.json": kept("own-x", {"01": 1})})
    assert contributed_indicators(toy_city)[0][0].values == {"01": 1.0}
    store.remove("toy", "own-x", "a long secret")

    fill({"toy/indicators/own-x.json": kept("own-x", {"01": 2})})

    found, refused = contributed_indicators(toy_city)
    assert found == ()
    assert "own-x.json: it names something that was kept or removed here already" in str(refused[0])


def test_an_invalid_file_is_imported_once_it_is_corrected(toy_city, fill):
    fill(WRONG)
    assert len(read(toy_city)) == 3

    fill({"toy/indicators/own-w.json": kept("own-w")})

    assert len(read(toy_city)) == 2
    assert [one.indicator for one in contributed_indicators(toy_city)[0]] == ["own-w"]


def test_a_new_indicator_never_takes_the_name_of_a_file_not_yet_imported(toy_city, fill):
    fill({"toy/indicators/own-knows-of-the-sensors.json": kept("own-knows-of-the-sensors")})

    made = store.keep("toy", indicator_csv.from_file(toy_city, sheet(), "x.csv"))

    assert made.indicator == "own-knows-of-the-sensors-2"
    assert len(contributed_indicators(toy_city)[0]) == 2


@pytest.mark.parametrize("broken", ["in the way", "damaged"])
def test_where_the_store_cannot_be_used_the_folder_is_read(
    toy_city, fill, tmp_path, monkeypatch, broken
):
    fill(GOOD | WRONG | {"toy/tags/zzz.csv": TAG.replace("absent", "primary")})
    place = tmp_path / "other.sqlite3"
    place.write_bytes(b"damaged " * 500)
    end = "/store.sqlite3" if broken == "in the way" else ""
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{place}{end}")

    assert len(read(toy_city)) == 4  # one coder has two files

    assert [one.indicator for one in contributed_indicators(toy_city)[0]] == ["own-x"]
    assert tags_added(toy_city)[0] == {"Zoe": 1}
    assert cells_added() == {"Ana": 1}
    assert open_city("toy", toy_city.folder.parent).stamp != toy_city.stamp


def test_what_no_longer_fits_its_city_is_reported_and_stays_in_the_store(toy_city):
    record = json.loads(kept("own-x")) | {"per": "zone2"}
    change = contributions.Change("own-x", DESCRIBED["authors"], json.dumps(record))
    contributions.change(INDICATORS, "toy", lambda _: [change])
    for name, text in (("tags", "a,b\n1,2\n"), ("crosswalk", '{"theme": "none"}')):
        city = "toy" if name == "tags" else EVERYWHERE
        broken = contributions.Change("broken", "Zoe", text)
        contributions.change(name, city, lambda _, one=broken: [one])

    assert read(toy_city) == [
        "User-added data broken", "User-added data broken", "User-added data own-x",
    ]  # fmt: skip
    assert "stays in the store" in str(contributed_indicators(toy_city)[1][0])
    assert contributions.counts().changes == 3


KEEPER = """
import sys
from pathlib import Path
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.cities import open_city
city = open_city("toy", Path(sys.argv[1]))
store.keep("toy", indicator_csv.from_file(city, sys.stdin.buffer.read(), "x.csv"))
"""


def test_what_another_process_keeps_changes_the_stamp_of_the_city(toy_city):
    sign_cells("Ana", "esci", {("esci-urban", "equity"): "main"})
    before = joined(toy_city)
    assert before.stamp == toy_city.stamp  # cells are of no city

    subprocess.run(
        [sys.executable, "-c", KEEPER, str(toy_city.folder.parent)],
        cwd=ROOT,
        input=sheet(),
        check=True,
        timeout=120,
    )

    after = joined(toy_city)
    assert after.stamp != before.stamp
    assert len(after.indicators) == len(before.indicators) + 1


def test_whether_anything_was_added_is_told_without_reading_it(toy_city, fill, monkeypatch):
    assert not anything_added("toy")
    store.keep("toy", indicator_csv.from_file(toy_city, sheet(), "x.csv"))
    assert anything_added("toy")
    assert not anything_added("elsewhere")
    fill({"elsewhere/tags/x.csv": ""})
    assert anything_added("elsewhere")
    monkeypatch.setenv(location.VARIABLE, "no address")
    assert not anything_added("toy")


def test_nothing_is_made_by_looking_whether_something_was_added(
    toy_city, fill, tmp_path, monkeypatch
):
    monkeypatch.delenv(location.VARIABLE)
    own = tmp_path / "own" / "store.sqlite3"
    monkeypatch.setattr(location, "own_file", lambda: own)
    monkeypatch.setattr(engine, "own_file", lambda: own)

    assert read(toy_city) == []
    assert joined(toy_city) == toy_city
    assert not own.parent.exists()

    fill(GOOD)
    assert read(toy_city) == []
    assert own.exists()
    assert [one.indicator for one in contributed_indicators(toy_city)[0]] == ["own-x"]
