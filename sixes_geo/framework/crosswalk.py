"""The crosswalk: which Es the themes of other frameworks discuss. There is no score."""

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
from sixes_geo.framework.agreement import Codings
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
    """A framework: what it is, its year, what it says about our cities, and our source for it.

    ``reading`` is ``described`` if publications describe it, ``paper`` if only the paper does;
    ``year`` is empty if it is not stated.
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
    """What one coder says about one theme and one E."""

    framework: str
    theme: str
    e: str
    level: str
    coder: str


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return the frameworks and standards that the paper names."""
    content = tomllib.loads((FOLDER / "frameworks.toml").read_text(encoding="utf-8"))
    return tuple(
        Framework(
            **{key: value for key, value in entry.items() if key != "themes"},
            themes=tuple(Theme(theme["id"], theme["title"]) for theme in entry.get("themes", ())),
        )
        for entry in content["frameworks"]
    )


@cache
def shipped() -> tuple[Cell, ...]:
    """Return the shipped cells, coded by one reader of this project: a hypothesis, no finding."""
    text = (FOLDER / "crosswalk.csv").read_text(encoding="utf-8")
    return tuple(Cell(**row) for row in csv.DictReader(io.StringIO(text)))


def codings_of_cells(cells: Iterable[Cell]) -> Codings:
    """Return cells as codings of themes, for comparison."""
    codings: dict[tuple[str, str], dict[str, str]] = {}
    for cell in cells:
        codings.setdefault((cell.theme, cell.e), {})[cell.coder] = cell.level
    return codings


def levels_of(cells: Iterable[Cell], coder: str) -> dict[tuple[str, str], str]:
    """Return the levels that one coder chose, by theme and E."""
    return {(cell.theme, cell.e): cell.level for cell in cells if cell.coder == coder}


def crosswalk_csv(cells: Iterable[Cell]) -> bytes:
    """Return cells as a CSV file in the order of the frameworks, without formulas."""
    position = {
        theme.id: (nth, at)
        for nth, framework in enumerate(frameworks())
        for at, theme in enumerate(framework.themes)
    }
    ordered = sorted(cells, key=lambda cell: (cell.coder, position[cell.theme], ES.index(cell.e)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for cell in ordered:
        row = (cell.framework, cell.theme, cell.e, cell.level, cell.coder)
        writer.writerow([neutral(text) for text in row])
    return text.getvalue().encode("utf-8-sig")
