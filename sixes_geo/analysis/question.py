"""The question: plain texts resolved, once, to the city's own units, need and layers.

The command line and the link both bring plain texts here. Each gets the same frozen `Question`,
or one error that lists every fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sixes_geo.analysis.options import (
    can_be_tagged,
    default_need,
    default_weight,
    layers_named,
    need_options,
    needs_of,
    unit_options,
    weight_options,
    why_apart,
    without_options,
)
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import ES, PS, WEIGHTS, City, Indicator, Layer, Unit
from sixes_geo.city.tag import ANY, RESTRICTIONS

BORDERS: tuple[int, ...] = (0, 200)
"""Metres by which unit borders can be moved to see whether the answer holds."""

SYMBOLS = {"kilometres": "km"}
"""Units of measure that have a symbol, by their English name."""


@dataclass(frozen=True)
class Variation:
    """The same question asked a little differently, to see whether the answer holds.

    ``border`` is the distance in metres within which a site counts on both sides of a border;
    ``without`` names an initiative to leave out; ``es`` and ``ps`` keep only initiatives that
    carry one of these Es and in which one of these partners takes part; ``basis`` is what that
    must rest on. All are plain texts until `ask` has checked them.
    """

    border: int | str = 0
    without: str = ""
    es: tuple[str, ...] = ()
    ps: tuple[str, ...] = ()
    basis: str = ANY


NO_VARIATION = Variation()


@dataclass(frozen=True)
class Question:
    """A checked question to one city: which layers, in which units, against which need.

    It holds objects in place of names, so that nothing below looks a name up again. Several
    ``layers`` are counted together, in one figure; networks side by side are a question each.
    ``weight`` is one of `WEIGHTS`; ``border``, ``without``, ``es``, ``ps`` and ``basis`` come
    from the `Variation`. `ask` makes a question from plain texts.
    """

    city: City
    unit: Unit
    need: Indicator
    year: int
    layers: tuple[Layer, ...]
    weight: str = "sites"
    seed: int = 0
    border: int = 0
    without: str = ""
    es: tuple[str, ...] = ()
    ps: tuple[str, ...] = ()
    basis: str = ANY

    @property
    def need_and_year(self) -> str:
        """The need as links and commands write it."""
        return f"{self.need.indicator}:{self.year}"

    @property
    def layer_names(self) -> tuple[str, ...]:
        """The layers as links and commands write them."""
        return tuple(layer.layer for layer in self.layers)

    @property
    def key(self) -> str:
        """A short text that identifies the question, and changes with the data."""
        return f"{self.city.city} {self.city.stamp} {self.need_and_year} {self.place_key}"

    @property
    def place_key(self) -> str:
        """Like `key`, but the same for every need, since the sites do not depend on the need."""
        parts = (self.unit.unit, self.layer_names, self.weight, self.seed, self.border)
        return repr((self.city.stamp, *parts, self.without, self.es, self.ps, self.basis))


def amount_unit(question: Question) -> str:
    """Return the unit of measure of the amounts of a question, as `measured_in` names it."""
    return measured_in(question.layers[0], question.weight)


def measured_in(layer: Layer, weight: str) -> str:
    """Return the unit of measure of a layer under one of its weights, for scripts to rely on.

    It is ``sites``, a currency code (``COP``), or the English name (``docks``) or symbol (``km``)
    of what sites hold. For contributed layers it is the unit of measure as people wrote it.
    """
    if weight == "sites":
        return "sites"
    name = layer.currency or (layer.capacity or layer.noun)["en"]
    return SYMBOLS.get(name, name)


def ask(
    city: City,
    *,
    layers: Iterable[str],
    unit: str | None = None,
    need: str | None = None,
    weight: str | None = None,
    seed: int | str = 0,
    variation: Variation = NO_VARIATION,
) -> Question:
    """Return the question that plain texts describe, after checking everything they name.

    Parameters
    ----------
    city
        The city to ask.
    layers
        Names of layers, at least one; several are counted together, if that has a meaning.
    unit
        Name of a level of units, or ``district`` or ``zone``; the city's default if not given.
    need
        An indicator, or ``indicator:year``; the newest year if none is given.
    weight
        One of `WEIGHTS` that the layers have; what the city opens with if not given.
    seed
        Seed of the random draws: a whole number, not negative, as a number or a text.
    variation
        Metres by which borders are moved, one of `BORDERS`; an initiative of these layers to
        leave out, if another one remains; Es from `ES` and partners from `PS` to restrict the
        initiatives to; what those must rest on, one of `RESTRICTIONS`.

    Raises
    ------
    ChoiceError
        With every fault and the allowed values.
    """
    problems: list[Problem] = []
    units = {name: level for level in city.units for name in (level.unit, level.level)}
    level = units.get(unit or city.view.unit)
    if level is None:
        problems.append(_unknown("unknown_unit", unit, (known.unit for known in city.units)))
    wanted = tuple(dict.fromkeys(layers))
    names = tuple(layer.layer for layer in city.layers)
    problems += [_unknown("unknown_layer", name, names) for name in wanted if name not in names]
    if not wanted:
        problems.append(_unknown("unknown_layer", "", names))
    ranking = None if level is None else _need(city, level.unit, need, problems)
    known_layers = layers_named(city, (name for name in wanted if name in names))
    weights = weight_options(known_layers)
    weight = default_weight(city, known_layers) if weight is None else weight
    problems += _incompatible(city, known_layers, level)
    if weight not in WEIGHTS:
        problems.append(_unknown("unknown_weight", weight, weights))
    elif len(known_layers) == len(wanted) and weight not in weights:
        problems.append(_unknown("weight_not_there", weight, weights))
    problems += _variation(variation, without_options(known_layers))
    if (variation.es or variation.ps) and not can_be_tagged(known_layers):
        got = ", ".join(layer.layer for layer in known_layers)
        problems.append(Problem("money_untagged", {"got": got}))
    checked_seed = _seed(seed, problems)
    if problems or level is None or ranking is None:
        allowed = any("allowed" in problem.fields for problem in problems)
        apart = problems == [why_apart(known_layers)]
        hint = "choose_allowed" if allowed else "ask_each" if apart else "see_help"
        raise ChoiceError("choice", problems, hint)
    indicator, year = ranking
    return Question(
        city=city,
        unit=level,
        need=indicator,
        year=year,
        layers=known_layers,
        weight=weight,
        seed=checked_seed,
        border=int(variation.border),
        without=variation.without,
        es=tuple(e for e in ES if e in variation.es),
        ps=tuple(p for p in PS if p in variation.ps),
        basis=variation.basis,
    )


def _incompatible(city: City, layers: Sequence[Layer], level: Unit | None) -> list[Problem]:
    """Return why layers cannot be counted together, or by this level of units."""
    apart = why_apart(layers)
    problems = [] if apart is None else [apart]
    allowed = unit_options(city, layers)
    if level is not None and need_options(city, level.unit) and level.unit not in allowed:
        problems.append(Problem("money_by", {"got": level.unit, "allowed": ", ".join(allowed)}))
    return problems


def _variation(variation: Variation, removable: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with a variation; it may leave out one of the ``removable``."""
    problems = []
    if variation.without and variation.without not in removable:
        problems.append(_unknown("unknown_without", variation.without, removable))
    if str(variation.border) not in map(str, BORDERS):
        problems.append(_unknown("unknown_border", variation.border, map(str, BORDERS)))
    if variation.basis not in RESTRICTIONS:
        problems.append(_unknown("unknown_basis", variation.basis, RESTRICTIONS))
    problems += [_unknown("unknown_e", e, ES) for e in variation.es if e not in ES]
    problems += [_unknown("unknown_p", p, PS) for p in variation.ps if p not in PS]
    return problems


def _seed(seed: int | str, problems: list[Problem]) -> int:
    """Return the seed as a number, or add the problem that it is none."""
    try:
        number = int(seed)
    except ValueError:
        problems.append(Problem("not_a_number", {"name": "seed", "got": seed}))
        return 0
    if number < 0:
        problems.append(Problem("negative_seed", {"got": number}))
    return number


def _need(
    city: City, unit: str, need: str | None, problems: list[Problem]
) -> tuple[Indicator, int] | None:
    """Return the indicator and year a need names, or add the problem that it is unknown."""
    options = need_options(city, unit)
    if not options:
        problems.append(Problem("no_need", {"got": unit}))
        return None
    wanted = need or default_need(city, unit)
    matches = (option for option in options if wanted in (option, option.partition(":")[0]))
    option = next(matches, None)
    if option is None:
        problems.append(_unknown("unknown_need", need, options))
        return None
    name, _, year = option.partition(":")
    return next(known for known in needs_of(city, unit) if known.indicator == name), int(year)


def _unknown(kind: str, got: object, allowed: Iterable[str]) -> Problem:
    """Return the problem of a name that is not on the list."""
    return Problem(kind, {"got": "" if got is None else got, "allowed": ", ".join(allowed)})
