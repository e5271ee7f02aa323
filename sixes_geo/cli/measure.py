"""The command `measure`: measure a network, or several, each by itself or together."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sixes_geo.analysis.assessment import Assessment, refuse_unmeasurable
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.stress import answer, checks_of
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.cli.arguments import NULLS
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
from sixes_geo.wording.network_names import networks_words
from sixes_geo.wording.stress import check_words


def run(options: argparse.Namespace, questions: Sequence[Question]) -> None:
    """Measure each question and print the results; if one cannot be measured, print none."""
    provisions = [gather(question) for question in questions]
    assessments = [answer(question) for question in questions]
    for assessment in assessments:
        refuse_unmeasurable(assessment)
    if options.json:
        records = [full_record(*both) for both in zip(assessments, provisions, strict=True)]
        print_json(records[0] if len(records) == 1 else {"networks": records})
        return
    tr = Translator(options.lang)
    answers = [_answer(assessment, options.null, tr) for assessment in assessments]
    if len(answers) > 1:
        titles = [networks_words(question.layers, tr) for question in questions]
        answers = [[title, *answer] for title, answer in zip(titles, answers, strict=True)]
    sys.stdout.write("\n\n".join("\n".join(answer) for answer in answers) + "\n")


def _answer(assessment: Assessment, null: str, tr: Translator) -> list[str]:
    """Return the lines of one answer, and of the chance that was asked for beside it."""
    index = tr(
        "cli.index_line", index=index_words(assessment, tr), verdict=verdict_words(assessment, tr)
    )
    lines = [
        *headline_lines(assessment, tr),
        index,
        chance_words(assessment, tr),
        _other(assessment, null, tr) if null != NULLS[0] else "",
        accounting_words(assessment, tr),
        *warnings(assessment, tr),
        *cautions(assessment, tr),
    ]
    return [line for line in lines if line]


def _other(assessment: Assessment, null: str, tr: Translator) -> str:
    """Return the line of another chance.

    Raises
    ------
    ChoiceError
        If the data do not allow it for this question.
    """
    checks = {check.kind: check for check in checks_of(assessment)}
    if null not in checks:
        allowed = ", ".join(name for name in NULLS if name in checks)
        problem = Problem("no_null", {"got": null, "allowed": allowed})
        raise ChoiceError("choice", [problem], "choose_allowed")
    return check_words(checks[null], tr)
