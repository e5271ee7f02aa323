"""The tasks of the dashboard, in a real worker: the same answers and refusals as without one."""

import zipfile
from io import BytesIO

import pandas as pd
import pytest
from made import sheet
from PIL import Image

from sixes_geo.analysis import kept
from sixes_geo.analysis.question import ask
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.contributions import brought as contributed
from sixes_geo.contributions import cell_files, folder, indicator_csv, tag_files
from sixes_geo.export import asked, brought, bundle, reopened
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.export.snapshot import freeze
from sixes_geo.store import keys, location, results
from sixes_geo.workers import shared
from sixes_geo.workers.tasks import TASKS, function_of

TAGS = b"initiative,dimension,level,coder,evidence,source\ndocks,equity,absent,Zoe,Saw it,Notes\n"
CELLS = b"framework,theme,e,level,coder\n"
FIELDS = Fields(title="<b>Ñ</b> \u202e", author="Ana", districts=("01",), date="2026-11-25")


def picture():
    stream = BytesIO()
    Image.linear_gradient("L").resize((30, 20)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def worker(toy_root, tmp_path_factory):
    """Start one worker that sees the toy city, and end it."""
    own = tmp_path_factory.mktemp("worker")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shared.SIZE_VARIABLE, "1")
        patch.setenv(DATA_VARIABLE, str(toy_root))
        patch.setenv(folder.VARIABLE, str(own / "registry"))
        patch.setenv(location.VARIABLE, f"sqlite:///{own}/store.sqlite3")
        patch.setenv(keys.FOLDER_VARIABLE, str(own / "keys"))
        patch.setenv(results.FOLDER_VARIABLE, str(own / "results"))
        shared.start()
        yield own
        shared.stop()


@pytest.fixture(autouse=True)
def same_place(worker, toy_root, monkeypatch):
    """See what the worker sees, but for what it keeps."""
    monkeypatch.setenv(DATA_VARIABLE, str(toy_root))
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(worker / "keys"))
    monkeypatch.setenv(results.FOLDER_VARIABLE, str(worker / "server"))


def test_every_task_that_is_named_is_there():
    for name, task in TASKS.items():
        assert callable(function_of(task)), name


def test_files_that_people_bring_are_read_as_without_a_worker(toy_city):
    found = contributed.indicator(toy_city, sheet(), "mine.csv", "a visit")
    table = contributed.tags(toy_city, TAGS, "zoe.csv", "a visit")

    assert found == indicator_csv.from_file(toy_city, sheet(), "mine.csv")
    plain = tag_files.tags_from_file(toy_city, TAGS, "zoe.csv")
    pd.testing.assert_frame_equal(table, plain, check_dtype=False)  # texts of two kinds
    own = [cell for cell in cell_files.cells() if cell.coder]
    rows = [
        f"{cell.framework},{cell.theme},{cell.e},{cell.level},Zoe".encode()
        for cell in {(cell.theme, cell.e): cell for cell in own}.values()
    ]
    content = CELLS + b"\n".join(rows[:3])
    assert contributed.cells(content, "zoe.csv") == cell_files.cells_from_file(content, "zoe.csv")
    assert brought.logo(picture(), "logo.png") == logo_of(picture())


def test_files_that_cannot_be_read_are_refused_as_without_a_worker(toy_city):
    for in_worker, here in (
        (contributed.indicator, indicator_csv.from_file),
        (contributed.tags, tag_files.tags_from_file),
    ):
        for content in (b"", b"\x00", b"a,b\n1,2\n", TAGS + b"x,y,z,Zoe,,\n"):
            with pytest.raises(ChoiceError) as there:
                in_worker(toy_city, content, "x.csv")
            with pytest.raises(ChoiceError) as plain:
                here(toy_city, content, "x.csv")
            assert str(there.value) == str(plain.value)
    for read in (brought.logo, brought.snapshot):
        with pytest.raises(ChoiceError):
            read(b"PK\x05\x06", "x.zip")


def test_a_snapshot_is_drawn_written_and_opened_again_as_without_a_worker(toy_city):
    question = ask(toy_city, layers=["sensors"])
    frozen = freeze(question, "en", FIELDS)

    drawn = asked.drawn_from(asked.ask_preview(question, "en", FIELDS, "a visit").result())
    ticket = asked.ask_file(question, "en", FIELDS, "png", {"size": "1200x630"}, "a visit")
    archive = asked.file_from(asked.ask_file(question, "en", FIELDS, "zip", {}).result())

    assert (drawn.checksum, drawn.date) == (frozen.checksum, "2026-11-25")
    assert all(page.startswith(b"\x89PNG") for page in drawn.pages)
    assert asked.file_from(ticket.result()) == bundle.export_file(frozen, "png", size="1200x630")
    assert archive == bundle.archive(frozen, keys.needed_key())
    found, plain = brought.snapshot(archive, "x.zip"), reopened.reopen(archive, "x.zip")
    assert (found.manifest, found.signer) == (plain.manifest, plain.signer)
    assert list(found.files) == list(plain.files)
    assert found.query == plain.query
    with zipfile.ZipFile(BytesIO(archive)) as packed:
        cut = packed.read("snapshot.html")
    assert brought.snapshot(cut, "x.html").checksum == frozen.checksum


def test_fields_that_cannot_be_are_refused_in_the_worker(toy_city):
    question, fields = ask(toy_city, layers=["sensors"]), Fields(districts=("nowhere",))

    with pytest.raises(ChoiceError, match="nowhere"):
        asked.ask_preview(question, "en", fields).result()


def test_what_takes_long_is_measured_in_the_worker_and_kept_on_both_sides(toy_city, worker):
    question = ask(toy_city, layers=["sensors"], seed=3)
    before = kept_in(worker)

    def never(_question):
        pytest.fail("measured here")

    assert shared.is_ready()
    assert kept.network(question, never) is not None
    assert len(kept.variants(question, never)) > 1
    there, here = (after - known for after, known in zip(kept_in(worker), before, strict=True))
    assert sorted(name.partition("-")[0] for name in here) == ["network", "variants"]
    assert here <= there


def kept_in(worker):
    """Return the names of the results that the worker and the server keep."""
    return [
        {path.name for path in (worker / place).glob("*.kept")} for place in ("results", "server")
    ]
