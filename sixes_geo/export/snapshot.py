"""What is frozen: a choice, its figures, and what its author says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from sixes_geo.analysis.assessment import Assessment, assess, refuse_unmeasurable
from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import Choice
from sixes_geo.analysis.robustness import Sturdiness, every_variant, sturdiness
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.model import City
from sixes_geo.export.fields import Fields, cleaned, faults_of, fields_record
from sixes_geo.i18n import Translator
from sixes_geo.measures import PlacementTest

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Snapshot:
    """One measured choice in one language, with what its author says of it.

    ``kept`` holds what several formats show, once it is made; nothing of it is ever changed.
    """

    city: City
    choice: Choice
    language: str
    fields: Fields
    assessment: Assessment
    provision: Provision
    sturdiness: Sturdiness
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Return what is made of this snapshot under a name: worked out once, for every format."""
        if name not in self.kept:
            self.kept[name] = make()
        return cast("Kept", self.kept[name])

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
        query = query_of(self.choice, self.language, self.fields.districts, self.context)
        return f"{self.fields.server.rstrip('/')}/?{query}"

    @property
    def context(self) -> tuple[str, ...]:
        """Return the kinds of context on its map."""
        return self.fields.context or ()

    @property
    def checksum(self) -> str:
        """Return what changes with the data, the choice, the language or the author's words."""
        told = {
            "data": self.city.stamp,
            "choice": choice_record(self.choice),
            "language": self.language,
            "fields": fields_record(self.fields),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def freeze(
    city: City,
    choice: Choice,
    language: str,
    fields: Fields,
    *,
    assessment: Assessment | None = None,
    found: Sturdiness | None = None,
) -> Snapshot:
    """Measure a choice and freeze it.

    Parameters
    ----------
    city, choice
        A checked choice.
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
        If the choice gives no index: there is nothing to freeze.
    """
    fields = cleaned(city, fields)
    problems = faults_of(city, choice, fields)
    if problems:
        raise ChoiceError("snapshot", problems, "mend_fields")
    provision = gather(city, choice)
    measured = assessment or assess(city, choice, provision)
    refuse_unmeasurable(measured)
    if found is None:
        es, ps = choice.es, choice.ps
        ways = every_variant(city, choice.layers, seed=choice.seed, es=es, ps=ps)
        found = sturdiness(ways, choice)
    return Snapshot(city, choice, language, fields, measured, provision, found)


def choice_record(choice: Choice) -> dict[str, object]:
    """Return a choice as plain values that `reopened` reads again."""
    return {
        "city": choice.city,
        "unit": choice.unit,
        "need": choice.need_and_year,
        "layers": list(choice.layers),
        "weight": choice.weight,
        "seed": choice.seed,
        "border": choice.border,
        "without": choice.without,
        "e": list(choice.es),
        "p": list(choice.ps),
    }


def query_of(
    choice: Choice, language: str, districts: Sequence[str], context: Sequence[str]
) -> str:
    """Return the part of a link that opens a view, as the dashboard writes it."""
    told = {
        "city": choice.city,
        "lang": language,
        "unit": choice.unit,
        "need": choice.need_and_year,
        "layers": ",".join(choice.layers),
        "weight": choice.weight,
        "border": str(choice.border) if choice.border else "",
        "without": choice.without,
        "e": ",".join(choice.es),
        "p": ",".join(choice.ps),
        "district": districts[0] if districts else "",
        "context": ",".join(context) or "-",
    }
    return urlencode({name: value for name, value in told.items() if value}, safe=":,")
