"""A city joined with its contributions, so that both are read and shown alike.

Each is checked against the city; one that does not fit is reported and left in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeVar

import pandas as pd

from sixes_geo.base.errors import DataError, Problem
from sixes_geo.city import table_checks
from sixes_geo.city.contents import tag_table
from sixes_geo.city.model import (
    SHIPPED,
    City,
)
from sixes_geo.city.tables import read_initiatives, read_tags, read_units
from sixes_geo.contributions import checks, entries, files, store
from sixes_geo.contributions.as_model import (
    indicator_of,
    layer_of,
    raw_of,
    resource_of,
    tags_resource_of,
)
from sixes_geo.contributions.entries import Entry, Refused
from sixes_geo.contributions.folder import INDICATORS, TAGS
from sixes_geo.contributions.store import (
    DESCRIPTION,
    INITIATIVE,
    NEED,
    PROVISION,
    ContributedIndicator,
    Stored,
)
from sixes_geo.i18n import LANGUAGES, LocalText, Translator
from sixes_geo.store.versions import Change

_JOINED: dict[tuple[object, ...], City] = {}
"""Joined cities, by the stamps of all that was added; emptied when it holds too many."""

T = TypeVar("T")

MOST_KNOWN = 32
POLICING = "policing"


def joined(city: City) -> City:
    """Return a city with everything that people have added to it.

    Contributions are used like shipped data; the stamp of the joined city differs.
    """
    stamp = entries.stamp((INDICATORS, TAGS), city.city)
    if not stamp:
        return city
    key = (str(city.folder), city.stamp, *stamp)
    known = _JOINED.get(key)
    if known is None:  # kept in a variable: another thread may empty the dictionary
        if len(_JOINED) >= MOST_KNOWN:
            _JOINED.clear()
        known = _JOINED[key] = _joined(city)
    return known


def contributed_indicators(city: City) -> tuple[tuple[ContributedIndicator, ...], Refused]:
    """Return the contributed indicators of a city, and the errors of invalid files."""
    stored, refused = _indicator_files(city)
    return tuple(file.content for file in stored), refused


def tag_files(city: City) -> tuple[tuple[Stored[pd.DataFrame], ...], Refused]:
    """Read the contributed tags of a city, a table per coder, and the errors of invalid ones."""
    coders: set[str] = set()

    def read(entry: Entry) -> Stored[pd.DataFrame]:
        path = Path(entry.file or entry.name)
        try:
            table = tag_table(path, entry.content)
        except DataError as refusal:
            entry.refuse(refusal.problems)
        problems = tag_faults(city, path, table)
        if problems:
            entry.refuse(problems)
        return Stored(entry, table)

    def count_in(entry: Entry) -> Stored[pd.DataFrame]:
        found = read(entry)
        problems = checks.too_many_coders(coders | {entry.name})
        if problems:
            entry.refuse(problems)
        coders.add(entry.name)
        return found

    def parts(path: Path, content: bytes) -> list[Change]:
        table = read(Entry(path.stem, content, path.name)).content
        return [Change(coder, coder, text) for coder, text in texts_by_coder(table).items()]

    return _read_all(TAGS, city, count_in, parts)


def texts_by_coder(table: pd.DataFrame) -> dict[str, str]:
    """Return a table of tags as CSV text, by coder."""
    return {
        str(coder): rows.to_csv(index=False, lineterminator="\n")
        for coder, rows in table.groupby("coder", sort=False)
    }


def tag_faults(
    city: City, path: Path, table: pd.DataFrame, lines: Sequence[int] = ()
) -> list[Problem]:
    """Return what is wrong with a contributed table of tags, row by row."""
    many = checks.too_many_coders(set(table["coder"])) if "coder" in table else []
    if many:  # each of them and of their rows would be looked at
        return many
    initiatives = read_initiatives(city)
    policing = [initiative.id for initiative in initiatives if initiative.role == POLICING]
    ids = [initiative.id for initiative in initiatives]
    problems = table_checks.tag_faults(path, table, ids, policing, lines)
    if "coder" not in table:
        return problems
    shipped = {tag.coder for tag in read_tags(city) if tag.origin == SHIPPED}
    faults = checks.signature_faults(map(str, table["coder"]), shipped)
    problems += [
        replace(faults[coder], at=line)
        for line, coder in zip(lines or count(2), table["coder"], strict=False)
        if coder in faults
    ]
    return problems


def per_options(city: City) -> tuple[str, ...]:
    """Return what an indicator of a city can have values per: a level of units, or initiatives."""
    return (*(unit.unit for unit in city.units), INITIATIVE)


def names_of(city: City, per: str, language: str = LANGUAGES[0]) -> dict[str, str]:
    """Return the name of everything that can have a value, by id."""
    if per == INITIATIVE:
        tr = Translator(language)
        return {initiative.id: tr.text(initiative.name) for initiative in read_initiatives(city)}
    units = read_units(city, next(unit for unit in city.units if unit.unit == per))
    return {str(unit): str(name) for unit, name in zip(units["id"], units["name"], strict=True)}


def plural_of(city: City, per: str) -> LocalText:
    """Return the plural of what can have a value: the comunas, the initiatives."""
    if per == INITIATIVE:
        return {name: Translator(name)("contributions.the_initiatives") for name in LANGUAGES}
    words = next(unit.the_k for unit in city.units if unit.unit == per)
    return {language: " ".join(text.format(k="").split()) for language, text in words.items()}


def _indicator_files(city: City) -> tuple[tuple[Stored[ContributedIndicator], ...], Refused]:
    """Read the contributed indicators that fit the city, and the errors of the others."""

    def read(entry: Entry) -> Stored[ContributedIndicator]:
        indicator = store.read_indicator(entry)
        described = {field: str(getattr(indicator, field)) for field in DESCRIPTION}
        problems = checks.described_faults(described, float(indicator.year), per_options(city))
        if indicator.per in per_options(city):
            names, many = names_of(city, indicator.per), plural_of(city, indicator.per)
            problems += checks.value_faults(indicator.values, indicator.use, names, many)
        if problems:
            entry.refuse(problems)
        return Stored(entry, indicator)

    def parts(path: Path, content: bytes) -> list[Change]:
        found = read(Entry(path.stem, content, path.name)).content
        return [Change(found.indicator, found.authors, content.decode("utf-8"))]

    return _read_all(INDICATORS, city, read, parts)


def _read_all(
    kind: str,
    city: City,
    read: Callable[[Entry], Stored[T]],
    parts: Callable[[Path, bytes], list[Change]],
) -> tuple[tuple[Stored[T], ...], Refused]:
    """Read what was added to a city, and return the errors of what is invalid."""
    found, refused = entries.entries(kind, city.city, parts)
    good, wrong = files.read_each(found, read)
    return good, (*refused, *wrong)


def _joined(city: City) -> City:
    """Return a city with its contributions read anew."""
    stored, _ = _indicator_files(city)
    tags, _ = tag_files(city)
    if not stored and not tags:
        return city
    added = [file.content for file in stored]
    resources = [*map(resource_of, stored), *map(tags_resource_of, tags)]
    stamp = hashlib.sha256("".join([city.stamp, *(r.sha256 for r in resources)]).encode())
    return replace(
        city,
        indicators=(*city.indicators, *(indicator_of(each) for each in added if each.use == NEED)),
        layers=(*city.layers, *(layer_of(each) for each in added if each.use == PROVISION)),
        resources=(*city.resources, *resources),
        raw=(*city.raw, *map(raw_of, stored)),
        stamp=stamp.hexdigest(),
    )
