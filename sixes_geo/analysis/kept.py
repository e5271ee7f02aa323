"""The analyses that take long, each with the arguments of the plain one, kept on disk.

A kept answer is the plain one, field by field; only the time differs. A server has its workers
measure what is not kept yet, so that pages of others go on meanwhile.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.analysis import nulls
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.link import record_of
from sixes_geo.analysis.networks import Count, networks_of
from sixes_geo.analysis.provision import Gatherer, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.robustness import every_variant
from sixes_geo.city.model import City, Unit
from sixes_geo.city.tables import verified
from sixes_geo.measures import AtKeep, NetworkTest, PlacementTest, PlaceRaster
from sixes_geo.measures.placement.raster import Grid
from sixes_geo.store.results import kept_array, kept_record
from sixes_geo.workers import shared


def unit_raster(city: City, unit: Unit) -> PlaceRaster:
    """Return `nulls.unit_raster`."""
    made: list[PlaceRaster] = []

    def compute() -> PlaceRaster:
        made.append(nulls.unit_raster(city, unit))
        return made[0]

    key = f"{city.crs} {verified(city, unit.resource)[1]}"
    grid = kept_record("unit-grid", key, lambda: asdict(compute().grid))
    values = kept_array("unit-raster", key, lambda: (made[0] if made else compute()).values)
    return PlaceRaster(Grid(**grid), values)


def ground(city: City) -> nulls.Ground | None:
    """Return `nulls.ground_of`."""
    made: list[nulls.Ground | None] = []

    def compute() -> nulls.Ground | None:
        made.append(nulls.ground_of(city))
        return made[0]

    def grain() -> float | None:
        fresh = compute()
        return None if fresh is None else fresh.grain_m

    def points() -> npt.NDArray[np.float64]:
        fresh = made[0] if made else compute()
        if fresh is None:
            return np.empty((0, 3))
        return np.column_stack([fresh.places, fresh.people])

    key = f"{city.city} {city.stamp}"
    grain_m = kept_record("people-grain", key, grain)
    if grain_m is None:
        return None
    table = kept_array("people-points", key, points)
    return nulls.Ground(table[:, :2], table[:, 2], grain_m)


def network(question: Question, gathered: Gatherer = gather) -> NetworkTest | None:
    """Return `nulls.network`; it is the same for every weight."""
    record = network_record(question, gathered)
    if record is None:
        return None
    keeps = tuple(AtKeep(**_with_missing(each)) for each in record.pop("keeps"))
    return NetworkTest(**_with_missing(record), keeps=keeps)


def network_record(question: Question, gathered: Gatherer = gather) -> dict[str, Any] | None:
    """Return `network` as plain values."""
    by_sites = replace(question, weight="sites")

    def compute() -> dict[str, Any] | None:
        if question.layers[0].per_unit:
            return None
        raster, people = unit_raster(question.city, question.unit), ground(question.city)
        return _record(nulls.network(question, gathered(question), raster=raster, ground=people))

    record: dict[str, Any] | None = _kept(
        "network", "network-null", by_sites.key, question, compute
    )
    return record


def workplaces(question: Question, gathered: Gatherer = gather) -> PlacementTest | None:
    """Return `nulls.workplaces`."""
    record = workplaces_record(question, gathered)
    if record is None:
        return None
    low, high = record.pop("interval")
    return PlacementTest(**_with_missing(record), interval=(low, high))


def workplaces_record(question: Question, gathered: Gatherer = gather) -> dict[str, Any] | None:
    """Return `workplaces` as plain values."""

    def compute() -> dict[str, Any] | None:
        return _record(nulls.workplaces(question, gathered(question)))

    record: dict[str, Any] | None = _kept(
        "workplaces", "workplaces-null", question.key, question, compute
    )
    return record


def variants(question: Question, gathered: Gatherer = gather) -> pd.DataFrame:
    """Return `robustness.every_variant`; it is the same whichever variant is shown."""
    record = variants_record(question, gathered)
    rows = [[math.nan if value is None else value for value in row] for row in record["rows"]]
    return pd.DataFrame(rows, columns=record["columns"])


def variants_record(question: Question, gathered: Gatherer = gather) -> dict[str, Any]:
    """Return `variants` as plain values."""
    city = question.city
    identity = (question.layer_names, question.seed, question.es, question.ps, question.basis)

    def compute() -> dict[str, Any]:
        table = every_variant(question, gathered=gathered)
        rows = [list(row) for row in table.astype("object").itertuples(index=False)]
        return {"columns": list(table), "rows": _plain(rows)}

    key = repr((city.city, city.stamp, identity))
    return dict(_kept("variants", "variants", key, question, compute))


def networks_count(
    question: Question, assessed: Callable[[Question], Assessment] = assess
) -> Count:
    """Return the count of `networks.networks_of`, for which only initiatives are measured."""
    return Count(**networks_count_record(question, assessed))


def networks_count_record(
    question: Question, assessed: Callable[[Question], Assessment] = assess
) -> dict[str, Any]:
    """Return `networks_count` as plain values."""
    city = question.city
    key = repr((city.city, city.stamp, question.unit.unit, question.need_and_year, question.seed))

    def compute() -> dict[str, Any]:
        found = networks_of(
            question,
            groups=("initiatives",),
            assessed=assessed,
            moved=network,
            on_jobs=lambda _: None,
        )
        return asdict(found.count)

    return dict(_kept("networks_count", "networks-count", key, question, compute))


def _kept(what: str, name: str, key: str, question: Question, compute: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what is kept, or have a worker measure it, or measure it here where there is none.

    Here, too, if workers are still starting or busy with long work: a page waits for it. A worker
    answers the same question of the same data only: if a file was exchanged meanwhile, or it sees
    other cities, it is measured here.
    """

    def measured() -> Any:  # noqa: ANN401
        if not shared.is_ready():
            return compute()
        given = {"what": what, "choice": record_of(question), "key": question.key}
        answer = shared.ask("measure", given, owner=question.key, key=f"{what} {key}")
        return answer["record"] if answer["same"] else compute()

    return kept_record(name, key, measured)


def _record(result: NetworkTest | PlacementTest | None) -> dict[str, Any] | None:
    """Return a result as plain values: a missing number is None."""
    return None if result is None else _plain(asdict(result))


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return values without missing numbers, which JSON does not have."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _with_missing(record: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record with a missing number for None."""
    return {name: math.nan if value is None else value for name, value in record.items()}
