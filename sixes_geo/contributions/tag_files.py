"""Tags of further coders, and their readings of other frameworks."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.base.names import file_name
from sixes_geo.base.problems import column_words, left_out, not_among
from sixes_geo.city.model import ES, PS, City
from sixes_geo.city.table_checks import TAG_COLUMNS, doubled
from sixes_geo.contributions import files, store
from sixes_geo.contributions.csv_reader import read_sheet, refused
from sixes_geo.contributions.merge import is_one_of, tag_faults, tag_files, taken, taken_again
from sixes_geo.contributions.store import CROSSWALK, TAGS
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, crosswalk_csv, frameworks, shipped
from sixes_geo.i18n import LANGUAGES

WANTED = ("initiative", "dimension", "level", "coder", "evidence", "source")
"""Columns of a file of tags; ``strengthen`` and ``source_url`` may be there too."""

EVIDENCE = [f"evidence_{language}" for language in LANGUAGES]

OPTIONS = {"e": (ES, "tags.e"), "level": (LEVELS, "tags.level")}
"""What a cell of the crosswalk can hold, and where its words are."""

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
    if table.empty:
        raise refused(name, [Problem("no_table")])
    for allowed, words in ((ES, "tags.e"), (PS, "tags.p")):
        table["dimension"] = [option_of(one, allowed, words) for one in table["dimension"]]
    for column in EVIDENCE:  # coders write in one language
        table[column] = table["evidence"]
    for column in ("strengthen", "source_url"):
        table[column] = table.get(column, "")
    plain = table["strengthen"].str.lower()
    table["strengthen"] = plain.map(SPREADSHEET).fillna(plain)
    lines = [int(line) for line in table.pop("line")]
    faults = tag_faults(city, Path(name), table, lines)
    if faults:
        raise refused(name, faults)
    return table[[*TAG_COLUMNS[:5], *EVIDENCE, *TAG_COLUMNS[5:]]]


def keep_tags(city: City, table: pd.DataFrame) -> None:
    """Keep the tags of a table in place of all that their coders said of the city before."""
    texts = _tags_by_coder(table)
    _replace(store.place_of(TAGS, city.city), texts, texts.keys(), _kept_tags(city))


def remove_tags(city: City, coder: str) -> None:
    """Take what a coder says of a city out of use; it is set aside and not lost."""
    _replace(store.place_of(TAGS, city.city), {}, {coder}, _kept_tags(city))


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
            found = cells_from_file(files.content_of(path), path.name)
        except ChoiceError as refusal:
            files.refuse(path, refusal.problems)
        named = [one.coder for one in found]
        ours = {one.coder for one in shipped()}
        wrong = taken_again(named, {*coders, *(one for one in named if is_one_of(one, ours))})
        if wrong:
            files.refuse(path, wrong)
        coders.update(named)
        return path, found

    return files.read_each(store.files(CROSSWALK), read)


def cells_from_file(content: bytes, name: str) -> list[Cell]:
    """Read how coders place the themes of frameworks beside the Es, a row a cell.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row.
    """
    table = read_sheet(content, name, FIELDS)
    if table.empty:
        raise refused(name, [Problem("no_table")])
    for column, (allowed, words) in OPTIONS.items():
        table[column] = [option_of(one, allowed, words) for one in table[column]]
    themes = {theme.id: one.id for one in frameworks() for theme in one.themes}
    at = table["line"].astype("int64")
    problems = []
    for line, row in zip(at, table[[*FIELDS]].to_dict("records"), strict=True):
        left = [column for column in FIELDS if not row[column].strip()]
        problems += [left_out(column_words(*left), line)] if left else []
        if "theme" not in left and row["theme"] not in themes:
            problems.append(Problem("no_theme", {"got": row["theme"][:80]}, line))
        listed = {column: allowed for column, (allowed, _) in OPTIONS.items()}
        if row["theme"] in themes:
            listed["framework"] = (themes[row["theme"]],)
        problems += [
            not_among(row[column], column_words(column), ", ".join(allowed), line)
            for column, allowed in listed.items()
            if row[column] not in allowed and column not in left
        ]
    problems += doubled(table, ["theme", "e", "coder"], at)
    if problems:
        raise refused(name, problems)
    return [Cell(*(row[column] for column in FIELDS)) for row in table.to_dict("records")]


def keep_cells(found: Sequence[Cell]) -> None:
    """Keep what coders say of frameworks, in place of what each said of the same ones before.

    Raises
    ------
    ChoiceError
        If one of them has the name of the coder of this project or none at all, or if no cell
        is filled in.
    """
    new = {(one.coder, one.framework) for one in found}
    _keep_cells(found, gone=lambda one: (one.coder, one.framework) in new)


def sign_cells(coder: str, framework: str, changed: Mapping[tuple[str, str], str]) -> int:
    """Keep what a coder changed in a table of a framework, beside all that they said before.

    Parameters
    ----------
    coder
        Their name.
    framework
        The framework of the table.
    changed
        The level of each cell that they touched, by theme and E; empty where they took back
        what they had said themselves.

    Returns
    -------
    int
        How many cells now bear their name that did not say so before.

    Raises
    ------
    ChoiceError
        As `keep_cells`.
    """
    coder = coder.strip()
    held = {(one.theme, one.e): one.level for one in _said_by({coder})}
    found = [
        Cell(framework, theme, e, level, coder) for (theme, e), level in changed.items() if level
    ]
    taken_back = {at for at, level in changed.items() if not level and at in held}
    _keep_cells(
        found,
        coders={coder},
        gone=lambda one: (one.theme, one.e) in {*changed},
        enough=bool(found or taken_back),
    )
    return sum(held.get((one.theme, one.e)) != one.level for one in found) + len(taken_back)


def remove_cells(coder: str) -> None:
    """Take all that a coder says of frameworks out of use; it is set aside and not lost."""
    known = {path: _cells_by_coder(said) for path, said in cell_files()[0]}
    _replace(store.place_of(CROSSWALK), {}, {coder}, known)


def cells_added() -> dict[str, int]:
    """Return how many cells each coder has added."""
    return dict(Counter(one.coder for _, said in cell_files()[0] for one in said))


def _keep_cells(
    found: Sequence[Cell],
    *,
    gone: Callable[[Cell], bool],
    coders: Collection[str] = (),
    enough: bool = False,
) -> None:
    """Keep some cells, and of what their coders said before all that is not gone."""
    coders = {*coders, *(one.coder for one in found)}
    ours = {one.coder for one in shipped()}
    problems = [Problem("no_name")] if not all(one.strip() for one in coders) else []
    problems += [taken(one) for one in sorted(coders) if is_one_of(one, ours)]
    if not found and not enough:
        problems.append(Problem("nothing_changed"))
    if problems:
        raise ChoiceError("cells", problems, "mend_reading")
    stay = [one for one in _said_by(coders) if not gone(one)]
    known = {path: _cells_by_coder(said) for path, said in cell_files()[0]}
    _replace(store.place_of(CROSSWALK), _cells_by_coder([*stay, *found]), coders, known)


def _said_by(coders: Collection[str]) -> list[Cell]:
    """Return the cells that some coders have added."""
    return [one for _, said in cell_files()[0] for one in said if one.coder in coders]


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
        files.put(place / f"{file_name(coder)}.csv", text)
    for path in touched.keys() - written:
        files.set_aside(path)


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
