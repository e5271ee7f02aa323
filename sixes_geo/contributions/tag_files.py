"""Tags and crosswalk cells that coders contribute: read from files, stored by coder."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.base.names import file_name
from sixes_geo.base.problems import column_words, left_out, not_among
from sixes_geo.city.model import ES, PS, City
from sixes_geo.city.table_checks import ADDED_COLUMNS, TAG_COLUMNS, repeated_rows
from sixes_geo.contributions import files, store
from sixes_geo.contributions.checks import repeated_coders, signature_faults, too_many_coders
from sixes_geo.contributions.csv_reader import read_sheet, refused
from sixes_geo.contributions.merge import tag_faults, tag_files
from sixes_geo.contributions.store import CROSSWALK, TAGS
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, crosswalk_csv, frameworks, shipped
from sixes_geo.i18n import LANGUAGES

WANTED = ("initiative", "dimension", "level", "coder", "evidence", "source")
"""Columns that a file of tags must have.

Optional are ``strengthen``, ``source_url``, ``basis`` and ``page``.
"""

EVIDENCE = [f"evidence_{language}" for language in LANGUAGES]

OPTIONS = {"e": (ES, "tags.e"), "level": (LEVELS, "tags.level")}
"""Values of the columns of the crosswalk, and the section with their words."""

SPREADSHEET = {"verdadero": "true", "verdadeiro": "true", "falso": "false", "": "false"}
"""True and false as spreadsheets write them in Spanish and Portuguese."""


def tags_from_file(city: City, content: bytes, name: str) -> pd.DataFrame:
    """Read the tags of a city's initiatives from a CSV file, a tag per row.

    Raises
    ------
    ChoiceError
        With every fault of the file, by line; the name of a shipped coder is a fault.
    """
    table = read_sheet(content, name, WANTED)
    if table.empty:
        raise refused(name, [Problem("no_table")])
    for allowed, words in ((ES, "tags.e"), (PS, "tags.p")):
        table["dimension"] = [option_of(text, allowed, words) for text in table["dimension"]]
    for column in EVIDENCE:  # coders write in one language
        table[column] = table["evidence"]
    for column in ("strengthen", "source_url", *ADDED_COLUMNS):
        table[column] = table.get(column, "")
    plain = table["strengthen"].str.lower()
    table["strengthen"] = plain.map(SPREADSHEET).fillna(plain)
    lines = [int(line) for line in table.pop("line")]
    faults = tag_faults(city, Path(name), table, lines)
    if faults:
        raise refused(name, faults)
    return table[[*TAG_COLUMNS[:5], *EVIDENCE, *TAG_COLUMNS[5:], *ADDED_COLUMNS]]


def keep_tags(city: City, table: pd.DataFrame) -> None:
    """Store the tags of a table, in place of all earlier tags of their coders for the city.

    Refuse them if there would be more coders than can be compared with each other.
    """
    texts, stored = _tags_by_coder(table), _stored_tags(city)
    if problems := too_many_coders({*texts, *(name for file in stored.values() for name in file)}):
        raise ChoiceError("contribution", problems, "fix_coders")
    _replace(store.folder_of(TAGS, city.city), texts, texts.keys(), stored)


def remove_tags(city: City, coder: str) -> None:
    """Remove the tags of a coder for a city; they are moved aside, not deleted."""
    _replace(store.folder_of(TAGS, city.city), {}, {coder}, _stored_tags(city))


def tags_added(city: City) -> tuple[dict[str, int], tuple[SixesGeoError, ...]]:
    """Return how many tags each coder has added to a city, and the errors of invalid files."""
    stored, refused = tag_files(city)
    return {
        str(coder): len(rows) for file in stored for coder, rows in file.content.groupby("coder")
    }, refused


def cells() -> tuple[Cell, ...]:
    """Return all cells of the crosswalk: the shipped ones, then the contributed ones."""
    return (*shipped(), *(cell for _, added in cell_files()[0] for cell in added))


def cell_files() -> tuple[tuple[tuple[Path, list[Cell]], ...], tuple[SixesGeoError, ...]]:
    """Return the contributed cells by file, and the errors of invalid files."""
    coders: set[str] = set()

    def read(path: Path) -> tuple[Path, list[Cell]]:
        try:
            cells = cells_from_file(files.content_of(path), path.name)
        except ChoiceError as error:
            files.refuse(path, error.problems)
        named = [cell.coder for cell in cells]
        problems = _signature_faults(named) + repeated_coders(named, coders)
        problems = problems or too_many_coders({*coders, *named})
        if problems:
            files.refuse(path, problems)
        coders.update(named)
        return path, cells

    return files.read_each(store.stored_files(CROSSWALK), read)


def cells_from_file(content: bytes, name: str) -> list[Cell]:
    """Read cells of the crosswalk from a CSV file, a cell per row.

    Raises
    ------
    ChoiceError
        With every fault of the file, by line.
    """
    table = read_sheet(content, name, FIELDS)
    if table.empty:
        raise refused(name, [Problem("no_table")])
    for column, (allowed, words) in OPTIONS.items():
        table[column] = [option_of(text, allowed, words) for text in table[column]]
    themes = {theme.id: framework.id for framework in frameworks() for theme in framework.themes}
    at = table["line"].astype("int64")
    problems = []
    for line, row in zip(at, table[[*FIELDS]].to_dict("records"), strict=True):
        empty = [column for column in FIELDS if not row[column].strip()]
        problems += [left_out(column_words(*empty), line)] if empty else []
        if "theme" not in empty and row["theme"] not in themes:
            problems.append(Problem("no_theme", {"got": row["theme"][:80]}, line))
        options = {column: allowed for column, (allowed, _) in OPTIONS.items()}
        if row["theme"] in themes:
            options["framework"] = (themes[row["theme"]],)
        problems += [
            not_among(row[column], column_words(column), ", ".join(allowed), line)
            for column, allowed in options.items()
            if row[column] not in allowed and column not in empty
        ]
    problems += repeated_rows(table, ["theme", "e", "coder"], at)
    if problems:
        raise refused(name, problems)
    return [Cell(*(row[column] for column in FIELDS)) for row in table.to_dict("records")]


def keep_cells(cells: Sequence[Cell]) -> None:
    """Store cells, in place of all earlier cells of the same coders for the same frameworks.

    Raises
    ------
    ChoiceError
        If a coder has no name or that of a shipped coder, or if there are no cells.
    """
    new = {(cell.coder, cell.framework) for cell in cells}
    _keep_cells(cells, replaced=lambda cell: (cell.coder, cell.framework) in new)


def sign_cells(coder: str, framework: str, changed: Mapping[tuple[str, str], str]) -> int:
    """Store the cells that a coder changed in the table of a framework, with their earlier ones.

    Parameters
    ----------
    coder
        The name of the coder.
    framework
        The framework of the table.
    changed
        The level of each changed cell, by theme and E; empty where the coder removed a cell of
        their own.

    Returns
    -------
    int
        How many cells of the coder are new, changed or removed.

    Raises
    ------
    ChoiceError
        As `keep_cells`.
    """
    coder = coder.strip()
    earlier = {(cell.theme, cell.e): cell.level for cell in _cells_of({coder})}
    cells = [
        Cell(framework, theme, e, level, coder) for (theme, e), level in changed.items() if level
    ]
    removed = {key for key, level in changed.items() if not level and key in earlier}
    _keep_cells(
        cells,
        coders={coder},
        replaced=lambda cell: (cell.theme, cell.e) in {*changed},
        enough=bool(cells or removed),
    )
    return sum(earlier.get((cell.theme, cell.e)) != cell.level for cell in cells) + len(removed)


def remove_cells(coder: str) -> None:
    """Remove all cells of a coder; they are moved aside, not deleted."""
    stored = {path: _cells_by_coder(cells) for path, cells in cell_files()[0]}
    _replace(store.folder_of(CROSSWALK), {}, {coder}, stored)


def cells_added() -> dict[str, int]:
    """Return how many cells each coder has added."""
    return dict(Counter(cell.coder for _, added in cell_files()[0] for cell in added))


def _keep_cells(
    cells: Sequence[Cell],
    *,
    replaced: Callable[[Cell], bool],
    coders: Collection[str] = (),
    enough: bool = False,
) -> None:
    """Store cells together with those earlier cells of their coders that are not replaced."""
    coders = {*coders, *(cell.coder for cell in cells)}
    problems = [Problem("no_name")] if not all(coder.strip() for coder in coders) else []
    problems += _signature_faults(sorted(coders))
    problems += too_many_coders({*coders, *cells_added()})
    if not cells and not enough:
        problems.append(Problem("nothing_changed"))
    if problems:
        raise ChoiceError("cells", problems, "fix_cells")
    remaining = [cell for cell in _cells_of(coders) if not replaced(cell)]
    stored = {path: _cells_by_coder(cells) for path, cells in cell_files()[0]}
    _replace(store.folder_of(CROSSWALK), _cells_by_coder([*remaining, *cells]), coders, stored)


def _signature_faults(coders: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the names of coders of cells."""
    return [*signature_faults(coders, {cell.coder for cell in shipped()}).values()]


def _cells_of(coders: Collection[str]) -> list[Cell]:
    """Return the cells that coders have added."""
    return [cell for _, added in cell_files()[0] for cell in added if cell.coder in coders]


def _replace(
    folder: Path,
    new: Mapping[str, str],
    coders: Collection[str],
    stored: Mapping[Path, Mapping[str, str]],
) -> None:
    """Write a file for each coder, and set aside all earlier texts of some coders.

    Parameters
    ----------
    folder
        The folder of the files.
    new
        The text to write, by coder.
    coders
        Coders whose earlier texts are replaced.
    stored
        The texts in the folder: by file, by coder.
    """
    touched = {path: texts for path, texts in stored.items() if texts.keys() & set(coders)}
    remaining = {
        coder: text
        for texts in touched.values()
        for coder, text in texts.items()
        if coder not in coders
    }
    written = set()
    for coder, text in (remaining | {**new}).items():
        written.add(folder / f"{file_name(coder)}.csv")
        files.put(folder / f"{file_name(coder)}.csv", text)
    for path in touched.keys() - written:
        files.set_aside(path)


def _stored_tags(city: City) -> dict[Path, dict[str, str]]:
    """Return the contributed tags of a city: by file, by coder."""
    return {file.path: _tags_by_coder(file.content) for file in tag_files(city)[0]}


def _tags_by_coder(table: pd.DataFrame) -> dict[str, str]:
    """Return a table of tags as CSV text, by coder."""
    return {
        str(coder): rows.to_csv(index=False, lineterminator="\n")
        for coder, rows in table.groupby("coder", sort=False)
    }


def _cells_by_coder(cells: list[Cell]) -> dict[str, str]:
    """Return cells as CSV text, by coder."""
    return {
        coder: io.TextIOWrapper(
            io.BytesIO(crosswalk_csv(cell for cell in cells if cell.coder == coder)),
            encoding="utf-8-sig",
        ).read()
        for coder in dict.fromkeys(cell.coder for cell in cells)
    }
