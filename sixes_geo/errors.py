"""What the product refuses, said once, with every fault in it.

An error carries records, not sentences: which kind of fault, where, what was expected, what
was found. The sentences stand in the catalogs, so that the command line, a log and a page in
any of the three languages say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sixes_geo.i18n import Translator


@dataclass(frozen=True)
class Problem:
    """One fault.

    Parameters
    ----------
    kind
        Key of its sentence under ``errors.problem`` in the catalogs.
    fields
        What the sentence names: the place, what was expected, what was found.
    """

    kind: str
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, tr: Translator) -> str:
        """Return the fault as a clause of a sentence."""
        return tr(f"errors.problem.{self.kind}", **self.fields)

    def __str__(self) -> str:
        """Return the fault in English, for logs and tests."""
        return self.text(Translator("en"))


class SixesGeoError(Exception):
    """A refusal that can be explained in one line.

    Parameters
    ----------
    subject
        Key under ``errors.subject``: what was being done.
    problems
        Every fault found, in the order checked.
    hint
        Key under ``errors.hint``: what to do about it.
    where
        The place as a reader knows it, such as a file or a measure's name.
    """

    def __init__(
        self, subject: str, problems: Sequence[Problem], hint: str, *, where: str = ""
    ) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        self.hint = hint
        self.where = where
        super().__init__(subject, self.problems, hint, where)

    def explain(self, tr: Translator) -> str:
        """Return one line: what, where, every fault, and what to do."""
        subject = tr(f"errors.subject.{self.subject}", where=self.where).strip()
        faults = "; ".join(problem.text(tr) for problem in self.problems)
        hint = tr(f"errors.hint.{self.hint}")
        return " ".join(f"{subject}: {faults}. {hint}".split())

    def __str__(self) -> str:
        """Return the line in English."""
        return self.explain(Translator("en"))


class InputError(SixesGeoError, ValueError):
    """Input to a measure that breaks a documented requirement."""


class ChoiceError(SixesGeoError, ValueError):
    """A city, unit, need, layer or weight that does not exist."""


class ManifestError(SixesGeoError, ValueError):
    """A manifest that does not say what a manifest must say."""


class DataError(SixesGeoError, OSError):
    """A data file that is missing, or is not the one its manifest describes."""


class BuildError(SixesGeoError, ValueError):
    """Raw files that cannot be turned into a city's layers."""
