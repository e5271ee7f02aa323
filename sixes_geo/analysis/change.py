"""One network at several dates, and a network beside ordinary services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.provision import Provision, gather
from sixes_geo.analysis.question import Question, weight_options
from sixes_geo.analysis.ranking import rank_by, ranked_units
from sixes_geo.base.errors import InputError
from sixes_geo.city.model import City, Layer, Series
from sixes_geo.measures import IndexDifference, index_difference
from sixes_geo.spatial.placement import anchor_points

Assessor = Callable[[Question], Assessment]
Gatherer = Callable[[Question], Provision]


@dataclass(frozen=True)
class Step:
    """From one date of a network to the next.

    ``fates`` has a row per site: ``fate`` (kept, gained, lost), ``unit``, ``name``, ``lon`` and
    ``lat``; ``difference`` is missing where there are no sites to follow, as of money.
    """

    before: str
    after: str
    fates: pd.DataFrame
    difference: IndexDifference | None


@dataclass(frozen=True)
class Dates:
    """A network at every date it is known for, each measured by the same need and unit."""

    series: Series
    assessments: tuple[Assessment, ...]
    steps: tuple[Step, ...]


def series_of(question: Question) -> Series | None:
    """Return the series to which the first layer of a question that has one belongs."""
    named = (layer.series for layer in question.layers)
    wanted = next((one for one in named if one), "")
    return next((one for one in question.city.series if one.series == wanted), None)


def dates_of(
    question: Question, *, assessed: Assessor = assess, gathered: Gatherer = gather
) -> Dates | None:
    """Measure every date of the network of a question.

    Parameters
    ----------
    question
        Names a layer that is one date of a series; its unit and need hold for all dates.
    assessed, gathered
        How to measure and to gather, for a caller that keeps what it has found.

    Returns
    -------
    Dates or None
        Nothing where no layer of the question is one of several dates.

    Notes
    -----
    Need, people and borders are those of the question at every date: what differs is the network.
    Money is the exception: each year of it is ranked by the need of that year where there is
    one, else by that of the question.
    """
    series = series_of(question)
    if series is None:
        return None
    layers = sorted(
        (one for one in question.city.layers if one.series == series.series),
        key=lambda one: (one.year or 0, one.vintage, one.layer),
    )
    questions = [_question_at(question, layer) for layer in layers]
    found = tuple(assessed(one) for one in questions)
    provisions = [gathered(one) for one in questions]
    steps = [
        _step(series, one, other, (before, after))
        for one, other, before, after in zip(
            found[:-1], found[1:], provisions[:-1], provisions[1:], strict=True
        )
    ]
    return Dates(series, found, tuple(steps) if not layers[0].per_unit else ())


def steps_of(city: City, layers: Iterable[Layer]) -> int:
    """Return from how many dates to a next one the network of some layers can be followed."""
    wanted = next((one.series for one in layers if one.series and not one.per_unit), "")
    return max(0, sum(one.series == wanted for one in city.layers) - 1) if wanted else 0


def contrasts_of(question: Question, *, assessed: Assessor = assess) -> tuple[Assessment, ...]:
    """Measure the ordinary services of a city by the same need and unit, site by site.

    A contrast is never an initiative: it shows what following people looks like. Services that
    cannot be measured are left out, as is money.
    """
    others = [one for one in question.city.layers if one.role == "contrast" and not one.per_unit]
    plain = [
        replace(question, layers=(one,), weight="sites", without="", es=(), ps=())
        for one in others
        if one.layer not in question.layer_names
    ]
    found = (assessed(one) for one in plain)
    return tuple(one for one in found if one.test is not None)


def _question_at(question: Question, layer: Layer) -> Question:
    """Return the question of one date: its weight where it has it, sites where not."""
    options = weight_options([layer])
    weight = question.weight if question.weight in options else options[0]
    one = replace(question, layers=(layer,), weight=weight, without="")
    if not layer.per_unit:
        return one
    same = layer.year in question.need.years.get(question.unit.unit, ())
    unit = question.city.unit_named(layer.unit)
    return replace(one, unit=unit, year=layer.year if same and layer.year else question.year)


def _step(
    series: Series,
    one: Assessment,
    other: Assessment,
    provisions: tuple[Provision, Provision],
) -> Step:
    """Follow the sites from one date to the next."""
    before, after = (_placed(one.city, provision) for provision in provisions)
    pairs = mutual_nearest(before, after, float(series.kept_within_m or 0))
    fates = _fates(before, after, pairs)
    return Step(
        before=one.question.layers[0].layer,
        after=other.question.layers[0].layer,
        fates=fates,
        difference=_difference(one, before, after, pairs),
    )


def mutual_nearest(before: pd.DataFrame, after: pd.DataFrame, within_m: float) -> np.ndarray:
    """Return the rows of places that are each other's nearest within a distance, as pairs."""
    if before.empty or after.empty:
        return np.empty((0, 2), dtype=int)
    one, other = before[["x", "y"]].to_numpy(), after[["x", "y"]].to_numpy()
    far, to = cKDTree(other).query(one)
    back = cKDTree(one).query(other)[1]
    rows = np.flatnonzero((back[to] == np.arange(len(one))) & (far <= within_m))
    return np.column_stack([rows, to[rows]])


def _placed(city: City, provision: Provision) -> pd.DataFrame:
    """Return where the used sites stand: metres, degrees, unit and name."""
    sites = provision.sites
    points = anchor_points(sites.geometry, crs=city.crs)
    metres = points.to_crs(city.crs)
    return pd.DataFrame(
        {
            "x": metres.x.to_numpy(),
            "y": metres.y.to_numpy(),
            "lon": points.x.to_numpy(),
            "lat": points.y.to_numpy(),
            "unit": sites["unit"].to_numpy(),
            "name": sites["name"].to_numpy(),
        }
    )


def _fates(before: pd.DataFrame, after: pd.DataFrame, pairs: np.ndarray) -> pd.DataFrame:
    """Say of every place whether it was kept, gained or lost."""
    stayed = np.isin(np.arange(len(after)), pairs[:, 1])
    went = ~np.isin(np.arange(len(before)), pairs[:, 0])
    now = after.assign(fate=np.where(stayed, "kept", "gained"))
    columns = ["fate", "unit", "name", "lon", "lat"]
    return pd.concat([now, before[went].assign(fate="lost")], ignore_index=True)[columns]


def _difference(
    one: Assessment, before: pd.DataFrame, after: pd.DataFrame, pairs: np.ndarray
) -> IndexDifference | None:
    """Compare the index of both dates, sites that were kept with both their places."""
    ranked = ranked_units(one.units)
    label = np.arange(len(after)) + len(before)
    label[pairs[:, 1]] = pairs[:, 0]
    was = pd.Series(before["unit"].to_numpy(), index=np.arange(len(before)))
    now = pd.Series(after["unit"].to_numpy(), index=label)
    was, now = was[was.isin(ranked.index)], now[now.isin(ranked.index)]
    order = rank_by(one.question, ranked["need"])
    try:
        return index_difference(was, now, ranked["population"], order, seed=one.question.seed)
    except InputError:
        return None
