"""The command `measure`: measure a question."""

from __future__ import annotations

import argparse
import sys

from sixes_geo.analysis.assessment import assess, refuse_unmeasurable
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import Question
from sixes_geo.cli.console import print_json
from sixes_geo.i18n import Translator
from sixes_geo.output.records import full_record
from sixes_geo.wording import (
    accounting_words,
    chance_words,
    headline_lines,
    index_words,
    verdict_words,
)
from sixes_geo.wording.cautions import cautions, warnings


def run(options: argparse.Namespace, question: Question) -> None:
    """Measure a question and print the result."""
    provision = gather(question)
    assessment = assess(question, provision)
    refuse_unmeasurable(assessment)
    if options.json:
        print_json(full_record(assessment, provision))
        return
    tr = Translator(options.lang)
    index = tr(
        "cli.index_line", index=index_words(assessment, tr), verdict=verdict_words(assessment, tr)
    )
    lines = [*headline_lines(assessment, tr), index, chance_words(assessment, tr)]
    lines += [
        accounting_words(assessment, tr),
        *warnings(assessment, tr),
        *cautions(assessment, tr),
    ]
    sys.stdout.write("\n".join(filter(None, lines)) + "\n")
