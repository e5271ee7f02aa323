"""Addresses of shapes and sites for maps, encoded once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from sixes_geo.analysis.change import Step
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City
from sixes_geo.maps.encode import encoded_changes
from sixes_geo.maps.files import context_file, sites_file, units_file
from sixes_geo.maps.scene import Addresses
from sixes_geo.server.assets import STORE, address


def change_addresses(question: Question, step: Step) -> dict[str, str]:
    """Return the addresses of sites kept, gained and lost."""
    city = question.city
    drawn = (step.before, step.after, question.place_key)
    return {
        str(change): _kept(city, ("change", str(change), *drawn), partial(encoded_changes, part))
        for change, part in step.sites.groupby("change")
    }


def addresses_of(question: Question, context: tuple[str, ...]) -> Addresses:
    """Return the addresses of the shapes and sites of a question."""
    city, unit = question.city, question.unit
    filters = (question.without, question.es, question.ps, question.basis)
    asked = (unit.unit, question.border, *filters)
    return Addresses(
        units=_kept(city, ("units", unit.unit), partial(units_file, city, unit)),
        sites={
            layer.layer: _kept(
                city, ("sites", layer.layer, *asked), partial(sites_file, question, layer)
            )
            for layer in question.layers
        },
        context={
            name: _kept(city, ("context", name), partial(context_file, city, name))
            for name in context
        },
    )


def _kept(city: City, key: tuple[Hashable, ...], encode: Callable[[], bytes]) -> str:
    """Return the address of a file of a city, which is encoded again when its data change."""
    return address(STORE.keep((city.city, city.stamp, *key), encode))
