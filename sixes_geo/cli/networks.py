"""The command `networks`: every network of a city as one row, and which way they lean."""

from __future__ import annotations

import argparse
import sys

from sixes_geo.analysis import kept
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.networks import networks_of
from sixes_geo.analysis.question import Question
from sixes_geo.cli.console import print_json, progress
from sixes_geo.i18n import Translator
from sixes_geo.output.network_records import networks_record
from sixes_geo.wording.networks import text_lines


def run(options: argparse.Namespace, question: Question) -> None:
    """Measure every network of the question's city and print them."""
    tr = Translator(options.lang)

    def assessed(asked: Question) -> Assessment:
        if sys.stderr.isatty():
            progress(tr("cli.measuring_network", name=tr.text(asked.layers[0].title)))
        return assess(asked)

    networks = networks_of(question, assessed=assessed, moved=kept.network, on_jobs=kept.workplaces)
    if options.json:
        print_json(networks_record(networks))
        return
    sys.stdout.write("\n".join(text_lines(networks, tr)) + "\n")
