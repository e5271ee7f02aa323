"""The things the product speaks of: city, unit, indicator, layer, initiative, resource.

All are frozen and plain; how they are read stands in `catalog` and `layers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sixes_geo.i18n import LocalText

WEIGHTS: tuple[str, ...] = ("sites", "capacity", "amount")
"""What is counted of a layer: its sites, what they hold (docks, kilometres), or money."""

ES: tuple[str, ...] = ("efficiency", "economy", "ecology", "equity", "education", "engagement")
"""The six Es; the last stands at the centre of the wheel."""

PS: tuple[str, ...] = ("public", "private", "people")
"""Who can take part in a partnership."""

WATCHING: tuple[str, ...] = ("surveillance", "policing")
"""Roles of what watches and polices: shown as such, and never as a benefit."""

APPROACH = "approach"
"""What else a tag can speak of: whether a scheme comes from above or from below."""

SHIPPED, CONTRIBUTED, SESSION = "shipped", "contributed", "session"
"""Where a record comes from: with the city, kept on this machine, or brought for one visit."""

PER_UNIT = "unit"
"""Geometry of a layer of money: an amount per areal unit, and no sites."""


@dataclass(frozen=True)
class Source:
    """Where a file comes from, as its manifest tells."""

    title: str
    path: str = ""
    version: str = ""


@dataclass(frozen=True)
class Licence:
    """A licence as stated by the publisher; ``name`` is ``not-stated`` where none is."""

    name: str
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class Resource:
    """One file of a city: what it is, where from, under which licence, and its checksum."""

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


@dataclass(frozen=True)
class Raw:
    """One raw file that a city's layers were built from, for who would fetch it again."""

    path: str
    sha256: str
    title: LocalText
    publisher: str
    origin: str
    commit: str
    licence: Licence
    vintage: str
    changes: LocalText
    note: LocalText


@dataclass(frozen=True)
class Unit:
    """One level of areal units: the districts people know, the finer zones, or even hexagons.

    ``one``, ``many`` and ``the_k`` are the words for it; ``the_k`` holds ``{k}``.
    ``population`` names the indicator and year that weigh it.
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
class Flag:
    """Units whose value of an indicator needs a caution, and the caution."""

    unit: str
    ids: tuple[str, ...]
    year: int | None
    note: LocalText


@dataclass(frozen=True)
class Indicator:
    """One figure per unit and year.

    ``role`` is ``need`` (it ranks units), ``population`` or ``other``; ``years`` says per unit
    which years exist; ``highest`` and ``lowest`` complete a sentence such as "the five
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
        """Return the words for its better-off end."""
        return self.highest if self.higher_is_better_off else self.lowest

    def worst_off(self) -> LocalText:
        """Return the words for its worse-off end."""
        return self.lowest if self.higher_is_better_off else self.highest


@dataclass(frozen=True)
class Layer:
    """A set of sites that can be shown and measured, or money spread over units.

    ``initiatives`` are taken whole, or only their sites of ``year``. ``role`` tells an
    initiative from a contrast (an ordinary service), from infrastructure, and from
    surveillance and policing, which are never shown as a benefit. ``newest`` layers take of
    each initiative the sites of its last year. ``geometry`` is ``point``,
    ``line`` or `PER_UNIT`; the last has no sites and no initiatives but an amount of
    ``currency`` on each unit of the level ``unit``, spent in ``year``. ``series`` names the
    network of which this is one date. ``noun`` completes "of the 238 ...".
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
        """Whether it is money per unit: nothing that can be put on a map as a place."""
        return self.geometry == PER_UNIT

    @property
    def weights(self) -> tuple[str, ...]:
        """What can be counted of it, of `WEIGHTS`."""
        if self.per_unit:
            return ("amount",)
        return ("sites", "capacity") if self.capacity else ("sites",)


@dataclass(frozen=True)
class Series:
    """One network, or one budget, at several dates: the layers that name it, one a year.

    ``note`` says what the dates cannot tell of each other. A site of one date and a site of the
    next are one place if each is the other's nearest and they are no further apart than
    ``kept_within_m`` metres; it is missing where there are no sites.
    """

    series: str
    title: LocalText
    kept_within_m: int | None
    note: LocalText


@dataclass(frozen=True)
class Initiative:
    """One scheme, as the city's table of initiatives tells it; empty text is unknown."""

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


@dataclass(frozen=True)
class Tag:
    """What one coder says of one initiative: of an E, of who takes part, or of its approach.

    ``dimension`` is one of `ES`, of `PS`, or `APPROACH`. ``level`` of an E is ``primary``,
    ``secondary``, ``absent`` or ``unknown``; of a P its roles joined by ``+``, ``partner``
    (takes part, in no role on record), ``none`` or ``unknown``. ``strengthen`` says that the
    source would have more of it, which is not to say that it is there.
    """

    initiative: str
    dimension: str
    level: str
    strengthen: bool
    coder: str
    evidence: LocalText
    source: str
    source_url: str
    origin: str = SHIPPED


@dataclass(frozen=True)
class Context:
    """One kind of shape that helps a reader find their way: lines, limits, outlines.

    ``style`` is ``fill`` for areas that are shaded and ``outline`` for limits.
    """

    context: str
    title: LocalText
    shown: bool
    geometry: str
    style: str
    note: LocalText
    raw: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What a city opens with."""

    unit: str
    need: str
    layers: tuple[str, ...]
    weight: str


@dataclass(frozen=True)
class City:
    """One city: its folder, its words and everything its manifest lists.

    ``stamp`` is the checksum of the manifest, which holds those of all files: it changes with
    anything that is known of the city.
    """

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

    def unit_named(self, name: str) -> Unit:
        """Return a level of units that is known to exist, by its own name or its level."""
        return next(unit for unit in self.units if name in (unit.unit, unit.level))

    def layer_named(self, name: str) -> Layer:
        """Return a layer that is known to exist."""
        return next(layer for layer in self.layers if layer.layer == name)
