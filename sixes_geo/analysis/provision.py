"""From the layers a person chose to what stands in each unit, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.analysis.question import Question
from sixes_geo.city.investment import amounts_of
from sixes_geo.city.model import SHIPPED, City, Initiative, Layer, Unit
from sixes_geo.city.tables import (
    contributed_values,
    figures,
    read_initiatives,
    read_sites,
    read_units,
)
from sixes_geo.framework.tags import carries, profiles
from sixes_geo.spatial.placement import APPROXIMATE_FROM_M, anchor_points, disc_shares, locate

CITY_WIDE = "city-wide"


@dataclass(frozen=True)
class Accounting:
    """What became of every row that was read: nothing is dropped in silence.

    ``read = used + outside + unlocated + citywide``. Of those used, ``without_need`` stand in
    units that have no need figure, so that no index can count them; ``without_capacity`` have
    no capacity on record, and ``approximate`` are counted by their uncertainty disc.
    """

    read: int
    used: int
    outside: int
    unlocated: int
    citywide: int
    without_need: int = 0
    without_capacity: int = 0
    approximate: int = 0


@dataclass(frozen=True)
class Provision:
    """The sites of a question and what of them stands in each unit; of money, what was spent there.

    ``sites`` are those used, with ``unit`` and ``weight``; ``pieces`` say with which ``share``
    each of them counts in which ``unit``, and with which ``amount`` of what the question weighs:
    1 where its place is known, the parts of its disc where it is approximate. ``counts`` of
    sites and ``amounts`` add them up on every unit of the level; ``whole_counts`` counts each site
    whole in the unit its point is in, for tests that ask for whole sites. Money has no sites:
    its ``counts`` are missing, and its accounting is about units.
    """

    sites: gpd.GeoDataFrame
    pieces: pd.DataFrame
    counts: pd.Series
    amounts: pd.Series
    whole_counts: pd.Series
    accounting: Accounting
    unplaced: tuple[Initiative, ...]


def sites_of(city: City, layer: Layer) -> gpd.GeoDataFrame:
    """Return the sites of a layer, located or not."""
    sites = read_sites(city)
    sites = sites[sites["initiative"].isin(layer.initiatives)]
    if layer.newest:
        sites = newest(city, sites)
        return sites if layer.origin == SHIPPED else _shared_out(city, layer, sites)
    return sites if layer.year is None else sites[sites["year"] == layer.year]


def _shared_out(city: City, layer: Layer, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Share what people have told of each initiative among its located sites, in equal parts."""
    located = sites["initiative"].where(sites.geometry.notna())
    parts = located.map(located.value_counts()).astype("float64")  # texts where nothing has a place
    told = located.map(contributed_values(city, layer.layer)).astype("float64")
    return sites.assign(capacity=told / parts)


def newest(city: City, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the sites at the last date of each initiative that is told at dates.

    Of the others all are returned: their years are those in which places opened.
    """
    dated = {name for one in city.layers if one.year is not None for name in one.initiatives}
    last = sites.groupby("initiative")["year"].transform("max")
    return sites[(sites["year"] == last) | ~sites["initiative"].isin(dated)]


def initiatives_of(city: City, layers: Iterable[Layer]) -> tuple[Initiative, ...]:
    """Return the initiatives of layers, in the order of the city's table."""
    wanted = {name for layer in layers for name in layer.initiatives}
    return tuple(one for one in read_initiatives(city) if one.id in wanted)


def counted_initiatives(question: Question) -> tuple[Initiative, ...]:
    """Return the initiatives that a question counts: those of its layers that it does not exclude.

    Where it asks for Es or partners, an initiative of which neither is known is not counted.
    """
    named = (
        one for one in initiatives_of(question.city, question.layers) if one.id != question.without
    )
    if not question.es and not question.ps:
        return tuple(named)
    tagged = profiles(question.city)
    return tuple(one for one in named if carries(tagged[one.id], question.es, question.ps))


def sites_shown(question: Question, layer: Layer) -> gpd.GeoDataFrame:
    """Return the sites of a layer that a question counts, located or not."""
    sites = sites_of(question.city, layer)
    counted = {one.id for one in counted_initiatives(question)}
    return sites[sites["initiative"].isin(counted)]


def placeless(city: City) -> tuple[Initiative, ...]:
    """Return the initiatives of a city that stand nowhere in particular."""
    sites = read_sites(city)
    placed = set(sites.loc[sites.geometry.notna(), "initiative"].unique())
    return tuple(
        one for one in read_initiatives(city) if one.footprint == CITY_WIDE or one.id not in placed
    )


def gather(question: Question, only: Collection[str] | None = None) -> Provision:
    """Count what the chosen layers place in each unit.

    Parameters
    ----------
    question
        A checked question.
    only
        Ids of the initiatives to which it is restricted further, if it is.

    Returns
    -------
    Provision
        With an accounting of every row that was read.
    """
    unit = question.unit
    layers = question.layers
    if layers[0].per_unit:
        return _money(question.city, unit, layers[0])
    sites = pd.concat([sites_of(question.city, layer) for layer in layers]).drop_duplicates("id")
    counted = counted_initiatives(question)
    initiatives = [one for one in counted if only is None or one.id in only]
    sites = sites[sites["initiative"].isin({one.id for one in initiatives})]
    wide = {one.id for one in initiatives if one.footprint == CITY_WIDE}
    sited = set(sites["initiative"].unique())
    placeless = [one for one in initiatives if one.id not in sited]
    local = sites[~sites["initiative"].isin(wide)]
    located = local[local.geometry.notna()]
    located = located.assign(unit=unit_of(question.city, unit, located, question.border))
    used = located[located["unit"].notna()]
    used = used.assign(weight=_weights(used, question.weight))
    pieces = _pieces(question, used)
    ids = pd.Index(read_units(question.city, unit)["id"], name="id")
    unlocated = len(local) - len(located)
    accounting = Accounting(
        read=len(sites) + len(placeless),
        used=len(used),
        outside=len(located) - len(used),
        unlocated=unlocated + sum(one.id not in wide for one in placeless),
        citywide=len(sites) - len(local) + sum(one.id in wide for one in placeless),
        without_capacity=int(used["weight"].isna().sum()),
        approximate=int((used["precision_m"] > APPROXIMATE_FROM_M).sum()),
    )
    somewhere = set(located["initiative"].unique())
    unplaced = tuple(one for one in initiatives if one.id not in somewhere)
    return Provision(
        sites=used,
        pieces=pieces,
        counts=pieces.groupby("unit")["share"].sum().reindex(ids, fill_value=0.0),
        amounts=pieces.groupby("unit")["amount"].sum().reindex(ids, fill_value=0.0),
        whole_counts=used.groupby("unit").size().reindex(ids, fill_value=0),
        accounting=accounting,
        unplaced=unplaced,
    )


def _money(city: City, unit: Unit, layer: Layer) -> Provision:
    """Return what was spent in each unit: no sites, and nothing that stands anywhere."""
    spent = amounts_of(city, unit, layer)
    told = spent.dropna()
    return Provision(
        sites=read_sites(city).iloc[:0].assign(unit="", weight=0.0),
        pieces=pd.DataFrame(
            {"site": told.index, "unit": told.index, "share": 1.0, "amount": told.to_numpy()}
        ),
        counts=pd.Series(np.nan, index=spent.index),
        amounts=spent,
        whole_counts=spent.fillna(0.0).astype(int) * 0,
        accounting=Accounting(
            read=len(spent), used=len(told), outside=0, unlocated=len(spent) - len(told), citywide=0
        ),
        unplaced=(),
    )


def per_head(city: City, unit: Unit, layer: Layer) -> pd.Series[float]:
    """Return the money of a layer per person of each unit; missing where nobody lives."""
    people = figures(city, unit, *unit.population)["value"]
    spent = amounts_of(city, unit, layer)
    return (spent / people).where(people > 0)


def unit_of(city: City, unit: Unit, located: gpd.GeoDataFrame, border: int = 0) -> pd.Series[str]:
    """Return the unit each located site stands in, missing where it stands in none.

    One within ``border`` metres of the outermost border stands in the nearest unit.
    """
    if unit.level in located:
        known: pd.Series[str] = located[unit.level]
    else:
        # A cell may reach beyond the city; who stands there stands in none of its districts.
        known = _located(city, unit, located).where(located["district"].notna())
    beyond = known.isna()
    if border and beyond.any():
        known = known.astype("object")  # of no unit at all it would be a column of numbers
        known[beyond] = _located(city, unit, located[beyond], border)
    return known


def _located(
    city: City, unit: Unit, located: gpd.GeoDataFrame, snap_m: float = 0.0
) -> pd.Series[str]:
    """Return the unit each site stands in, found by its place."""
    points = anchor_points(located.geometry, crs=city.crs)
    return locate(points, read_units(city, unit), crs=city.crs, snap_m=snap_m)


def _weights(sites: gpd.GeoDataFrame, weight: str) -> pd.Series:
    """Return what each site counts for."""
    if weight == "sites":
        return pd.Series(1.0, index=sites.index)
    capacity: pd.Series = sites["capacity"].astype(float)
    return capacity


def _pieces(question: Question, used: gpd.GeoDataFrame) -> pd.DataFrame:
    """Say with which share each site counts in which unit.

    A place that is known roughly, or may lie across a border that is moved, counts by its disc.
    """
    precision = used["precision_m"].astype(float)
    radius = precision.where(precision > APPROXIMATE_FROM_M, 0.0).clip(lower=question.border)
    spread = radius > 0
    pieces = pd.DataFrame({"site": used.index, "unit": used["unit"].to_numpy(), "share": 1.0})
    if spread.any():
        units = read_units(question.city, question.unit)
        points = anchor_points(used.geometry[spread], crs=question.city.crs)
        parts = disc_shares(points, radius[spread], units, crs=question.city.crs)
        whole = ~pieces["site"].isin(parts["site"])  # so does one whose disc only just touches
        pieces = pd.concat([pieces[whole], parts], ignore_index=True)
    return pieces.assign(amount=pieces["share"] * pieces["site"].map(used["weight"]))
