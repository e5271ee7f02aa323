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
class Words:
    """Words of ours that a fault names, said in the reader's language.

    Parameters
    ----------
    keys
        Their keys in the catalogs.
    columns
        What a file calls each of them, where the fault is one of a file.
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def text(self, tr: Translator) -> str:
        """Return the words, each with its column if it has one."""
        said = [tr(key) for key in self.keys]
        if self.columns:
            said = [f"{word} ({name})" for word, name in zip(said, self.columns, strict=True)]
        return ", ".join(said)


@dataclass(frozen=True)
class Problem:
    """One fault.

    Parameters
    ----------
    kind
        Key of its sentence under ``errors.problem`` in the catalogs.
    fields
        What the sentence names: what was expected, what was found. `Words` and texts in every
        language are said in the reader's.
    at
        Where it is in what a reader has before them: a line of a file, or the name of a place.
    """

    kind: str
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    at: int | str = 0

    def text(self, tr: Translator) -> str:
        """Return the fault as a clause of a sentence."""
        fault = tr(
            f"errors.problem.{self.kind}",
            **{name: _said(value, tr) for name, value in self.fields.items()},
        )
        if not self.at:
            return fault
        if isinstance(self.at, int):
            return tr("errors.at.line", line=str(self.at), fault=fault)
        return tr("errors.at.place", place=self.at, fault=fault)

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
        about, faults, todo = self.parts(tr)
        return " ".join(f"{about}: {'; '.join(faults)}. {todo}".split())

    def parts(self, tr: Translator) -> tuple[str, list[str], str]:
        """Return what and where, every fault, and what to do, each by itself."""
        about = tr(f"errors.subject.{self.subject}", where=self.where).strip()
        faults = [problem.text(tr) for problem in self.problems]
        return about, faults, tr(f"errors.hint.{self.hint}")

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


def _said(value: object, tr: Translator) -> object:
    """Return what a fault names in the language of its reader."""
    if isinstance(value, Words):
        return value.text(tr)
    return tr.text(value) if isinstance(value, Mapping) else value
