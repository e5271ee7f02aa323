"""Freezing and reopening by command: a file, or one line on standard error and nothing written."""

import json
import zipfile
from io import BytesIO

import pytest
from forging import a_lie, forged, opened, packed
from PIL import Image
from pypdf import PdfReader

from sixes_geo.cli.main import main
from sixes_geo.export import webpage
from sixes_geo.export.formats import FORMATS
from sixes_geo.store import location

pytestmark = pytest.mark.usefixtures("in_toy")

CHOICE = ("toy", "--layer", "sensors", "--date", "2026-11-25")
STARTS = {
    "pdf": b"%PDF-1.7",
    "png": b"\x89PNG",
    "svg": b"<svg",
    "html": b"<!DOCTYPE html>",
    "gpkg": b"SQLite format 3",
    "geojson": b'{"type":"FeatureCollection"',
    "csv": b"\xef\xbb\xbfid,name",
    "zip": b"PK",
}


@pytest.fixture(autouse=True)
def store_elsewhere(tmp_path_factory, monkeypatch):
    """Keep what people add out of the folder that a command writes to."""
    place = tmp_path_factory.mktemp("store")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{place}/store.sqlite3")


@pytest.fixture
def snapshot(tmp_path, capsys):
    """Run the command and return its status, what it said, and the folder it wrote to."""

    def run(*arguments, out="s.csv", choice=CHOICE):
        status = main(["snapshot", *choice, *arguments, "--out", str(tmp_path / out)])
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


@pytest.mark.parametrize("form", FORMATS)
def test_the_ending_of_the_file_says_the_format(snapshot, tmp_path, form):
    status, told, progress = snapshot(out=f"s.{form}")

    assert status == 0
    assert (tmp_path / f"s.{form}").read_bytes().startswith(STARTS[form])
    assert "checksum" in told
    assert "writing" in progress
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [f"s.{form}"]


def test_sheet_size_and_picture_can_be_chosen(snapshot, tmp_path):
    snapshot("--sheet", "slides", out="s.pdf")
    snapshot("--size", "1080x1080", out="s.png")

    page = PdfReader(tmp_path / "s.pdf").pages[0].mediabox
    assert page.width / page.height == pytest.approx(16 / 9, abs=0.01)
    with Image.open(tmp_path / "s.png") as picture:
        assert picture.size == (1080, 1080)


def test_the_words_of_its_author_stand_in_it(snapshot, tmp_path):
    logo = BytesIO()
    Image.new("RGB", (20, 20)).save(logo, "PNG")
    (tmp_path / "logo.png").write_bytes(logo.getvalue())

    status, _, _ = snapshot(
        "--title", "Más para todas", "--author", "Junta", "--note", "n", "--recommendation", "r",
        "--logo", str(tmp_path / "logo.png"), "--lang", "pt", out="s.zip",
    )  # fmt: skip

    assert status == 0
    with zipfile.ZipFile(tmp_path / "s.zip") as packed:
        told = json.loads(packed.read("manifest.json"))
    assert told["fields"]["title"] == "Más para todas"
    assert told["fields"]["logo"]
    assert told["language"] == "pt"


@pytest.mark.parametrize(
    ("arguments", "out", "told"),
    [
        ((), "s.docx", "s.docx does not end in a known extension"),
        ((), "nowhere/s.pdf", "nowhere"),
        (("--district", "ñ"), "s.pdf", "no district has the id “ñ”"),
        (("--title", "x" * 301), "s.pdf", "301"),
        (("--date", "soon"), "s.pdf", "soon"),
        (("--server", "file:///etc/passwd"), "s.pdf", "is not a web address"),
        (("--logo", "/dev/null"), "s.pdf", "a device or a pipe, not a file"),
        (("--logo", "/no/such/logo"), "s.pdf", "/no/such/logo"),
        (("--e", "beauty"), "s.pdf", "beauty"),
    ],
)
def test_a_wrong_wish_is_refused_in_one_line_and_nothing_is_written(
    snapshot, tmp_path, arguments, out, told
):
    status, output, error = snapshot(*arguments, out=out)

    assert status == 2
    assert output == ""
    last = error.splitlines()[-1]
    assert told in last
    assert "Traceback" not in error
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_snapshot_of_several_layers_is_refused_unless_they_are_counted_together(
    snapshot, tmp_path, capsys
):
    choice = (*CHOICE, "--layer", "docks")

    status, output, error = snapshot(choice=choice, out="s.zip")
    assert (status, output, len(error.splitlines())) == (2, "", 1)
    assert "one answer" in error
    assert "--together" in error
    assert not [path for path in tmp_path.iterdir() if path.is_file()]

    status, _, _ = snapshot("--together", choice=choice, out="s.zip")
    assert status == 0
    assert main(["reopen", str(tmp_path / "s.zip"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["choice"]["layers"] == ["sensors", "docks"]
    assert told["beside"] == []
    assert "layers=sensors,docks&together=1" in told["query"]


def test_a_district_can_be_given_by_its_name(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("SIXES_GEODATA")
    out = tmp_path / "s.html"
    choice = ["santiago", "--layer", "ev-chargers-2023", "--date", "2026-11-25"]

    assert main(["snapshot", *choice, "--district", "nunoa", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["reopen", str(out), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["districts"] == ["13120"]


def test_a_file_that_is_there_stays_as_it_is_where_the_snapshot_fails(snapshot, tmp_path):
    (tmp_path / "s.pdf").write_text("mine")

    status, _, _ = snapshot("--district", "ñ", out="s.pdf")

    assert status == 2
    assert (tmp_path / "s.pdf").read_text() == "mine"


@pytest.mark.parametrize("form", ["zip", "html"])
def test_what_was_frozen_can_be_opened_again(snapshot, tmp_path, capsys, form):
    snapshot("--lang", "es", "--seed", "7", out=f"s.{form}")

    assert main(["reopen", str(tmp_path / f"s.{form}"), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["choice"]["layers"] == ["sensors"]
    assert told["choice"]["seed"] == 7
    assert told["data_changed"] == []
    assert "lang=es" in told["query"]
    assert told["state"] == "same"
    assert told["measured"] == told["result"]
    assert told["signature"]["state"] == "unsigned"
    assert told["files"] == {"state": "not_compared", "differing": []}
    assert main(["reopen", str(tmp_path / f"s.{form}")]) == 0
    said = capsys.readouterr().out
    assert "Complete, and the same figures come out of the data on this machine" in said
    assert "Not compared" in said
    assert "It opens http://localhost:8501/?city=toy" in said


@pytest.mark.parametrize("form", ["zip", "html"])
def test_a_signed_snapshot_differs_in_its_signature_only(snapshot, tmp_path, capsys, form):
    for out, sign in ((f"a.{form}", ()), (f"b.{form}", ("--sign",))):
        assert snapshot(*sign, out=out)[0] == 0
    plain, signed = ((tmp_path / f"{name}.{form}").read_bytes() for name in "ab")

    assert plain != signed
    if form == "zip":
        assert set(opened(plain)) ^ set(opened(signed)) == {"signature.json"}
        assert opened(plain).items() < opened(signed).items()
    else:
        assert webpage.parted(signed)[0] == plain
    assert main(["reopen", str(tmp_path / f"b.{form}"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signature"]["state"] == "own"


def test_every_forgery_is_told_in_one_line_and_as_codes(snapshot, tmp_path, capsys):
    snapshot("--sign", out="s.zip")
    signed = (tmp_path / "s.zip").read_bytes()
    files = opened(signed)
    unsigned = packed({name: one for name, one in files.items() if name != "signature.json"})
    cases = [
        (forged(unsigned, a_lie), ["checksum", "figures"], "the figures it states do not come out"),
        (forged(signed, a_lie), ["signature"], "changed: its signature does not fit"),
        (packed(files | {"signature.json": b"{}"}), ["signature"], "its signature does not fit"),
        (packed(files | {"units.csv": b""}), ["files"], "units.csv was changed"),
        (packed(files | {"manifest.json": b"{}"}), [], "is not a snapshot made here"),
    ]
    path = tmp_path / "forged.zip"

    for content, changed, words in cases:
        path.write_bytes(content)
        assert main(["reopen", str(path)]) == 2
        written = capsys.readouterr()
        assert (written.out, written.err.count("Snapshot forged.zip: ")) == ("", 1)
        assert words in written.err.splitlines()[-1]
        assert main(["reopen", str(path), "--json"]) == 2
        told = json.loads(capsys.readouterr().out)
        assert (told["state"], told["changed"]) == ("changed" if changed else "refused", changed)


def test_an_exchanged_pdf_is_found_where_all_is_compared(snapshot, tmp_path, capsys):
    snapshot(out="s.zip")
    path = tmp_path / "forged.zip"
    path.write_bytes(forged((tmp_path / "s.zip").read_bytes(), snapshot_pdf=b"%PDF-1.4 forged"))

    assert main(["reopen", str(path)]) == 0
    assert "Not compared: the PDF" in capsys.readouterr().out
    assert main(["reopen", str(path), "--all", "--json"]) == 2
    written = capsys.readouterr()
    assert "changed: snapshot.pdf is not what this version makes" in written.err
    assert json.loads(written.out)["files"] == {"state": "differ", "differing": ["snapshot.pdf"]}


@pytest.mark.parametrize("form", ["pdf", "png", "csv"])
def test_a_format_that_cannot_be_signed_is_refused_at_once(snapshot, form):
    status, output, error = snapshot("--sign", out=f"s.{form}")

    assert (status, output, len(error.splitlines())) == (2, "", 1)
    assert f"s.{form} cannot be signed; these can: zip, html" in error


def test_where_no_key_can_be_kept_a_wish_to_sign_is_refused(snapshot, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SIXES_KEYS", str(tmp_path / "file"))

    status, output, error = snapshot("--sign", out="s.zip")

    assert (status, output, len(error.splitlines())) == (2, "", 1)
    assert "SIXES_KEYS" in error
    assert not (tmp_path / "s.zip").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", None])
def test_what_is_no_snapshot_is_refused_in_one_line(tmp_path, capsys, content):
    path = tmp_path / "x.zip"
    if content is not None:
        path.write_bytes(content)

    status = main(["reopen", str(path)])

    written = capsys.readouterr()
    assert (status, written.out) == (2, "")
    assert len(written.err.splitlines()) == 1
    assert "x.zip" in written.err


@pytest.mark.parametrize(
    ("layers", "told"),
    [
        (("sensors", "parks"), "these cannot be counted together"),
        (("sensors", "docks"), "count them in one figure with --together"),
    ],
)
def test_what_to_do_about_several_layers_is_something_that_can_be_done(
    capsys, tmp_path, layers, told
):
    out = tmp_path / "snapshot.html"
    wanted = [word for layer in layers for word in ("--layer", layer)]

    assert main(["snapshot", "toy", *wanted, "--out", str(out)]) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()
