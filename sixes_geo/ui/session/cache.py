"""What is worked out once for all visitors; the only caches of the project.

Keys are short texts: the question, which changes with the city's data, and whatever else was
asked. What is kept is shared and never changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from sixes_geo.analysis import cities, provision
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.change import Dates, contrasts_of, dates_of
from sixes_geo.analysis.clusters import Clusters, clusters_of
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.reach import Reach, reach_of
from sixes_geo.analysis.robustness import every_variant, robustness_of
from sixes_geo.analysis.six_es import (
    Group,
    against_efficiency,
    by_e,
    by_partner,
    by_partnership,
    single_initiative,
)
from sixes_geo.base.errors import Problem
from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_initiatives, read_sites, read_units
from sixes_geo.contributions.cities import open_cities
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import Snapshot, freeze
from sixes_geo.export.typeset import preview
from sixes_geo.framework.tags import Profile, profiles
from sixes_geo.measures import IndexDifference

P = ParamSpec("P")
R = TypeVar("R")

GROUPED = {"e": by_e, "p": by_partner, "partnership": by_partnership}


def cached(
    entries: int, key: Callable[[Any], str] = lambda thing: str(thing.key)
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns, by the key of its first argument and the texts of others.

    Parameters
    ----------
    entries
        How many answers are kept; the one that was not asked for longest goes first.
    key
        What tells one first argument from another, and changes with the data behind it.
    """

    def decorate(measure: Callable[P, R]) -> Callable[P, R]:
        def kept(_arguments: tuple[Any, ...], asked: str) -> R:
            del asked
            return measure(*_arguments)  # type: ignore[call-arg]

        # The framework tells caches apart by the name of what they keep.
        kept.__module__, kept.__qualname__ = measure.__module__, measure.__qualname__
        store = st.cache_resource(max_entries=entries, show_spinner=False)(kept)

        @wraps(measure)
        def asked_for(*arguments: P.args, **named: P.kwargs) -> R:
            first, *rest = tuple(arguments) + tuple(named.values())
            return store((first, *rest), f"{key(first)} {rest!r}")

        return asked_for

    return decorate


def _stamp(city: Any) -> str:  # noqa: ANN401
    """Tell a city, and the state of its data, from any other."""
    return f"{city.city} {city.stamp}"


def _place(question: Any) -> str:  # noqa: ANN401
    """Tell what stands where: the same for every need."""
    return str(question.place_key)


def _ways(question: Any) -> str:  # noqa: ANN401
    """Tell the ways to put a question: the same whichever of them is shown."""
    asked = (question.layer_names, question.seed, question.es, question.ps)
    return f"{_stamp(question.city)} {asked!r}"


@cached(128, key=_place)
def gathered(question: Question) -> provision.Provision:
    """Count what the layers place in each unit."""
    return provision.gather(question)


@cached(256)
def assessment(question: Question) -> Assessment:
    """Measure a question."""
    return assess(question, gathered(question))


@cached(64, key=_ways)
def variants(question: Question) -> pd.DataFrame:
    """Measure the layers of a question in every way the data allow."""
    return every_variant(question, gathered=gathered)


@cached(128)
def reach(question: Question, within: int) -> Reach | Problem:
    """Measure who lives near the sites of a question."""
    return reach_of(assessment(question), gathered(question), within)


@cached(64)
def clusters(question: Question) -> Clusters | Problem:
    """Measure how provision per person is arranged among neighbours."""
    return clusters_of(assessment(question))


@cached(64)
def dates(question: Question) -> Dates | None:
    """Measure the network of a question at every date it is known for."""
    return dates_of(question, assessed=assessment, gathered=gathered)


def contrasts(question: Question) -> tuple[Assessment, ...]:
    """Measure the ordinary services of a city as a question is measured."""
    return contrasts_of(question, assessed=assessment)


def side_by_side(kind: str) -> tuple[Assessment, ...]:
    """Measure one kind of network in every city that has it."""
    return cities.side_by_side(open_cities()[0], kind, assessment)


@cached(128)
def alone(question: Question, initiative: str) -> Group:
    """Measure one initiative by itself, by the unit and need of a question."""
    return single_initiative(question, initiative)


@cached(64)
def groups(question: Question, kind: str) -> tuple[Group, ...]:
    """Measure initiatives by E (``e``), partner (``p``) or partnership."""
    return GROUPED[kind](question)


@cached(64)
def differences(question: Question) -> dict[str, IndexDifference]:
    """Set the index of each E beside that of efficiency."""
    return against_efficiency(question, groups(question, "e"))


@cached(16)
def frozen(question: Question, language: str, fields: Fields) -> Snapshot:
    """Freeze a question with what its author says."""
    measured = assessment(question)
    ways = robustness_of(variants(question), question)
    return freeze(question, language, fields, assessment=measured, robustness=ways)


@cached(16)
def pages(question: Question, language: str, fields: Fields) -> tuple[bytes, ...]:
    """Draw the pages of a snapshot."""
    return tuple(preview(frozen(question, language, fields)))


@cached(16, key=_stamp)
def unit_names(city: City, unit: str) -> dict[str, str]:
    """Name the units of a level in alphabetical order; where names repeat, with the id."""
    units = read_units(city, city.unit_named(unit))
    doubled = units["name"].duplicated(keep=False)
    names = units["name"].where(~doubled, units["name"] + " · " + units["id"])
    pairs = zip(units["id"], names, strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


@cached(16, key=_stamp)
def coded(city: City) -> tuple[tuple[Initiative, Profile], ...]:
    """List the initiatives of a city with what is said of each."""
    said = profiles(city)
    return tuple((initiative, said[initiative.id]) for initiative in read_initiatives(city))


@cached(16, key=_stamp)
def site_counts(city: City) -> dict[str, int]:
    """Count the known places of each initiative at its last date; none are left out."""
    sites = provision.newest(city, read_sites(city))
    counts = sites.loc[sites.geometry.notna(), "initiative"].value_counts()
    return {str(name): int(count) for name, count in counts.items()}


@cached(16, key=_stamp)
def placeless(city: City) -> tuple[Initiative, ...]:
    """List the initiatives of a city that stand nowhere in particular."""
    return provision.placeless(city)
