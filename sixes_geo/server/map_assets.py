"""Where the browser fetches shapes and sites: encoded once for all visitors."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis import provision
from sixes_geo.analysis.change import Step
from sixes_geo.analysis.question import Question
from sixes_geo.city.catalog import version_of
from sixes_geo.city.model import City, Unit
from sixes_geo.city.tables import read_context, read_units
from sixes_geo.maps.encode import (
    encoded_context,
    encoded_fates,
    encoded_money,
    encoded_sites,
    encoded_units,
)
from sixes_geo.maps.scene import Addresses
from sixes_geo.server.assets import Served


def fate_addresses(question: Question, step: Step) -> dict[str, str]:
    """Return where the browser fetches what was kept, gained and lost."""
    key = f"{step.before} {step.after} {question.unit.unit} {question.border}"
    served = _fate_addresses(question.city, step, version_of(question.city), key)
    return {fate: one.address() for fate, one in served.items()}


def addresses_of(question: Question, context: tuple[str, ...]) -> Addresses:
    """Return where the browser fetches what a question shows."""
    version, unit = version_of(question.city), question.unit
    place = f"{question.unit.unit} {question.without} {question.es} {question.ps}"
    return Addresses(
        units=_units_address(question.city, unit, version, question.unit.unit).address(),
        sites={
            name: _sites_address(question, version, f"{name} {place}", name).address()
            for name in question.layer_names
        },
        context={
            name: _context_address(question.city, version, name).address() for name in context
        },
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _fate_addresses(_city: City, _step: Step, version: str, key: str) -> dict[str, Served]:
    """Encode the sites of a step by what became of them."""
    del version, key
    parts = _step.fates.groupby("fate")
    return {str(fate): Served.of(encoded_fates(part)) for fate, part in parts}


@st.cache_resource(max_entries=32, show_spinner=False)
def _units_address(_city: City, _unit: Unit, version: str, unit: str) -> Served:
    """Encode one level of units."""
    del version, unit
    shapes = read_units(_city, _unit)
    districts = next((one for one in _city.units if one.level == "district"), None)
    parents: dict[str, str] = {}
    if districts is not None and districts is not _unit:
        larger = read_units(_city, districts)
        parents = dict(zip(larger["id"], larger["name"], strict=True))
    return Served.of(encoded_units(shapes, parents))


@st.cache_resource(max_entries=256, show_spinner=False)
def _sites_address(_question: Question, version: str, key: str, layer: str) -> Served:
    """Encode the located sites of one layer that a question counts."""
    del version, key
    known, unit = _question.city.layer_named(layer), _question.unit
    if known.per_unit:
        money = provision.per_head(_question.city, unit, known)
        return Served.of(encoded_money(read_units(_question.city, unit), money))
    sites = provision.sites_shown(_question, known)
    located = sites[sites.geometry.notna()]
    return Served.of(encoded_sites(located, provision.unit_of(_question.city, unit, located)))


@st.cache_resource(max_entries=64, show_spinner=False)
def _context_address(_city: City, version: str, context: str) -> Served:
    """Encode one kind of context."""
    del version
    shapes = read_context(_city)
    return Served.of(encoded_context(shapes[shapes["context"] == context].geometry))
