"""Provision: the sites of a question counted by unit, with every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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
    """What happened to every row that was read: nothing is dropped silently.

    ``read = used + outside + unlocated + citywide``. Of those used, ``without_need`` are in
    units without a need figure, so no index can count them; ``without_capacity`` have no
    capacity on record; ``approximate`` are counted by their uncertainty disc.
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
    """The sites of a question and how many are in each unit; for money, what was spent there.

    ``sites`` are those used, with ``unit`` and ``weight``. ``pieces`` give the ``share`` with
    which each site counts in a ``unit`` (1 where its place is known, parts of its disc where it
    is approximate), and the ``amount`` of what the question weighs. ``counts`` and ``amounts``
    add the pieces up for every unit of the level; ``whole_counts`` counts each site whole in the
    unit of its point, for tests that need whole sites. Money has no sites: its ``counts`` are
    missing, and its accounting is about units.
    """

    sites: gpd.GeoDataFrame
    pieces: pd.DataFrame
    counts: pd.Series
    amounts: pd.Series
    whole_counts: pd.Series
    accounting: Accounting
    unplaced: tuple[Initiative, ...]


Gatherer = Callable[[Question], Provision]
"""Gathers the provision of a question: `gather`, or a caller's cache of it."""


def sites_of(city: City, layer: Layer) -> gpd.GeoDataFrame:
    """Return the sites of a layer, located or not."""
    sites = read_sites(city)
    sites = sites[sites["initiative"].isin(layer.initiatives)]
    if layer.newest:
        sites = newest(city, sites)
        return sites if layer.origin == SHIPPED else _with_contributed(city, layer, sites)
    return sites if layer.year is None else sites[sites["year"] == layer.year]


def _with_contributed(city: City, layer: Layer, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Divide the contributed value of each initiative equally among its located sites."""
    located = sites["initiative"].where(sites.geometry.notna())
    parts = located.map(located.value_counts()).astype("float64")  # texts where nothing has a place
    values = located.map(contributed_values(city, layer.layer)).astype("float64")
    return sites.assign(capacity=values / parts)


def newest(city: City, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the sites at the last date of each initiative that is known at several dates.

    All sites of the other initiatives are returned: their years are opening years.
    """
    dated = {name for layer in city.layers if layer.year is not None for name in layer.initiatives}
    last = sites.groupby("initiative")["year"].transform("max")
    return sites[(sites["year"] == last) | ~sites["initiative"].isin(dated)]


def initiatives_of(city: City, layers: Iterable[Layer]) -> tuple[Initiative, ...]:
    """Return the initiatives of layers, in the order of the city's table."""
    wanted = {name for layer in layers for name in layer.initiatives}
    return tuple(initiative for initiative in read_initiatives(city) if initiative.id in wanted)


def counted_initiatives(question: Question) -> tuple[Initiative, ...]:
    """Return the initiatives that a question counts: those of its layers that it does not exclude.

    If it asks for Es or partners, an initiative without known Es or partners is not counted.
    """
    included = (
        initiative
        for initiative in initiatives_of(question.city, question.layers)
        if initiative.id != question.without
    )
    if not question.es and not question.ps:
        return tuple(included)
    tagged = profiles(question.city)
    return tuple(
        initiative
        for initiative in included
        if carries(tagged[initiative.id], question.es, question.ps, question.basis)
    )


def sites_shown(question: Question, layer: Layer) -> gpd.GeoDataFrame:
    """Return the sites of a layer that a question counts, located or not."""
    sites = sites_of(question.city, layer)
    counted = {initiative.id for initiative in counted_initiatives(question)}
    return sites[sites["initiative"].isin(counted)]


def sites_drawn(question: Question, layer: Layer) -> gpd.GeoDataFrame:
    """Return the located sites of a layer that a question counts, each with its ``unit``.

    The unit is missing for a site outside all units, by the border of the question as `gather`
    moves it, so that a map and its figures agree on which sites are outside.
    """
    sites = sites_shown(question, layer)
    located = sites[sites.geometry.notna()]
    return located.assign(unit=unit_of(question.city, question.unit, located, question.border))


def placeless(city: City) -> tuple[Initiative, ...]:
    """Return the initiatives of a city that have no place of their own."""
    sites = read_sites(city)
    placed = set(sites.loc[sites.geometry.notna(), "initiative"].unique())
    return tuple(
        initiative
        for initiative in read_initiatives(city)
        if initiative.footprint == CITY_WIDE or initiative.id not in placed
    )


def gather(question: Question, only: Collection[str] | None = None) -> Provision:
    """Count the sites, or the money, of a question in each unit.

    Parameters
    ----------
    question
        A checked question.
    only
        Ids of initiatives to restrict the count to; all if not given.

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
    initiatives = [each for each in counted if only is None or each.id in only]
    sites = sites[sites["initiative"].isin({each.id for each in initiatives})]
    wide = {each.id for each in initiatives if each.footprint == CITY_WIDE}
    with_sites = set(sites["initiative"].unique())
    placeless = [each for each in initiatives if each.id not in with_sites]
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
        unlocated=unlocated + sum(each.id not in wide for each in placeless),
        citywide=len(sites) - len(local) + sum(each.id in wide for each in placeless),
        without_capacity=int(used["weight"].isna().sum()),
        approximate=int((used["precision_m"] > APPROXIMATE_FROM_M).sum()),
    )
    placed = set(located["initiative"].unique())
    unplaced = tuple(each for each in initiatives if each.id not in placed)
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
    """Return the money spent in each unit; it has no sites."""
    spent = amounts_of(city, unit, layer)
    known = spent.dropna()
    return Provision(
        sites=read_sites(city).iloc[:0].assign(unit="", weight=0.0),
        pieces=pd.DataFrame(
            {"site": known.index, "unit": known.index, "share": 1.0, "amount": known.to_numpy()}
        ),
        counts=pd.Series(np.nan, index=spent.index),
        amounts=spent,
        whole_counts=spent.fillna(0.0).astype(int) * 0,
        accounting=Accounting(
            read=len(spent),
            used=len(known),
            outside=0,
            unlocated=len(spent) - len(known),
            citywide=0,
        ),
        unplaced=(),
    )


def per_head(city: City, unit: Unit, layer: Layer) -> pd.Series[float]:
    """Return the money of a layer per resident of each unit; missing where nobody lives."""
    people = figures(city, unit, *unit.population)["value"]
    spent = amounts_of(city, unit, layer)
    return (spent / people).where(people > 0)


def unit_of(city: City, unit: Unit, located: gpd.GeoDataFrame, border: int = 0) -> pd.Series[str]:
    """Return the unit of each located site, missing if it is outside all units.

    A site within ``border`` metres of the outermost border belongs to the nearest unit.
    """
    if unit.level in located:
        known: pd.Series[str] = located[unit.level]
    else:
        # A cell may reach beyond the city, where a site is in none of its districts.
        known = _located(city, unit, located).where(located["district"].notna())
    beyond = known.isna()
    if border and beyond.any():
        known = known.astype("object")  # with no unit at all it would be a column of numbers
        known[beyond] = _located(city, unit, located[beyond], border)
    return known


def _located(
    city: City, unit: Unit, located: gpd.GeoDataFrame, snap_m: float = 0.0
) -> pd.Series[str]:
    """Return the unit of each site, found by its place."""
    points = anchor_points(located.geometry, crs=city.crs)
    return locate(points, read_units(city, unit), crs=city.crs, snap_m=snap_m)


def _weights(sites: gpd.GeoDataFrame, weight: str) -> pd.Series:
    """Return what each site counts for."""
    if weight == "sites":
        return pd.Series(1.0, index=sites.index)
    capacity: pd.Series = sites["capacity"].astype(float)
    return capacity


def _pieces(question: Question, used: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the share with which each site counts in each unit.

    A site counts by its disc if its place is known only roughly, or if a moved border may put it
    in another unit.
    """
    precision = used["precision_m"].astype(float)
    radius = precision.where(precision > APPROXIMATE_FROM_M, 0.0).clip(lower=question.border)
    spread = radius > 0
    pieces = pd.DataFrame({"site": used.index, "unit": used["unit"].to_numpy(), "share": 1.0})
    if spread.any():
        units = read_units(question.city, question.unit)
        points = anchor_points(used.geometry[spread], crs=question.city.crs)
        parts = disc_shares(points, radius[spread], units, crs=question.city.crs)
        whole = ~pieces["site"].isin(parts["site"])  # also where a disc only just touches
        pieces = pd.concat([pieces[whole], parts], ignore_index=True)
    return pieces.assign(amount=pieces["share"] * pieces["site"].map(used["weight"]))
