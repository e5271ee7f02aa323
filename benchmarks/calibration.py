"""Do the other nulls and intervals keep their word? The tables that `simulation.py` adds.

Networks are laid at random by the mechanism of the network test itself, sites on made-up jobs, at
the border of what is even, and by a true need that is published with errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from sixes_geo.analysis import nulls
from sixes_geo.analysis.people import people_points, radius_m
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.city.tables import figures, read_units
from sixes_geo.contributions.cities import open_city
from sixes_geo.measures import (
    PlaceRaster,
    fractional_rank,
    need_error,
    network_test,
    placement_test,
    reach_grain,
    verdict_of_index,
)
from sixes_geo.measures.placement.positions import Piece, Town
from sixes_geo.spatial.placement import anchor_points

SHAPES = (
    ("medellin", "comuna", "encicla-2026"),
    ("rio", "bairro", "siren-communities"),
    ("santiago", "zone", "bike-share-2022"),
    ("santiago", "zone", "public-schools-2025"),
)
"""Networks that are laid elsewhere: two compact ones, two wide ones."""

PLACED = 1000
"""Rounds in which each is laid."""

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
FEWEST_IN_BAND = 20

EVEN_SITES = (300, 1000, 3000, 10000)
EVEN_ROUNDS = 1000
BORDER = 0.05
ROUNDS = 400

NEEDS = (
    ("santiago", "comuna", "poverty_multi_sae", None),
    ("santiago", "comuna", "poverty_income_sae", None),
    ("rio", "bairro", "", 0.05),
    ("rio", "bairro", "", 0.10),
    ("rio", "bairro", "", 0.20),
)
"""Needs with the limits of their source, or with an assumed coefficient of variation."""

NEED_SITES = (20, 50, 238, 1000)
NEED_LEANS = (0.0, 1.0, 2.5)


@dataclass(frozen=True)
class Ground:
    """A city on which networks are laid: people points, ranks, and the sites of one network."""

    name: str
    sites: np.ndarray
    homes: np.ndarray
    people: np.ndarray
    ranks: PlaceRaster
    grain: float

    def laid(self, rounds: int, keep: float = 0.6) -> list[np.ndarray]:
        """Return the network laid at random, once per round: its sites in ranked units."""
        town = Town.of(self.homes, self.people, self.ranks, self.grain)
        piece, rng = Piece.of(self.sites), np.random.default_rng(1)
        patterns: list[np.ndarray] = []
        while len(patterns) < rounds:
            moves = piece._moves(town, rng, 1000)
            east, north = moves.of(np.arange(1000), piece.sites)
            for nth in np.flatnonzero(town.share_near(east, north) >= keep):
                places = np.column_stack([east[nth], north[nth]])
                patterns.append(places[~np.isnan(self.ranks(places))])
        return patterns[:rounds]


def ground(city_name: str, unit_name: str, layer: str) -> Ground:
    """Read a published city and one of its networks."""
    city = open_city(city_name)
    choice = ask(city, layers=[layer], unit=unit_name)
    unit = city.unit_named(unit_name)
    people = figures(city, unit, *unit.population)["value"]
    need = rank_by(choice, figures(city, unit, choice.need.indicator, choice.year)["value"])
    known = people.gt(0) & need.notna()
    ranks = fractional_rank(people[known], need[known])
    raster = nulls.unit_raster(city, unit).recoded(ranks.reindex(read_units(city, unit)["id"]))
    points = people_points(city, unit)
    grain = max(nulls.NEAR_M, reach_grain(radius_m(city), points["people"]))
    anchors = anchor_points(gather(choice).sites.geometry, crs=city.crs).to_crs(city.crs)
    sites = np.column_stack([anchors.x, anchors.y])
    return Ground(
        f"{layer} ({len(sites)})",
        sites,
        points[["x", "y"]].to_numpy(),
        points["people"].to_numpy(dtype=float),
        raster,
        grain,
    )


def network_table() -> list[str]:
    """Count how often a network that was laid at random is told to hold, and at which index."""
    bands = [f"{low:.1f}–{high:.1f}" for low, high in pairwise(BANDS)]
    lines = [
        "| Network | p ≤ 0.05 | holds | one decision | cannot tell | effective n | "
        + " | ".join(f"holds, index {band}" for band in bands)
        + " |",
        "|---|" + "---|" * (5 + len(bands)),
    ]
    for shape in SHAPES:
        place = ground(*shape)
        tests = [
            network_test(
                pattern,
                place.homes,
                place.people,
                place.ranks,
                grain_m=place.grain,
                seed=seed,
            )
            for seed, pattern in enumerate(place.laid(PLACED))
        ]
        told = np.array([one.verdict for one in tests])
        index = np.abs([one.index for one in tests])
        p = np.array([one.p_value for one in tests])
        rates = [f"{(p <= 0.05).mean():.3f}"]
        rates += [
            f"{(told == name).mean():.3f}" for name in ("holds", "one_decision", "cannot_tell")
        ]
        rates.append(f"{np.nanmedian([one.effective_n for one in tests]):.1f}")
        for low, high in pairwise(BANDS):
            there = (index >= low) & (index < high)
            enough = there.sum() >= FEWEST_IN_BAND
            rates.append(f"{(told[there] == 'holds').mean():.2f}" if enough else "–")
        lines.append(f"| {place.name} | " + " | ".join(rates) + " |")
        print(lines[-1], flush=True)
    return lines


def tilted(people: pd.Series, order: pd.Series, index: float) -> pd.Series:
    """Return the chance of each unit by which sites have an index, on average."""
    standing = 2 * fractional_rank(people, order) - 1
    low, high = -20.0, 20.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        chance = people * np.exp(middle * standing)
        chance = chance / chance.sum()
        low, high = (middle, high) if float(chance @ standing) < index else (low, middle)
    return chance


def even_table(towns) -> list[str]:
    """Count how often sites are told to be even: at the border of even, and where they are."""
    lines = ["| Units | Sites | even at 0.05 | even at 0 |", "|---|---|---|---|"]
    for place in towns:
        for n in EVEN_SITES:
            rng, rates = np.random.default_rng(n), []
            for index in (BORDER, 0.0):
                chance = tilted(place.people, place.order, index)
                told = 0
                for _ in range(EVEN_ROUNDS):
                    counts = pd.Series(rng.multinomial(n, chance), index=place.people.index)
                    test = placement_test(counts, place.people, place.order, draws=1)
                    told += verdict_of_index(test.p_value, test.interval) == "even"
                rates.append(f"{told / EVEN_ROUNDS:.3f}")
            lines.append(f"| {place.name} | {n} | {' | '.join(rates)} |")
            print(lines[-1], flush=True)
    return lines


def jobs_table(towns, sites) -> list[str]:
    """Count how often p falls below a level where sites fall on made-up jobs at random."""
    lines = [
        "| Units | Sites | p ≤ 0.01 | p ≤ 0.05 | p ≤ 0.20 | named |",
        "|---|---|---|---|---|---|",
    ]
    for place in towns:
        jobs = tilted(place.people, place.order, 0.4) * 100_000
        for n in sites:
            rng = np.random.default_rng(n)
            tests = [
                placement_test(
                    pd.Series(rng.multinomial(n, jobs / jobs.sum()), index=jobs.index),
                    place.people,
                    place.order,
                    null_weights=jobs,
                    draws=499,
                    seed=seed,
                )
                for seed in range(ROUNDS)
            ]
            p = np.array([one.p_value for one in tests])
            named = np.mean([one.verdict in ("better_off", "worse_off") for one in tests])
            shares = " | ".join(f"{(p <= level).mean():.3f}" for level in (0.01, 0.05, 0.2))
            lines.append(f"| {place.name} | {n} | {shares} | {named:.3f} |")
            print(lines[-1], flush=True)
    return lines


@dataclass(frozen=True)
class Survey:
    """A need as it may truly be, and the error with which it is published."""

    name: str
    people: pd.Series
    true: pd.Series
    error: pd.Series
    cv: float | None

    def published(self, rng: np.random.Generator) -> pd.Series:
        """Return the need once more with its error."""
        if self.cv is None:
            return self.true + self.error * rng.standard_normal(len(self.true))
        return self.true * np.exp(self.error * rng.standard_normal(len(self.true)))

    def held(self, n: int, lean: float, rounds: int) -> tuple[float, float]:
        """Return how often intervals hold the index by true need: with need error, and without."""
        direction = 1.0 if self.cv else -1.0  # an income, or a poverty rate
        standing = 2 * fractional_rank(self.people, direction * self.true) - 1
        chance = self.people * np.exp(lean * standing)
        chance = chance / chance.sum()
        aimed_at, rng = float(chance @ standing), np.random.default_rng(n)
        held, plain = 0, 0
        for seed in range(rounds):
            need = self.published(rng)
            counts = pd.Series(rng.multinomial(n, chance), index=need.index)
            limits = {"cv": self.cv}
            if self.cv is None:
                limits = {"lower": need - 1.96 * self.error, "upper": need + 1.96 * self.error}
            with_error = need_error(
                counts, self.people, need, **limits, higher_is_better_off=direction > 0,
                draws=499, seed=seed,
            )  # fmt: skip
            held += with_error.interval[0] <= aimed_at <= with_error.interval[1]
            test = placement_test(counts, self.people, direction * need, draws=499, seed=seed)
            plain += test.interval[0] <= aimed_at <= test.interval[1]
        return held / rounds, plain / rounds


def survey(city_name: str, unit_name: str, indicator: str, cv: float | None) -> Survey:
    """Read a published need, drawn together to the spread that is left without its errors."""
    city = open_city(city_name)
    unit = city.unit_named(unit_name)
    people = figures(city, unit, *unit.population)["value"]
    if cv is not None:
        choice = ask(city, layers=city.view.layers, unit=unit_name)
        need = figures(city, unit, choice.need.indicator, choice.year)["value"]
        known = people.gt(0) & need.gt(0)
        spread = pd.Series(np.sqrt(np.log1p(cv**2)), index=need[known].index)
        return Survey(f"{city_name}, {unit_name}, variation {cv:.0%}", people[known], need[known],
                      spread, cv)  # fmt: skip
    need = next(one for one in city.indicators if one.indicator == indicator)
    table = figures(city, unit, indicator, need.years[unit_name][-1])
    known = people.gt(0) & table["lower"].notna()
    table = table[known]
    half = np.where(table["lower"] > 0, table["upper"] - table["lower"],
                    2 * (table["upper"] - table["value"])) / 2  # fmt: skip
    error = pd.Series(half / 1.96, index=table.index)
    value = table["value"]
    left = np.sqrt(max(1 - (error**2).mean() / value.var(ddof=0), 0.05))
    true = value.mean() + left * (value - value.mean())
    return Survey(f"{city_name}, {unit_name}, {indicator}", people[known], true, error, None)


def need_table() -> list[str]:
    """Count how often intervals hold the index by true need."""
    leans = " | ".join(f"lean {one}" for one in NEED_LEANS)
    lines = [
        f"| Need | Sites | {leans} | need taken as exact |",
        "|---|---|" + "---|" * (len(NEED_LEANS) + 1),
    ]
    for one in NEEDS:
        asked = survey(*one)
        for n in NEED_SITES:
            pairs = [asked.held(n, lean, ROUNDS) for lean in NEED_LEANS]
            cells = " | ".join(f"{held:.3f}" for held, _ in pairs)
            least = min(plain for _, plain in pairs)
            lines.append(f"| {asked.name} | {n} | {cells} | {least:.3f} |")
            print(lines[-1], flush=True)
    return lines
