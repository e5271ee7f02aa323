"""Where provision clusters, and where it stands beside need: patterns among neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.ranking import rank_by, ranked_units
from sixes_geo.base.errors import InputError, Problem
from sixes_geo.city.tables import read_units
from sixes_geo.measures import (
    Moran,
    bivariate_local_moran,
    empirical_bayes_rates,
    getis_ord,
    local_moran,
    moran,
)
from sixes_geo.spatial.contiguity import contiguity

WHOLE_PERMUTATIONS = 999
PERMUTATIONS = 9999
"""Of clusters, unit by unit: with 999 a correction for many units could name none."""

KINDS: tuple[str, ...] = ("local", "hot", "beside", "both")
"""What a page can look at: like neighbours, hot and cold spots, provision around need, and need
and provision in thirds without any test."""

THIRDS = 3
PER_10K = 10_000


@dataclass(frozen=True)
class Clusters:
    """How provision per person is arranged among neighbouring units.

    ``whole`` is Moran's I of the rate; ``units`` holds ``rate`` (steadied, per 10,000 people),
    ``need_third`` and ``rate_third`` (0 the least, 2 the most), and the clusters ``local``,
    ``hot`` and ``beside`` (own need, neighbours' provision), with ``q_local`` and so on; units
    that cannot take part are missing. ``islands`` are the names of units without neighbours.
    """

    whole: Moran
    units: pd.DataFrame
    permutations: int
    seed: int
    islands: tuple[str, ...]
    together: float


def clusters_of(assessment: Assessment) -> Clusters | Problem:
    """Measure clustering of an assessment's provision per person.

    Returns
    -------
    Clusters or Problem
        Or why there is none: too few units with neighbours, or no difference among them.

    Notes
    -----
    Rates of small units are steadied first (empirical Bayes), so that one site among few people
    makes no hot spot. Units without people or need take no part, nor do the borders to them.
    ``together`` is the plain correlation of rank of need and rate in the same unit: what the
    bivariate measure carries along.
    """
    question = assessment.question
    ranked = ranked_units(assessment.units)
    ranked = ranked[ranked["population"] > 0]
    if assessment.test is None or not ranked["amount"].sum() > 0:
        return assessment.why_not or Problem("no_sites", {})
    unit = question.unit
    shapes = read_units(question.city, unit)
    graph = contiguity(shapes[shapes["id"].isin(ranked.index)])
    rate = empirical_bayes_rates(ranked["amount"], ranked["population"])
    need = rank_by(question, ranked["need"]).rank()
    worse_off = -need
    draws, seed = PERMUTATIONS, question.seed
    rows = graph.transform("R")
    try:
        whole = moran(rate, rows, permutations=WHOLE_PERMUTATIONS, seed=seed)
        tables = {
            "local": local_moran(rate, graph, permutations=draws, seed=seed),
            "hot": getis_ord(rate, graph, permutations=draws, seed=seed),
            "beside": bivariate_local_moran(worse_off, rate, graph, permutations=draws, seed=seed),
        }
    except InputError as refusal:
        return refusal.problems[0]
    clusters = {kind: table["cluster"] for kind, table in tables.items()}
    sure = {f"q_{kind}": table["q_value"] for kind, table in tables.items()}
    thirds = {"need_third": _third(worse_off), "rate_third": _third(rate)}
    found = pd.DataFrame({"rate": rate * PER_10K, **thirds, **clusters, **sure})
    names = assessment.units["name"]
    return Clusters(
        whole=whole,
        units=found.reindex(assessment.units.index),
        permutations=draws,
        seed=seed,
        islands=tuple(names[list(whole.islands)]),
        together=float(np.corrcoef(worse_off, rate)[0, 1]),
    )


def _third(values: pd.Series) -> pd.Series:
    """Return which third of the units each is in, equal values together, 0 the lowest."""
    place = values.rank(method="average") / len(values)
    return (place * THIRDS - 1e-9).apply(np.ceil).clip(1, THIRDS) - 1
