"""Tags that coders contribute: read from files, kept by coder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import ES, PS, City
from sixes_geo.city.table_checks import ADDED_COLUMNS, TAG_COLUMNS
from sixes_geo.contributions.checks import too_many_coders
from sixes_geo.contributions.csv_reader import read_sheet, refused
from sixes_geo.contributions.entries import Refused
from sixes_geo.contributions.folder import TAGS
from sixes_geo.contributions.merge import tag_faults, tag_files, texts_by_coder
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.i18n import LANGUAGES
from sixes_geo.store import contributions
from sixes_geo.store.versions import Change, Item

WANTED = ("initiative", "dimension", "level", "coder", "evidence", "source")
"""Columns that a file of tags must have.

Optional are ``strengthen``, ``source_url``, ``basis`` and ``page``.
"""

EVIDENCE = [f"evidence_{language}" for language in LANGUAGES]

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


def keep_tags(city: City, table: pd.DataFrame, code: str = "") -> None:
    """Store the tags of a table, in place of all earlier tags of their coders for the city.

    Parameters
    ----------
    city, table
        What is stored.
    code
        The code with which they can be removed.

    Raises
    ------
    ChoiceError
        If there would be more coders than can be compared with each other.
    DataError
        If nothing can be kept.
    """
    changes = [Change(coder, coder, text) for coder, text in texts_by_coder(table).items()]

    def decide(items: Sequence[Item]) -> list[Change]:
        names = {change.name for change in changes} | {item.name for item in items}
        if problems := too_many_coders(names):
            raise ChoiceError("contribution", problems, "fix_coders")
        return changes

    contributions.change(TAGS, city.city, decide, code)


def remove_tags(city: City, coder: str, code: str = "") -> str:
    """Remove the tags of a coder for a city; they stay in the history.

    Parameters
    ----------
    city, coder
        What is removed.
    code
        The code that they were kept with, or the facilitator's secret.

    Returns
    -------
    str
        The name of the act, with which the removal can be undone.

    Raises
    ------
    DataError
        If there are none, the code is not theirs, or nothing can be kept.
    """
    return contributions.remove(TAGS, city.city, lambda item: item.name == coder, code)


def tags_added(city: City) -> tuple[dict[str, int], Refused]:
    """Return how many tags each coder has added to a city, and the errors of invalid files."""
    stored, refused = tag_files(city)
    return {file.entry.name: len(file.content) for file in stored}, refused
