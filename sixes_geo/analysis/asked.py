"""Measurements that take long, made in a worker: `sixes_geo.analysis.kept` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sixes_geo.analysis import kept
from sixes_geo.analysis.gathered import remembering
from sixes_geo.analysis.link import question_of
from sixes_geo.analysis.question import Question
from sixes_geo.workers.frames import Record
from sixes_geo.workers.tasks import Tell

MEASURING = "measuring"

_gathered = remembering()

MADE: Mapping[str, Callable[[Question], Any]] = MappingProxyType(
    {
        "network": lambda question: kept.network_record(question, _gathered),
        "workplaces": lambda question: kept.workplaces_record(question, _gathered),
        "networks_count": kept.networks_count_record,
        "variants": lambda question: kept.variants_record(question, _gathered),
    }
)
"""What can be measured here, by name, each as plain values; all are kept on disk as well."""


def measured(given: Record, tell: Tell) -> Record:
    """Measure what was asked of a question, if it is the same one here: of the same data."""
    question = question_of(given["choice"])
    if question.key != given["key"]:
        return {"same": False}
    tell(MEASURING)
    return {"same": True, "record": MADE[given["what"]](question)}
