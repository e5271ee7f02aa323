"""What is frozen: a question, its figures, and what its author says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sixes_geo.analysis.assessment import Assessment, assess, refuse_unmeasurable
from sixes_geo.analysis.link import query_of, record_of
from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.robustness import Robustness, every_variant, robustness_of
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.model import City
from sixes_geo.export.fields import Fields, cleaned, faults_of, fields_record
from sixes_geo.i18n import Translator
from sixes_geo.measures import PlacementTest

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Snapshot:
    """One measured question in one language, with what its author says of it.

    ``kept`` holds what several formats show, once it is made; nothing of it is ever changed.
    """

    question: Question
    language: str
    fields: Fields
    assessment: Assessment
    provision: Provision
    robustness: Robustness
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Return what is made of this snapshot under a name: worked out once, for every format."""
        if name not in self.kept:
            self.kept[name] = make()
        return cast("Kept", self.kept[name])

    @property
    def city(self) -> City:
        """The city that was asked."""
        return self.question.city

    @property
    def tr(self) -> Translator:
        """Return the translator of its language."""
        return Translator(self.language)

    @property
    def test(self) -> PlacementTest:
        """Return the test; what could not be measured is never frozen."""
        return cast("PlacementTest", self.assessment.test)

    @property
    def link(self) -> str:
        """Return the address of the live view."""
        query = query_of(self.question, self.language, self.fields.districts, self.context)
        return f"{self.fields.server.rstrip('/')}/?{query}"

    @property
    def context(self) -> tuple[str, ...]:
        """Return the kinds of context on its map."""
        return self.fields.context or ()

    @property
    def checksum(self) -> str:
        """Return what changes with the data, the question, the language or the author's words."""
        told = {
            "data": self.city.stamp,
            "choice": record_of(self.question),
            "language": self.language,
            "fields": fields_record(self.fields),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def freeze(
    question: Question,
    language: str,
    fields: Fields,
    *,
    assessment: Assessment | None = None,
    found: Robustness | None = None,
) -> Snapshot:
    """Measure a question and freeze it.

    Parameters
    ----------
    question
        A checked question.
    language
        Of all texts.
    fields
        What its author says.
    assessment, found
        What was measured already, by a caller that keeps it.

    Raises
    ------
    ChoiceError
        With every fault of the fields: texts that are too long, districts that do not exist, a
        date that is none.
    InputError
        If the question gives no index: there is nothing to freeze.
    """
    fields = cleaned(question.city, fields)
    problems = faults_of(question, fields)
    if problems:
        raise ChoiceError("snapshot", problems, "mend_fields")
    provision = gather(question)
    measured = assessment or assess(question, provision)
    refuse_unmeasurable(measured)
    if found is None:
        found = robustness_of(every_variant(question), question)
    return Snapshot(question, language, fields, measured, provision, found)
