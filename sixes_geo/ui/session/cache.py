"""Results computed once for all visitors; `cached` makes every cache of the dashboard.

Keys are short texts: the question, which changes with the city's data, and the other
arguments. Cached results are shared and never changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from sixes_geo.analysis import cities, kept, provision
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.change import Dates, contrasts_of, dates_of
from sixes_geo.analysis.clusters import Clusters, clusters_of
from sixes_geo.analysis.networks import Count, Networks, networks_of
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.reach import Reach, reach_of
from sixes_geo.analysis.six_es import (
    Group,
    against_efficiency,
    by_e,
    by_partner,
    by_partnership,
)
from sixes_geo.analysis.six_es import (
    single_initiative as measured_alone,
)
from sixes_geo.analysis.stress import Check, checks_of, with_network
from sixes_geo.base.errors import Problem
from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_initiatives, read_sites, read_units
from sixes_geo.contributions.cities import open_cities
from sixes_geo.framework.tags import Profile, profiles
from sixes_geo.measures import IndexDifference

P = ParamSpec("P")
R = TypeVar("R")

GROUPED = {"e": by_e, "p": by_partner, "partnership": by_partnership}


def cached(
    entries: int, key: Callable[[Any], str] = lambda question: str(question.key)
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache the results of a function by the key of its first argument and the other arguments.

    Parameters
    ----------
    entries
        How many results are kept; the least recently used goes first.
    key
        Identifies the first argument, and changes with the data behind it.
    """

    def decorate(measure: Callable[P, R]) -> Callable[P, R]:
        def compute(_call: Callable[[], R], identity: str) -> R:
            del identity
            return _call()

        # Streamlit identifies a cache by the name of its function.
        compute.__module__, compute.__qualname__ = measure.__module__, measure.__qualname__
        store = st.cache_resource(max_entries=entries, show_spinner=False)(compute)

        @wraps(measure)
        def lookup(*arguments: P.args, **named: P.kwargs) -> R:
            first, *rest = arguments
            identity = f"{key(first)} {rest!r} {sorted(named.items())!r}"
            return store(partial(measure, *arguments, **named), identity)

        return lookup

    return decorate


def _stamp(city: Any) -> str:  # noqa: ANN401
    """Return a key of a city and the state of its data."""
    return f"{city.city} {city.stamp}"


def _provision_key(question: Any) -> str:  # noqa: ANN401
    """Return a key of provision, which is the same for every need."""
    return str(question.place_key)


def _variants_key(question: Any) -> str:  # noqa: ANN401
    """Return a key of the variants of a question, the same whichever is shown."""
    identity = (question.layer_names, question.seed, question.es, question.ps, question.basis)
    return f"{_stamp(question.city)} {identity!r}"


def _unit_key(question: Any) -> str:  # noqa: ANN401
    """Return a key of the units of a question, the same whatever it asks of them."""
    return f"{_stamp(question.city)} {question.unit.unit}"


def _ranking_key(question: Any) -> str:  # noqa: ANN401
    """Return a key of what asks every network of a city by the unit and need of a question."""
    identity = (question.unit.unit, question.need_and_year, question.seed)
    return f"{_stamp(question.city)} {identity!r}"


@cached(128, key=_provision_key)
def gathered(question: Question) -> provision.Provision:
    """Count the provision of a question's layers in each unit."""
    return provision.gather(question)


@cached(256)
def assessment(question: Question) -> Assessment:
    """Measure a question."""
    return assess(question, gathered(question))


@cached(256)
def answer(question: Question) -> Assessment:
    """Measure a question, and move its network as one piece if the verdict names a side."""
    return with_network(assessment(question), gathered=gathered)


@cached(64)
def checks(question: Question) -> tuple[Check, ...]:
    """Hold an answer against every other chance."""
    return checks_of(assessment(question), gathered=gathered)


@cached(64, key=_variants_key)
def variants(question: Question) -> pd.DataFrame:
    """Measure every variant of a question."""
    return kept.variants(question, gathered)


@cached(128)
def reach(question: Question, within: int) -> Reach | Problem:
    """Measure how near people live to the sites of a question."""
    return reach_of(assessment(question), gathered(question), within)


@cached(64)
def clusters(question: Question) -> Clusters | Problem:
    """Measure clusters of provision per person among neighbouring units."""
    return clusters_of(assessment(question))


@cached(64)
def dates(question: Question) -> Dates | None:
    """Measure the network of a question at every known date."""
    return dates_of(question, assessed=assessment, gathered=gathered)


def contrasts(question: Question) -> tuple[Assessment, ...]:
    """Measure the reference services of a city in the same way as a question."""
    return contrasts_of(question, assessed=assessment)


def side_by_side(kind: str) -> tuple[Assessment, ...]:
    """Measure one kind of network in every city that has it."""
    return cities.side_by_side(open_cities()[0], kind, assessment)


@cached(32, key=_ranking_key)
def networks(question: Question, group: str) -> Networks:
    """Measure the networks of one group by the unit and need of a question."""
    return networks_of(
        question,
        groups=(group,),
        assessed=assessment,
        moved=lambda asked: kept.network(asked, gathered),
        on_jobs=lambda asked: kept.workplaces(asked, gathered),
    )


@cached(32, key=_ranking_key)
def networks_count(question: Question) -> Count:
    """Count which way the networks of a city lean by the unit and need of a question."""
    return kept.networks_count(question, assessment)


@cached(128)
def single_initiative(question: Question, initiative: str) -> Group:
    """Measure one initiative by itself, with the unit and need of a question."""
    return measured_alone(question, initiative)


@cached(64)
def groups(question: Question, kind: str) -> tuple[Group, ...]:
    """Measure initiatives by E (``e``), partner (``p``) or partnership."""
    return GROUPED[kind](question)


@cached(64)
def differences(question: Question) -> dict[str, IndexDifference]:
    """Compare the index of each E with that of efficiency."""
    return against_efficiency(question, groups(question, "e"))


@cached(16, key=_unit_key)
def unit_names(question: Question) -> dict[str, str]:
    """Return the names of a question's units, sorted; duplicates are followed by the id."""
    units = read_units(question.city, question.unit)
    duplicate = units["name"].duplicated(keep=False)
    names = units["name"].where(~duplicate, units["name"] + " · " + units["id"])
    pairs = zip(units["id"], names, strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


@cached(16, key=_stamp)
def tagged_initiatives(city: City) -> tuple[tuple[Initiative, Profile], ...]:
    """Return the initiatives of a city with their tags."""
    by_initiative = profiles(city)
    return tuple(
        (initiative, by_initiative[initiative.id]) for initiative in read_initiatives(city)
    )


@cached(16, key=_stamp)
def site_counts(city: City) -> dict[str, int]:
    """Count the located sites of each initiative at its last date, if it has any."""
    sites = provision.newest(city, read_sites(city))
    counts = sites.loc[sites.geometry.notna(), "initiative"].value_counts()
    return {str(name): int(count) for name, count in counts.items()}


@cached(16, key=_stamp)
def placeless(city: City) -> tuple[Initiative, ...]:
    """Return the initiatives of a city that have no sites."""
    return provision.placeless(city)
