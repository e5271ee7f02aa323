"""Other frameworks beside the 6 Es: where each of their themes is discussed. Never a score."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sixes_geo.base.names import neutral
from sixes_geo.city.model import ES
from sixes_geo.framework.agreement import Said
from sixes_geo.i18n import LocalText

FOLDER = Path(__file__).parent

LEVELS = ("main", "secondary", "none")
"""Whether a theme discusses an E mainly, in passing, or not at all."""

FIELDS = ("framework", "theme", "e", "level", "coder")


@dataclass(frozen=True)
class Theme:
    """One axis, dimension or theme of a framework."""

    id: str
    title: LocalText


@dataclass(frozen=True)
class Framework:
    """What a framework is, when, what it says of our cities, and how well we know it.

    ``reading`` is ``described`` where others describe it to us, ``paper`` where the paper alone
    does; ``year`` is empty where it is not stated.
    """

    id: str
    name: str
    year: str
    reading: str
    source: str
    about: LocalText
    ranks: LocalText
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Cell:
    """What one coder says of one theme and one E."""

    framework: str
    theme: str
    e: str
    level: str
    coder: str


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return the frameworks that the paper names, and the standards."""
    content = tomllib.loads((FOLDER / "frameworks.toml").read_text(encoding="utf-8"))
    return tuple(
        Framework(
            **{key: value for key, value in entry.items() if key != "themes"},
            themes=tuple(Theme(one["id"], one["title"]) for one in entry.get("themes", ())),
        )
        for entry in content["frameworks"]
    )


@cache
def shipped() -> tuple[Cell, ...]:
    """Return the cells as this project's one reader coded them: a hypothesis, not a finding."""
    text = (FOLDER / "crosswalk.csv").read_text(encoding="utf-8")
    return tuple(Cell(**row) for row in csv.DictReader(io.StringIO(text)))


def said_in_cells(cells: Iterable[Cell]) -> Said:
    """Return what coders say of themes, ready to be compared."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for cell in cells:
        said.setdefault((cell.theme, cell.e), {})[cell.coder] = cell.level
    return said


def levels_of(cells: Iterable[Cell], coder: str) -> dict[tuple[str, str], str]:
    """Return what one coder says: (theme, E) to level."""
    return {(one.theme, one.e): one.level for one in cells if one.coder == coder}


def crosswalk_csv(cells: Iterable[Cell]) -> bytes:
    """Return cells as a file, ordered as the frameworks are; no cell is a formula."""
    places = {
        theme.id: (nth, at)
        for nth, one in enumerate(frameworks())
        for at, theme in enumerate(one.themes)
    }
    ordered = sorted(cells, key=lambda one: (one.coder, places[one.theme], ES.index(one.e)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for one in ordered:
        told = (one.framework, one.theme, one.e, one.level, one.coder)
        writer.writerow([neutral(cell) for cell in told])
    return text.getvalue().encode("utf-8-sig")
