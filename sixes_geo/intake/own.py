"""Indicators that a group defines for itself: from a file, or as typed in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping

import pandas as pd

from sixes_geo.additions import names_of, places
from sixes_geo.doors import described_faults, value_faults
from sixes_geo.errors import ChoiceError, Problem
from sixes_geo.i18n import LANGUAGES
from sixes_geo.intake.sheets import (
    HINT,
    cell,
    decimal_sign,
    has_two_readings,
    number,
    read_sheet,
    two_readings,
    written,
)
from sixes_geo.model import City
from sixes_geo.registry import PROVISION, OwnIndicator
from sixes_geo.spelling import folded, neutral

DESCRIPTION = ("name", "question", "e", "use", "higher_means", "unit_of_measure", "source",
               "authors", "date", "year", "per")  # fmt: skip
COLUMNS = ("id", "value", *DESCRIPTION)
"""Columns of a file: the description stands in its first row, and may stand in all."""


def from_file(city: City, content: bytes, name: str) -> OwnIndicator:
    """Read an indicator from a table, a row for each district, zone or initiative.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty:
        raise ChoiceError("intake", [Problem("no_table", {"path": name})], HINT)
    described = _description(table)
    line = table["line"].iloc[0]
    problems = [
        Problem("bad_cell", {"path": name, "line": line, **one.fields})
        for one in _described_faults(city, described)
    ]
    for column in DESCRIPTION:
        other = table[(table[column] != "") & (table[column] != described[column])]
        problems += [
            cell(name, row["line"], column, row[column], described[column])
            for _, row in other.iterrows()
        ]
    values, faults = _values(city, table, described, name)
    return _made(described, values, problems + faults, name)


def fits(city: City, content: bytes, name: str) -> bool:
    """Tell whether every place that a table names is one of a city.

    Raises
    ------
    ChoiceError
        If it is no table or lacks columns.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty or (per := _description(table)["per"]) not in places(city):
        return False
    find = _finder(city, per)
    return all(len(find(str(named))) == 1 for named in table["id"])


def typed_in(
    city: City, described: Mapping[str, str], values: pd.Series, language: str = LANGUAGES[0]
) -> OwnIndicator:
    """Make an indicator of what was typed in; ``values`` by id, missing where unknown.

    Raises
    ------
    ChoiceError
        With every field that is wrong, places named in the language of the reader.
    """
    problems = _described_faults(city, described)
    known = {str(one): float(value) for one, value in values.dropna().items()}
    if described["per"] in places(city):
        names = names_of(city, described["per"], language)
        problems += value_faults(known, described["use"], names)
    if not known:
        problems.append(Problem("bad_field", {"column": "value", "got": "", "allowed": "0-9"}))
    if problems:
        raise ChoiceError("form", problems, "mend_form")
    return _made(described, known, [], "")


def template(city: City, described: Mapping[str, str], language: str = LANGUAGES[0]) -> bytes:
    """Return a file to fill in: every id with its name, and no value."""
    return _written({**described}, names_of(city, described["per"], language), {})


def as_file(city: City, made: OwnIndicator, language: str = LANGUAGES[0]) -> bytes:
    """Return an indicator as the file that would bring it in again."""
    described = {column: str(getattr(made, column)) for column in DESCRIPTION}
    return _written(described, names_of(city, made.per, language), made.values)


def _written(
    described: Mapping[str, str], names: Mapping[str, str], values: Mapping[str, float]
) -> bytes:
    """Write a file that spreadsheets open and take nothing in it for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "place", "value", *DESCRIPTION])
    for nth, (one, name) in enumerate(names.items()):
        told = (
            [described[column] for column in DESCRIPTION] if nth == 0 else [""] * len(DESCRIPTION)
        )
        value = written(values[one]) if one in values else ""
        writer.writerow([neutral(one), neutral(name), value, *map(neutral, told)])
    return text.getvalue().encode("utf-8-sig")


def _description(table: pd.DataFrame) -> dict[str, str]:
    """Return the description that stands in the first row of a table."""
    return {column: str(table[column].iloc[0]) for column in DESCRIPTION}


def _described_faults(city: City, described: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with a description as people write it."""
    return described_faults(described, number(described["year"]), places(city))


def _finder(city: City, per: str) -> Callable[[str], list[str]]:
    """Return what finds the ids that a text may mean: by id, by name in any language."""
    ids = names_of(city, per)
    by_name: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for one, title in names_of(city, per, language).items():
            by_name.setdefault(folded(title), set()).add(one)
    short: dict[str, list[str]] = {}  # spreadsheets drop the zeros in front
    for one in ids:
        short.setdefault(one.lstrip("0"), []).append(one)

    def find(named: str) -> list[str]:
        if named in ids:
            return [named]
        return sorted(by_name.get(folded(named), ())) or short.get(named.lstrip("0"), [])

    return find


def _values(
    city: City, table: pd.DataFrame, described: Mapping[str, str], name: str
) -> tuple[dict[str, float], list[Problem]]:
    """Return the values by id, and every row that has none or names nothing."""
    if described["per"] not in places(city):
        return {}, []
    find = _finder(city, described["per"])
    some = [*names_of(city, described["per"])][:5]
    sign = decimal_sign(table["value"])
    values: dict[str, float] = {}
    seen: set[str] = set()
    problems = []
    for row in table.to_dict("records"):
        named = str(row["id"])
        found = find(named)
        if len(found) != 1:
            among = ", ".join(found) or ", ".join(some) + ", …"
            problems.append(cell(name, row["line"], "id", named, among))
            continue
        if found[0] in seen:
            problems.append(cell(name, row["line"], "id", named, "1 ×"))
        seen.add(found[0])
        if row["value"]:
            value = number(row["value"], sign)
            least = described["use"] == PROVISION
            if value is None and has_two_readings(row["value"]):
                problems.append(two_readings(name, row["line"], "value", row["value"]))
            elif value is None or (least and value < 0):
                wanted = "≥ 0" if least else "0-9"
                problems.append(cell(name, row["line"], "value", row["value"], wanted))
            else:
                values[found[0]] = value
    return values, problems


def _made(
    described: Mapping[str, str], values: Mapping[str, float], problems: list[Problem], name: str
) -> OwnIndicator:
    """Return the indicator, or refuse it with every fault."""
    if not values and not problems:
        problems = [Problem("no_values", {"path": name})]
    if problems:
        raise ChoiceError("intake", problems, HINT)
    plain = {column: described[column].strip() for column in DESCRIPTION}
    date = dt.date.fromisoformat(plain.pop("date")).isoformat()  # in the one way that is kept
    year = int(number(plain.pop("year")) or 0)
    return OwnIndicator("", **plain, date=date, year=year, values=dict(values))
