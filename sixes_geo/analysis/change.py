"""Change: a network at several dates, and beside ordinary services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.options import weight_options
from sixes_geo.analysis.provision import Gatherer, Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import rank_by, ranked_units
from sixes_geo.base.errors import InputError
from sixes_geo.city.model import City, Layer, Series
from sixes_geo.measures import IndexDifference, index_difference
from sixes_geo.spatial.placement import anchor_points

Assessor = Callable[[Question], Assessment]


@dataclass(frozen=True)
class Step:
    """The change of a network from one date to the next.

    ``layers`` are the network at the two dates. ``sites`` has a row per site: its ``change``
    (kept, gained, lost), ``unit``, ``name``, ``lon`` and ``lat``. ``difference`` is None if one
    of the dates has no site that can be ranked.
    """

    layers: tuple[Layer, Layer]
    sites: pd.DataFrame
    difference: IndexDifference | None

    @property
    def before(self) -> str:
        """The layer of the earlier date, as links and commands write it."""
        return self.layers[0].layer

    @property
    def after(self) -> str:
        """The layer of the later date, as links and commands write it."""
        return self.layers[1].layer


@dataclass(frozen=True)
class Dates:
    """A network at every date on record, each measured by the same need and unit."""

    series: Series
    assessments: tuple[Assessment, ...]
    steps: tuple[Step, ...]


def series_of(question: Question) -> Series | None:
    """Return the series of the first layer of a question that belongs to one."""
    names = (layer.series for layer in question.layers if layer.series)
    name = next(names, "")
    return next((series for series in question.city.series if series.series == name), None)


def dates_of(
    question: Question, *, assessed: Assessor = assess, gathered: Gatherer = gather
) -> Dates | None:
    """Measure every date of the network of a question.

    Parameters
    ----------
    question
        Has a layer that is one date of a series; its unit and need are used for all dates.
    assessed, gathered
        Return the assessment and the provision of a question, for callers with a cache.

    Returns
    -------
    Dates or None
        None if no layer of the question belongs to a series.

    Notes
    -----
    Need, people and borders are those of the question at every date, so only the network differs.
    Money is the exception: each year is ranked by the need of that year if there is one, else by
    that of the question.
    """
    series = series_of(question)
    if series is None:
        return None
    layers = sorted(
        (layer for layer in question.city.layers if layer.series == series.series),
        key=lambda layer: (layer.year or 0, layer.vintage, layer.layer),
    )
    questions = [_question_at(question, layer) for layer in layers]
    assessments = tuple(assessed(question) for question in questions)
    provisions = [gathered(question) for question in questions]
    steps = [
        _step(series, (first, second), (before, after))
        for first, second, before, after in zip(
            assessments[:-1], assessments[1:], provisions[:-1], provisions[1:], strict=True
        )
    ]
    return Dates(series, assessments, tuple(steps) if not layers[0].per_unit else ())


def steps_of(city: City, layers: Iterable[Layer]) -> int:
    """Return the number of steps between the dates of the network that some layers belong to."""
    names = (layer.series for layer in layers if layer.series and not layer.per_unit)
    name = next(names, "")
    return max(0, sum(layer.series == name for layer in city.layers) - 1) if name else 0


def contrasts_of(question: Question, *, assessed: Assessor = assess) -> tuple[Assessment, ...]:
    """Measure the ordinary services of a city by the same need and unit, counting sites.

    A contrast is never an initiative: it shows what provision that follows people looks like.
    Services that cannot be measured are left out, and so is money.
    """
    services = [
        layer
        for layer in question.city.layers
        if layer.role == "contrast"
        and not layer.per_unit
        and layer.layer not in question.layer_names
    ]
    plain = replace(question, weight="sites", without="", es=(), ps=())
    assessments = (assessed(replace(plain, layers=(layer,))) for layer in services)
    return tuple(assessment for assessment in assessments if assessment.test is not None)


def _question_at(question: Question, layer: Layer) -> Question:
    """Return the question for one date, by its weight if that date has it, else by sites."""
    options = weight_options([layer])
    weight = question.weight if question.weight in options else options[0]
    dated = replace(question, layers=(layer,), weight=weight, without="")
    if not layer.per_unit:
        return dated
    same = layer.year in question.need.years.get(question.unit.unit, ())
    unit = question.city.unit_named(layer.unit)
    return replace(dated, unit=unit, year=layer.year if same and layer.year else question.year)


def _step(
    series: Series,
    assessments: tuple[Assessment, Assessment],
    provisions: tuple[Provision, Provision],
) -> Step:
    """Follow the sites from one date to the next."""
    first, second = assessments
    before, after = (_placed(first.city, provision) for provision in provisions)
    pairs = mutual_nearest(before, after, float(series.kept_within_m or 0))
    return Step(
        layers=(first.question.layers[0], second.question.layers[0]),
        sites=_changes(before, after, pairs),
        difference=_difference(first, before, after, pairs),
    )


def mutual_nearest(before: pd.DataFrame, after: pd.DataFrame, within_m: float) -> np.ndarray:
    """Return pairs of rows whose places are each other's nearest, within a distance."""
    if before.empty or after.empty:
        return np.empty((0, 2), dtype=int)
    old, new = before[["x", "y"]].to_numpy(), after[["x", "y"]].to_numpy()
    distance, nearest_new = cKDTree(new).query(old)
    nearest_old = cKDTree(old).query(new)[1]
    mutual = nearest_old[nearest_new] == np.arange(len(old))
    rows = np.flatnonzero(mutual & (distance <= within_m))
    return np.column_stack([rows, nearest_new[rows]])


def _placed(city: City, provision: Provision) -> pd.DataFrame:
    """Return the places of the used sites: metres, degrees, unit and name."""
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


def _changes(before: pd.DataFrame, after: pd.DataFrame, pairs: np.ndarray) -> pd.DataFrame:
    """Return every site with its change: kept, gained or lost."""
    kept = np.isin(np.arange(len(after)), pairs[:, 1])
    lost = ~np.isin(np.arange(len(before)), pairs[:, 0])
    now = after.assign(change=np.where(kept, "kept", "gained"))
    columns = ["change", "unit", "name", "lon", "lat"]
    return pd.concat([now, before[lost].assign(change="lost")], ignore_index=True)[columns]


def _difference(
    first: Assessment, before: pd.DataFrame, after: pd.DataFrame, pairs: np.ndarray
) -> IndexDifference | None:
    """Compare the indices of two dates; a kept site has one label and both of its units."""
    ranked = ranked_units(first.units)
    label = np.arange(len(after)) + len(before)
    label[pairs[:, 1]] = pairs[:, 0]
    old = pd.Series(before["unit"].to_numpy(), index=np.arange(len(before)))
    new = pd.Series(after["unit"].to_numpy(), index=label)
    old, new = old[old.isin(ranked.index)], new[new.isin(ranked.index)]
    order = rank_by(first.question, ranked["need"])
    try:
        return index_difference(old, new, ranked["population"], order, seed=first.question.seed)
    except InputError:
        return None
