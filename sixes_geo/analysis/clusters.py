"""Clusters: where neighbouring units have much or little provision, beside their need."""

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
from sixes_geo.measures.placement.disparity import PER_10K
from sixes_geo.spatial.contiguity import contiguity

WHOLE_PERMUTATIONS = 999
"""Permutations for Moran's I of all units together."""

PERMUTATIONS = 9999
"""Permutations for clusters of units; with 999 the correction for many units could name none."""

KINDS: tuple[str, ...] = ("local", "hot", "beside", "both")
"""What a page can show: units like their neighbours, hot and cold spots, provision around need,
and need and provision in thirds without a test."""

THIRDS = 3


@dataclass(frozen=True)
class Clusters:
    """How provision per person clusters among neighbouring units.

    ``whole`` is Moran's I of the rate. ``units`` has ``rate`` (smoothed, per 10,000 people),
    ``need_third`` and ``rate_third`` (0 the lowest, 2 the highest), the clusters ``local``,
    ``hot`` and ``beside`` (own need, neighbours' provision), and their ``q_local`` and so on,
    missing for units that are left out. ``islands`` are the names of units without neighbours.
    """

    whole: Moran
    units: pd.DataFrame
    permutations: int
    seed: int
    islands: tuple[str, ...]
    together: float


def clusters_of(assessment: Assessment) -> Clusters | Problem:
    """Measure how the provision per person of an assessment clusters.

    Returns
    -------
    Clusters or Problem
        Or the reason why there are none: too few units with neighbours, or all alike.

    Notes
    -----
    Rates are smoothed first (empirical Bayes), so that one site among few people makes no hot
    spot. Units without people or need are left out, with their borders. ``together`` is the
    correlation of the rank of need with the rate in the same unit, which the bivariate measure
    partly reflects.
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
    q_values = {f"q_{kind}": table["q_value"] for kind, table in tables.items()}
    thirds = {"need_third": _third(worse_off), "rate_third": _third(rate)}
    units = pd.DataFrame({"rate": rate * PER_10K, **thirds, **clusters, **q_values})
    names = assessment.units["name"]
    return Clusters(
        whole=whole,
        units=units.reindex(assessment.units.index),
        permutations=draws,
        seed=seed,
        islands=tuple(names[list(whole.islands)]),
        together=float(np.corrcoef(worse_off, rate)[0, 1]),
    )


def _third(values: pd.Series) -> pd.Series:
    """Return the third of the units that each is in, 0 the lowest; equal values stay together."""
    rank = values.rank(method="average") / len(values)
    return (rank * THIRDS - 1e-9).apply(np.ceil).clip(1, THIRDS) - 1
