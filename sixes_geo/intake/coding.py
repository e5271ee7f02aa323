"""Tags of further coders, and their readings of other frameworks."""

from __future__ import annotations

import io

import pandas as pd

from sixes_geo import registry
from sixes_geo.doors import TAG_COLUMNS, tag_faults
from sixes_geo.errors import ChoiceError
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, crosswalk_csv, frameworks, shipped
from sixes_geo.i18n import LANGUAGES
from sixes_geo.intake.sheets import HINT, cell, read_sheet
from sixes_geo.layers import read_initiatives, read_tags
from sixes_geo.model import ES, City

WANTED = ("initiative", "dimension", "level", "coder", "evidence", "source")
"""Columns of a file of tags; ``strengthen`` and ``source_url`` may be there too."""


def tags_from_file(city: City, content: bytes, name: str) -> pd.DataFrame:
    """Read what a coder says of a city's initiatives, a row a tag.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row; a coder of whom there are tags already is one.
    """
    table = read_sheet(content, name, WANTED)
    for language in LANGUAGES:  # coders write in one language
        table[f"evidence_{language}"] = table["evidence"]
    for column, empty in (("strengthen", "false"), ("source_url", "")):
        table[column] = table[column].replace("", empty) if column in table else empty
    known = [one.id for one in read_initiatives(city)]
    lines = table.pop("line").tolist()
    faults = tag_faults(registry.folder() / name, table.reset_index(drop=True), known)
    problems = [
        cell(name, lines[int(str(one.fields["line"])) - 2], **_fields(one)) for one in faults
    ]
    others = {tag.coder for tag in read_tags(city)}
    problems += [
        cell(name, line, "coder", coder, "≠ " + coder)
        for line, coder in zip(lines, table["coder"], strict=True)
        if coder in others
    ]
    if problems:
        raise ChoiceError("intake", problems, HINT)
    texts = [f"evidence_{language}" for language in LANGUAGES]
    return table[[*TAG_COLUMNS[:5], *texts, *TAG_COLUMNS[5:]]]


def keep_tags(city: City, table: pd.DataFrame, name: str) -> None:
    """Keep the tags of a file; what another file of that name holds stays."""
    place = registry.folder() / city.city / registry.TAGS
    nth = 1
    while (path := place / f"{registry.slug(name)}{'' if nth == 1 else f'-{nth}'}.csv").exists():
        nth += 1
    registry.write(path, table.to_csv(index=False, lineterminator="\n"))


def cells() -> tuple[Cell, ...]:
    """Return what everybody says of the frameworks: what came with the project, then the rest."""
    found = list(shipped())
    for path in sorted((registry.folder() / registry.CROSSWALK).glob("*.csv")):
        found += cells_from_file(path.read_bytes(), path.name)
    return tuple(found)


def cells_from_file(content: bytes, name: str) -> list[Cell]:
    """Read how coders place the themes of frameworks beside the Es, a row a cell.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row.
    """
    table = read_sheet(content, name, FIELDS)
    themes = {theme.id: one.id for one in frameworks() for theme in one.themes}
    problems = []
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
    """Keep what coders say of the frameworks: the last word of each coder stands.

    Raises
    ------
    ChoiceError
        If one of them has the name of the coder of this project, or none at all.
    """
    own = {one.coder for one in shipped()}
    wrong = [one.coder for one in found if one.coder in own or not one.coder.strip()]
    if wrong:
        problem = cell("–", 1, "coder", wrong[0], "≠ " + ", ".join(sorted(own)))
        raise ChoiceError("intake", [problem], HINT)
    for coder in {one.coder for one in found}:
        mine = [one for one in found if one.coder == coder]
        text = io.TextIOWrapper(io.BytesIO(crosswalk_csv(mine)), encoding="utf-8-sig").read()
        registry.write(registry.folder() / registry.CROSSWALK / f"{registry.slug(coder)}.csv", text)


def _fields(problem: object) -> dict[str, str]:
    """Return column, value and what is allowed of a fault."""
    fields = getattr(problem, "fields", {})
    return {name: str(fields[name]) for name in ("column", "got", "allowed")}
