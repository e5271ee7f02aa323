"""Indicators that a group defines for itself: from a file, or as typed in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping

import pandas as pd

from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.base.names import folded, neutral
from sixes_geo.base.problems import left_out, twice
from sixes_geo.city.model import ES, City
from sixes_geo.contributions.checks import (
    MEANS,
    USES,
    described_faults,
    field_words,
    no_place,
    told_ids,
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
from sixes_geo.contributions.merge import many_words, names_of, places
from sixes_geo.contributions.store import DESCRIPTION, PROVISION, ContributedIndicator
from sixes_geo.contributions.vocabulary import option_of
from sixes_geo.i18n import LANGUAGES

COLUMNS = ("id", "value", *DESCRIPTION)
"""Columns of a file: the description stands in its first row, and may stand in all."""


def from_file(city: City, content: bytes, name: str) -> ContributedIndicator:
    """Read an indicator from a table, a row for each district, zone or initiative.

    Raises
    ------
    ChoiceError
        With every fault of the file, by row.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty:
        raise refused(name, [Problem("no_table")])
    described = _description(city, table)
    at = int(table["line"].iloc[0])
    problems = described_faults(described, number(described["year"]), places(city), at)
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
    return _made(described, values)


def fits(city: City, content: bytes, name: str) -> bool:
    """Tell whether every place that a table names is one of a city.

    Raises
    ------
    ChoiceError
        If it is no table or lacks columns.
    """
    table = read_sheet(content, name, COLUMNS)
    if table.empty or (per := _description(city, table)["per"]) not in places(city):
        return False
    find = _finder(city, per)
    return all(len(find(str(named))) == 1 for named in table["id"])


def typed_in(
    city: City,
    described: Mapping[str, str],
    typed: Mapping[str, str],
    language: str = LANGUAGES[0],
) -> ContributedIndicator:
    """Make an indicator of what was typed in, numbers read as those of a file are.

    Parameters
    ----------
    described
        What is told of it; empty where nothing was.
    typed
        A text for each id, empty where the value is unknown.
    language
        The reader's, in which places are named.

    Raises
    ------
    ChoiceError
        With every field and place that is wrong.
    """
    problems = described_faults(described, number(described["year"]), places(city))
    values, wrong = values_typed(typed)
    if (per := described["per"]) in places(city):
        names, many = names_of(city, per, language), many_words(city, per)
        problems += [value_fault(typed[one], names.get(one, one)) for one in wrong]
        problems += value_faults(values, described["use"], names, many)
    if not values and not wrong:
        problems.append(Problem("nothing_typed"))
    if problems:
        raise ChoiceError("form", problems, "mend_form")
    return _made(described, values)


def values_typed(typed: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """Return the numbers among some texts, by id, and the ids of what is none."""
    told = {one: text for one, text in typed.items() if text.strip()}
    sign = decimal_sign(told.values())
    read = {one: number(text, sign) for one, text in told.items()}
    values = {one: value for one, value in read.items() if value is not None}
    return values, [one for one in told if one not in values]


def template(city: City, described: Mapping[str, str], language: str = LANGUAGES[0]) -> bytes:
    """Return a file to fill in: every id with its name, and no value."""
    return _written({**described}, names_of(city, described["per"], language), {})


def as_file(city: City, made: ContributedIndicator, language: str = LANGUAGES[0]) -> bytes:
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


def _description(city: City, table: pd.DataFrame) -> dict[str, str]:
    """Return the description in the first row of a table, words of any language as their ids."""
    told = {column: str(table[column].iloc[0]) for column in DESCRIPTION}
    told["e"] = option_of(told["e"], ES, "tags.e")
    told["use"] = option_of(told["use"], USES, "contributions.word", "contributions.use")
    told["higher_means"] = option_of(
        told["higher_means"], MEANS, "contributions.word", "contributions.means"
    )
    for unit in city.units:
        if told["per"] in (*unit.one.values(), *unit.many.values()):
            told["per"] = unit.unit
    return told


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
    city: City, table: pd.DataFrame, described: Mapping[str, str]
) -> tuple[dict[str, float], list[Problem]]:
    """Return the values by id, and every row that has none or names nothing."""
    per = described["per"]
    if per not in places(city):
        return {}, []
    find, many, told = _finder(city, per), many_words(city, per), told_ids(names_of(city, per))
    sign = decimal_sign(table["value"])
    values: dict[str, float] = {}
    first: dict[str, int] = {}
    problems = []
    for line, named, text in table[["line", "id", "value"]].itertuples(index=False):
        found = find(named)
        if not named:
            problems.append(left_out(Words(("contributions.place",), ("id",)), line))
        elif len(found) > 1:
            among = {"got": named[:80], "among": ", ".join(found)}
            problems.append(Problem("several_places", among, line))
        elif not found:
            problems.append(no_place(named, told, many, line))
        elif found[0] in first:
            problems.append(twice(named, first[found[0]], line))
        value, fault = _value(text, sign, described["use"], line)
        problems += fault
        for one in found[:1]:
            first.setdefault(one, line)
            values |= {one: value} if value is not None else {}
    return values, problems


def _value(text: str, sign: str, use: str, line: int) -> tuple[float | None, list[Problem]]:
    """Return the value of a row, nothing where it is unknown, and why it cannot be taken."""
    value = number(text, sign)
    if value is None:
        return None, [value_fault(text, line)] if text else []
    if value < 0 and use == PROVISION:
        return None, [Problem("below_zero", {"got": text[:80]}, line)]
    return value, []


def _made(described: Mapping[str, str], values: Mapping[str, float]) -> ContributedIndicator:
    """Return the indicator that was found to have no fault."""
    plain = {column: described[column].strip() for column in DESCRIPTION}
    date = dt.date.fromisoformat(plain.pop("date")).isoformat()  # in the one way that is kept
    year = int(number(plain.pop("year")) or 0)
    return ContributedIndicator("", **plain, date=date, year=year, values=dict(values))
