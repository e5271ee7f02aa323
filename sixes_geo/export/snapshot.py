"""The snapshot: a frozen question with its figures and the fields of its author."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sixes_geo.analysis import kept
from sixes_geo.analysis.assessment import Assessment, assess, refuse_unmeasurable
from sixes_geo.analysis.link import address_of, query_of, record_of
from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.robustness import Robustness, robustness_of
from sixes_geo.analysis.stress import Check, checks_of, with_network
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.model import City
from sixes_geo.export.fields import Fields, cleaned, fields_record, problems_of
from sixes_geo.i18n import Translator
from sixes_geo.measures import PlacementTest

Value = TypeVar("Value")


@dataclass(frozen=True)
class Snapshot:
    """A measured question in one language, with the fields of its author.

    ``kept`` caches what several formats show; cached values never change.
    """

    question: Question
    language: str
    fields: Fields
    assessment: Assessment
    provision: Provision
    robustness: Robustness
    checks: tuple[Check, ...]
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """Return the value with a name, computed once for all formats."""
        if name not in self.kept:
            self.kept[name] = make()
        return cast("Value", self.kept[name])

    @property
    def city(self) -> City:
        """Return the city of the question."""
        return self.question.city

    @property
    def tr(self) -> Translator:
        """Return the translator of the snapshot's language."""
        return Translator(self.language)

    @property
    def test(self) -> PlacementTest:
        """Return the test; a question that cannot be measured is never frozen."""
        return cast("PlacementTest", self.assessment.test)

    @property
    def link(self) -> str:
        """Return the address of the live view."""
        query = query_of(self.question, self.language, self.fields.districts, self.context)
        return address_of(query, server=self.fields.server)

    @property
    def context(self) -> tuple[str, ...]:
        """Return the kinds of context on the map."""
        return self.fields.context or ()

    @property
    def checksum(self) -> str:
        """Return a checksum of the data, the question, the language and the fields."""
        choice, fields = record_of(self.question), fields_record(self.fields)
        return checksum_of(self.city.stamp, choice, self.language, fields)


def checksum_of(
    stamp: str, choice: Mapping[str, Any], language: str, fields: Mapping[str, Any]
) -> str:
    """Return a checksum of the stamp of a city's data, a question, a language and the fields."""
    record = {"data": stamp, "choice": choice, "language": language, "fields": fields}
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def freeze(
    question: Question,
    language: str,
    fields: Fields,
    *,
    assessment: Assessment | None = None,
    robustness: Robustness | None = None,
) -> Snapshot:
    """Measure a question and freeze it.

    Parameters
    ----------
    question
        A checked question.
    language
        Language of all texts.
    fields
        What its author fills in.
    assessment, robustness
        Results that the caller has already.

    Raises
    ------
    ChoiceError
        With all problems of the fields: texts that are too long, unknown districts, an invalid
        date.
    InputError
        If the question has no index: there is nothing to freeze.
    """
    fields = cleaned(question.city, fields)
    problems = problems_of(question, fields)
    if problems:
        raise ChoiceError("snapshot", problems, "fix_fields")
    provision = gather(question)
    measured = assessment or assess(question, provision)
    refuse_unmeasurable(measured)
    measured = with_network(measured, gathered=lambda _: provision)
    checks = checks_of(measured, gathered=lambda _: provision)
    if robustness is None:
        robustness = robustness_of(kept.variants(question), question)
    return Snapshot(question, language, fields, measured, provision, robustness, checks)
