"""What is worked out once for all visitors; the only caches of the project.

Keys are short texts: the city, the checksums of its data and the choice. What is kept is
shared and never changed.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from sixes_geo.analysis import cities, provision
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.change import Dates, contrasts_of, dates_of
from sixes_geo.analysis.clusters import Pattern, pattern_of
from sixes_geo.analysis.question import Choice, unit_named
from sixes_geo.analysis.reach import Reach, reach_of
from sixes_geo.analysis.robustness import every_variant, sturdiness
from sixes_geo.analysis.six_es import (
    Group,
    against_efficiency,
    by_e,
    by_partner,
    by_partnership,
    of_one,
)
from sixes_geo.base.errors import Problem
from sixes_geo.city.catalog import version_of
from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_initiatives, read_sites, read_units
from sixes_geo.contributions.cities import open_cities
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import Snapshot, freeze
from sixes_geo.export.typeset import preview
from sixes_geo.framework.tags import Profile, profiles
from sixes_geo.measures import IndexDifference

GROUPED = {"e": by_e, "p": by_partner, "partnership": by_partnership}


def assessment(city: City, choice: Choice) -> Assessment:
    """Return one choice, measured."""
    return _assessment(city, choice, version_of(city), repr(choice))


def gathered(city: City, choice: Choice) -> provision.Provision:
    """Return what stands where; the same for every need."""
    return _provision(city, choice, version_of(city), repr(replace(choice, need="", year=0)))


def variants(city: City, choice: Choice) -> pd.DataFrame:
    """Return the layers of a choice, measured in every way the data allow."""
    key = f"{choice.layers} {choice.seed} {choice.es} {choice.ps}"
    return _variants(city, choice, version_of(city), key)


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
    return cities.side_by_side(open_cities()[0], kind, assessment)


def unit_names(city: City, unit: str) -> dict[str, str]:
    """Return a name per unit in alphabetical order; where names repeat, with the id."""
    return _unit_names(city, version_of(city), unit)


def alone(city: City, choice: Choice, initiative: str) -> Group:
    """Return one initiative measured by itself, by the unit and need of a choice."""
    return _alone(city, choice, version_of(city), repr(choice), initiative)


def groups(city: City, choice: Choice, kind: str) -> tuple[Group, ...]:
    """Return initiatives measured by E (``e``), partner (``p``) or partnership."""
    return _groups(city, choice, version_of(city), repr(choice), kind)


def differences(city: City, choice: Choice) -> dict[str, IndexDifference]:
    """Return how far each E stands from efficiency."""
    return _differences(city, choice, version_of(city), repr(choice))


def frozen(city: City, choice: Choice, language: str, fields: Fields) -> Snapshot:
    """Return one choice as it is frozen, with what its author says."""
    return _frozen(city, choice, fields, version_of(city), language, f"{choice!r} {fields!r}")


def pages(city: City, choice: Choice, language: str, fields: Fields) -> tuple[bytes, ...]:
    """Return the pages of a snapshot as pictures."""
    key = f"{choice!r} {language} {fields!r}"
    return _pages(frozen(city, choice, language, fields), version_of(city), key)


def coded(city: City) -> tuple[tuple[Initiative, Profile], ...]:
    """Return the initiatives of a city with what is said of each."""
    return _coded(city, version_of(city))


def site_counts(city: City) -> dict[str, int]:
    """Return how many places of each initiative are known, at its last date; none are left out."""
    return _site_counts(city, version_of(city))


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


@st.cache_resource(max_entries=128, show_spinner=False)
def _alone(_city: City, _choice: Choice, version: str, key: str, initiative: str) -> Group:
    """Measure one initiative."""
    del version, key
    return of_one(_city, _choice, initiative)


@st.cache_resource(max_entries=64, show_spinner=False)
def _groups(_city: City, _choice: Choice, version: str, key: str, kind: str) -> tuple[Group, ...]:
    """Measure initiatives by kind."""
    del version, key
    return GROUPED[kind](_city, _choice)


@st.cache_resource(max_entries=64, show_spinner=False)
def _differences(
    _city: City, _choice: Choice, version: str, key: str
) -> dict[str, IndexDifference]:
    """Set each E beside efficiency."""
    del version, key
    return against_efficiency(_city, _choice, groups(_city, _choice, "e"))


@st.cache_resource(max_entries=16, show_spinner=False)
def _frozen(
    _city: City, _choice: Choice, _fields: Fields, version: str, language: str, key: str
) -> Snapshot:
    """Freeze one choice, with what is measured of it already."""
    del version, key
    found, ways = assessment(_city, _choice), sturdiness(variants(_city, _choice), _choice)
    return freeze(_city, _choice, language, _fields, assessment=found, found=ways)


@st.cache_resource(max_entries=16, show_spinner=False)
def _pages(_snapshot: Snapshot, version: str, key: str) -> tuple[bytes, ...]:
    """Draw the pages of a snapshot."""
    del version, key
    return tuple(preview(_snapshot))


@st.cache_resource(max_entries=16, show_spinner=False)
def _coded(_city: City, version: str) -> tuple[tuple[Initiative, Profile], ...]:
    """Read what is said of the initiatives."""
    del version
    said = profiles(_city)
    return tuple((one, said[one.id]) for one in read_initiatives(_city))


@st.cache_resource(max_entries=16, show_spinner=False)
def _site_counts(_city: City, version: str) -> dict[str, int]:
    """Count the places of each initiative."""
    del version
    sites = provision.newest(_city, read_sites(_city))
    counts = sites.loc[sites.geometry.notna(), "initiative"].value_counts()
    return {str(name): int(n) for name, n in counts.items()}


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
def _variants(_city: City, _choice: Choice, version: str, key: str) -> pd.DataFrame:
    """Measure layers in every way."""
    del version, key
    es, ps = _choice.es, _choice.ps
    return every_variant(_city, _choice.layers, es=es, ps=ps, gathered=gathered)


@st.cache_resource(max_entries=128, show_spinner=False)
def _provision(_city: City, _choice: Choice, version: str, place: str) -> provision.Provision:
    """Count what the chosen layers place in each unit."""
    del version, place
    return provision.gather(_city, _choice)
