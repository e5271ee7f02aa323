"""What is worked out once for all visitors; the only caches of the project.

Keys are short texts: the city, the checksums of its data and the choice. What is kept is
shared and never changed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo import cities, provision
from sixes_geo.assessment import Assessment, assess
from sixes_geo.catalog import readable_cities, version_of
from sixes_geo.change import Dates, Step, contrasts_of, dates_of
from sixes_geo.charts.compare import curves_template, fifths_template, indices_template
from sixes_geo.charts.concentration import curve_template
from sixes_geo.charts.gaps import gap_template
from sixes_geo.charts.quintiles import quintile_template
from sixes_geo.charts.reach import distance_template, nearest_template, within_template
from sixes_geo.charts.strip import strip_template
from sixes_geo.charts.style import HALL, PAGE
from sixes_geo.choices import Choice, layer_named, unit_named
from sixes_geo.errors import Problem
from sixes_geo.i18n import Translator
from sixes_geo.layers import read_context, read_units
from sixes_geo.maps.encode import (
    encoded_context,
    encoded_fates,
    encoded_money,
    encoded_sites,
    encoded_units,
)
from sixes_geo.maps.scene import Addresses
from sixes_geo.model import City, Initiative, Unit
from sixes_geo.pattern import Pattern, pattern_of
from sixes_geo.provision import sites_of
from sixes_geo.reach import Reach, reach_of
from sixes_geo.robustness import every_variant
from sixes_geo.ui.served import Served


def assessment(city: City, choice: Choice) -> Assessment:
    """Return one choice, measured."""
    return _assessment(city, choice, version_of(city), repr(choice))


def gathered(city: City, choice: Choice) -> provision.Provision:
    """Return what stands where; the same for every need."""
    place = [choice.unit, *choice.layers, choice.weight, str(choice.border), choice.without]
    return _provision(city, choice, version_of(city), "|".join(place))


def variants(city: City, choice: Choice) -> pd.DataFrame:
    """Return the layers of a choice, measured in every way the data allow."""
    return _variants(city, choice.layers, version_of(city), f"{choice.layers} {choice.seed}")


def curve_spec(language: str, weight: str, *, hall: bool) -> dict[str, Any]:
    """Return how the browser draws a concentration curve."""
    return _curve_spec(language, weight, "hall" if hall else "page")


def quintile_spec(language: str, weight: str, *, picking: bool = False) -> dict[str, Any]:
    """Return how the browser draws the bars of the fifths."""
    return _quintile_spec(language, weight, picking=picking)


def gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Return how the browser draws the gap of each unit."""
    return _gap_spec(language, weight)


def template(name: str, language: str) -> dict[str, Any]:
    """Return how the browser draws a chart that is the same for every choice."""
    return _template(name, language)


def reach(city: City, choice: Choice, within: int) -> Reach | Problem:
    """Return who lives near the sites of a choice."""
    return _reach(city, choice, version_of(city), f"{choice!r} {within}", within)


def pattern(city: City, choice: Choice) -> Pattern | Problem:
    """Return how provision per person is arranged among neighbours."""
    return _pattern(city, choice, version_of(city), repr(choice))


def dates(city: City, choice: Choice) -> Dates | None:
    """Return the network of a choice at every date it is known for."""
    return _dates(city, choice, version_of(city), repr(choice))


def contrasts(city: City, choice: Choice) -> tuple[Assessment, ...]:
    """Return the ordinary services of a city, measured as a choice is."""
    return contrasts_of(city, choice, assessed=assessment)


def side_by_side(kind: str) -> tuple[Assessment, ...]:
    """Return one kind of network, measured in every city that has it."""
    return cities.side_by_side(readable_cities()[0], kind, assessment)


def fate_addresses(city: City, choice: Choice, step: Step) -> dict[str, str]:
    """Return where the browser fetches what was kept, gained and lost."""
    key = f"{step.before} {step.after} {choice.unit} {choice.border}"
    served = _fate_addresses(city, step, version_of(city), key)
    return {fate: one.address() for fate, one in served.items()}


def indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Return how the browser draws several indices."""
    return _indices_spec(language, rows)


def strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Return how the browser draws the robustness strip."""
    return _strip_spec(language, rows)


def addresses(city: City, choice: Choice, context: tuple[str, ...]) -> Addresses:
    """Return where the browser fetches what a choice shows."""
    version, unit = version_of(city), unit_named(city, choice.unit)
    return Addresses(
        units=_units_address(city, unit, version, choice.unit).address(),
        sites={
            name: _sites_address(city, unit, version, name, choice.unit).address()
            for name in choice.layers
        },
        context={name: _context_address(city, version, name).address() for name in context},
    )


def unit_names(city: City, unit: str) -> dict[str, str]:
    """Return a name per unit in alphabetical order; where names repeat, with the id."""
    return _unit_names(city, version_of(city), unit)


def placeless(city: City) -> tuple[Initiative, ...]:
    """Return the initiatives of a city that stand nowhere in particular."""
    return _placeless(city, version_of(city))


@st.cache_resource(max_entries=16, show_spinner=False)
def _unit_names(_city: City, version: str, unit: str) -> dict[str, str]:
    """Name the units of one level."""
    del version
    units = read_units(_city, unit_named(_city, unit))
    doubled = units["name"].duplicated(keep=False)
    names = units["name"].where(~doubled, units["name"] + " · " + units["id"])
    pairs = zip(units["id"], names, strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


@st.cache_resource(max_entries=16, show_spinner=False)
def _placeless(_city: City, version: str) -> tuple[Initiative, ...]:
    """Find the initiatives without a place."""
    del version
    return provision.placeless(_city)


@st.cache_resource(max_entries=256, show_spinner=False)
def _assessment(_city: City, _choice: Choice, version: str, key: str) -> Assessment:
    """Measure one choice."""
    del version, key
    return assess(_city, _choice, gathered(_city, _choice))


@st.cache_resource(max_entries=64, show_spinner=False)
def _dates(_city: City, _choice: Choice, version: str, key: str) -> Dates | None:
    """Measure a network at all its dates."""
    del version, key
    return dates_of(_city, _choice, assessed=assessment, gathered=gathered)


@st.cache_resource(max_entries=64, show_spinner=False)
def _fate_addresses(_city: City, _step: Step, version: str, key: str) -> dict[str, Served]:
    """Encode the sites of a step by what became of them."""
    del version, key
    parts = _step.fates.groupby("fate")
    return {str(fate): Served.of(encoded_fates(part)) for fate, part in parts}


@st.cache_resource(max_entries=64, show_spinner=False)
def _indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the specification of several indices without them."""
    return dict(indices_template(Translator(language), PAGE, rows).to_dict())


TEMPLATES = {
    "curves": curves_template,
    "fifths": fifths_template,
    "within": within_template,
    "distance": distance_template,
    "nearest": nearest_template,
}


@st.cache_resource(max_entries=64, show_spinner=False)
def _template(name: str, language: str) -> dict[str, Any]:
    """Return the specification of a chart without its data."""
    return dict(TEMPLATES[name](Translator(language), PAGE).to_dict())


@st.cache_resource(max_entries=128, show_spinner=False)
def _reach(_city: City, _choice: Choice, version: str, key: str, within: int) -> Reach | Problem:
    """Measure who lives near the sites of a choice."""
    del version, key
    return reach_of(assessment(_city, _choice), gathered(_city, _choice), within)


@st.cache_resource(max_entries=64, show_spinner=False)
def _pattern(_city: City, _choice: Choice, version: str, key: str) -> Pattern | Problem:
    """Measure patterns among neighbours."""
    del version, key
    return pattern_of(assessment(_city, _choice))


@st.cache_resource(max_entries=64, show_spinner=False)
def _variants(_city: City, _layers: tuple[str, ...], version: str, key: str) -> pd.DataFrame:
    """Measure layers in every way."""
    del version, key
    return every_variant(_city, _layers, gathered=gathered)


@st.cache_resource(max_entries=128, show_spinner=False)
def _provision(_city: City, _choice: Choice, version: str, place: str) -> provision.Provision:
    """Count what the chosen layers place in each unit."""
    del version, place
    return provision.gather(_city, _choice)


@st.cache_resource(max_entries=16, show_spinner=False)
def _curve_spec(language: str, weight: str, place: str) -> dict[str, Any]:
    """Return the specification of a curve without its data."""
    size = HALL if place == "hall" else PAGE
    return dict(curve_template(Translator(language), size, weight).to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _quintile_spec(language: str, weight: str, *, picking: bool) -> dict[str, Any]:
    """Return the specification of the bars without their data."""
    template = quintile_template(Translator(language), PAGE, weight, picking=picking)
    return dict(template.to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Return the specification of the gaps without their data."""
    return dict(gap_template(Translator(language), PAGE, weight).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the specification of the strip without its dots."""
    return dict(strip_template(Translator(language), PAGE, rows).to_dict())


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
def _sites_address(_city: City, _unit: Unit, version: str, layer: str, unit: str) -> Served:
    """Encode one layer's located sites."""
    del version, unit
    known = layer_named(_city, layer)
    if known.per_unit:
        money = provision.per_head(_city, _unit, known)
        return Served.of(encoded_money(read_units(_city, _unit), money))
    sites = sites_of(_city, known)
    located = sites[sites.geometry.notna()]
    return Served.of(encoded_sites(located, provision.unit_of(_city, _unit, located)))


@st.cache_resource(max_entries=64, show_spinner=False)
def _context_address(_city: City, version: str, context: str) -> Served:
    """Encode one kind of context."""
    del version
    shapes = read_context(_city)
    return Served.of(encoded_context(shapes[shapes["context"] == context].geometry))
