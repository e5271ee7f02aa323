"""Addresses of shapes and sites for maps, encoded once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

import geopandas as gpd

from sixes_geo.analysis import provision
from sixes_geo.analysis.change import Step
from sixes_geo.analysis.question import Question
from sixes_geo.city.catalog import version_of
from sixes_geo.city.model import City, Layer, Unit
from sixes_geo.city.tables import read_context, read_units
from sixes_geo.maps.encode import (
    encoded_changes,
    encoded_context,
    encoded_money,
    encoded_sites,
    encoded_units,
)
from sixes_geo.maps.scene import Addresses
from sixes_geo.server.assets import STORE, address


def fate_addresses(question: Question, step: Step) -> dict[str, str]:
    """Return the addresses of sites kept, gained and lost."""
    city = question.city
    drawn = (step.before, step.after, question.unit.unit, question.border)
    return {
        str(change): _kept(city, ("change", str(change), *drawn), partial(encoded_changes, part))
        for change, part in step.sites.groupby("change")
    }


def addresses_of(question: Question, context: tuple[str, ...]) -> Addresses:
    """Return the addresses of the shapes and sites of a question."""
    city, unit = question.city, question.unit
    asked = (unit.unit, question.without, question.es, question.ps)
    return Addresses(
        units=_kept(city, ("units", unit.unit), partial(_units, city, unit)),
        sites={
            layer.layer: _kept(
                city, ("sites", layer.layer, *asked), partial(_sites, question, layer)
            )
            for layer in question.layers
        },
        context={
            name: _kept(city, ("context", name), partial(_context, city, name)) for name in context
        },
    )


def _kept(city: City, key: tuple[Hashable, ...], encode: Callable[[], bytes]) -> str:
    """Return the address of a file of a city, which is encoded again when its data change."""
    return address(STORE.keep((city.city, version_of(city), *key), encode))


def _units(city: City, unit: Unit) -> bytes:
    """Encode one level of units."""
    shapes = read_units(city, unit)
    districts = next((one for one in city.units if one.level == "district"), None)
    parents: dict[str, str] = {}
    if districts is not None and districts is not unit:
        larger = read_units(city, districts)
        parents = dict(zip(larger["id"], larger["name"], strict=True))
    return encoded_units(shapes, parents)


def _sites(question: Question, layer: Layer) -> bytes:
    """Encode the located sites of one layer that a question counts."""
    city, unit = question.city, question.unit
    if layer.per_unit:
        return encoded_money(read_units(city, unit), provision.per_head(city, unit, layer))
    sites: gpd.GeoDataFrame = provision.sites_shown(question, layer)
    located = sites[sites.geometry.notna()]
    return encoded_sites(located, provision.unit_of(city, unit, located))


def _context(city: City, context: str) -> bytes:
    """Encode one kind of context."""
    shapes = read_context(city)
    return encoded_context(shapes[shapes["context"] == context].geometry)
