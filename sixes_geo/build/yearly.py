"""Layers of a recipe that come once a year: described once, written as many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def layers_of(recipe: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of a recipe; an entry with ``years`` is one layer a year, newest first.

    ``years`` holds the first and the last; ``{year}`` in any text of the entry is the year.
    """
    return [
        layer
        for entry in recipe["layers"]
        for layer in (_yearly(entry) if "years" in entry else [dict(entry)])
    ]


def _yearly(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return an entry once a year."""
    first, last = entry["years"]
    plain = {key: value for key, value in entry.items() if key != "years"}
    return [{**_filled(plain, year), "year": year} for year in range(last, first - 1, -1)]


def _filled(value: Any, year: int) -> Any:  # noqa: ANN401
    """Return a value with the year in its texts, however deep."""
    if isinstance(value, str):
        return value.replace("{year}", str(year))
    if isinstance(value, Mapping):
        return {key: _filled(part, year) for key, part in value.items()}
    return [_filled(part, year) for part in value] if isinstance(value, list) else value
