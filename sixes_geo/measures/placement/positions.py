"""Positions of a network that is moved as one rigid piece over the people of a city."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from sixes_geo.measures.placement.raster import Grid, ValueOf, ground_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sixes_geo.measures.base.checks import Flags, Numbers

Tries: TypeAlias = npt.NDArray[np.intp]
"""Positions, by their place among those drawn at the same time."""

MOST_TRIED = 30_000
"""Positions that are tried at most, kept or not."""

AT_ONCE = 100_000
"""Sites that are moved at a time, to fit the processor's cache."""

TRIED_AT_ONCE = 1_000

PROBED = 400
"""Sites of a large piece that are looked at first."""

PROBE_ERROR = 0.15
"""How far the share of these near residents may be from that of all: six standard errors."""


@dataclass(frozen=True)
class Town:
    """Where people live, what rank each place has, and which ground is near people.

    ``residents`` are places, sorted, with the running sum of their ``people``; ``rank_of`` gives
    the fractional rank of places, missing outside the ranked units.
    """

    residents: Numbers
    running: Numbers
    rank_of: ValueOf
    grid: Grid
    near: Flags

    @classmethod
    def of(cls, residents: Numbers, people: Numbers, rank_of: ValueOf, grain_m: float) -> Town:
        """Return the town of people at points, whose ground reaches as far as the grain."""
        order = np.lexsort((people, residents[:, 1], residents[:, 0]))
        grid, near = ground_within(residents, grain_m)
        return cls(residents[order], np.cumsum(people[order]), rank_of, grid, near)

    def drawn(self, rng: np.random.Generator, size: int) -> Numbers:
        """Return the places of residents drawn at random."""
        last = self.running.size - 1
        person = np.searchsorted(self.running, rng.random(size) * self.running[-1], side="right")
        places: Numbers = self.residents[np.minimum(person, last)]
        return places

    def share_near(self, east: Numbers, north: Numbers) -> Numbers:
        """Return the share of each position's sites that are near residents."""
        near = self.near.take(self.grid.cell_of(east, north), mode="clip")
        shares: Numbers = np.count_nonzero(near, axis=1) / near.shape[1]
        return shares

    def ranked(self, east: Numbers, north: Numbers) -> tuple[Numbers, Numbers]:
        """Return the sum of each position's relative ranks, and the number of its ranked sites."""
        places = np.column_stack([east.ravel(), north.ravel()])
        rank = np.asarray(self.rank_of(places), dtype=np.float64).reshape(east.shape)
        known = ~np.isnan(rank)
        total = np.where(known, 2 * rank - 1, 0.0).sum(axis=1)
        return total, known.sum(axis=1).astype(np.float64)


@dataclass(frozen=True)
class Positions:
    """Positions of a piece that some `keep` needs, in the order in which they were tried.

    ``sites`` is their number in the piece, ``near`` the share of them near residents, ``total``
    the sum of the relative ranks of the ``left`` sites in ranked units, ``move`` the metres by
    which the piece's middle moved, ``nth`` the number of positions tried until then, and
    ``tried`` that of all.
    """

    sites: int
    near: Numbers
    total: Numbers
    left: Numbers
    move: Numbers
    nth: npt.NDArray[np.intp]
    tried: int

    def at(self, keep: float, draws: int) -> Positions:
        """Return the first positions that keep at least that share of the sites in the city."""
        chosen = np.flatnonzero(self.near >= keep)[:draws]
        full = chosen.size == draws
        return Positions(
            self.sites,
            self.near[chosen],
            self.total[chosen],
            self.left[chosen],
            self.move[chosen],
            self.nth[chosen],
            int(self.nth[chosen[-1]]) if full else self.tried,
        )


@dataclass(frozen=True)
class Moves:
    """Positions of a piece: how it is turned (or mirrored), and where its middle lies."""

    turn: Numbers
    middle: Numbers

    def of(self, chosen: Tries, sites: Numbers) -> tuple[Numbers, Numbers]:
        """Return east and north of sites, given from the middle, in some positions, a row each."""
        at = self.middle[chosen, :, None] + self.turn[chosen] @ sites.T
        return at[:, 0], at[:, 1]


@dataclass(frozen=True)
class Piece:
    """Sites that are moved together, sorted, as metres from their middle."""

    sites: Numbers
    middle: Numbers

    @classmethod
    def of(cls, places: Numbers) -> Piece:
        """Return the piece that sites at some places make."""
        sites = places[np.lexsort((places[:, 1], places[:, 0]))]
        middle = sites.mean(axis=0)
        return cls(sites - middle, middle)

    @property
    def where(self) -> tuple[Numbers, Numbers]:
        """Return east and north of the sites where they are, as one position."""
        east, north = (self.sites + self.middle).T[:, None, :]
        return east, north

    @property
    def radius_of_gyration(self) -> float:
        """Return the root mean square distance of the sites from their middle."""
        return math.sqrt(float((self.sites**2).sum(axis=1).mean()))

    def positions(
        self, town: Town, keeps: Sequence[float], draws: int, rng: np.random.Generator
    ) -> Positions:
        """Try positions until each `keep` has its draws, or as many as may be tried.

        All keeps see the same stream: a position that keeps 0.8 of the sites keeps 0.6 as well.
        """
        levels = np.array(sorted(keeps))
        have = np.zeros(levels.size, dtype=np.intp)
        parts, tried = [], 0
        while have[-1] < draws and tried < MOST_TRIED:
            moves = self._moves(town, rng, min(TRIED_AT_ONCE, MOST_TRIED - tried))
            lowest = float(levels[have < draws][0])
            for chosen in self._promising(town, moves, lowest):
                east, north = moves.of(chosen, self.sites)
                near = town.share_near(east, north)
                reaches = near[:, None] >= levels
                nth = have + reaches.cumsum(axis=0)
                needed = np.flatnonzero((reaches & (nth <= draws)).any(axis=1))
                have = nth[-1]
                if needed.size:
                    total, left = town.ranked(east[needed], north[needed])
                    move = np.hypot(*(moves.middle[chosen[needed]] - self.middle).T)
                    parts.append((near[needed], total, left, move, tried + 1 + chosen[needed]))
            tried += len(moves.middle)
        columns = zip(*parts, strict=True) if parts else [[np.empty(0)]] * 5
        near, total, left, move, when = (np.concatenate(column) for column in columns)
        return Positions(len(self.sites), near, total, left, move, when.astype(np.intp), tried)

    def _moves(self, town: Town, rng: np.random.Generator, size: int) -> Moves:
        """Draw positions: a site drawn at random is laid on a resident drawn at random.

        The piece is turned around it by a random angle, and mirrored half of the time.
        """
        held = self.sites[rng.integers(0, len(self.sites), size=size)]
        angle = rng.random(size) * (2 * math.pi)
        mirror = np.where(rng.random(size) < 1 / 2, -1.0, 1.0)
        cosine, sine = np.cos(angle), np.sin(angle)
        turn = np.array([[cosine, -sine * mirror], [sine, cosine * mirror]]).transpose(2, 0, 1)
        middle = town.drawn(rng, size) - np.einsum("kij,kj->ki", turn, held)
        return Moves(turn, middle)

    def _promising(self, town: Town, moves: Moves, lowest: float) -> Iterator[Tries]:
        """Yield positions that may keep enough sites, some at a time.

        Of a large piece, a part of the sites evenly spread over it is looked at first; a position
        is dropped where far fewer of them than needed are near residents.
        """
        tries = np.arange(len(moves.middle))
        if len(self.sites) > PROBED:
            probed = self.sites[np.linspace(0, len(self.sites) - 1, PROBED).astype(np.intp)]
            near = town.share_near(*moves.of(tries, probed))
            tries = np.flatnonzero(near >= lowest - PROBE_ERROR)
        step = max(1, AT_ONCE // len(self.sites))
        for start in range(0, tries.size, step):
            yield tries[start : start + step]
