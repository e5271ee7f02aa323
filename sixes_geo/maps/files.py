"""The files that a map draws: shapes and sites of a question, for pages and snapshots alike."""

from __future__ import annotations

from sixes_geo.analysis.provision import per_head, sites_drawn
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City, Layer, Unit
from sixes_geo.city.tables import read_context, read_units
from sixes_geo.maps.encode import encoded_context, encoded_money, encoded_sites, encoded_units


def units_file(city: City, unit: Unit) -> bytes:
    """Encode one level of units; finer ones carry the names of their districts."""
    district = next((level for level in city.units if level.level == "district"), unit)
    larger = read_units(city, district)
    named = dict(zip(larger["id"], larger["name"], strict=True))
    return encoded_units(read_units(city, unit), {} if district is unit else named)


def sites_file(question: Question, layer: Layer) -> bytes:
    """Encode the located sites of one layer that a question counts, or its money per unit."""
    city, unit = question.city, question.unit
    if layer.per_unit:
        return encoded_money(read_units(city, unit), per_head(city, unit, layer))
    sites = sites_drawn(question, layer)
    return encoded_sites(sites, sites["unit"])


def context_file(city: City, context: str) -> bytes:
    """Encode one kind of context."""
    shapes = read_context(city)
    return encoded_context(shapes[shapes["context"] == context].geometry)
