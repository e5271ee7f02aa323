"""A city together with what people have added to it, so that both are read and shown alike."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from sixes_geo.i18n import LANGUAGES, LocalText, Translator
from sixes_geo.model import PER_UNIT, City, Indicator, Layer, Licence, Raw, Resource, Source
from sixes_geo.registry import (
    INDICATORS,
    INITIATIVE,
    NEED,
    OWN,
    PROVISION,
    TAGS,
    OwnIndicator,
    added_files,
    folder,
    own_indicators,
    stamp_of,
)

_JOINED: dict[tuple[object, ...], City] = {}
"""Cities with their additions, by the stamps of all files; emptied when it holds too many."""

MOST_KNOWN = 32


def joined(city: City) -> City:
    """Return a city with everything that people have added to it.

    What they added behaves as what came with the city; its stamp tells the two apart.
    """
    place = folder() / city.city
    files = [*(place / INDICATORS).glob("*.json"), *(place / TAGS).glob("*.csv")]
    key = (str(city.folder), city.stamp, *sorted((str(one), *stamp_of(one)) for one in files))
    if key not in _JOINED:
        if len(_JOINED) >= MOST_KNOWN:
            _JOINED.clear()
        _JOINED[key] = _joined(city) if files else city
    return _JOINED[key]


def _joined(city: City) -> City:
    """Return a city with what lies in its folder of additions."""
    found, _ = own_indicators(city.city)
    units = {unit.unit for unit in city.units}
    own = [one for one in found if one.per in units or one.per == INITIATIVE]
    tags = added_files(city.city, TAGS)
    folder_ = folder() / city.city
    paths = {one.indicator: folder_ / INDICATORS / f"{one.indicator}.json" for one in own}
    resources = [_resource(paths[one.indicator], one) for one in own]
    resources += [_tags_resource(path) for path in tags]
    stamp = hashlib.sha256("".join([city.stamp, *(r.sha256 for r in resources)]).encode())
    return replace(
        city,
        indicators=(*city.indicators, *(_indicator(one) for one in own if one.use == NEED)),
        layers=(*city.layers, *(_layer(one) for one in own if one.use == PROVISION)),
        resources=(*city.resources, *resources),
        raw=(*city.raw, *(_raw(one, paths[one.indicator]) for one in own)),
        stamp=stamp.hexdigest(),
    )


def _same(text: str) -> LocalText:
    """Return a text that its authors wrote in one language only."""
    return dict.fromkeys(LANGUAGES, text)


def _worded(key: str, made: OwnIndicator) -> LocalText:
    """Return one of our sentences about an indicator, in every language."""
    fields = {"name": made.name, "authors": made.authors, "date": made.date}
    return {
        language: Translator(language)(f"own.{key}", question=made.question, **fields)
        for language in LANGUAGES
    }


def _indicator(made: OwnIndicator) -> Indicator:
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
    )


def _layer(made: OwnIndicator) -> Layer:
    """Return it as something that is counted: per unit, or over the sites of initiatives."""
    by_unit = made.per != INITIATIVE
    return Layer(
        layer=made.indicator,
        title=_same(made.name),
        noun=_same(made.unit_of_measure),
        initiatives=() if by_unit else tuple(sorted(made.values)),
        year=made.year if by_unit else None,
        role="initiative",
        kind=OWN,
        geometry=PER_UNIT if by_unit else "point",
        footprint="area",
        vintage=str(made.year),
        capacity={} if by_unit else _same(made.unit_of_measure),
        note=_worded("note", made),
        raw=(made.indicator,),
        unit=made.per if by_unit else "",
        newest=not by_unit,
    )


def _resource(path: Path, made: OwnIndicator) -> Resource:
    """Return the papers of its file."""
    content = path.read_bytes()
    return Resource(
        name=made.indicator,
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        title=_same(made.name),
        vintage=str(made.year),
        licences=(Licence("not-stated", "not-stated"),),
        sources=(Source(f"{made.authors}: {made.source}", made.indicator, str(made.year)),),
        changes=_worded("note", made),
    )


def _tags_resource(path: Path) -> Resource:
    """Return the papers of a file of tags."""
    content = path.read_bytes()
    return Resource(
        name=f"{TAGS}-{path.stem}",
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        title=_same(path.stem),
        vintage="",
        licences=(Licence("not-stated", "not-stated"),),
        sources=(),
        changes=_same(""),
    )


def _raw(made: OwnIndicator, path: Path) -> Raw:
    """Return where it comes from, as sources are listed on every page."""
    return Raw(
        path=made.indicator,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        title=_same(made.name),
        publisher=made.authors,
        origin=made.source,
        commit="",
        licence=Licence("not-stated", "not-stated"),
        vintage=f"{made.year} ({made.date})",
        changes=_worded("changes", made),
        note=_worded("note", made),
    )
