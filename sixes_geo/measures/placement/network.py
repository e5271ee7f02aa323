"""Network test: where the index would fall if a network lay elsewhere, moved as one piece."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.measures.base.checks import (
    LABELS,
    WEIGHT,
    Numbers,
    Values,
    at_least,
    between,
    examine,
    refuse,
)
from sixes_geo.measures.base.null_distribution import TIE
from sixes_geo.measures.base.places import Points, as_many, places
from sixes_geo.measures.base.thresholds import (
    KEEPS,
    LEAST_MOVE_OF_NETWORK,
    LEAST_POSITIONS_OF_NETWORK,
)
from sixes_geo.measures.placement.chance import draw_faults
from sixes_geo.measures.placement.network_result import NetworkTest, at_keep, verdict_on
from sixes_geo.measures.placement.positions import Piece, Positions, Town
from sixes_geo.measures.placement.raster import ValueOf

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = 2
"""Begins the seeds of the pieces, so that they are not those of other tests."""


def network_test(  # noqa: PLR0913  (places, people and ranks come apart, as they are kept)
    sites_xy: Points,
    people_xy: Points,
    people: Values,
    rank_of: ValueOf,
    *,
    network: Values | None = None,
    site_ranks: Values | None = None,
    grain_m: float = 500.0,
    keep: float = 0.6,
    draws: int = 999,
    seed: int = 0,
) -> NetworkTest:
    """Test the concentration index of a network against the network laid elsewhere as one piece.

    Parameters
    ----------
    sites_xy
        Sites, in metres of a projected CRS; shape ``(n, 2)``.
    people_xy
        Where people live, in the same CRS; shape ``(m, 2)``.
    people
        People at each point; not negative, with a positive sum; shape ``(m,)``.
    rank_of
        Gives the fractional rank (0 to 1) of each place, as an array, from rows of metres east
        and north; missing outside the ranked units. A `place_raster` makes it fast.
    network
        The network of each site, if there are several: each is moved by itself; shape ``(n,)``.
        If not given, all sites are one network.
    site_ranks
        The rank of each site where it is, missing outside the ranked units; shape ``(n,)``. If
        not given, it is looked up by `rank_of`: a raster errs for sites on a border street.
    grain_m
        How near, in metres, a resident must be for a site to be in the city. Not less than the
        grain of the people points: pass the larger of 500 m and that.
    keep
        Share of the sites that must be in the city for a position to count, between 0 and 1.
        Shown beside it: 0.5, 0.6, 0.7 and 0.8.
    draws
        Positions to keep, at least 200; at most 30,000 are tried.
    seed
        Seed of the random numbers; the same seed gives the same result, in every row order.

    Returns
    -------
    NetworkTest
        Index, its mean and spread over positions, p-value, effective number of sites, verdict,
        and the same at each `keep`.

    Raises
    ------
    InputError
        If shapes differ, values are missing, infinite or negative, nobody lives anywhere, no
        site or no resident is in a ranked unit, ranks are not from 0 to 1, `grain_m` is not
        positive, `keep` is not between 0 and 1, `draws` is below 200 or `seed` below 0.

    See Also
    --------
    placement_test : Places every site by itself.
    place_raster : Ranks as a look-up.

    Notes
    -----
    A network is laid out as a whole, so its sites are no independent decisions. The pattern is
    moved as one rigid piece: a site drawn at random is laid on a resident drawn at random, the
    piece is turned by a random angle, and mirrored half of the time. A position counts if at
    least `keep` of its sites are within `grain_m` of residents. This is the random shift test
    of spatial statistics (Lotwick and Silverman 1982 [1]_), for points and a covariate as in
    Dvořák and others (2022) [2]_, with the variance correction of Mrkvička and others (2021)
    [3]_ for pieces that lose sites at the edge: compared are ``|T - mean| sqrt(sites left)``,
    with the mean over all positions and the observed one, and
    ``p = (1 + #{as far}) / (positions + 1)``.

    The null mean is not 0: a network keeps its shape, and ground near the edge is seldom
    reached. The edge keeps p from being exactly uniform; how often *holds* is told of patterns
    placed by this same mechanism is in ``docs/methods.md``. The answer depends on `keep`, so all
    of them must agree. A pattern that fills the city cannot be moved and gets no verdict. A
    network of one site is a site at a random resident.

    The test holds the shape of the network fixed, as if it were no part of the decision, and
    ignores what a shape needs (rails, hills, water). It says whether the place of the whole
    could be chance, not why it is there.

    References
    ----------
    .. [1] H. W. Lotwick, B. W. Silverman, "Methods for analysing spatial processes of several
       types of points", Journal of the Royal Statistical Society B 44(3), 406-413, 1982.
    .. [2] J. Dvořák, T. Mrkvička, J. Mateu, J. A. González, "Nonparametric testing of the
       dependence structure among points-marks-covariates in spatial point patterns",
       International Statistical Review 90(3), 592-621, 2022; R package NTSS, ``PC.test``.
    .. [3] T. Mrkvička, J. Dvořák, J. A. González, J. Mateu, "Revisiting the random shift
       approach for testing in spatial statistics", Spatial Statistics 42, 100430, 2021.

    Examples
    --------
    Ten stations in a row, 200 m apart, in the better-off east of a city 10 km wide: one decision
    could have put them there, although their index is far from 0.

    >>> import numpy as np
    >>> homes = np.array([[x, y] for x in range(50, 10000, 100) for y in range(50, 10000, 100)])
    >>> stations = np.array([[8000.0, 4000 + 200 * k] for k in range(10)])
    >>> rank_of = lambda xy: np.where((xy >= 0).all(1) & (xy < 1e4).all(1), xy[:, 0] / 1e4, np.nan)
    >>> test = network_test(stations, homes, np.ones(len(homes)), rank_of)
    >>> round(test.index, 2), test.kept, round(test.effective_n), test.verdict
    (0.6, 999, 1, 'one_decision')
    """
    given, options = _accept(sites_xy, people_xy, people, rank_of, network, site_ranks)
    options += [*between("keep", keep, 0, 1), *draw_faults(draws, seed)]
    options += at_least("draws", draws, LEAST_POSITIONS_OF_NETWORK) if draws >= 1 else []
    if not grain_m > 0:
        options.append(Problem("not_positive", {"name": "`grain_m`", "found": grain_m}))
    refuse("network_test", options)
    town = Town.of(given.residents, given.people, rank_of, grain_m)
    pieces = [Piece.of(given.sites[given.network == one]) for one in np.unique(given.network)]
    shares = tuple(sorted({*KEEPS, keep}))
    streams = [
        piece.positions(town, shares, draws, np.random.default_rng([seed, PIECES, nth]))
        for nth, piece in enumerate(pieces)
    ]
    index, left = given.index, given.left
    own = min(float(town.share_near(*piece.where)[0]) for piece in pieces)
    at = {share: [stream.at(share, draws) for stream in streams] for share in shares}
    keeps = tuple(at_keep(one, at[one], index, left, possible=own >= one) for one in shares)
    asked = keeps[shares.index(keep)]
    move, radius = _least_moved(pieces, at[keep])
    verdict, reason = verdict_on(keeps, asked, fills=move < LEAST_MOVE_OF_NETWORK * radius)
    one_site = given.variance_of_one_site
    spread = one_site > TIE and asked.null_sd > TIE
    return NetworkTest(
        index=index,
        null_mean=asked.null_mean,
        null_sd=asked.null_sd,
        p_value=asked.p_value,
        effective_n=min(left, one_site / asked.null_sd**2) if spread else math.nan,
        kept=asked.kept,
        tried=asked.tried,
        lost=asked.lost,
        verdict=verdict if one_site > TIE else "cannot_tell",
        reason=reason if one_site > TIE else "no_spread",
        keeps=keeps,
        n=left,
        networks=len(pieces),
        median_move_m=move,
        radius_m=radius,
        draws=draws,
        seed=seed,
    )


@dataclass(frozen=True)
class Given:
    """Accepted input: all sites with their relative ranks, and the residents that have a rank."""

    sites: Numbers
    standing: Numbers
    network: Numbers
    residents: Numbers
    people: Numbers
    variance_of_one_site: float

    @property
    def left(self) -> int:
        """Return the number of sites in ranked units."""
        return int((~np.isnan(self.standing)).sum())

    @property
    def index(self) -> float:
        """Return the index of the sites in ranked units."""
        return math.fsum(self.standing[~np.isnan(self.standing)]) / self.left


def _accept(
    sites_xy: Points,
    people_xy: Points,
    people: Values,
    rank_of: ValueOf,
    network: Values | None,
    site_ranks: Values | None,
) -> tuple[Given, list[Problem]]:
    """Return the input with the ranks of its places, and all faults."""
    sites, faults = places("sites_xy", sites_xy)
    homes, more = places("people_xy", people_xy)
    lived, problems = examine({"people": (people, WEIGHT)})
    problems = [*faults, *more, *problems]
    codes = np.zeros(len(sites))
    if network is not None:
        labels, unclear = examine({"network": (network, LABELS)})
        problems += unclear or as_many("network", len(labels["network"]), "sites_xy", len(sites))
        codes = pd.factorize(np.asarray(network), sort=True)[0].astype(np.float64)
    if not more and "people" in lived.arrays:
        problems += as_many("people_xy", len(homes), "people", len(lived["people"]))
    nothing = np.empty(0)
    if problems:
        return Given(sites, nothing, codes, homes, nothing, 0.0), problems
    own = rank_of if site_ranks is None else lambda _: np.asarray(site_ranks)
    at_sites, faults = _ranks("site_ranks", own, sites)
    at_homes, more = _ranks("rank_of", rank_of, homes)
    counted = (lived["people"] > 0) & ~np.isnan(at_homes)
    problems = faults or more
    if not problems and np.isnan(at_sites).all():
        problems = [Problem("no_sites", {})]
    if not problems and not counted.any():
        problems = [Problem("too_few_units", {"got": 0})]
    weight, standing = lived["people"][counted], 2 * at_homes[counted] - 1
    variance = 0.0 if problems else _variance(standing, weight)
    return Given(sites, 2 * at_sites - 1, codes, homes[counted], weight, variance), problems


def _ranks(name: str, rank_of: ValueOf, xy: Numbers) -> tuple[Numbers, list[Problem]]:
    """Return the ranks of places, and their fault: too few or too many, or no ranks."""
    ranks = np.asarray(rank_of(xy), dtype=np.float64)
    if ranks.shape != (len(xy),):
        return np.full(len(xy), np.nan), as_many(name, ranks.size, "places", len(xy))
    bad = ranks[(ranks < 0) | (ranks > 1)]
    return ranks, [
        Problem("not_a_rank", {"name": f"`{name}`", "found": bad[0]})
    ] if bad.size else []


def _variance(standing: Numbers, people: Numbers) -> float:
    """Return the variance of the relative rank of a resident drawn at random, in any row order."""
    total = math.fsum(people)
    mean = math.fsum(standing * people) / total
    return math.fsum((standing - mean) ** 2 * people) / total


def _least_moved(pieces: Sequence[Piece], streams: Sequence[Positions]) -> tuple[float, float]:
    """Return median move and radius of gyration of the network that moves least by its size."""
    moves = [
        (float(np.median(stream.move)) if stream.move.size else math.nan, piece.radius_of_gyration)
        for piece, stream in zip(pieces, streams, strict=True)
    ]
    return min(moves, key=lambda one: one[0] / max(one[1], TIE))
