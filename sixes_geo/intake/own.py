"""Indicators that a group defines for itself: from a file, or as typed in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping

import pandas as pd

from sixes_geo.choices import unit_named
from sixes_geo.errors import ChoiceError, Problem
from sixes_geo.intake.sheets import HINT, cell, number, read_sheet
from sixes_geo.layers import read_initiatives, read_units
from sixes_geo.model import ES, City
from sixes_geo.registry import INITIATIVE, NEED, PROVISION, OwnIndicator
from sixes_geo.spelling import folded

TEXTS = ("name", "question", "unit_of_measure", "source", "authors")
LONGEST = {"name": 200, "question": 1000, "unit_of_measure": 200, "source": 1000, "authors": 500}
DESCRIPTION = ("name", "question", "e", "use", "higher_means", "unit_of_measure", "source",
               "authors", "date", "year", "per")  # fmt: skip
COLUMNS = ("id", "value", *DESCRIPTION)
"""Columns of a file: the description stands in its first row, and may stand in all."""

MEANS = ("better_off", "worse_off")
USES = (NEED, PROVISION)


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
    first = table.iloc[0]
    described = {column: str(first[column]) for column in DESCRIPTION}
    problems = description_faults(city, described, name, first["line"])
    for column in DESCRIPTION:
        other = table[(table[column] != "") & (table[column] != described[column])]
        problems += [
            cell(name, row["line"], column, row[column], described[column])
            for _, row in other.iterrows()
        ]
    values, faults = _values(city, table, described, name)
    return _made(described, values, problems + faults, name)


def typed_in(city: City, described: Mapping[str, str], values: pd.Series) -> OwnIndicator:
    """Make an indicator of what was typed in; ``values`` by id, missing where unknown.

    Raises
    ------
    ChoiceError
        With every field that is wrong.
    """
    problems = description_faults(city, described, "", "")
    known = {str(one): float(value) for one, value in values.dropna().items()}
    names = names_of(city, described["per"])
    if described["use"] == PROVISION:
        problems += [cell("", "", names[one], v, "≥ 0") for one, v in known.items() if v < 0]
    if not known:
        problems.append(cell("", "", "value", "", "0-9"))
    problems = [Problem("bad_field", one.fields) for one in problems]
    if problems:
        raise ChoiceError("form", problems, "mend_form")
    return _made(described, known, [], "")


def description_faults(
    city: City, described: Mapping[str, str], name: str, line: object
) -> list[Problem]:
    """Return what is wrong with the description of an indicator."""
    problems = [
        cell(name, line, column, described[column], f"1–{LONGEST[column]}")
        for column in TEXTS
        if not 0 < len(described[column].strip()) <= LONGEST[column]
    ]
    allowed = {"e": ES, "use": USES, "higher_means": MEANS, "per": places(city)}
    problems += [
        cell(name, line, column, described[column], ", ".join(among))
        for column, among in allowed.items()
        if described[column] not in among
    ]
    if described["per"] == INITIATIVE and described["use"] == NEED:
        problems.append(cell(name, line, "use", NEED, PROVISION))
    try:
        dt.date.fromisoformat(described["date"])
    except ValueError:
        problems.append(cell(name, line, "date", described["date"], "YYYY-MM-DD"))
    year = number(described["year"])
    if year is None or not year.is_integer() or not 1900 <= year <= 2200:  # noqa: PLR2004
        problems.append(cell(name, line, "year", described["year"], "1900–2200"))
    return problems


def places(city: City) -> tuple[str, ...]:
    """Return what an indicator of a city can be told per."""
    return (*(unit.unit for unit in city.units), INITIATIVE)


def names_of(city: City, per: str) -> dict[str, str]:
    """Return the name of everything that can have a value, by id."""
    if per == INITIATIVE:
        return {one.id: next(iter(one.name.values())) for one in read_initiatives(city)}
    units = read_units(city, unit_named(city, per))
    return {str(one): str(name) for one, name in zip(units["id"], units["name"], strict=True)}


def template(city: City, described: Mapping[str, str]) -> bytes:
    """Return a file to fill in: every id with its name, and no value."""
    return _written({**described}, names_of(city, described["per"]), {})


def as_file(city: City, made: OwnIndicator) -> bytes:
    """Return an indicator as the file that would bring it in again."""
    described = {column: str(getattr(made, column)) for column in DESCRIPTION}
    return _written(described, names_of(city, made.per), made.values)


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
        value = repr(values[one]) if one in values else ""
        writer.writerow([_safe(one), _safe(name), value, *map(_safe, told)])
    return text.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _values(
    city: City, table: pd.DataFrame, described: Mapping[str, str], name: str
) -> tuple[dict[str, float], list[Problem]]:
    """Return the values by id, and every row that has none or names nothing."""
    if described["per"] not in places(city):
        return {}, []
    names = names_of(city, described["per"])
    by_name: dict[str, list[str]] = {}
    for one, title in names.items():
        by_name.setdefault(folded(title), []).append(one)
    short: dict[str, list[str]] = {}  # spreadsheets drop the zeros in front
    for one in names:
        short.setdefault(one.lstrip("0"), []).append(one)
    values: dict[str, float] = {}
    seen: set[str] = set()
    problems = []
    for row in table.to_dict("records"):
        named = str(row["id"])
        found = [named] if named in names else by_name.get(folded(named), [])
        found = found or short.get(named.lstrip("0"), [])
        if len(found) != 1:
            some = ", ".join(found or list(names)[:5]) + ("" if found else ", …")
            problems.append(cell(name, row["line"], "id", named, some))
            continue
        if found[0] in seen:
            problems.append(cell(name, row["line"], "id", named, "1 ×"))
        seen.add(found[0])
        if row["value"]:
            value = number(row["value"])
            least = described["use"] == PROVISION
            if value is None or (least and value < 0):
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
    plain = {column: described[column].strip() for column in DESCRIPTION if column != "year"}
    return OwnIndicator("", **plain, year=int(number(described["year"]) or 0), values=dict(values))
