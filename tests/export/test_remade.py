"""The files of a snapshot made again: what was exchanged is named, and what is the same."""

import pytest
from forging import as_if_measured, forged, forged_page, of_other_data
from samples import DAY

from sixes_geo.analysis.assessment import assess
from sixes_geo.export import bundle, proof, proof_words, webpage
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.export.remade import differing_files
from sixes_geo.export.reopened import reopen
from sixes_geo.export.signature import signature_of
from sixes_geo.i18n import Translator
from sixes_geo.store import keys

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture(scope="session")
def snapshot(toy_snapshot, logo):
    """Freeze a question with every field filled in."""
    unit = toy_snapshot().assessment.units.index[1]
    fields = Fields(
        title="Ours", author="Junta", note="a\nb", recommendation="c", logo=logo_of(logo),
        districts=(unit,), context=("metro",), date=DAY, server="https://example.org/",
    )  # fmt: skip
    return toy_snapshot(fields=fields, language="pt")


@pytest.fixture(scope="session")
def files(snapshot):
    """Write the snapshot as archive and as page."""
    return {form: bundle.export_file(snapshot, form) for form in ("zip", "html")}


def known_of(content):
    return proof.prove(reopen(content, "s"), assess, differing_files)


@pytest.mark.parametrize("form", ["zip", "html"])
def test_every_file_is_the_same_where_nothing_was_changed(files, form):
    known = known_of(files[form])

    assert known.remade == ()
    assert (known.state, known.files_state) == (proof.SAME, proof.SAME)
    said = proof_words.files_words(known, Translator("en"))
    assert "the same, byte for byte" in said


def test_an_exchanged_file_is_named(files):
    known = known_of(
        forged(files["zip"], snapshot_pdf=b"%PDF-1.4 forged", units_csv=b"id\r\n1\r\n")
    )

    assert known.state == proof.CHANGED
    assert known.remade == ("snapshot.pdf", "units.csv")
    with pytest.raises(Exception, match=r"changed: snapshot\.pdf is not what this version makes"):
        proof_words.refuse_changed(known, "s.zip")


def test_files_of_a_known_signer_that_differ_are_named_and_not_called_changed(files):
    page = forged_page(files["html"], Ours="Theirs")
    known = known_of(webpage.joined(page, signature_of(page, keys.needed_key())))

    assert (known.changed, known.files_state) == ((), proof.DIFFER)
    said = proof_words.files_words(known, Translator("en"))
    assert said == "Made again here, these files are not the same: the page's head and its text."


def test_what_a_page_shows_is_compared_and_not_only_what_it_states(files):
    known = known_of(forged_page(files["html"], Ours="Theirs"))

    assert known.remade == ("head", "words")  # its title stands in both
    with pytest.raises(Exception, match="changed: its text is not what this version makes"):
        proof_words.refuse_changed(known, "s.html")


def test_a_manifest_that_says_more_is_named(files):
    def add(manifest):
        manifest["approved_by"] = "SixEs Geo"

    assert known_of(forged_page(files["html"], add)).remade == ("page", "manifest.json")


def test_a_logo_that_was_taken_out_is_named(files):
    assert known_of(forged(files["zip"], logo_png=b"other")).remade == ("logo.png",)


@pytest.mark.parametrize(
    "change",
    [
        of_other_data,
        lambda manifest: manifest.update(version="0.0.9"),
        lambda manifest: manifest.update(made_with={"typst": "0"}),
        lambda manifest: manifest.update(format="sixes-geo-snapshot/2"),
    ],
)
def test_files_of_other_data_or_another_version_are_not_compared(files, change):
    known = known_of(forged_page(files["html"], lambda told: (change(told), as_if_measured(told))))

    assert known.remade is None
    assert known.files_state == proof.NOT_REMADE
    said = proof_words.files_words(known, Translator("en"))
    assert "cannot be made again here" in said
    assert "Not compared" in said
