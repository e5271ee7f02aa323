"""What is known of a snapshot that was opened again: never more than was measured or signed."""

import json
import re

import pytest
from forging import (
    a_lie,
    as_if_measured,
    forged,
    forged_page,
    of_other_data,
    opened,
    packed,
    with_its_checksum,
)
from samples import DAY

from sixes_geo import __version__
from sixes_geo.analysis.assessment import assess
from sixes_geo.base.errors import ChoiceError
from sixes_geo.export import bundle, proof, proof_words
from sixes_geo.export.fields import Fields
from sixes_geo.export.reopened import reopen
from sixes_geo.export.signature import public_of, signature_of
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.store import keys

pytestmark = pytest.mark.usefixtures("in_toy")

FORGE = {"zip": forged, "html": forged_page}
FORMS = tuple(FORGE)


@pytest.fixture(scope="session")
def files(toy_snapshot):
    """Write a snapshot as archive and as page, unsigned."""
    snapshot = toy_snapshot(fields=Fields(title="Ours", date=DAY))
    return {form: bundle.export_file(snapshot, form) for form in FORMS}


@pytest.fixture
def signed(toy_snapshot, files):
    """Write a snapshot as archive and as page, signed with the key of this copy."""
    snapshot = toy_snapshot(fields=Fields(title="Ours", date=DAY))
    secret = keys.needed_key()
    members = opened(files["zip"])
    members["signature.json"] = signature_of(members["manifest.json"], secret)
    return {"zip": packed(members), "html": bundle.page(snapshot, secret)}


MEASURED = {}


def measure(question):
    """Measure a question once for all tests."""
    if question.key not in MEASURED:
        MEASURED[question.key] = assess(question)
    return MEASURED[question.key]


def proved(content):
    return proof.prove(reopen(content, "s.zip"), measure)


def lines(known, language="en"):
    return proof_words.proof_lines(known, Translator(language))


def refusal(known):
    with pytest.raises(ChoiceError) as caught:
        proof_words.refuse_changed(known, "s.zip")
    return str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_figures_come_out_and_nothing_else_is_claimed(files, form):
    known = proved(files[form])

    said = " ".join(lines(known))
    assert known.state == proof.SAME
    assert known.checksum_fits is True
    assert "the same figures come out of the data on this machine" in said
    assert "Not compared" in said
    assert "Not signed" in said
    assert "nchanged" not in said
    proof_words.refuse_changed(known, "s.zip")


@pytest.mark.parametrize("form", FORMS)
def test_a_forged_snapshot_is_told_as_such_although_its_seal_fits(files, form):
    known = proved(FORGE[form](files[form], a_lie))

    assert known.state == proof.CHANGED
    assert known.changed == ("checksum", "figures")
    told = refusal(known)
    assert "changed: the figures it states do not come out of the data on this machine" in told
    assert "index: stated −0.99, measured +" in told
    assert "sites: stated 1, measured 8" in told


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["concentration_index", "interval", "verdict", "n"])
def test_any_figure_that_does_not_come_out_is_found(files, form, name):
    def lie(manifest):
        other = {"interval": [-0.9, 0.9], "verdict": "even", "n": 7}
        manifest["result"][name] = other.get(name, 0.5)

    assert proved(FORGE[form](files[form], lie)).differing == (name,)


def test_a_figure_changed_by_little_is_shown_with_enough_digits(files):
    def lie(manifest):
        manifest["result"]["concentration_index"] += 1e-6

    told = refusal(proved(forged(files["zip"], lie)))

    stated, measured = re.search(r"index: stated (\S+), measured ([^.;]+\.\d+)", told).groups()
    assert stated != measured


def test_the_last_digits_of_another_machine_are_no_forgery(files):
    def rounded(manifest):
        manifest["result"]["concentration_index"] += 1e-13

    assert proved(forged(files["zip"], rounded)).state == proof.SAME


@pytest.mark.parametrize("form", FORMS)
def test_a_title_exchanged_under_the_old_checksum_is_found(files, form):
    def retitle(manifest):
        manifest["fields"]["title"] = "Theirs"

    known = proved(FORGE[form](files[form], retitle))

    assert known.changed == ("checksum",)
    assert "its checksum is not that of its selection, texts and data" in refusal(known)


def test_a_title_with_a_checksum_of_its_own_is_not_vouched_for(files):
    def retitle(manifest):
        manifest["fields"]["title"] = "Theirs"
        with_its_checksum(manifest)

    known = proved(forged(files["zip"], retitle))

    assert known.state == proof.SAME
    assert "Not checked: its title, texts and date" in " ".join(lines(known))


def test_an_exchanged_pdf_is_not_said_to_be_compared(files):
    known = proved(forged(files["zip"], snapshot_pdf=b"%PDF-1.4 forged"))

    assert known.state == proof.SAME
    assert "Not compared: the PDF" in " ".join(lines(known))


@pytest.mark.parametrize("form", FORMS)
def test_other_data_are_named_with_what_they_do_to_the_figures(files, form):
    def other(manifest):
        of_other_data(manifest)
        with_its_checksum(manifest)

    same = proved(FORGE[form](files[form], other))
    lied = proved(FORGE[form](files[form], lambda told: (other(told), as_if_measured(told))))

    name = same.found.manifest["data"][0]["resource"]
    assert same.state == lied.state == proof.DATA_DIFFER
    assert same.found.data_changed == lied.found.data_changed == (name,)
    assert f"({name}), but the same figures come out of them" in lines(same)[0]
    assert "The figures differ too: index: " in lines(lied)[0]


def test_another_manifest_of_the_city_is_other_data(files):
    def other(manifest):
        manifest["stamp"] = "0" * 64
        with_its_checksum(manifest)

    assert proved(forged(files["zip"], other)).found.data_changed == ("datapackage.json",)


def test_another_version_is_told_with_the_figures_of_this_one(files):
    def older(manifest):
        manifest["version"] = "0.0.9"

    same = proved(forged(files["zip"], older))
    lied = proved(forged(files["zip"], lambda told: (older(told), as_if_measured(told))))

    assert (same.state, lied.state) == (proof.SAME, proof.VERSION_DIFFERS)
    assert "version 0.0.9, and the same figures" in lines(same)[0]
    assert "version 0.0.9, and other figures" in lines(lied)[0]
    assert __version__ != "0.0.9"


def test_networks_no_longer_counted_together_cannot_be_measured_again(toy_snapshot):
    def pool(manifest):
        manifest["choice"]["layers"] = ["docks", "parks"]
        with_its_checksum(manifest)

    made = bundle.export_file(toy_snapshot("docks"), "html")
    known = proved(forged_page(made, pool))

    assert known.state == proof.NOT_COMPARABLE
    assert "cannot be measured again" in lines(known)[0]


def test_formats_before_the_third_have_a_checksum_that_only_the_same_data_confirm(files):
    def older(manifest):
        manifest["format"] = "sixes-geo-snapshot/2"
        del manifest["stamp"]

    def elsewhere(manifest):
        older(manifest)
        manifest["checksum"] = "0" * 64

    assert proved(forged(files["zip"], older)).checksum_fits is True
    assert proved(forged(files["zip"], elsewhere)).checksum_fits is None
    assert proved(forged(files["zip"], lambda told: (older(told), a_lie(told)))).changed == (
        "figures",
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_signature_of_this_copy_is_known_as_its_own(signed, form):
    assert proved(signed[form]).signature.state == proof.OWN


@pytest.mark.parametrize("form", FORMS)
def test_a_snapshot_that_another_copy_signed_is_verified_here(signed, form, tmp_path, monkeypatch):
    public = public_of(keys.needed_key())
    monkeypatch.setenv(keys.FOLDER_VARIABLE, str(tmp_path / "elsewhere"))

    unknown = proved(signed[form])
    keys.make_known(public, "Junta de Vecinos")
    known = proved(signed[form])

    assert (unknown.signature.state, known.signature.state) == (proof.UNKNOWN, proof.KNOWN)
    assert "unknown here" in lines(unknown)[1]
    assert "does not show who made it" in lines(unknown)[1]
    assert "known here as “Junta de Vecinos”" in lines(known)[1]


def test_what_a_known_key_signed_is_not_called_changed_nor_the_same(files):
    members = opened(forged(files["zip"], as_if_measured))
    signature = signature_of(members["manifest.json"], keys.needed_key())

    known = proved(packed(members | {"signature.json": signature}))

    assert (known.state, known.changed) == (proof.FIGURES_DIFFER, ())
    assert "other figures come out of the same data" in lines(known)[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_forgery_under_the_old_signature_is_refused(signed, form):
    with pytest.raises(ChoiceError, match="changed: its signature does not fit"):
        reopen(FORGE[form](signed[form], as_if_measured), f"s.{form}")


def test_a_forgery_signed_with_another_key_is_unknown_even_if_it_bears_our_fingerprint(signed):
    members = opened(signed["zip"])
    ours = json.loads(members["signature.json"])
    theirs = signature_of(members["manifest.json"], b"f" * 32)

    assert proved(packed(members | {"signature.json": theirs})).signature.state == proof.UNKNOWN
    claim = json.dumps(json.loads(theirs) | {"fingerprint": ours["fingerprint"]}).encode()
    with pytest.raises(ChoiceError, match="its signature does not fit"):
        reopen(packed(members | {"signature.json": claim}), "s.zip")


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"null", b"\xff", b"x" * 10_000])
def test_a_signature_that_is_none_is_refused(signed, content):
    with pytest.raises(ChoiceError, match="its signature does not fit"):
        reopen(packed(opened(signed["zip"]) | {"signature.json": content}), "s.zip")


def test_a_signature_changes_no_other_byte(files, signed):
    members = opened(signed["zip"])
    del members["signature.json"]

    assert members == opened(files["zip"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_snapshot_names_is_repeated_short_and_seen(files, language):
    def named(manifest):
        manifest["version"] = "1\u202e\x1b[31m"
        manifest["data"] = [
            {"resource": f"\u202e{nth}{'x' * 190}", "sha256": ""} for nth in range(100)
        ]
        manifest["result"]["verdict"] = "\x1b]0;evil\x07"

    known = proved(forged(files["zip"], named))
    said = " ".join(lines(known, language))

    assert not {"\u202e", "\x1b", "\x07"} & set(said)
    assert len(said) < 3000
