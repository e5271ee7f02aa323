"""Yearly layers of a recipe, and the layer of all initiatives."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WHOLE = "all-initiatives"

WHOLE_WORDS = Path(__file__).parent / "whole.toml"


def layers_of(recipe: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of a recipe; an entry with ``years`` is a layer per year, newest first.

    ``years`` has the first and the last; ``{year}`` in a text of the entry is the year.
    The layer of all initiatives comes last, if it has any.
    """
    layers = [
        layer
        for entry in recipe["layers"]
        for layer in (_yearly(entry) if "years" in entry else [dict(entry)])
    ]
    return [*layers, *_whole(recipe, layers)]


def _whole(recipe: Mapping[str, Any], layers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the layer of all initiatives, each at its last date, if there are any.

    Infrastructure, ordinary services, surveillance and policing are no initiatives: they are in no
    total. Planned or ended initiatives are left out, as are those that are part of another
    (``within``) and those drawn as lines: a kilometre is not a site.
    """
    lines = {
        name for layer in layers if layer["geometry"] == "line" for name in layer["initiatives"]
    }
    left_out = lines | _discontinued(layers)
    included = [
        entry["id"]
        for entry in recipe["initiatives"]
        if entry["role"] == "initiative"
        and entry["status"] not in ("planned", "ended")
        and "within" not in entry
        and entry["id"] not in left_out
    ]
    if not included:
        return []
    sources = [layer for layer in layers if set(layer["initiatives"]) & set(included)]
    whole = {
        "layer": WHOLE,
        "initiatives": included,
        "role": "initiative",
        "kind": "all",
        "geometry": "point",
        "footprint": "network",
        "vintage": recipe["city"]["version"],
        "newest": True,
        "raw": sorted({name for layer in sources for name in layer["raw"]}),
        **tomllib.loads(WHOLE_WORDS.read_text(encoding="utf-8")),
    }
    return [whole]


def _discontinued(layers: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the initiatives that are not in the last date of their network."""
    dated = [layer for layer in layers if "series" in layer]
    last = {
        series: max(layer["year"] for layer in dated if layer["series"] == series)
        for series in {layer["series"] for layer in dated}
    }
    current = {
        name
        for layer in dated
        if layer["year"] == last[layer["series"]]
        for name in layer["initiatives"]
    }
    return {name for layer in dated for name in layer["initiatives"]} - current


def _yearly(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return an entry once per year."""
    first, last = entry["years"]
    plain = {key: value for key, value in entry.items() if key != "years"}
    return [{**_filled(plain, year), "year": year} for year in range(last, first - 1, -1)]


def _filled(value: Any, year: int) -> Any:  # noqa: ANN401
    """Return a value with the year filled into all texts in it."""
    if isinstance(value, str):
        return value.replace("{year}", str(year))
    if isinstance(value, Mapping):
        return {key: _filled(part, year) for key, part in value.items()}
    return [_filled(part, year) for part in value] if isinstance(value, list) else value
