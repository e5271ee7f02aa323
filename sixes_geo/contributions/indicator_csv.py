"""Indicators that people contribute: read from a CSV file or a form, and written as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.base.limits import is_plausible
from sixes_geo.base.names import folded, neutral
from sixes_geo.base.problems import left_out, repeated
from sixes_geo.city.model import ES, City
from sixes_geo.contributions.checks import (
    MEANS,
    USES,
    described_faults,
    field_words,
    implausible,
    no_place,
    shortened_ids,
    value_faults,
)
from sixes_geo.contributions.csv_reader import (
    decimal_sign,
    number,
    read_sheet,
    refused,
    value_fault,
    written,
)
from sixes_geo.contributions.merge import names_of, per_options, plural_of
from sixes_geo.contributions.store import DESCRIPTION, PROVISION, ContributedIndicator
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.i18n import LANGUAGES

COLUMNS = ("id", "value", *DESCRIPTION)
"""Columns of a file: the description is in the first row, and may be repeated in all rows."""


def from_file(city: City, content: bytes, name: str) -> ContributedIndicator:
    """Read an indicator from a CSV table with a row for each unit or initiative.

    Raises
    ------
    ChoiceError
        With every fault of the file, by line.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty:
        raise refused(name, [Problem("no_table")])
    described = _description(city, table)
    at = int(table["line"].iloc[0])
    problems = described_faults(described, number(described["year"]), per_options(city), at)
    for column in DESCRIPTION:
        first = table[column].iloc[0]
        other = table[(table[column] != "") & (table[column] != first)]
        words = field_words(column, at=at)
        problems += [
            Problem("contradicts", {"name": words, "got": got[:80], "first": first[:80]}, int(line))
            for line, got in zip(other["line"], other[column], strict=True)
        ]
    values, faults = _values(city, table, described)
    if not values and not problems and not faults:
        problems = [Problem("no_values")]
    if problems or faults:
        raise refused(name, [*problems, *faults])
    return _indicator(described, values)


def fits(city: City, content: bytes, name: str) -> bool:
    """Tell whether every place in a table is in a city.

    Raises
    ------
    ChoiceError
        If the file is no table or lacks columns.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty or (per := _description(city, table)["per"]) not in per_options(city):
        return False
    find = _finder(city, per)
    return all(len(find(str(name))) == 1 for name in table["id"])


def from_form(
    city: City,
    described: Mapping[str, str],
    typed: Mapping[str, str],
    language: str = LANGUAGES[0],
) -> ContributedIndicator:
    """Make an indicator from the texts of a form, with numbers read as in a file.

    Parameters
    ----------
    described
        The description, as texts; empty where nothing was typed.
    typed
        A text for each id, empty where the value is unknown.
    language
        The reader's language, for names of places.

    Raises
    ------
    ChoiceError
        With every fault, by field and place.
    """
    problems = described_faults(described, number(described["year"]), per_options(city))
    values, invalid = typed_values(typed)
    if (per := described["per"]) in per_options(city):
        names, many = names_of(city, per, language), plural_of(city, per)
        problems += [value_fault(typed[place], names.get(place, place)) for place in invalid]
        problems += value_faults(values, described["use"], names, many)
    if not values and not invalid:
        problems.append(Problem("nothing_typed"))
    if problems:
        raise ChoiceError("form", problems, "fix_form")
    return _indicator(described, values)


def typed_values(typed: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """Return the numbers among some texts, by id, and the ids of those that are no numbers."""
    texts = {place: text for place, text in typed.items() if text.strip()}
    sign = decimal_sign(texts.values())
    numbers = {place: number(text, sign) for place, text in texts.items()}
    values = {place: value for place, value in numbers.items() if value is not None}
    return values, [place for place in texts if place not in values]


def template(city: City, described: Mapping[str, str], language: str = LANGUAGES[0]) -> bytes:
    """Return a CSV file to fill in: every id with its name, without values."""
    return _written({**described}, names_of(city, described["per"], language), {})


def as_file(city: City, indicator: ContributedIndicator, language: str = LANGUAGES[0]) -> bytes:
    """Return an indicator as a CSV file that `from_file` reads back."""
    described = {column: str(getattr(indicator, column)) for column in DESCRIPTION}
    return _written(described, names_of(city, indicator.per, language), indicator.values)


def _written(
    described: Mapping[str, str], names: Mapping[str, str], values: Mapping[str, float]
) -> bytes:
    """Return a CSV file in which spreadsheets see no formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "place", "value", *DESCRIPTION])
    description = [described[column] for column in DESCRIPTION]
    for place, name in names.items():
        value = written(values[place]) if place in values else ""
        writer.writerow([neutral(place), neutral(name), value, *map(neutral, description)])
        description = [""] * len(DESCRIPTION)
    return text.getvalue().encode("utf-8-sig")


def _description(city: City, table: pd.DataFrame) -> dict[str, str]:
    """Return the description in the first row of a table, with words replaced by their ids."""
    described = {column: str(table[column].iloc[0]) for column in DESCRIPTION}
    described["e"] = option_of(described["e"], ES, "tags.e")
    described["use"] = option_of(described["use"], USES, "contributions.word", "contributions.use")
    described["higher_means"] = option_of(
        described["higher_means"], MEANS, "contributions.word", "contributions.means"
    )
    for unit in city.units:
        if described["per"] in (*unit.one.values(), *unit.many.values()):
            described["per"] = unit.unit
    return described


def _finder(city: City, per: str) -> Callable[[str], list[str]]:
    """Return a function that finds the ids a text can mean: by id, or by name in any language."""
    ids = names_of(city, per)
    by_name: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for place, name in names_of(city, per, language).items():
            by_name.setdefault(folded(name), set()).add(place)
    without_zeros: dict[str, list[str]] = {}  # spreadsheets drop leading zeros
    for place in ids:
        without_zeros.setdefault(place.lstrip("0"), []).append(place)

    def find(text: str) -> list[str]:
        if text in ids:
            return [text]
        return sorted(by_name.get(folded(text), ())) or without_zeros.get(text.lstrip("0"), [])

    return find


def _values(
    city: City, table: pd.DataFrame, described: Mapping[str, str]
) -> tuple[dict[str, float], list[Problem]]:
    """Return the values by id, and the faults of every row."""
    per = described["per"]
    if per not in per_options(city):
        return {}, []
    find, many, known = _finder(city, per), plural_of(city, per), shortened_ids(names_of(city, per))
    sign = decimal_sign(table["value"])
    values: dict[str, float] = {}
    first: dict[str, int] = {}
    problems = []
    for line, name, text in table[["line", "id", "value"]].itertuples(index=False):
        matches = find(name)
        if not name:
            problems.append(left_out(Words(("contributions.place",), ("id",)), line))
        elif len(matches) > 1:
            fields = {"got": name[:80], "among": ", ".join(matches)}
            problems.append(Problem("several_places", fields, line))
        elif not matches:
            problems.append(no_place(name, known, many, line))
        elif matches[0] in first:
            problems.append(repeated(name, first[matches[0]], line))
        value, fault = _value(text, sign, described["use"], line)
        problems += fault
        for place in matches[:1]:
            first.setdefault(place, line)
            values |= {place: value} if value is not None else {}
    return values, problems


def _value(text: str, sign: str, use: str, line: int) -> tuple[float | None, list[Problem]]:
    """Return the value of a row, None if it is unknown, and its faults."""
    value = number(text, sign)
    if value is None:
        return None, [value_fault(text, line)] if text else []
    if value < 0 and use == PROVISION:
        return None, [Problem("below_zero", {"got": text[:80]}, line)]
    return (value, []) if is_plausible(value) else (None, [implausible(text, line)])


def _indicator(described: Mapping[str, str], values: Mapping[str, float]) -> ContributedIndicator:
    """Return the indicator, from a description and values without faults."""
    plain = {column: described[column].strip() for column in DESCRIPTION}
    date = dt.date.fromisoformat(plain.pop("date")).isoformat()  # in one format for all
    year = int(number(plain.pop("year")) or 0)
    return ContributedIndicator("", **plain, date=date, year=year, values=dict(values))
