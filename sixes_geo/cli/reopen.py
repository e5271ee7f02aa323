"""The command `reopen`: say what is known of a snapshot, and print the link to its view."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.link import address_of, record_of
from sixes_geo.base.errors import ChoiceError
from sixes_geo.cli.console import print_json, progress
from sixes_geo.export import reopened
from sixes_geo.export.formats import SERVER
from sixes_geo.export.proof import CHANGED, Proof, prove
from sixes_geo.export.proof_words import proof_lines, refuse_changed
from sixes_geo.export.remade import differing_files
from sixes_geo.i18n import Translator
from sixes_geo.wording.network_names import networks_words

REFUSED = "refused"
"""The state of a file that is no snapshot, or that opens nothing here."""

CHANGES = {
    "file_missing": "files",
    "file_added": "files",
    "file_changed": "files",
    "page_changed": "page",
    "signature_changed": "signature",
}
"""What was changed, by the problem that says so."""


def run(options: argparse.Namespace, content: bytes) -> None:
    """Say what is known of a snapshot, and print the link to its view.

    Raises
    ------
    ChoiceError
        If it was changed. With `--json`, what is known of that is printed as well.
    """
    name, tr = options.file.name, Translator("en")
    try:
        found = reopened.reopen(content, name)
    except ChoiceError as refusal:
        if options.json:
            print_json(_refused(refusal))
        raise
    proof = _proof(found, tr, remake=options.all)
    if options.json:
        print_json(_record(proof))
    refuse_changed(proof, name)
    if not options.json:
        sys.stdout.write("\n".join(_lines(proof, tr)) + "\n")


def _proof(found: reopened.Reopened, tr: Translator, *, remake: bool) -> Proof:
    """Find out what is known, telling what takes long."""
    progress(tr("cli.measuring"))
    if not remake:
        return prove(found, assess)

    def remade(found: reopened.Reopened, assessment: Assessment) -> tuple[str, ...] | None:
        progress(tr("cli.remaking"))
        return differing_files(found, assessment)

    return prove(found, assess, remade)


def _refused(refusal: ChoiceError) -> dict[str, Any]:
    """Return why a snapshot was refused, as plain values."""
    changed = [CHANGES[problem.kind] for problem in refusal.problems if problem.kind in CHANGES]
    return {"state": CHANGED if changed else REFUSED, "changed": list(dict.fromkeys(changed))}


def _lines(proof: Proof, tr: Translator) -> list[str]:
    """Return what is said of a snapshot that nothing speaks against."""
    found = proof.found
    lines = proof_lines(proof, tr)
    if found.beside:
        layers = [layer for question in found.questions for layer in question.layers]
        lines.append(tr("cli.apart", names=networks_words(layers, tr)))
    return [*lines, tr("cli.opens", address=address_of(found.query, server=SERVER))]


def _record(proof: Proof) -> dict[str, Any]:
    """Return what is known of a snapshot, as plain values."""
    found = proof.found
    signature = proof.signature
    return {
        "state": proof.state,
        "changed": list(proof.changed),
        "checksum_fits": proof.checksum_fits,
        "measured": proof.measured,
        "differing": list(proof.differing),
        "version": found.manifest.get("version"),
        "data_changed": list(found.data_changed),
        "files": {
            "state": proof.files_state,
            "differing": list(proof.remade or ()),
        },
        "signature": {
            "state": signature.state,
            "fingerprint": signature.fingerprint,
            "public_key": found.signer,
            "name": signature.name,
        },
        "choice": record_of(found.question),
        "beside": [record_of(question) for question in found.beside],
        "language": found.language,
        "districts": list(found.districts),
        "context": list(found.context),
        "result": found.result,
        "checksum": found.checksum,
        "query": found.query,
    }
