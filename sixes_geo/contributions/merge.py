"""A city joined with its contributions, so that both are read and shown alike.

Each file is checked against the city; one that does not fit is reported and left in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import DataError, Problem, SixesGeoError
from sixes_geo.city import table_checks
from sixes_geo.city.contents import tag_table
from sixes_geo.city.model import (
    CONTRIBUTED,
    PER_UNIT,
    SHIPPED,
    City,
    Indicator,
    Layer,
    Licence,
    Raw,
    Resource,
    Source,
)
from sixes_geo.city.tables import read_initiatives, read_tags, read_units
from sixes_geo.contributions import checks, files, store
from sixes_geo.contributions.store import (
    DESCRIPTION,
    INDICATORS,
    INITIATIVE,
    NEED,
    PROVISION,
    TAGS,
    ContributedIndicator,
    StoredFile,
)
from sixes_geo.i18n import LANGUAGES, LocalText, Translator

_JOINED: dict[tuple[object, ...], City] = {}
"""Joined cities, by the stamps of all files; emptied when it holds too many."""

MOST_KNOWN = 32
POLICING = "policing"

Refused = tuple[SixesGeoError, ...]


def joined(city: City) -> City:
    """Return a city with everything that people have added to it.

    Contributions are used like shipped data; the stamp of the joined city differs.
    """
    paths = [
        *store.stored_files(INDICATORS, city.city),
        *store.stored_files(TAGS, city.city),
    ]
    if not paths:
        return city
    key = (str(city.folder), city.stamp, *((str(path), *files.stamp_of(path)) for path in paths))
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


def tag_files(city: City) -> tuple[tuple[StoredFile[pd.DataFrame], ...], Refused]:
    """Read the contributed tags of a city, a table per file, and the errors of invalid files."""
    coders: set[str] = set()

    def read(path: Path) -> StoredFile[pd.DataFrame]:
        content = files.content_of(path)
        try:
            table = tag_table(path, content)
        except DataError as refusal:
            files.refuse(path, refusal.problems)
        problems = tag_faults(city, path, table)
        problems = problems or checks.repeated_coders(table["coder"], coders)
        problems = problems or checks.too_many_coders(coders | set(table["coder"]))
        if problems:
            files.refuse(path, problems)
        coders.update(table["coder"])
        return StoredFile(path, hashlib.sha256(content).hexdigest(), len(content), table)

    return files.read_each(store.stored_files(TAGS, city.city), read)


def tag_faults(
    city: City, path: Path, table: pd.DataFrame, lines: Sequence[int] = ()
) -> list[Problem]:
    """Return what is wrong with a contributed table of tags, row by row."""
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
    return problems + checks.too_many_coders(set(table["coder"]))


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


def _indicator_files(city: City) -> tuple[tuple[StoredFile[ContributedIndicator], ...], Refused]:
    """Read the contributed indicators that fit the city, and the errors of the others."""

    def read(path: Path) -> StoredFile[ContributedIndicator]:
        stored = store.read_indicator(path)
        indicator = stored.content
        described = {field: str(getattr(indicator, field)) for field in DESCRIPTION}
        problems = checks.described_faults(described, float(indicator.year), per_options(city))
        if indicator.per in per_options(city):
            names, many = names_of(city, indicator.per), plural_of(city, indicator.per)
            problems += checks.value_faults(indicator.values, indicator.use, names, many)
        if problems:
            files.refuse(path, problems)
        return stored

    return files.read_each(store.stored_files(INDICATORS, city.city), read)


def _joined(city: City) -> City:
    """Return a city with its contributions read anew."""
    stored, _ = _indicator_files(city)
    tags, _ = tag_files(city)
    if not stored and not tags:
        return city
    added = [file.content for file in stored]
    resources = [*map(_resource, stored), *map(_tags_resource, tags)]
    stamp = hashlib.sha256("".join([city.stamp, *(r.sha256 for r in resources)]).encode())
    return replace(
        city,
        indicators=(*city.indicators, *(_indicator(each) for each in added if each.use == NEED)),
        layers=(*city.layers, *(_layer(each) for each in added if each.use == PROVISION)),
        resources=(*city.resources, *resources),
        raw=(*city.raw, *map(_raw, stored)),
        stamp=stamp.hexdigest(),
    )


def _same(text: str) -> LocalText:
    """Return a text for all languages that its authors wrote in one of them."""
    return dict.fromkeys(LANGUAGES, text)


def _worded(key: str, indicator: ContributedIndicator) -> LocalText:
    """Return a sentence of the catalogs about an indicator, in every language."""
    fields = {
        "name": indicator.name,
        "question": indicator.question,
        "authors": indicator.authors,
        "date": indicator.date,
    }
    return {
        language: Translator(language)(f"contributions.{key}", **fields) for language in LANGUAGES
    }


def _indicator(indicator: ContributedIndicator) -> Indicator:
    """Return a contributed indicator as a need that ranks units."""
    whole = all(float(value).is_integer() for value in indicator.values.values())
    return Indicator(
        indicator=indicator.indicator,
        role="need",
        title=_same(indicator.name),
        unit_of_measure=_same(indicator.unit_of_measure),
        format="number",
        decimals=0 if whole else 2,
        higher_is_better_off=indicator.higher_means == "better_off",
        years={indicator.per: (indicator.year,)},
        highest=_worded("highest", indicator),
        lowest=_worded("lowest", indicator),
        note=_worded("note", indicator),
        raw=(indicator.indicator,),
        flags=(),
        origin=CONTRIBUTED,
    )


def _layer(indicator: ContributedIndicator) -> Layer:
    """Return a contributed indicator as a layer: amounts per unit, or over initiatives' sites."""
    by_unit = indicator.per != INITIATIVE
    return Layer(
        layer=indicator.indicator,
        title=_same(indicator.name),
        noun=_same(indicator.unit_of_measure),
        initiatives=() if by_unit else tuple(sorted(indicator.values)),
        year=indicator.year if by_unit else None,
        role="initiative",
        kind=CONTRIBUTED,
        geometry=PER_UNIT if by_unit else "point",
        footprint="area",
        vintage=str(indicator.year),
        capacity={} if by_unit else _same(indicator.unit_of_measure),
        note=_worded("note", indicator),
        raw=(indicator.indicator,),
        unit=indicator.per if by_unit else "",
        newest=not by_unit,
        origin=CONTRIBUTED,
    )


def _resource(stored: StoredFile[ContributedIndicator]) -> Resource:
    """Return the provenance of the file of an indicator."""
    indicator = stored.content
    return Resource(
        name=indicator.indicator,
        path=str(stored.path.absolute()),
        sha256=stored.sha256,
        size=stored.size,
        title=_same(indicator.name),
        vintage=str(indicator.year),
        licences=(Licence("not-stated", "not-stated"),),
        sources=(
            Source(
                f"{indicator.authors}: {indicator.source}",
                indicator.indicator,
                str(indicator.year),
            ),
        ),
        changes=_worded("note", indicator),
        origin=CONTRIBUTED,
    )


def _tags_resource(stored: StoredFile[pd.DataFrame]) -> Resource:
    """Return the provenance of a file of tags."""
    return Resource(
        name=f"{TAGS}-{stored.path.stem}",
        path=str(stored.path.absolute()),
        sha256=stored.sha256,
        size=stored.size,
        title=_same(stored.path.stem),
        vintage="",
        licences=(Licence("not-stated", "not-stated"),),
        sources=(),
        changes=_same(""),
        origin=CONTRIBUTED,
    )


def _raw(stored: StoredFile[ContributedIndicator]) -> Raw:
    """Return the source of an indicator, for the list of sources on every page."""
    indicator = stored.content
    return Raw(
        path=indicator.indicator,
        sha256=stored.sha256,
        title=_same(indicator.name),
        publisher=indicator.authors,
        provenance=indicator.source,
        commit="",
        licence=Licence("not-stated", "not-stated"),
        vintage=f"{indicator.year} ({indicator.date})",
        changes=_worded("changes", indicator),
        note=_worded("note", indicator),
    )
