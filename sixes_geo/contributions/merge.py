"""A city together with what people have added to it, so that both are read and shown alike.

Each file is checked against the city; one that does not fit is told of and left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import DataError, Problem, SixesGeoError
from sixes_geo.base.names import alike
from sixes_geo.city import table_checks
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
from sixes_geo.contributions import checks, store
from sixes_geo.contributions import files as shelf
from sixes_geo.contributions.store import (
    DESCRIPTION,
    INDICATORS,
    INITIATIVE,
    NEED,
    PROVISION,
    TAGS,
    ContributedIndicator,
    Kept,
)
from sixes_geo.i18n import LANGUAGES, LocalText, Translator

_JOINED: dict[tuple[object, ...], City] = {}
"""Cities with their additions, by the stamps of all files; emptied when it holds too many."""

MOST_KNOWN = 32
POLICING = "policing"

Refused = tuple[SixesGeoError, ...]


def joined(city: City) -> City:
    """Return a city with everything that people have added to it.

    What they added behaves as what came with the city; its stamp tells the two apart.
    """
    files = [*store.files(INDICATORS, city.city), *store.files(TAGS, city.city)]
    if not files:
        return city
    key = (str(city.folder), city.stamp, *((str(one), *shelf.stamp_of(one)) for one in files))
    found = _JOINED.get(key)
    if found is None:
        if len(_JOINED) >= MOST_KNOWN:
            _JOINED.clear()
        found = _JOINED[key] = _joined(city)
    return found


def contributed_indicators(city: City) -> tuple[tuple[ContributedIndicator, ...], Refused]:
    """Read what people have added to a city, and what was refused of it."""
    found, refused = _indicator_files(city)
    return tuple(one.held for one in found), refused


def tag_files(city: City) -> tuple[tuple[Kept[pd.DataFrame], ...], Refused]:
    """Read the tags that people have added to a city, a table a file, and what was refused."""
    coders: set[str] = set()

    def read(path: Path) -> Kept[pd.DataFrame]:
        content = shelf.content_of(path)
        try:
            table = table_checks.tag_table(path, content)
        except DataError as refusal:
            shelf.refuse(path, refusal.problems)
        problems = tag_faults(city, path, table)
        problems = problems or taken_again(table["coder"], coders)
        if problems:
            shelf.refuse(path, problems)
        coders.update(table["coder"])
        return Kept(path, hashlib.sha256(content).hexdigest(), len(content), table)

    return shelf.read_each(store.files(TAGS, city.city), read)


def tag_faults(
    city: City, path: Path, table: pd.DataFrame, lines: Sequence[int] = ()
) -> list[Problem]:
    """Return what is wrong with a table of tags that people bring, row by row."""
    initiatives = read_initiatives(city)
    never = [one.id for one in initiatives if one.role == POLICING]
    problems = table_checks.tag_faults(path, table, [one.id for one in initiatives], never, lines)
    if "coder" not in table:
        return problems
    ours = {tag.coder for tag in read_tags(city) if tag.origin == SHIPPED}
    return problems + [
        taken(coder, line)
        for line, coder in zip(lines or count(2), table["coder"], strict=False)
        if is_one_of(coder, ours)
    ]


def is_one_of(coder: str, coders: Iterable[str]) -> bool:
    """Tell whether a coder has the name of one of others, or one that passes for it."""
    return any(alike(coder, one) for one in coders)


def taken_again(named: Iterable[str], coders: Collection[str]) -> list[Problem]:
    """Return where a file first names coders of whom there is a file already."""
    first: dict[str, int] = {}
    for line, coder in enumerate(named, start=2):
        first.setdefault(coder, line)
    return [
        Problem("coder_again", {"got": coder[:80]}, line)
        for coder, line in first.items()
        if coder in coders
    ]


def taken(coder: str, line: int = 0) -> Problem:
    """Return the fault of a coder whose name somebody else has."""
    return Problem("name_taken", {"got": coder[:80]}, line)


def places(city: City) -> tuple[str, ...]:
    """Return what an indicator of a city can be told per."""
    return (*(unit.unit for unit in city.units), INITIATIVE)


def names_of(city: City, per: str, language: str = LANGUAGES[0]) -> dict[str, str]:
    """Return the name of everything that can have a value, by id."""
    if per == INITIATIVE:
        tr = Translator(language)
        return {one.id: tr.text(one.name) for one in read_initiatives(city)}
    units = read_units(city, next(unit for unit in city.units if unit.unit == per))
    return {str(one): str(name) for one, name in zip(units["id"], units["name"], strict=True)}


def many_words(city: City, per: str) -> LocalText:
    """Return what all that can have a value is called: the comunas, the initiatives."""
    if per == INITIATIVE:
        return {one: Translator(one)("contributions.the_initiatives") for one in LANGUAGES}
    words = next(unit.the_k for unit in city.units if unit.unit == per)
    return {one: " ".join(text.format(k="").split()) for one, text in words.items()}


def _indicator_files(city: City) -> tuple[tuple[Kept[ContributedIndicator], ...], Refused]:
    """Read the indicators that people have added and that fit the city."""

    def read(path: Path) -> Kept[ContributedIndicator]:
        kept = store.read_indicator(path)
        made = kept.held
        described = {one: str(getattr(made, one)) for one in DESCRIPTION}
        problems = checks.described_faults(described, float(made.year), places(city))
        if made.per in places(city):
            names, many = names_of(city, made.per), many_words(city, made.per)
            problems += checks.value_faults(made.values, made.use, names, many)
        if problems:
            shelf.refuse(path, problems)
        return kept

    return shelf.read_each(store.files(INDICATORS, city.city), read)


def _joined(city: City) -> City:
    """Return a city with what lies in its folder of additions."""
    kept, _ = _indicator_files(city)
    tags, _ = tag_files(city)
    if not kept and not tags:
        return city
    own = [one.held for one in kept]
    resources = [*(_resource(one) for one in kept), *(_tags_resource(one) for one in tags)]
    stamp = hashlib.sha256("".join([city.stamp, *(r.sha256 for r in resources)]).encode())
    return replace(
        city,
        indicators=(*city.indicators, *(_indicator(one) for one in own if one.use == NEED)),
        layers=(*city.layers, *(_layer(one) for one in own if one.use == PROVISION)),
        resources=(*city.resources, *resources),
        raw=(*city.raw, *(_raw(one) for one in kept)),
        stamp=stamp.hexdigest(),
    )


def _same(text: str) -> LocalText:
    """Return a text that its authors wrote in one language only."""
    return dict.fromkeys(LANGUAGES, text)


def _worded(key: str, made: ContributedIndicator) -> LocalText:
    """Return one of our sentences about an indicator, in every language."""
    fields = {"name": made.name, "authors": made.authors, "date": made.date}
    return {
        language: Translator(language)(f"contributions.{key}", question=made.question, **fields)
        for language in LANGUAGES
    }


def _indicator(made: ContributedIndicator) -> Indicator:
    """Return it as a need that ranks units."""
    whole = all(float(value).is_integer() for value in made.values.values())
    return Indicator(
        indicator=made.indicator,
        role="need",
        title=_same(made.name),
        unit_of_measure=_same(made.unit_of_measure),
        format="number",
        decimals=0 if whole else 2,
        higher_is_better_off=made.higher_means == "better_off",
        years={made.per: (made.year,)},
        highest=_worded("highest", made),
        lowest=_worded("lowest", made),
        note=_worded("note", made),
        raw=(made.indicator,),
        flags=(),
        origin=CONTRIBUTED,
    )


def _layer(made: ContributedIndicator) -> Layer:
    """Return it as something that is counted: per unit, or over the sites of initiatives."""
    by_unit = made.per != INITIATIVE
    return Layer(
        layer=made.indicator,
        title=_same(made.name),
        noun=_same(made.unit_of_measure),
        initiatives=() if by_unit else tuple(sorted(made.values)),
        year=made.year if by_unit else None,
        role="initiative",
        kind=CONTRIBUTED,
        geometry=PER_UNIT if by_unit else "point",
        footprint="area",
        vintage=str(made.year),
        capacity={} if by_unit else _same(made.unit_of_measure),
        note=_worded("note", made),
        raw=(made.indicator,),
        unit=made.per if by_unit else "",
        newest=not by_unit,
        origin=CONTRIBUTED,
    )


def _resource(kept: Kept[ContributedIndicator]) -> Resource:
    """Return the papers of its file."""
    made = kept.held
    return Resource(
        name=made.indicator,
        path=str(kept.path.absolute()),
        sha256=kept.sha256,
        size=kept.size,
        title=_same(made.name),
        vintage=str(made.year),
        licences=(Licence("not-stated", "not-stated"),),
        sources=(Source(f"{made.authors}: {made.source}", made.indicator, str(made.year)),),
        changes=_worded("note", made),
        origin=CONTRIBUTED,
    )


def _tags_resource(kept: Kept[pd.DataFrame]) -> Resource:
    """Return the papers of a file of tags."""
    return Resource(
        name=f"{TAGS}-{kept.path.stem}",
        path=str(kept.path.absolute()),
        sha256=kept.sha256,
        size=kept.size,
        title=_same(kept.path.stem),
        vintage="",
        licences=(Licence("not-stated", "not-stated"),),
        sources=(),
        changes=_same(""),
        origin=CONTRIBUTED,
    )


def _raw(kept: Kept[ContributedIndicator]) -> Raw:
    """Return where it comes from, as sources are listed on every page."""
    made = kept.held
    return Raw(
        path=made.indicator,
        sha256=kept.sha256,
        title=_same(made.name),
        publisher=made.authors,
        origin=made.source,
        commit="",
        licence=Licence("not-stated", "not-stated"),
        vintage=f"{made.year} ({made.date})",
        changes=_worded("changes", made),
        note=_worded("note", made),
    )
