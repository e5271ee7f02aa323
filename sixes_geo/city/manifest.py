"""Manifests: the city that a checked manifest describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sixes_geo.city.model import (
    City,
    Context,
    Flag,
    Indicator,
    Layer,
    Licence,
    PeopleYears,
    Raw,
    Resource,
    Series,
    Source,
    Unit,
    View,
)


def city_from(manifest: Mapping[str, Any], folder: Path, stamp: str) -> City:
    """Return the city that a checked manifest describes.

    Parameters
    ----------
    manifest
        As read from JSON, and valid under the schema.
    folder
        The folder of the city's files; its name is the city's.
    stamp
        Checksum of the manifest.
    """
    facts = manifest["sixes:city"]
    view = facts["view"]
    return City(
        city=folder.name,
        folder=folder,
        name=facts["name"],
        country=facts["country"],
        crs=facts["crs"],
        currency=facts["currency"],
        locale=facts["locale"],
        view=View(view["unit"], view["need"], tuple(view["layers"]), view["weight"]),
        units=tuple(_unit(entry) for entry in manifest["sixes:units"]),
        indicators=tuple(_indicator(entry) for entry in manifest["sixes:indicators"]),
        layers=tuple(_layer(entry) for entry in manifest["sixes:layers"]),
        context=tuple(_context(entry) for entry in manifest["sixes:context"]),
        resources=tuple(_resource(entry) for entry in manifest["resources"]),
        raw=tuple(_raw(entry) for entry in manifest["sixes:raw"]),
        note=facts["note"],
        version=manifest["version"],
        stamp=stamp,
        series=tuple(_series(entry) for entry in manifest.get("sixes:series", [])),
        people_years=_people_years(manifest.get("sixes:people")),
    )


def _people_years(entry: Mapping[str, Any] | None) -> PeopleYears | None:
    """Return when the people of the people points were counted, if the manifest says so."""
    return None if entry is None else PeopleYears(entry["year"], entry.get("pattern"))


def _unit(entry: Mapping[str, Any]) -> Unit:
    """Return one level of units."""
    indicator, year = entry["population"]
    words = {name: entry[name] for name in ("one", "many", "the_k", "note")}
    return Unit(
        entry["unit"], entry["level"], entry["resource"], population=(indicator, year), **words
    )


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    """Return one indicator."""
    flags = [
        Flag(flag["unit"], tuple(flag["ids"]), flag.get("year"), flag["note"])
        for flag in entry.get("flags", [])
    ]
    plain = (
        "indicator", "role", "format", "decimals", "higher_is_better_off", "title",
        "unit_of_measure",
    )  # fmt: skip
    return Indicator(
        **{name: entry[name] for name in plain},
        years={unit: tuple(years) for unit, years in entry["years"].items()},
        highest=entry["highest"],
        lowest=entry["lowest"],
        note=entry["note"],
        raw=tuple(entry["raw"]),
        flags=tuple(flags),
    )


def _layer(entry: Mapping[str, Any]) -> Layer:
    """Return one layer."""
    plain = ["layer", "title", "noun", "role", "kind", "geometry", "footprint", "vintage", "note"]
    return Layer(
        **{name: entry[name] for name in plain},
        initiatives=tuple(entry["initiatives"]),
        year=entry.get("year"),
        capacity=entry.get("capacity", {}),
        raw=tuple(entry["raw"]),
        series=entry.get("series", ""),
        unit=entry.get("unit", ""),
        currency=entry.get("currency", ""),
        newest=entry.get("newest", False),
    )


def _series(entry: Mapping[str, Any]) -> Series:
    """Return one network or budget at several dates."""
    return Series(entry["series"], entry["title"], entry.get("kept_within_m"), entry["note"])


def _context(entry: Mapping[str, Any]) -> Context:
    """Return one kind of context."""
    plain = {name: entry[name] for name in ("context", "title", "shown", "geometry", "note")}
    return Context(
        **plain,
        style=entry.get("style", "fill"),
        raw=tuple(entry["raw"]),
        people=entry.get("people", ""),
    )


def _resource(entry: Mapping[str, Any]) -> Resource:
    """Return one file."""
    return Resource(
        name=entry["name"],
        path=entry["path"],
        sha256=entry["hash"].removeprefix("sha256:"),
        size=entry["bytes"],
        title=entry["sixes:title"],
        vintage=entry["sixes:vintage"],
        licences=_licences(entry["licenses"]),
        sources=tuple(
            Source(source["title"], source.get("path", ""), source.get("version", ""))
            for source in entry["sources"]
        ),
        changes=entry["sixes:changes"],
    )


def _licences(entries: Sequence[Mapping[str, str]]) -> tuple[Licence, ...]:
    """Return licences as stated."""
    return tuple(
        Licence(entry["name"], entry.get("title", entry["name"]), entry.get("path", ""))
        for entry in entries
    )


def _raw(entry: Mapping[str, Any]) -> Raw:
    """Return one raw file."""
    plain = (
        "path", "sha256", "title", "publisher", "commit", "vintage", "changes", "note",
    )  # fmt: skip
    title = entry.get("licence_title", entry["licence"])
    licence = Licence(entry["licence"], title, entry.get("licence_url", ""))
    fields = {name: entry[name] for name in plain}
    return Raw(**fields, provenance=entry["origin"], licence=licence)
