"""The model: city, unit, indicator, layer, initiative, tag, resource, as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sixes_geo.i18n import LocalText

WEIGHTS: tuple[str, ...] = ("sites", "capacity", "amount")
"""What is counted of a layer: its sites, what they hold (docks, kilometres), or money."""

ES: tuple[str, ...] = ("efficiency", "economy", "ecology", "equity", "education", "engagement")
"""The six Es; the last is at the centre of the wheel."""

PS: tuple[str, ...] = ("public", "private", "people")
"""Who can take part in a partnership."""

WATCHING: tuple[str, ...] = ("surveillance", "policing")
"""Roles of surveillance and policing, which are never shown as a benefit."""

APPROACH = "approach"
"""The dimension of tags that say whether an initiative is top-down or bottom-up."""

SHIPPED, CONTRIBUTED = "shipped", "contributed"
"""Origins of a record: shipped with the city, or stored on this machine."""

PER_UNIT = "unit"
"""Geometry of a layer of money: an amount per areal unit, and no sites."""


@dataclass(frozen=True)
class Source:
    """Where a file comes from, as its manifest states."""

    title: str
    path: str = ""
    version: str = ""


@dataclass(frozen=True)
class Licence:
    """A licence as stated by the publisher; ``name`` is ``not-stated`` if there is none."""

    name: str
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class Resource:
    """One file of a city, with its provenance; what people have added is ``content``, no file."""

    name: str
    path: str
    sha256: str
    size: int
    title: LocalText
    vintage: str
    licences: tuple[Licence, ...]
    sources: tuple[Source, ...]
    changes: LocalText
    origin: str = SHIPPED
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Raw:
    """One raw file that a city was built from; ``provenance`` says where its publisher has it."""

    path: str
    sha256: str
    title: LocalText
    publisher: str
    provenance: str
    commit: str
    licence: Licence
    vintage: str
    changes: LocalText
    note: LocalText


@dataclass(frozen=True)
class Unit:
    """One level of areal units: districts, finer zones, regions of a study, or hexagons.

    ``one``, ``many`` and ``the_k`` are words for its units, ``{k}`` being their number;
    ``population`` is the indicator and year of their population.
    """

    unit: str
    level: str
    resource: str
    one: LocalText
    many: LocalText
    the_k: LocalText
    population: tuple[str, int]
    note: LocalText


@dataclass(frozen=True)
class PeopleYears:
    """When the people of the people points were counted.

    ``pattern`` is the year in which they lived as the points say, if they were only counted anew
    in ``year``, for larger areas; None if both are of one year.
    """

    year: int
    pattern: int | None = None


@dataclass(frozen=True)
class Flag:
    """A caution about the values of an indicator for some units."""

    unit: str
    ids: tuple[str, ...]
    year: int | None
    note: LocalText


@dataclass(frozen=True)
class Indicator:
    """An indicator: one figure per unit and year.

    ``role`` is ``need`` (it ranks units), ``population``, ``workplaces`` (jobs, businesses or
    people by day, which are neither need nor residents), ``deprived`` (residents of deprived
    areas inside the units) or ``other``; ``years`` lists the years
    that exist by level of units; ``highest`` and ``lowest`` complete a sentence such as "the five
    districts with ...".
    """

    indicator: str
    role: str
    title: LocalText
    unit_of_measure: LocalText
    format: str
    decimals: int
    higher_is_better_off: bool
    years: Mapping[str, tuple[int, ...]]
    highest: LocalText
    lowest: LocalText
    note: LocalText
    raw: tuple[str, ...]
    flags: tuple[Flag, ...]
    origin: str = SHIPPED

    def best_off(self) -> LocalText:
        """Return the words for the better-off end."""
        return self.highest if self.higher_is_better_off else self.lowest

    def worst_off(self) -> LocalText:
        """Return the words for the worse-off end."""
        return self.lowest if self.higher_is_better_off else self.highest


@dataclass(frozen=True)
class Layer:
    """A set of sites that can be shown and measured, or money per unit.

    ``initiatives`` count with all their sites, or only with those of ``year``, or in ``newest``
    layers with those of their last year. ``role`` is initiative, contrast (an ordinary service),
    infrastructure, surveillance or policing; the last two are never shown as a benefit.
    ``geometry`` is ``point``, ``line`` or `PER_UNIT`: money has no sites and no initiatives, but
    an amount of ``currency`` for each unit of the level ``unit``, spent in ``year``. ``series``
    names the network of which the layer is one date. ``noun`` completes "of the 238 ...".
    """

    layer: str
    title: LocalText
    noun: LocalText
    initiatives: tuple[str, ...]
    year: int | None
    role: str
    kind: str
    geometry: str
    footprint: str
    vintage: str
    capacity: LocalText
    note: LocalText
    raw: tuple[str, ...]
    series: str = ""
    unit: str = ""
    currency: str = ""
    newest: bool = False
    origin: str = SHIPPED

    @property
    def per_unit(self) -> bool:
        """Whether it is money per unit, which has no places on a map."""
        return self.geometry == PER_UNIT

    @property
    def weights(self) -> tuple[str, ...]:
        """Those of `WEIGHTS` by which it can be counted."""
        if self.per_unit:
            return ("amount",)
        return ("sites", "capacity") if self.capacity else ("sites",)


@dataclass(frozen=True)
class Series:
    """A network or a budget at several dates: the layers that name it, one per date.

    Sites of two dates are the same place if each is the other's nearest and they are at most
    ``kept_within_m`` metres apart; it is None for money, without sites. ``note`` says in what
    respect the dates cannot be compared.
    """

    series: str
    title: LocalText
    kept_within_m: int | None
    note: LocalText


@dataclass(frozen=True)
class Initiative:
    """One initiative of a city; an empty text is unknown, ``page`` says where the paper has it."""

    id: str
    name: LocalText
    kind: str
    role: str
    footprint: str
    approach: str
    start_year: int | None
    end_year: int | None
    status: str
    amount: float | None
    currency: str
    facts: LocalText
    source: str
    source_url: str
    from_paper: bool
    page: str = ""


@dataclass(frozen=True)
class Context:
    """One kind of shape that helps readers find their way: lines, limits, outlines.

    ``style`` is ``fill`` for shaded areas and ``outline`` for limits. ``people`` names the
    indicator that counts who lives in them by unit, if they are deprived areas.
    """

    context: str
    title: LocalText
    shown: bool
    geometry: str
    style: str
    note: LocalText
    raw: tuple[str, ...]
    people: str = ""


@dataclass(frozen=True)
class View:
    """The unit, need, layers and weight that a city opens with."""

    unit: str
    need: str
    layers: tuple[str, ...]
    weight: str


@dataclass(frozen=True)
class City:
    """One city, as its manifest describes it; ``stamp`` changes with any of its data."""

    city: str
    folder: Path
    name: LocalText
    country: LocalText
    crs: str
    currency: str
    locale: str
    view: View
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    layers: tuple[Layer, ...]
    context: tuple[Context, ...]
    resources: tuple[Resource, ...]
    raw: tuple[Raw, ...]
    note: LocalText
    version: str
    stamp: str
    series: tuple[Series, ...] = ()
    people_years: PeopleYears | None = None

    def unit_named(self, name: str) -> Unit:
        """Return a level of units that is known to exist, by its name or its level."""
        return next(unit for unit in self.units if name in (unit.unit, unit.level))

    def layer_named(self, name: str) -> Layer:
        """Return a layer that is known to exist."""
        return next(layer for layer in self.layers if layer.layer == name)
