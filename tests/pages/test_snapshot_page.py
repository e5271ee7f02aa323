"""The page of snapshots without a browser: what is said of a file that is opened again."""

import io

import pytest
import visiting
from forging import a_lie, forged_page, of_other_data
from visiting import markup

from sixes_geo.analysis.question import ask
from sixes_geo.export import bundle
from sixes_geo.export.fields import Fields
from sixes_geo.export.signature import fingerprint_of, public_of, spaced
from sixes_geo.export.snapshot import freeze
from sixes_geo.store import keys

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture(scope="module")
def frozen(toy_city):
    """Freeze a question of the toy city."""
    return freeze(ask(toy_city, layers=["sensors"]), "en", Fields(date="2026-11-25"))


def dropped(app, content, name="s.html"):
    """Return the page after a file was dropped on it."""
    app.file_uploader(key="reopen-file").upload(name, io.BytesIO(content).getvalue(), "text/html")
    return app.run()


def told(app):
    """Return the notices of a page: those of success, warnings and errors."""
    return tuple(
        " ".join(visiting.notice_text(one) for one in kind)
        for kind in (app.success, app.warning, app.error)
    )


def test_a_page_says_what_is_known_of_a_snapshot_and_no_more(frozen):
    plain, signed = bundle.page(frozen), bundle.page(frozen, keys.needed_key())
    app = visiting.visit("pages/snapshot/snapshot.py", city="toy", lang="en")

    dropped(app, signed)
    assert told(app)[0].startswith("Complete, and the same figures come out of the data")
    assert told(app)[1:] == ("", "")
    assert "the one of this copy" in markup(app)
    assert "Not compared: what the page itself shows" in markup(app)
    app.button(key="reopen-open").click().run()
    assert not app.exception
    assert app.query_params["layers"] == "sensors"

    dropped(app, forged_page(plain, of_other_data))
    assert told(app)[0] == ""
    assert "its checksum is not that of its selection" in told(app)[2]

    dropped(app, forged_page(plain, a_lie))
    assert told(app)[0] == ""
    assert "the figures it states do not come out of the data" in told(app)[2]
    assert "reopen-open" not in [one.key for one in app.button]


def test_a_page_signs_its_files_and_says_with_which_key(tmp_path, monkeypatch):
    app = visiting.visit("pages/snapshot/snapshot.py", city="toy", lang="en")
    next(one for one in app.button if one.label == "Make the snapshot").click().run()

    fingerprint = spaced(fingerprint_of(public_of(keys.needed_key())))
    assert f"are signed with the key of this server: {fingerprint}" in markup(app)

    (tmp_path / "file").write_text("")
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "file"))
    app.run()
    assert not app.exception
    assert "These files are not signed" in markup(app)
