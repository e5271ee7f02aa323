"""Cells of the crosswalk that coders contribute: read from files, kept by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.problems import column_words, left_out, not_among
from sixes_geo.city.model import ES
from sixes_geo.city.table_checks import repeated_rows
from sixes_geo.contributions import files
from sixes_geo.contributions.cells import cell_in, gone_cell, in_order, kept_cell
from sixes_geo.contributions.checks import signature_faults, too_many_coders
from sixes_geo.contributions.csv_reader import read_sheet, refused
from sixes_geo.contributions.entries import Entry, Refused, entries
from sixes_geo.contributions.folder import CROSSWALK, EVERYWHERE
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, frameworks, shipped
from sixes_geo.store import contributions
from sixes_geo.store.versions import Change, Item

OPTIONS = {"e": (ES, "tags.e"), "level": (LEVELS, "tags.level")}
"""Allowed values of the columns of the crosswalk, and the section with their words."""


def cells() -> tuple[Cell, ...]:
    """Return all cells of the crosswalk: the shipped ones, then the contributed ones."""
    return (*shipped(), *(cell for _, added in cell_files()[0] for cell in added))


def cell_files() -> tuple[tuple[tuple[str, list[Cell]], ...], Refused]:
    """Return the contributed cells by coder, and the errors of invalid ones."""
    coders: set[str] = set()

    def read(entry: Entry) -> Cell:
        cell = cell_in(entry.content)
        if cell is None:
            entry.refuse([Problem("no_cell")])
        _refuse_signatures(entry, [cell.coder], coders)
        coders.add(cell.coder)
        return cell

    def parts(path: Path, content: bytes) -> list[Change]:
        entry = Entry(path.stem, content, path.name)
        try:
            found = cells_from_file(content, path.name)
        except ChoiceError as error:
            entry.refuse(error.problems)
        _refuse_signatures(entry, [cell.coder for cell in found])
        return [kept_cell(cell) for cell in found]

    found, refused = entries(CROSSWALK, EVERYWHERE, parts)
    good, wrong = files.read_each(found, read)
    by_coder: dict[str, list[Cell]] = {}
    for cell in in_order(good):
        by_coder.setdefault(cell.coder, []).append(cell)
    return tuple(by_coder.items()), (*refused, *wrong)


def _refuse_signatures(entry: Entry, coders: Sequence[str], others: Collection[str] = ()) -> None:
    """Refuse cells whose coders cannot be known, or are too many together with others."""
    problems = _signature_faults(coders) or too_many_coders({*others, *coders})
    if problems:
        entry.refuse(problems)


def _signature_faults(coders: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the names of coders, unless they are too many."""
    coders, ours = set(coders), {cell.coder for cell in shipped()}
    return too_many_coders(coders) or [*signature_faults(sorted(coders), ours).values()]


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


def keep_cells(cells: Sequence[Cell], code: str = "") -> None:
    """Store cells, in place of all earlier cells of the same coders for the same frameworks.

    Parameters
    ----------
    cells
        What is stored.
    code
        The code with which they can be removed.

    Raises
    ------
    ChoiceError
        If a coder has no name or that of a shipped coder, or if there are no cells.
    DataError
        If nothing can be kept.
    """
    _refuse_names({cell.coder for cell in cells}, enough=bool(cells))
    places = {(cell.coder, cell.framework) for cell in cells}
    new = [kept_cell(cell) for cell in cells]

    def decide(items: Sequence[Item]) -> list[Change]:
        _refuse_crowd({cell.coder for cell in cells}, items)
        earlier = [cell for item in items if (cell := cell_in(item.content.encode()))]
        gone = [gone_cell(cell) for cell in earlier if (cell.coder, cell.framework) in places]
        return [*(change for change in gone if change.name not in names), *new]

    names = {change.name for change in new}
    contributions.change(CROSSWALK, EVERYWHERE, decide, code)


def sign_cells(
    coder: str, framework: str, changed: Mapping[tuple[str, str], str], code: str = ""
) -> int:
    """Store the cells that a coder changed in the table of a framework, with their earlier ones.

    Whoever signs with the same name at the same time loses nothing: each cell is kept by itself.

    Parameters
    ----------
    coder
        The name of the coder.
    framework
        The framework of the table.
    changed
        The level of each changed cell, by theme and E; empty where the coder removed a cell of
        their own.
    code
        The code with which the cells can be removed.

    Returns
    -------
    int
        How many cells of the coder are new, changed or removed.

    Raises
    ------
    ChoiceError, DataError
        As `keep_cells`.
    """
    coder = coder.strip()
    new = [
        Cell(framework, theme, e, level, coder) for (theme, e), level in changed.items() if level
    ]
    _refuse_names({coder}, enough=True)
    counted = []

    def decide(items: Sequence[Item]) -> list[Change]:
        _refuse_crowd({coder}, items)
        found = [cell for item in items if (cell := cell_in(item.content.encode()))]
        earlier = {(cell.theme, cell.e): cell for cell in found if cell.coder == coder}
        gone = [earlier[key] for key, level in changed.items() if not level and key in earlier]
        _refuse_names({coder}, enough=bool(new or gone))
        counted.append(sum(earlier.get((cell.theme, cell.e)) != cell for cell in new) + len(gone))
        return [*map(kept_cell, new), *map(gone_cell, gone)]

    contributions.change(CROSSWALK, EVERYWHERE, decide, code)
    return counted[-1]


def remove_cells(coder: str, code: str = "") -> str:
    """Remove all cells of a coder; they stay in the history.

    Parameters
    ----------
    coder
        Whose cells are removed.
    code
        The code that all of them were kept with, or the facilitator's secret.

    Returns
    -------
    str
        The name of the act, with which the removal can be undone.

    Raises
    ------
    DataError
        If there are none, the code is not theirs, or nothing can be kept.
    """
    return contributions.remove(CROSSWALK, EVERYWHERE, lambda item: item.author == coder, code)


def cells_added() -> dict[str, int]:
    """Return how many cells each coder has added."""
    return {coder: len(added) for coder, added in cell_files()[0]}


def _refuse_names(coders: Collection[str], *, enough: bool) -> None:
    """Refuse cells whose coders cannot be known, and a table in which none changes."""
    problems = [Problem("no_name")] if not all(coder.strip() for coder in coders) else []
    problems += _signature_faults(sorted(coders))
    if not enough:
        problems.append(Problem("nothing_changed"))
    if problems:
        raise ChoiceError("cells", problems, "fix_cells")


def _refuse_crowd(coders: Collection[str], items: Sequence[Item]) -> None:
    """Refuse cells with which there would be more coders than can be compared with each other."""
    if problems := too_many_coders({*coders, *(item.author for item in items)}):
        raise ChoiceError("cells", problems, "fix_cells")
