"""What is worked out once for all visitors; the only caches of the project.

Keys are short texts: the city, the checksums of its data and the choice. What is kept is
shared and never changed.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from sixes_geo.assessment import Assessment, assess
from sixes_geo.catalog import version_of
from sixes_geo.charts.concentration import curve_chart
from sixes_geo.charts.quintiles import quintile_chart
from sixes_geo.charts.style import HALL, PAGE
from sixes_geo.choices import Choice, layer_named, unit_named
from sixes_geo.i18n import Translator
from sixes_geo.layers import read_context, read_units
from sixes_geo.maps.encode import encoded_context, encoded_sites, encoded_units
from sixes_geo.maps.scene import Addresses
from sixes_geo.model import City, Unit
from sixes_geo.provision import sites_of
from sixes_geo.ui.served import publish


def assessment(city: City, choice: Choice) -> Assessment:
    """Return one choice, measured."""
    return _assessment(city, choice, version_of(city), repr(choice))


def curve_spec(found: Assessment, language: str, *, hall: bool) -> dict[str, Any]:
    """Return the concentration curve as the browser draws it."""
    key = f"{version_of(found.city)} {found.choice!r}"
    return _curve_spec(found, key, language, hall)


def quintile_spec(found: Assessment, language: str) -> dict[str, Any]:
    """Return the bars of the fifths as the browser draws them."""
    key = f"{version_of(found.city)} {found.choice!r}"
    return _quintile_spec(found, key, language)


def addresses(city: City, choice: Choice, context: tuple[str, ...]) -> Addresses:
    """Return where the browser fetches what a choice shows."""
    version, unit = version_of(city), unit_named(city, choice.unit)
    return Addresses(
        units=_units_address(city, unit, version, choice.unit),
        sites={name: _sites_address(city, version, name, unit.level) for name in choice.layers},
        context={name: _context_address(city, version, name) for name in context},
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def _assessment(_city: City, _choice: Choice, _version: str, key: str) -> Assessment:
    """Measure one choice."""
    del key
    return assess(_city, _choice)


@st.cache_resource(max_entries=256, show_spinner=False)
def _curve_spec(_found: Assessment, key: str, language: str, hall: bool) -> dict[str, Any]:  # noqa: FBT001
    """Draw one curve."""
    del key
    return dict(curve_chart(_found, Translator(language), HALL if hall else PAGE).to_dict())


@st.cache_resource(max_entries=256, show_spinner=False)
def _quintile_spec(_found: Assessment, key: str, language: str) -> dict[str, Any]:
    """Draw the bars once."""
    del key
    return dict(quintile_chart(_found, Translator(language), PAGE).to_dict())


@st.cache_resource(max_entries=32, show_spinner=False)
def _units_address(_city: City, _unit: Unit, version: str, unit: str) -> str:
    """Encode one level of units."""
    del version, unit
    shapes = read_units(_city, _unit)
    districts = next((one for one in _city.units if one.level == "district"), None)
    parents: dict[str, str] = {}
    if districts is not None and districts is not _unit:
        larger = read_units(_city, districts)
        parents = dict(zip(larger["id"], larger["name"], strict=True))
    return publish(encoded_units(shapes, parents))


@st.cache_resource(max_entries=256, show_spinner=False)
def _sites_address(_city: City, version: str, layer: str, level: str) -> str:
    """Encode one layer's located sites."""
    del version
    sites = sites_of(_city, layer_named(_city, layer))
    located = sites[sites.geometry.notna()]
    return publish(encoded_sites(located, located[level]))


@st.cache_resource(max_entries=64, show_spinner=False)
def _context_address(_city: City, version: str, context: str) -> str:
    """Encode one kind of context."""
    del version
    shapes = read_context(_city)
    return publish(encoded_context(shapes[shapes["context"] == context].geometry))
