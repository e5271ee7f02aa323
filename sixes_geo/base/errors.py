"""Errors that can be explained in one line, each with every fault found.

An error carries records, not sentences: the kind of each fault, its place, what was expected and
what was found. The sentences are in the catalogs, so that the command line, the log and the
pages say the same in any of the three languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sixes_geo.base.hidden import visible
from sixes_geo.base.limits import PROBLEMS
from sixes_geo.i18n import Translator


@dataclass(frozen=True)
class Words:
    """Words from the catalogs in a fault, written in the reader's language.

    Parameters
    ----------
    keys
        Their keys in the catalogs.
    columns
        Their columns in a file, if the fault is in a file.
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def text(self, tr: Translator) -> str:
        """Return the words, each with its column if it has one."""
        words = [tr(key) for key in self.keys]
        if self.columns:
            words = [f"{word} ({name})" for word, name in zip(words, self.columns, strict=True)]
        return ", ".join(words)


@dataclass(frozen=True)
class Problem:
    """One fault.

    Parameters
    ----------
    kind
        Key of its sentence under ``errors.problem`` in the catalogs.
    fields
        The values in the sentence: what was expected, what was found. `Words` and texts in every
        language are written in the reader's.
    at
        Its place in the reader's input: a line of a file, or the name of a unit or initiative.
    """

    kind: str
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    at: int | str = 0

    def text(self, tr: Translator) -> str:
        """Return the fault as a clause."""
        fault = tr(
            f"errors.problem.{self.kind}",
            **{name: _in_language(value, tr) for name, value in self.fields.items()},
        )
        if not self.at:
            return fault
        if isinstance(self.at, int):
            return tr("errors.at.line", line=str(self.at), fault=fault)
        return tr("errors.at.place", place=visible(self.at), fault=fault)

    def __str__(self) -> str:
        """Return the fault in English, for logs and tests."""
        return self.text(Translator("en"))


class SixesGeoError(Exception):
    """An error that can be explained in one line.

    Parameters
    ----------
    subject
        Key under ``errors.subject``: what was being done.
    problems
        Every fault found, in the order of the checks.
    hint
        Key under ``errors.hint``: what to do about it.
    where
        The place as readers know it, such as a file or the name of a measure.
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
        """Return one line: what, where, every fault (the first `PROBLEMS`), and what to do."""
        about, faults, todo = self.parts(tr)
        return " ".join(f"{about}: {'; '.join(faults)}. {todo}".split())

    def parts(self, tr: Translator) -> tuple[str, list[str], str]:
        """Return the parts of the line: what and where, the faults, and what to do."""
        about = tr(f"errors.subject.{self.subject}", where=visible(self.where)).strip()
        faults = [problem.text(tr) for problem in self.problems[:PROBLEMS]]
        more = len(self.problems) - len(faults)
        faults += [tr("errors.more", count=more)] if more else []
        return about, faults, tr(f"errors.hint.{self.hint}")

    def __str__(self) -> str:
        """Return the line in English."""
        return self.explain(Translator("en"))


class InputError(SixesGeoError, ValueError):
    """Input to a measure that does not meet a documented requirement."""


class ChoiceError(SixesGeoError, ValueError):
    """A city, unit, need, layer or weight that does not exist."""


class ManifestError(SixesGeoError, ValueError):
    """A manifest that is invalid."""


class DataError(SixesGeoError, OSError):
    """A data file that is missing or invalid, or not the one its manifest describes."""


class BuildError(SixesGeoError, ValueError):
    """Raw files that cannot be turned into a city's layers."""


class WorkError(SixesGeoError, RuntimeError):
    """Work that was given up: too large, too long, cancelled, or never begun."""


def _in_language(value: object, tr: Translator) -> object:
    """Return a value of a fault in the reader's language, and nothing in it that is hidden."""
    if isinstance(value, Words):
        return value.text(tr)
    if isinstance(value, str):
        return visible(value)
    return tr.text(value) if isinstance(value, Mapping) else value
