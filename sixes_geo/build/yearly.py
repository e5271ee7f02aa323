"""Layers of a recipe that come once a year, and the layer of all initiatives together."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WHOLE = "all-initiatives"

WHOLE_WORDS = Path(__file__).parent / "whole.toml"


def layers_of(recipe: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of a recipe; an entry with ``years`` is one layer a year, newest first.

    ``years`` holds the first and the last; ``{year}`` in any text of the entry is the year.
    The layer of all initiatives comes last, where there is anything to gather.
    """
    layers = [
        layer
        for entry in recipe["layers"]
        for layer in (_yearly(entry) if "years" in entry else [dict(entry)])
    ]
    return [*layers, *_whole(recipe, layers)]


def _whole(recipe: Mapping[str, Any], layers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the layer of all initiatives together, each at its last date, if there are any.

    Ordinary services, surveillance, policing and what is only planned or has ended are not in
    it, nor what another one holds (``within``), nor what is drawn as lines: a kilometre is no
    place among places.
    """
    lines = {
        name for layer in layers if layer["geometry"] == "line" for name in layer["initiatives"]
    }
    left_out = lines | _gone(layers)
    named = [
        entry["id"]
        for entry in recipe["initiatives"]
        if entry["role"] in ("initiative", "infrastructure")
        and entry["status"] not in ("planned", "ended")
        and "within" not in entry
        and entry["id"] not in left_out
    ]
    if not named:
        return []
    shown = [layer for layer in layers if set(layer["initiatives"]) & set(named)]
    whole = {
        "layer": WHOLE,
        "initiatives": named,
        "role": "initiative",
        "kind": "all",
        "geometry": "point",
        "footprint": "network",
        "vintage": recipe["city"]["version"],
        "newest": True,
        "raw": sorted({name for layer in shown for name in layer["raw"]}),
        **tomllib.loads(WHOLE_WORDS.read_text(encoding="utf-8")),
    }
    return [whole]


def _gone(layers: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the initiatives that the last date of their network no longer holds."""
    dated = [layer for layer in layers if "series" in layer]
    last = {
        series: max(layer["year"] for layer in dated if layer["series"] == series)
        for series in {layer["series"] for layer in dated}
    }
    still = {
        name
        for layer in dated
        if layer["year"] == last[layer["series"]]
        for name in layer["initiatives"]
    }
    return {name for layer in dated for name in layer["initiatives"]} - still


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
