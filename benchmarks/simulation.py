"""Do the tests keep their word? Sites are thrown at random, and every figure is counted.

Run it with ``python benchmarks/simulation.py`` (over an hour); ``--write`` puts the tables into
docs/methods.md, and ``--only network`` (or another part) prints one of them. Cities are those
published, with their own people and needs; sites fall on residents at random, so every verdict is
a false one, until a share of them is drawn to the better-off half on purpose, so that power can be
seen.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import pandas as pd
from calibration import (
    EVEN_ROUNDS,
    PLACED,
    even_table,
    jobs_table,
    need_table,
    network_table,
)

from sixes_geo.analysis.question import ask
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.city.tables import figures
from sixes_geo.contributions.cities import open_city
from sixes_geo.measures import district_verdicts, fractional_rank, placement_test

VIEWS = (("medellin", "comuna"), ("santiago", "comuna"), ("rio", "bairro"), ("santiago", "zone"))
SITES = (10, 30, 100, 300, 1000)
ROUNDS = 400
DRAWS = 499
LEANS = (0.0, 0.1, 0.2, 0.4)
"""Parts of the sites that are moved on purpose to people above the median."""

MARGIN = 0.1
"""Relative error of a unit's share of the residents, in the rule that takes sites as fixed and
asks only whether their share is outside 1.96 such errors: that of a census tract in a sample
survey. A smaller error flags more."""

PAGE = Path(__file__).parents[1] / "docs" / "methods.md"
START, END = "<!-- simulation -->", "<!-- end of simulation -->"


@dataclass(frozen=True)
class Town:
    """People and rank of each unit of a published city that has both."""

    name: str
    people: pd.Series
    order: pd.Series

    def thrown(self, n: int, rng: np.random.Generator, lean: float = 0.0) -> pd.Series:
        """Throw n sites at residents; some of them only at those above the median."""
        share = self.people / self.people.sum()
        above = share.where(fractional_rank(self.people, self.order) > 1 / 2, 0.0)
        chance = (1 - lean) * share + lean * above / above.sum()
        return pd.Series(rng.multinomial(n, chance), index=self.people.index)


def town(city_name: str, unit_name: str) -> Town:
    """Read a published city."""
    city = open_city(city_name)
    choice = ask(city, layers=city.view.layers, unit=unit_name)
    unit = city.unit_named(unit_name)
    people = figures(city, unit, *unit.population)["value"]
    need = rank_by(choice, figures(city, unit, choice.need.indicator, choice.year)["value"])
    known = people.gt(0) & need.notna()
    return Town(f"{city_name}, {unit_name} ({known.sum()})", people[known], need[known])


def uniform_table() -> list[str]:
    """Count how often p falls below a level, and how often the interval holds 0, by chance."""
    lines = [
        "| Units | Sites | p ≤ 0.01 | p ≤ 0.05 | p ≤ 0.20 | p ≤ 0.50 | named | 0 in interval |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for view in VIEWS:
        place = town(*view)
        for n in SITES:
            rng = np.random.default_rng(n)
            tests = [
                placement_test(
                    place.thrown(n, rng), place.people, place.order, draws=DRAWS, seed=seed
                )
                for seed in range(ROUNDS)
            ]
            p = np.array([one.p_value for one in tests])
            named = np.mean([one.verdict in ("better_off", "worse_off") for one in tests])
            held = np.mean([one.interval[0] <= 0 <= one.interval[1] for one in tests])
            shares = " | ".join(f"{(p <= level).mean():.3f}" for level in (0.01, 0.05, 0.2, 0.5))
            lines.append(f"| {place.name} | {n} | {shares} | {named:.3f} | {held:.3f} |")
            print(lines[-1])
    return lines


def verdict_table() -> list[str]:
    """Count how many units get a verdict by chance, ours and by the rule of resident shares."""
    lines = [
        "| Units | Sites | units with a verdict | rounds with any | by share of residents |",
        "|---|---|---|---|---|",
    ]
    for view in VIEWS:
        place = town(*view)
        share = place.people / place.people.sum()
        for n in SITES:
            rng = np.random.default_rng(n)
            false, any_false, by_share = [], [], []
            for _ in range(ROUNDS // 4):
                counts = place.thrown(n, rng)
                told = district_verdicts(counts, place.people)["verdict"] != "cannot_tell"
                false.append(told.mean())
                any_false.append(told.any())
                by_share.append(((counts / n - share).abs() > 1.96 * MARGIN * share).mean())
            row = (np.mean(false), np.mean(any_false), np.mean(by_share))
            lines.append(f"| {place.name} | {n} | {row[0]:.1%} | {row[1]:.1%} | {row[2]:.1%} |")
            print(lines[-1])
    return lines


def power_table() -> list[str]:
    """Count how often a side is named where sites truly lean to the better-off half."""
    lines = [
        "| Units | Sites | " + " | ".join(f"lean {lean:.0%}" for lean in LEANS) + " |",
        "|---|---|" + "---|" * len(LEANS),
    ]
    for view in VIEWS:
        place = town(*view)
        for n in SITES:
            rng = np.random.default_rng(n)
            named = [
                np.mean(
                    [
                        placement_test(
                            place.thrown(n, rng, lean),
                            place.people,
                            place.order,
                            draws=DRAWS,
                            seed=seed,
                        ).verdict
                        == "better_off"
                        for seed in range(ROUNDS // 2)
                    ]
                )
                for lean in LEANS
            ]
            cells = " | ".join(f"{one:.2f}" for one in named)
            lines.append(f"| {place.name} | {n} | {cells} |")
            print(lines[-1])
    return lines


def towns() -> list[Town]:
    """Return a city of few units and one of many."""
    return [town(*VIEWS[0]), town(*VIEWS[2])]


ONLY = {
    "uniform": uniform_table,
    "verdicts": verdict_table,
    "power": power_table,
    "network": network_table,
    "even": lambda: even_table(towns()),
    "jobs": lambda: jobs_table(towns(), SITES),
    "need": need_table,
}


def main() -> None:
    """Print the tables; with ``--write``, put them into the page on methods."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=ONLY)
    options = parser.parse_args()
    if options.only:
        ONLY[options.only]()
        return
    parts = [
        "p-values and intervals where sites fall at random "
        f"({ROUNDS} rounds; every named side is a false one, so at most 0.05 is wanted):",
        *("", *uniform_table(), ""),
        "Verdicts on units where sites fall at random "
        f"({ROUNDS // 4} rounds). The last column is the share-of-residents rule of the closest "
        "published tool: it takes the sites as fixed and flags a unit whose share of them is "
        f"outside 1.96 errors of its share of the residents, here of {MARGIN:.0%} each:",
        *("", *verdict_table(), ""),
        "Power: how often *more in the better-off* is named where a part of the sites truly falls "
        f"on the better-off half only ({ROUNDS // 2} rounds):",
        *("", *power_table(), ""),
        "Networks laid at random by the mechanism of their own null "
        f"({PLACED:,} rounds, `keep` 0.6). Every *holds* is a false one, and at most 0.07 "
        "is wanted: positions near the edge lose sites, so that p is not exactly even. "
        "The last columns are its power: how often *holds* is told of those whose index is so far "
        "from 0:",
        *("", *network_table(), ""),
        f"*Even*, where sites truly have an index of 0.05, its border ({EVEN_ROUNDS:,} rounds; at "
        "most 0.05 is wanted), and where they have one of 0:",
        *("", *even_table(towns()), ""),
        f"Sites that fall at random on made-up jobs, whose own index is 0.40 ({ROUNDS} rounds):",
        *("", *jobs_table(towns(), SITES), ""),
        "How often the interval of `need_error` holds the index by true need, where sites follow "
        f"true need and need is published with its errors ({ROUNDS} rounds; 0.92 to 0.98 is "
        "wanted), by how much they lean to the better-off, and how often, at the least, that of "
        "`placement_test` does, which takes need as exact:",
        *("", *need_table()),
    ]
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(START)[0], page.split(END)[1]
        PAGE.write_text("\n".join([before + START, *parts, END]) + after, encoding="utf-8")


if __name__ == "__main__":
    main()
