"""Addresses of shapes and sites for maps, encoded once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial

from sixes_geo.analysis.change import Step
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City, Layer
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


def addresses_of(
    question: Question, context: tuple[str, ...], beside: Sequence[Question] = ()
) -> Addresses:
    """Return the addresses of the shapes and sites of a question, and the sites of those beside."""
    city, unit = question.city, question.unit
    return Addresses(
        units=_kept(city, ("units", unit.unit), partial(units_file, city, unit)),
        sites={
            layer.layer: _sites(each, layer)
            for each in (question, *beside)
            for layer in each.layers
        },
        context={
            name: _kept(city, ("context", name), partial(context_file, city, name))
            for name in context
        },
    )


def _sites(question: Question, layer: Layer) -> str:
    """Return the address of the sites of a layer that a question counts."""
    filters = (question.without, question.es, question.ps, question.basis)
    key = ("sites", layer.layer, question.unit.unit, question.border, *filters)
    return _kept(question.city, key, partial(sites_file, question, layer))


def _kept(city: City, key: tuple[Hashable, ...], encode: Callable[[], bytes]) -> str:
    """Return the address of a file of a city, which is encoded again when its data change."""
    return address(STORE.keep((city.city, city.stamp, *key), encode))
