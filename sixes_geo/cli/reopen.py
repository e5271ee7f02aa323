"""The command `reopen`: verify a snapshot."""

from __future__ import annotations

import argparse
import json
import sys

from sixes_geo.analysis.link import address_of, record_of
from sixes_geo.export import reopened
from sixes_geo.export.formats import SERVER
from sixes_geo.i18n import Translator
from sixes_geo.wording.network_names import networks_words


def run(options: argparse.Namespace, content: bytes) -> None:
    """Verify a snapshot and print the link to its view."""
    found = reopened.reopen(content, options.file.name)
    if options.json:
        record = {
            "choice": record_of(found.question),
            "beside": [record_of(question) for question in found.beside],
            "language": found.language,
            "districts": list(found.districts),
            "context": list(found.context),
            "result": found.result,
            "checksum": found.checksum,
            "data_changed": list(found.data_changed),
            "query": found.query,
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        return
    tr = Translator("en")
    lines = [tr("cli.unchanged", sha=found.checksum), address_of(found.query, server=SERVER)]
    if found.beside:
        layers = [layer for question in found.questions for layer in question.layers]
        lines.append(tr("cli.apart", names=networks_words(layers, tr)))
    if found.data_changed:
        lines.append(tr("cli.data_changed", names=", ".join(found.data_changed)))
    sys.stdout.write("\n".join(lines) + "\n")
