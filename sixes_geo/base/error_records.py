"""Errors as plain values, to pass them from one process to another without unpickling anything.

What comes back is checked: only errors of ours, with words in the catalogs.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any

from sixes_geo.base import errors
from sixes_geo.base.errors import Problem, SixesGeoError, Words
from sixes_geo.i18n import LANGUAGES, catalog

KINDS: Mapping[str, type[SixesGeoError]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            errors.SixesGeoError,
            errors.InputError,
            errors.ChoiceError,
            errors.ManifestError,
            errors.DataError,
            errors.BuildError,
            errors.WorkError,
        )
    }
)
"""The errors that can be passed on, by name."""

_WORDS, _TEXTS, _COLUMNS = "words", "texts", "columns"


def to_record(error: SixesGeoError) -> dict[str, Any]:
    """Return an error as plain values."""
    return {
        "kind": type(error).__name__,
        "subject": error.subject,
        "problems": [
            {
                "kind": problem.kind,
                "fields": {name: _plain(value) for name, value in problem.fields.items()},
                "at": _plain(problem.at),
            }
            for problem in error.problems
        ],
        "hint": error.hint,
        "where": error.where,
    }


def from_record(record: object) -> SixesGeoError:
    """Return the error that `to_record` wrote down.

    Raises
    ------
    ValueError
        If it is none of ours, or says what no catalog has words for.
    """
    try:
        return _error(record)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"no error of ours: {fault}") from None


def _error(record: Any) -> SixesGeoError:  # noqa: ANN401  (checked here)
    """Return the error of a record."""
    problems = [
        Problem(
            _known("problem", each["kind"]),
            {str(name): _value(value) for name, value in each["fields"].items()},
            _place(each["at"]),
        )
        for each in record["problems"]
    ]
    kind = KINDS[record["kind"]]
    subject, hint = _known("subject", record["subject"]), _known("hint", record["hint"])
    return kind(subject, problems, hint, where=_text(record["where"]))


def _known(part: str, key: object) -> str:
    """Return a key of the catalogs; a KeyError if they have no words for it."""
    text = _text(key)
    catalog(LANGUAGES[0])["errors"][part][text]
    return text


def _plain(value: object) -> object:
    """Return a value of a fault as a plain one."""
    if isinstance(value, Words):
        return {_WORDS: list(value.keys), _COLUMNS: list(value.columns)}
    if isinstance(value, Mapping):
        return {_TEXTS: {str(language): str(text) for language, text in value.items()}}
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)


def _value(value: Any) -> object:  # noqa: ANN401  (checked here)
    """Return the value of a fault."""
    if isinstance(value, dict):
        if _TEXTS in value:
            return {_text(name): _text(text) for name, text in value[_TEXTS].items()}
        keys = tuple(_text(key) for key in value[_WORDS])
        for key in keys:
            _walk(key)
        return Words(keys, tuple(_text(column) for column in value[_COLUMNS]))
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(type(value).__name__)


def _walk(key: str) -> None:
    """Raise a KeyError if the catalogs have no text under a dotted key."""
    node: Any = catalog(LANGUAGES[0])
    for part in key.split("."):
        node = node[part]


def _place(value: object) -> int | str:
    """Return the place of a fault."""
    if isinstance(value, int | str):
        return value
    raise TypeError(type(value).__name__)


def _text(value: object) -> str:
    """Return a text; a TypeError if it is none."""
    if isinstance(value, str):
        return value
    raise TypeError(type(value).__name__)
