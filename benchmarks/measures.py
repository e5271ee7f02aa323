"""How long the heavy measures take, beside the plain way of doing each.

Run it with ``python benchmarks/measures.py``. The first call is counted by itself, as a visitor
waits for it; ``ratio`` is how many times the plain way takes, which can be compared between
machines. esda compiles at its first call; everything else has nothing to prepare.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import esda
import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist
from scipy.stats import binomtest, false_discovery_control

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.ranking import rank_by, ranked_units
from sixes_geo.analysis.reach import people_points
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.cities import open_city
from sixes_geo.measures import (
    concentration_index,
    coverage,
    district_verdicts,
    empirical_bayes_rates,
    local_moran,
    placement_test,
)
from sixes_geo.spatial.contiguity import contiguity
from sixes_geo.spatial.placement import anchor_points

ROUNDS = 5
PLAIN_DRAWS = 99
"""The plain loop over draws is timed on so many and scaled up: all 9,999 would take minutes."""


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return seconds of the first call and of the quickest of some more."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times[0], min(times[1:])


def line(name: str, ours: tuple[float, float], plain: tuple[float, float], way: str) -> None:
    """Print one comparison."""
    ratio = plain[1] / ours[1]
    first = f"{ours[0]:9.3f}{ours[1]:9.3f}"
    print(f"{name:46}{first}{plain[0]:11.3f}{plain[1]:9.3f}{ratio:9.1f}  {way}")


def main() -> None:
    """Time placement, verdicts, local Moran and coverage on Santiago's zones and blocks."""
    city = open_city("santiago")
    choice = ask(city, layers=["bike-share-2022"], unit="zone")
    provision = gather(choice)
    units = ranked_units(assess(choice, provision).units)
    counts, people = units["sites"], units["population"]
    need = rank_by(choice, units["need"])
    header = f"{'seconds':46}{'first':>9}{'best':>9}{'plain 1st':>11}{'best':>9}{'ratio':>9}"
    print(header)
    _placement(counts, people, need)
    _verdicts(counts, people)
    shapes = read_units(city, city.unit_named("zone"))
    _clusters(counts, people, shapes)
    anchors = anchor_points(provision.sites.geometry, crs=city.crs).to_crs(city.crs)
    _coverage(people_points(city, "zone"), np.column_stack([anchors.x, anchors.y]))


def _placement(counts: pd.Series, people: pd.Series, need: pd.Series) -> None:
    """Time the test of placement, and a loop that takes the index of each draw."""
    ours = timed(lambda: placement_test(counts, people, need, draws=9999))

    def plain() -> None:
        rng, n = np.random.default_rng(0), int(counts.sum())
        for _ in range(PLAIN_DRAWS):
            drawn = pd.Series(rng.multinomial(n, people / people.sum()), index=people.index)
            concentration_index(drawn, people, need)

    scale = 9999 / PLAIN_DRAWS
    first, best = timed(plain, 1)
    line(
        f"placement_test, 9,999 draws, {len(people):,} zones",
        ours,
        (first * scale, best * scale),
        f"loop over draws ({PLAIN_DRAWS}, scaled up)",
    )


def _verdicts(counts: pd.Series, people: pd.Series) -> None:
    """Time the verdicts, and scipy's exact test unit by unit."""
    n, share = int(counts.sum()), people / people.sum()

    def plain() -> None:
        p = [binomtest(int(k), n, s).pvalue for k, s in zip(counts, share, strict=True)]
        false_discovery_control(p)

    ours = timed(lambda: district_verdicts(counts, people))
    line(f"district_verdicts, {len(people):,} zones", ours, timed(plain, 2), "scipy, unit by unit")


def _clusters(counts: pd.Series, people: pd.Series, shapes: pd.DataFrame) -> None:
    """Time local Moran with 999 permutations, and esda's."""
    inhabited = people[people > 0].index
    rate = empirical_bayes_rates(counts[inhabited], people[inhabited])
    graph = contiguity(shapes[shapes["id"].isin(inhabited)])
    weights = graph.to_W()
    values = rate.loc[list(graph.unique_ids)].to_numpy()
    ours = timed(lambda: local_moran(rate, graph, permutations=999))
    plain = timed(lambda: esda.Moran_Local(values, weights, permutations=999, seed=0), 2)
    line(
        f"local_moran, 999 permutations, {len(rate):,} zones", ours, plain, "esda (compiles first)"
    )


def _coverage(points: pd.DataFrame, sites: np.ndarray) -> None:
    """Time coverage, and a table of all distances."""
    homes, people = points[["x", "y"]].to_numpy(), points["people"]

    def plain() -> None:
        near = cdist(homes, sites).min(axis=1) <= 500
        float(people[near].sum() / people.sum())

    ours = timed(lambda: coverage(homes, people, sites, threshold_m=500))
    name = f"coverage, {len(homes):,} points x {len(sites)} sites"
    line(name, ours, timed(plain), "all distances (scipy)")


if __name__ == "__main__":
    main()
