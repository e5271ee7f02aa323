"""What comes back: the same view, or a refusal that names what is not complete."""

import hashlib
import io
import json
import shutil
import zipfile

import numpy as np
import pytest
from samples import DAY

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError
from sixes_geo.export import bundle, webpage
from sixes_geo.export.bundle import as_json, sealed
from sixes_geo.export.fields import Fields
from sixes_geo.export.reopened import reopen

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture(scope="session")
def made(toy_snapshot):
    """Write a snapshot as archive and as page."""
    unit = toy_snapshot().assessment.units.index[1]
    fields = Fields(title="Ours", date=DAY, districts=(unit,), context=("metro",))
    snapshot = toy_snapshot("docks", language="pt", need="income:2020", fields=fields)
    return snapshot, {form: bundle.export_file(snapshot, form) for form in ("zip", "html")}


def repacked(content, change):
    """Return an archive whose files were changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as packed:
        for name, inside in files.items():
            packed.writestr(name, inside)
    return again.getvalue()


@pytest.mark.parametrize("form", ["zip", "html"])
def test_a_snapshot_opens_the_view_it_was_made_of(made, form):
    snapshot, files = made

    found = reopen(files[form], f"s.{form}")

    assert found.question == snapshot.question
    assert found.language == "pt"
    assert found.districts == snapshot.fields.districts
    assert found.context == ("metro",)
    assert found.checksum == snapshot.checksum
    assert found.words == {"title": "Ours", "author": "", "note": "", "recommendation": ""}
    assert found.data_changed == ()
    assert snapshot.link.endswith(found.query)


def test_an_archive_in_which_amounts_were_called_sites_opens_as_ever(made):
    snapshot, files = made

    def of_before(inside):
        manifest = json.loads(inside["manifest.json"])
        inside["units.csv"] = inside["units.csv"].replace(b"share_amount", b"share_sites")
        manifest["files"]["units.csv"] = hashlib.sha256(inside["units.csv"]).hexdigest()
        inside["manifest.json"] = as_json(sealed(manifest | {"format": "sixes-geo-snapshot/1"}))

    found = reopen(repacked(files["zip"], of_before), "s.zip")

    assert (found.question, found.checksum) == (snapshot.question, snapshot.checksum)


def test_a_page_of_the_first_format_opens_as_ever(made):
    snapshot, _ = made
    manifest = bundle.manifest_of(snapshot) | {"format": "sixes-geo-snapshot/1"}

    found = reopen(webpage.webpage(snapshot, manifest), "s.html")

    assert (found.question, found.checksum) == (snapshot.question, snapshot.checksum)


def test_a_snapshot_that_pooled_unlike_networks_opens_with_a_figure_for_each(made):
    snapshot, files = made

    def pool(inside):
        manifest = json.loads(inside["manifest.json"])
        manifest["choice"]["layers"] = ["docks", "parks"]
        inside["manifest.json"] = as_json(sealed(manifest))

    found = reopen(repacked(files["zip"], pool), "s.zip")

    assert found.question == snapshot.question
    assert [question.layer_names for question in found.questions] == [("docks",), ("parks",)]
    assert "layers=docks,parks" in found.query
    assert "together" not in found.query


@pytest.mark.parametrize("form", ["sixes-geo-snapshot/0", "sixes-geo-snapshot/4", ""])
def test_a_format_that_is_not_known_is_refused_in_one_line(made, form):
    def of_another(inside):
        manifest = json.loads(inside["manifest.json"]) | {"format": form}
        inside["manifest.json"] = as_json(sealed(manifest))

    with pytest.raises(ChoiceError, match="is not a snapshot made here"):
        reopen(repacked(made[1]["zip"], of_another), "s.zip")


def test_a_changed_archive_is_refused_with_every_change(made):
    def change(files):
        files["units.csv"] += b"1,2,3"
        del files["README.txt"]
        files["../evil.sh"] = b"rm"

    with pytest.raises(ChoiceError) as caught:
        reopen(repacked(made[1]["zip"], change), "s.zip")

    text = str(caught.value)
    for told in ("units.csv was changed", "README.txt is missing", "../evil.sh was added"):
        assert told in text


@pytest.mark.parametrize(
    ("name", "value"),
    [("result", {"verdict": "other"}), ("language", "en"), ("checksum", "0" * 64), ("extra", 1)],
)
def test_a_manifest_that_says_something_else_is_refused(made, name, value):
    def retold(files):
        manifest = json.loads(files["manifest.json"])
        files["manifest.json"] = as_json({**manifest, name: value})

    with pytest.raises(ChoiceError, match=r"manifest\.json was changed"):
        reopen(repacked(made[1]["zip"], retold), "s.zip")


@pytest.mark.parametrize("text", ['"\\ud800"', "NaN", "-Infinity"])
def test_what_no_file_can_hold_is_refused_in_one_line(made, text):
    def retold(files):
        told = json.loads(files["manifest.json"])
        told["fields"]["title"] = "@"
        files["manifest.json"] = json.dumps(told).replace('"@"', text).encode()

    with pytest.raises(ChoiceError, match="is not a snapshot made here"):
        reopen(repacked(made[1]["zip"], retold), "s.zip")


def test_a_name_that_stands_twice_is_refused(made):
    again = io.BytesIO(made[1]["zip"])
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(again, "a") as packed:
        packed.writestr("units.csv", b"other")

    with pytest.raises(ChoiceError, match="is not a snapshot made here"):
        reopen(again.getvalue(), "s.zip")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_another_way_is_none_of_ours(made, packing):
    with zipfile.ZipFile(io.BytesIO(made[1]["zip"])) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", packing) as packed:
        for name, inside in files.items():
            packed.writestr(name, inside)

    with pytest.raises(ChoiceError):
        reopen(again.getvalue(), "s.zip")


def test_a_damaged_archive_is_refused_wherever_it_is_damaged(made):
    whole = made[1]["zip"]
    intact, refused = reopen(whole, "s.zip"), 0
    random = np.random.default_rng(0)
    for at in random.integers(0, len(whole), 300):
        damaged = bytearray(whole)
        damaged[at] ^= int(random.integers(1, 256))
        try:
            found = reopen(bytes(damaged), "s.zip")
        except ChoiceError:
            refused += 1
            continue
        assert found == intact  # a byte that nothing reads, such as one of a date, may be any
    assert refused > 200


def test_a_changed_page_is_refused_with_the_part_that_was(made):
    page = made[1]["html"].decode()

    with pytest.raises(ChoiceError, match="its text was changed"):
        reopen(page.replace("<h1", "<h1 class='x'", 1).encode(), "s.html")
    with pytest.raises(ChoiceError, match="its map was changed"):
        reopen(page.replace('"classes":"', '"classes":"0', 1).encode(), "s.html")
    with pytest.raises(ChoiceError, match="changed after it was made"):
        reopen(page.replace('"version":"', '"version":"9', 1).encode(), "s.html")


def test_figures_of_other_data_are_told_to_be_so(made):
    def renew(files):
        manifest = json.loads(files["manifest.json"])
        manifest["data"][0]["sha256"] = "0" * 64
        files["manifest.json"] = as_json(sealed(manifest))

    found = reopen(repacked(made[1]["zip"], renew), "s.zip")

    assert len(found.data_changed) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"\x00" * 60,
        b"\xff\xfe<html>",
        b"<html></html>",
        b"%PDF-1.7",
        b"[" * 200_000,
    ],
)
def test_what_is_no_snapshot_is_refused_in_one_line(content):
    with pytest.raises(ChoiceError) as caught:
        reopen(content, "x.zip")

    assert "x.zip" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"files": 3}',
        b'{"files": {}, "format": "sixes-geo-snapshot/1"}',
        b'{"files": {}, "format": "other", "choice": {}}',
        b'{"files": {}, "format": "sixes-geo-snapshot/1", "choice": {"city": "toy", "layers": 3}}',
    ],
)
def test_an_archive_with_another_manifest_is_refused(manifest):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("manifest.json", manifest)

    with pytest.raises(ChoiceError):
        reopen(made.getvalue(), "x.zip")


@pytest.mark.parametrize(
    "change",
    [
        {"fields": {"districts": {}, "context": []}},
        {"fields": {"districts": [], "context": 3}},
        {"fields": []},
        {"language": []},
        {"language": "xx"},
        {"checksum": 5},
        {"data": {}},
        {"data": [3]},
        {"added": "all"},
        {"result": None},
        {"result": {}},
        {"result": {"concentration_index": "high", "interval": [0, 1], "verdict": "", "n": 1}},
        {"result": {"concentration_index": 10**400, "interval": [0, 1], "verdict": "", "n": 1}},
        {"result": {"concentration_index": 0, "interval": [None, 1], "verdict": "", "n": 1}},
        {"stamp": "0"},
        {"version": 1},
        {"choice": {"e": "equity"}},
        {"choice": {"seed": 1.5}},
        {"choice": {"layers": []}},
        {"choice": {"city": None}},
        {"choice": {"need": ["income"]}},
    ],
)
def test_a_manifest_of_wrong_kinds_is_refused_in_one_line(made, change):
    def retold(files):
        manifest = json.loads(files["manifest.json"])
        for name, value in change.items():
            inside = {**manifest[name], **value} if name == "choice" else value
            manifest[name] = inside
        files["manifest.json"] = as_json(sealed(manifest))

    with pytest.raises(ChoiceError, match="is not a snapshot made here"):
        reopen(repacked(made[1]["zip"], retold), "s.zip")


def test_a_view_of_what_people_added_asks_for_their_file_first(made):
    def retold(files):
        manifest = json.loads(files["manifest.json"])
        manifest["choice"]["need"] = "own-heard:2026"
        manifest["added"] = [{"name": "Heard of it"}]
        files["manifest.json"] = as_json(sealed(manifest))

    with pytest.raises(ChoiceError, match=r"Heard of it.*indicators folder"):
        reopen(repacked(made[1]["zip"], retold), "s.zip")


def test_an_archive_that_would_swell_is_refused_before_it_does(monkeypatch):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b"0" * (limits.SNAPSHOT_BYTES + 1))
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: read.append(1))

    with pytest.raises(ChoiceError, match=r"x\.zip"):
        reopen(made.getvalue(), "x.zip")
    assert read == []


def test_an_archive_that_lies_about_its_size_is_refused(made):
    content = bytearray(made[1]["zip"])
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")  # the size before it was packed

    with pytest.raises(ChoiceError):
        reopen(bytes(content), "x.zip")


def test_a_view_of_a_city_that_is_not_here_is_refused(made, tmp_path, monkeypatch):
    empty = tmp_path / "cities"
    shutil.copytree(made[0].city.folder, empty / "elsewhere")
    monkeypatch.setenv("SIXES_GEODATA", str(empty))

    with pytest.raises(Exception, match="toy"):
        reopen(made[1]["zip"], "s.zip")
