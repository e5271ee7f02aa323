"""Tags of further coders, and their readings of other frameworks."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from sixes_geo import registry, shelf
from sixes_geo.additions import is_one_of, tag_faults, tag_files, taken_again
from sixes_geo.doors import TAG_COLUMNS
from sixes_geo.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, crosswalk_csv, frameworks, shipped
from sixes_geo.i18n import LANGUAGES
from sixes_geo.intake.sheets import HINT, cell, read_sheet
from sixes_geo.model import ES, City
from sixes_geo.registry import CROSSWALK, TAGS
from sixes_geo.spelling import file_name

WANTED = ("initiative", "dimension", "level", "coder", "evidence", "source")
"""Columns of a file of tags; ``strengthen`` and ``source_url`` may be there too."""

EVIDENCE = [f"evidence_{language}" for language in LANGUAGES]

SPREADSHEET = {"verdadero": "true", "verdadeiro": "true", "falso": "false", "": "false"}
"""What spreadsheets make of true and false in the languages of our readers."""


def tags_from_file(city: City, content: bytes, name: str) -> pd.DataFrame:
    """Read what a coder says of a city's initiatives, a row a tag.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row; a coder of this project is one.
    """
    table = read_sheet(content, name, WANTED)
    for column in EVIDENCE:  # coders write in one language
        table[column] = table["evidence"]
    for column in ("strengthen", "source_url"):
        table[column] = table.get(column, "")
    plain = table["strengthen"].str.lower()
    table["strengthen"] = plain.map(SPREADSHEET).fillna(plain)
    lines = table.pop("line").tolist()
    faults = tag_faults(city, Path(name), table.reset_index(drop=True))
    if not lines:
        faults = [Problem("no_table", {"path": name})]
    if faults:
        raise ChoiceError("intake", [_in_file(one, lines) for one in faults], HINT)
    return table[[*TAG_COLUMNS[:5], *EVIDENCE, *TAG_COLUMNS[5:]]]


def keep_tags(city: City, table: pd.DataFrame) -> None:
    """Keep the tags of a table in place of all that their coders said of the city before."""
    texts = _tags_by_coder(table)
    _replace(registry.place_of(TAGS, city.city), texts, texts.keys(), _kept_tags(city))


def remove_tags(city: City, coder: str) -> None:
    """Take what a coder says of a city out of use; it is set aside and not lost."""
    _replace(registry.place_of(TAGS, city.city), {}, {coder}, _kept_tags(city))


def tags_added(city: City) -> tuple[dict[str, int], tuple[SixesGeoError, ...]]:
    """Return how many tags each coder has added to a city, and what was refused."""
    found, refused = tag_files(city)
    return {
        str(coder): len(rows) for one in found for coder, rows in one.held.groupby("coder")
    }, refused


def cells() -> tuple[Cell, ...]:
    """Return what everybody says of the frameworks: what came with the project, then the rest."""
    return (*shipped(), *(one for _, found in cell_files()[0] for one in found))


def cell_files() -> tuple[tuple[tuple[Path, list[Cell]], ...], tuple[SixesGeoError, ...]]:
    """Return what people say of the frameworks, by file, and what was refused."""
    coders: set[str] = set()

    def read(path: Path) -> tuple[Path, list[Cell]]:
        try:
            found = cells_from_file(shelf.content_of(path), path.name)
        except ChoiceError as refusal:
            shelf.refuse(path, refusal.problems)
        named = [one.coder for one in found]
        ours = {one.coder for one in shipped()}
        wrong = taken_again(path, named, {*coders, *(one for one in named if is_one_of(one, ours))})
        if wrong:
            shelf.refuse(path, wrong)
        coders.update(named)
        return path, found

    return shelf.read_each(registry.files(CROSSWALK), read)


def cells_from_file(content: bytes, name: str) -> list[Cell]:
    """Read how coders place the themes of frameworks beside the Es, a row a cell.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row.
    """
    table = read_sheet(content, name, FIELDS)
    themes = {theme.id: one.id for one in frameworks() for theme in one.themes}
    problems = [] if len(table) else [Problem("no_table", {"path": name})]
    for row in table.to_dict("records"):
        allowed = {
            "theme": tuple(themes),
            "framework": (themes.get(row["theme"], ""),),
            "e": ES,
            "level": LEVELS,
        }
        problems += [
            cell(name, row["line"], column, row[column], ", ".join(among[:8]))
            for column, among in allowed.items()
            if row[column] not in among
        ]
        if not row["coder"]:
            problems.append(cell(name, row["line"], "coder", "", "…"))
    doubled = table[table.duplicated(["theme", "e", "coder"])]
    problems += [cell(name, row["line"], "e", row["e"], "1 ×") for _, row in doubled.iterrows()]
    if problems:
        raise ChoiceError("intake", problems, HINT)
    return [Cell(*(row[column] for column in FIELDS)) for row in table.to_dict("records")]


def keep_cells(found: list[Cell]) -> None:
    """Keep what coders say of frameworks, in place of what each said of the same ones before.

    Raises
    ------
    ChoiceError
        If one of them has the name of the coder of this project or none at all, or if no cell
        is filled in.
    """
    ours = {one.coder for one in shipped()}
    wrong = [one for one in found if not one.coder.strip() or is_one_of(one.coder, ours)]
    problems = [cell("–", 1, "coder", one.coder, "≠ " + ", ".join(ours)) for one in wrong[:1]]
    if not found:
        problems = [Problem("no_values", {"path": "–"})]
    if problems:
        raise ChoiceError("intake", problems, HINT)
    files, _ = cell_files()
    new = {(one.coder, one.framework) for one in found}
    coders = {one.coder for one in found}
    held = [one for _, said in files for one in said if one.coder in coders]
    stay = [one for one in held if (one.coder, one.framework) not in new]
    known = {path: _cells_by_coder(said) for path, said in files}
    _replace(registry.place_of(CROSSWALK), _cells_by_coder([*stay, *found]), coders, known)


def _replace(
    place: Path,
    new: Mapping[str, str],
    gone: Collection[str],
    held: Mapping[Path, Mapping[str, str]],
) -> None:
    """Write a file for each coder, and set aside all else that some coders have said.

    Parameters
    ----------
    place
        Their folder.
    new
        What is to be kept, by coder.
    gone
        Coders whose earlier words no longer stand.
    held
        What lies there: by file, by coder.
    """
    touched = {path: said for path, said in held.items() if said.keys() & set(gone)}
    stay = {
        coder: text
        for said in touched.values()
        for coder, text in said.items()
        if coder not in gone
    }
    written = set()
    for coder, text in (stay | {**new}).items():
        written.add(place / f"{file_name(coder)}.csv")
        shelf.put(place / f"{file_name(coder)}.csv", text)
    for path in touched.keys() - written:
        shelf.set_aside(path)


def _kept_tags(city: City) -> dict[Path, dict[str, str]]:
    """Return the tags that people have added to a city: by file, by coder."""
    return {one.path: _tags_by_coder(one.held) for one in tag_files(city)[0]}


def _tags_by_coder(table: pd.DataFrame) -> dict[str, str]:
    """Return the file of each coder of a table of tags."""
    return {
        str(coder): rows.to_csv(index=False, lineterminator="\n")
        for coder, rows in table.groupby("coder", sort=False)
    }


def _cells_by_coder(found: list[Cell]) -> dict[str, str]:
    """Return the file of each coder of some cells."""
    return {
        coder: io.TextIOWrapper(
            io.BytesIO(crosswalk_csv(one for one in found if one.coder == coder)),
            encoding="utf-8-sig",
        ).read()
        for coder in dict.fromkeys(one.coder for one in found)
    }


def _in_file(fault: Problem, lines: list[int]) -> Problem:
    """Return the fault of a cell with its line and its column as the coder's file has them."""
    fields = dict(fault.fields)
    if "line" in fields:
        fields["line"] = lines[int(str(fields["line"])) - 2]
        column = str(fields["column"])
        fields["column"] = "evidence" if column in EVIDENCE else column
        fields["got"] = str(fields["got"])[:80]
    return Problem(fault.kind, fields)
