"""Measurements that take long, made in a worker: `sixes_geo.analysis.kept` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sixes_geo.analysis import kept
from sixes_geo.analysis.link import question_of
from sixes_geo.analysis.question import Question
from sixes_geo.workers.frames import Record
from sixes_geo.workers.tasks import Tell

MEASURING = "measuring"

MADE: Mapping[str, Callable[[Question], Any]] = MappingProxyType(
    {
        "network": kept.network_record,
        "workplaces": kept.workplaces_record,
        "networks_count": kept.networks_count_record,
        "variants": kept.variants_record,
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
