"""The networks of a city as plain values: what `networks --json` prints."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from sixes_geo import __version__
from sixes_geo.analysis.networks import NetworkRow, Networks
from sixes_geo.analysis.question import amount_unit
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.wording.cautions import cautions, warnings
from sixes_geo.wording.networks import count_sentence


def networks_record(networks: Networks) -> dict[str, Any]:
    """Return every network of a city, as `sixes_geo/output/networks.schema.json` describes it."""
    question, count = networks.question, networks.count
    sentences = {
        language: count_sentence(question.city, count, Translator(language))
        for language in LANGUAGES
    }
    return {
        "city": question.city.city,
        "unit": question.unit.unit,
        "need": question.need.indicator,
        "need_year": question.year,
        "seed": question.seed,
        "count": {"networks": count.networks, **asdict(count)},
        "sentences": sentences,
        "networks": [_row(row) for row in networks.rows],
        "single": [initiative.id for initiative in networks.single],
        "unplaced": [initiative.id for initiative in networks.unplaced],
        "version": __version__,
    }


def _row(row: NetworkRow) -> dict[str, Any]:
    """Return one network; figures have the names that they have in `measure --json`."""
    assessment, test = row.assessment, row.assessment.test
    english = Translator("en")
    return {
        "layer": row.layer.layer,
        "title": english.text(row.layer.title),
        "group": row.group,
        "role": row.layer.role,
        "vintage": row.layer.vintage,
        "status": row.status,
        "counted": row.counted,
        "answer": row.answer if row.counted else None,
        "q_value": _known(row.q_value),
        "borderline": row.borderline,
        "turned": row.turned,
        "weight": assessment.question.weight,
        "amount_unit": amount_unit(assessment.question),
        "n_read": assessment.accounting.read,
        "n_used": assessment.accounting.used,
        "concentration_index": test.index if test else None,
        "interval": list(test.interval) if test else None,
        "p_value": test.p_value if test else None,
        "verdict": test.verdict if test else "cannot_tell",
        "why_not": assessment.why_not.kind if assessment.why_not else None,
        "as_one_piece": _piece(row),
        "beside_workplaces": _jobs(row),
        "cautions": [*warnings(assessment, english), *cautions(assessment, english)],
    }


def _piece(row: NetworkRow) -> dict[str, Any] | None:
    """Return the network moved as one piece; None if it cannot be asked."""
    test = row.network
    if test is None:
        return None
    return {
        "verdict": test.verdict,
        "reason": test.reason,
        "p_value": _known(row.piece_p_value),
        "effective_n": _known(test.effective_n),
        "n": test.n,
        "positions": test.kept,
    }


def _jobs(row: NetworkRow) -> dict[str, Any] | None:
    """Return the network beside workplaces; None where these are not known."""
    test = row.workplaces
    if test is None:
        return None
    return {"verdict": test.verdict, "expected": test.expected, "p_value": test.p_value}


def _known(value: float) -> float | None:
    """Return a number, or None if it is missing."""
    return None if math.isnan(value) else value
