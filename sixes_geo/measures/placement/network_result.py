"""What a network test finds, at each share of the sites to keep in the city, and its verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.thresholds import ALPHA, LEAST_POSITIONS_OF_NETWORK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sixes_geo.measures.placement.positions import Positions

NetworkVerdict: TypeAlias = Literal["holds", "one_decision", "cannot_tell"]
Reason: TypeAlias = Literal[
    "", "few_positions", "outside_the_city", "fills_the_city", "depends_on_keep", "no_spread"
]


@dataclass(frozen=True)
class AtKeep:
    """What the network test finds if positions keep at least some share of the sites in the city.

    Parameters
    ----------
    keep
        The share.
    p_value
        Probability of an index at least as far from the null mean; missing if no position is
        kept, or if the network itself has fewer of its sites near residents.
    kept, tried
        Positions kept, of those tried; of several networks, for the one with fewest.
    null_mean, null_sd
        Mean and standard deviation of the index over the positions kept.
    lost
        Mean share of the sites that fall outside the ranked units.
    """

    keep: float
    p_value: float
    kept: int
    tried: int
    null_mean: float
    null_sd: float
    lost: float

    @property
    def counts(self) -> bool:
        """Tell whether there are enough positions to count."""
        return self.kept >= LEAST_POSITIONS_OF_NETWORK and not math.isnan(self.p_value)


@dataclass(frozen=True)
class NetworkTest:
    """A concentration index, tested against the same network laid elsewhere.

    Parameters
    ----------
    index
        The standard concentration index of the sites in ranked units.
    null_mean, null_sd
        Mean and standard deviation of the index over the positions kept.
    p_value
        Probability of an index at least as far from the null mean, with each weighed by the
        square root of its sites left.
    effective_n
        Independent sites that would spread as much as the network: variance of one site at a
        random resident, divided by that of the index over the positions; never above `n`.
    kept, tried
        Positions kept, of those tried; of several networks, for the one with fewest.
    lost
        Mean share of the sites that fall outside the ranked units when moved: lost at the edge.
    verdict
        ``"holds"`` if p is below 0.05 at every `keep` with at least 200 positions;
        ``"one_decision"``, a single decision could have done this, if it is at none; else
        ``"cannot_tell"``.
    reason
        Why it is ``"cannot_tell"``: ``"few_positions"``, fewer than 200 at the `keep` asked for;
        ``"outside_the_city"``, fewer of its own sites than that are near residents;
        ``"fills_the_city"``, the median move is less than half the radius of gyration;
        ``"depends_on_keep"``; or ``"no_spread"``, need does not differ. Otherwise empty.
    keeps
        The same at each share of the sites to keep in the city.
    n
        Sites in ranked units.
    networks
        Networks that are moved, each by itself.
    median_move_m
        Median distance by which a position moves the middle of the network; of several, that of
        the one that can move least.
    radius_m
        Radius of gyration of the same network.
    draws
        Positions to keep.
    seed
        Seed of the random numbers.
    """

    index: float
    null_mean: float
    null_sd: float
    p_value: float
    effective_n: float
    kept: int
    tried: int
    lost: float
    verdict: NetworkVerdict
    reason: Reason
    keeps: tuple[AtKeep, ...]
    n: int
    networks: int
    median_move_m: float
    radius_m: float
    draws: int
    seed: int


def at_keep(
    keep: float, streams: Sequence[Positions], index: float, left: float, *, possible: bool
) -> AtKeep:
    """Return what is found at one `keep`, from the positions of each network.

    The networks are moved independently, so their positions are put together in the order in
    which they were tried. `possible` tells whether the observed network would be kept itself.
    """
    kept = min(len(stream.near) for stream in streams)
    tried = max(stream.tried for stream in streams if len(stream.near) == kept)
    if not kept:
        return AtKeep(keep, math.nan, 0, tried, math.nan, math.nan, math.nan)
    ranked = np.sum([stream.left[:kept] for stream in streams], axis=0)
    moved = np.sum([stream.total[:kept] for stream in streams], axis=0) / np.maximum(ranked, 1)
    mean = (moved.sum() + index) / (kept + 1)
    far = np.abs(moved - mean) * np.sqrt(ranked)
    as_far = far >= abs(index - mean) * math.sqrt(left) - TIE
    sites = sum(stream.sites for stream in streams)
    return AtKeep(
        keep=keep,
        p_value=(1 + int(as_far.sum())) / (kept + 1) if possible else math.nan,
        kept=kept,
        tried=tried,
        null_mean=float(moved.mean()),
        null_sd=float(moved.std(ddof=1)) if kept > 1 else math.nan,
        lost=float(1 - ranked.mean() / sites),
    )


def verdict_on(
    keeps: Sequence[AtKeep], asked: AtKeep, *, fills: bool
) -> tuple[NetworkVerdict, Reason]:
    """Return the verdict over all shares to keep, and why it cannot be told."""
    if asked.kept < LEAST_POSITIONS_OF_NETWORK:
        return "cannot_tell", "few_positions"
    if math.isnan(asked.p_value):
        return "cannot_tell", "outside_the_city"
    if fills:
        return "cannot_tell", "fills_the_city"
    unlikely = [one.p_value < ALPHA for one in keeps if one.counts]
    if all(unlikely):
        return "holds", ""
    return ("cannot_tell", "depends_on_keep") if any(unlikely) else ("one_decision", "")
