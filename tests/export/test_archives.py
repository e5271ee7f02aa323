"""Snapshots from outside: measured before they are unpacked, whatever they say of themselves."""

import io
import json
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from mutated import bytes_changed, changed, corpus, json_changed, refusal
from samples import DAY

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError
from sixes_geo.export import bundle, webpage
from sixes_geo.export.archives import names_in, unpacked
from sixes_geo.export.bundle import as_json, sealed
from sixes_geo.export.fields import Fields
from sixes_geo.export.recognition import OPENING
from sixes_geo.export.reopened import reopen

pytestmark = pytest.mark.usefixtures("in_toy")

END = "<4s4H2LH"


def entry(nth):
    """Return the entry of an empty file in the list of an archive."""
    name = b"%x" % nth
    sizes = (0, 0, 0, 0x21, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    return struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, *sizes) + name


def listing(count, told, *, large=False, comment=b""):
    """Return an archive that is nothing but a list, and tells some number of files."""
    head = b"PK\x03\x04" + b"\0" * 26
    listed = b"".join(entry(nth) for nth in range(count))
    if not large:
        end = struct.pack(
            END, b"PK\x05\x06", 0, 0, told, told, len(listed), len(head), len(comment)
        )
        return head + listed + end + comment
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, told, told, len(listed), len(head)
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(head) + len(listed), 1)
    end = struct.pack(
        END, b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, len(comment)
    )
    return head + listed + record + locator + end + comment


@pytest.fixture
def without_list(monkeypatch):
    """Fail if Python lists the files of an archive."""

    def fail(*_, **__):
        pytest.fail("listed before it was counted")

    monkeypatch.setattr(zipfile, "ZipFile", fail)


@pytest.mark.parametrize(
    "content",
    [
        listing(100_000, 100_000, large=True),
        listing(60_000, 60_000),
        listing(60_000, 60_000, comment=b"x" * 60_000),
        listing(60_000, 1),
        listing(100_000, 1, large=True),
        listing(60_000, 1, comment=b"PK\x05\x06" + b"\0" * 18),
        listing(1, 500),
    ],
)
@pytest.mark.usefixtures("without_list")
def test_files_are_counted_before_they_are_listed(content):
    for read in (reopen, unpacked, names_in):
        with pytest.raises(ChoiceError, match=r"x\.zip (holds|has) [\d,]+ (files|bytes); at most"):
            read(content, "x.zip")


def packed(files, **options):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (packed([("manifest.json", b"{}"), ("x", b"0" * 5_000_000)]), "times smaller"),
        (packed([("manifest.json", b"{}"), *((f"{n}", b"") for n in range(300))]), "301 files"),
        (
            packed([("manifest.json", b"{}"), *((f"{n}", b"0" * 900_000) for n in range(70))]),
            "has 63,000,002 bytes; at most 60,000,000",
        ),
        (packed([("manifest.json", b"[" * 3_000_000)]), "times smaller"),
        (packed([("manifest.json", b'{"files": {}, "n": ' + b"9" * 5_000 + b"}")]), "no snapshot"),
        (packed([("manifest.json", b'{"files": {}, "n": 1e999}')]), "no snapshot"),
        (packed([("manifest.json", b'{"files": {}, "files": {}}')]), "no snapshot"),
    ],
    ids=["ratio", "files", "bytes", "brackets", "digits", "infinite", "twice"],
)
def test_an_archive_beyond_a_limit_is_one_clear_line_at_once(content, told):
    tracemalloc.start()
    begun = time.perf_counter()

    error = refusal(lambda: reopen(content, "x.zip"))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.replace("no snapshot", "is not a snapshot made here") in str(error)
    assert time.perf_counter() - begun < 2
    assert peak < 100e6


def test_a_file_that_holds_more_than_it_says_is_never_unpacked_further():
    content = bytearray(packed([("manifest.json", b"{}"), ("x", b"0" * 900_000)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")

    with pytest.raises(zipfile.BadZipFile):
        unpacked(bytes(content), "x.zip")


@pytest.mark.parametrize("mark", ["<!--part:head-->", "<!--end:head-->", OPENING])
def test_a_page_of_nothing_but_marks_is_refused_at_once(mark):
    manifest = '{"sha256":"' + "a" * 64 + '","parts":{}}'
    page = mark * (5_000_000 // len(mark)) + OPENING + manifest + "</script>"
    begun = time.perf_counter()

    error = refusal(lambda: reopen(page.encode(), "x.html"))

    assert error is not None
    assert time.perf_counter() - begun < 2


def test_a_page_too_large_is_refused_by_its_bytes():
    page = OPENING.encode() + b"x" * limits.PAGE_BYTES

    assert "at most 20,000,000" in str(refusal(lambda: reopen(page, "x.html")))


@pytest.fixture(scope="module")
def made(toy_snapshot):
    """Write a snapshot as a small archive and as a page, with its manifest."""
    snapshot = toy_snapshot("docks", fields=Fields(title="Ours", date=DAY))
    manifest = bundle.manifest_of(snapshot)
    page = webpage.webpage(snapshot, manifest)
    return manifest, {"zip": of_manifest(as_json(manifest)), "html": page}


def of_manifest(manifest):
    """Return an archive with a manifest, and a seal if it is a manifest that can have one."""
    files = [("units.csv", b"id\n1\n")]
    return packed([*files, ("manifest.json", manifest)])


def resealed(manifest):
    """Return an archive whose manifest was changed and sealed anew."""
    return packed([("manifest.json", as_json(sealed(manifest | {"files": {}})))])


def test_the_manifest_that_is_changed_below_is_one_that_opens(made):
    assert reopen(resealed(made[0]), "x.zip").checksum == made[0]["checksum"]
    assert reopen(made[1]["html"], "x.html").checksum == made[0]["checksum"]


def test_two_thousand_changed_manifests_open_or_are_refused(made):
    refused = 0
    for content in corpus([as_json(made[0])], 2_000, json_changed):
        value = json.loads(content)
        archive = resealed(value) if whole(value) else packed([("manifest.json", content)])
        refused += refusal(lambda archive=archive: reopen(archive, "x.zip")) is not None

    assert 500 < refused < 2_000


def whole(value):
    """Tell whether a manifest can be written: it may hold what no file can."""
    try:
        as_json(value)
    except ValueError:
        return False
    return True


def test_a_thousand_changed_files_open_or_are_refused(made):
    for form, content in made[1].items():
        for one in corpus([content], 500, bytes_changed):
            refusal(lambda one=one, form=form: reopen(one, f"x.{form}"))


@given(changed([listing(3, 3), listing(3, 3, large=True), packed([("manifest.json", b"{}")])]))
def test_a_changed_list_is_refused(content):
    refusal(lambda: reopen(content, "x.zip"))
    refusal(lambda: names_in(content, "x.zip"))
