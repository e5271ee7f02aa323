"""A question, resolved once: plain texts become the city's own units, need and layers.

The command line and the link both arrive here with plain texts; both leave with the same
frozen `Question`, or with one refusal that lists every fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import ES, PS, SHIPPED, WEIGHTS, City, Indicator, Layer, Unit

BORDERS: tuple[int, ...] = (0, 200)
"""By how many metres the borders of units may be moved to see whether the answer holds."""

SYMBOLS = {"kilometres": "km"}
"""Units of measure that have a symbol, by their English name."""


@dataclass(frozen=True)
class Variation:
    """The same question put a little differently, to see whether the answer holds.

    ``border`` says within how many metres of a border a site counts on both sides of it;
    ``without`` names an initiative that is left out; ``es`` and ``ps`` keep only initiatives
    that carry one of these Es, and in which one of these takes part. All are plain texts until
    `ask` has checked them.
    """

    border: int | str = 0
    without: str = ""
    es: tuple[str, ...] = ()
    ps: tuple[str, ...] = ()


AS_IT_IS = Variation()


@dataclass(frozen=True)
class Question:
    """One question to one city, checked: which layers, in which units, against which need.

    Everything it names is there as an object, so that nothing below looks a name up again.
    ``weight`` is one of `WEIGHTS`; ``border``, ``without``, ``es`` and ``ps`` are those of its
    `Variation`. `ask` makes one of plain texts.
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
        """A short text that tells it from any other question, and changes with the data."""
        return f"{self.city.city} {self.city.stamp} {self.need_and_year} {self.place_key}"

    @property
    def place_key(self) -> str:
        """Like `key`, but the same for every need: what stands where does not depend on it."""
        parts = (self.unit.unit, self.layer_names, self.weight, self.seed, self.border)
        return repr((self.city.stamp, *parts, self.without, self.es, self.ps))


def layers_named(city: City, names: Iterable[str]) -> tuple[Layer, ...]:
    """Return layers that are known to exist, each once, in the order they are named in."""
    known = {layer.layer: layer for layer in city.layers}
    return tuple(known[name] for name in dict.fromkeys(names))


def needs_of(city: City, unit: str) -> tuple[Indicator, ...]:
    """Return the indicators that can rank the units of a level."""
    return tuple(one for one in city.indicators if one.role == "need" and one.years.get(unit))


def need_options(city: City, unit: str) -> tuple[str, ...]:
    """Return every need and year of a level, the newest year of each first."""
    return tuple(
        f"{one.indicator}:{year}"
        for one in needs_of(city, unit)
        for year in sorted(one.years[unit], reverse=True)
    )


def default_need(city: City, unit: str) -> str:
    """Return the need a level opens with: the city's own if the level has it, "" if none."""
    options = need_options(city, unit)
    own = (one for one in options if city.view.need in (one, one.partition(":")[0]))
    return next(own, next(iter(options), ""))


def weight_options(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Return what can be counted of these layers: capacity only where all have the same."""
    if any(layer.per_unit for layer in layers):
        return layers[0].weights
    measured = bool(layers) and all(layer.capacity for layer in layers)
    alike = len({tuple(sorted(layer.capacity.items())) for layer in layers}) == 1
    return ("sites", "capacity") if measured and alike else ("sites",)


def amount_unit(question: Question) -> str:
    """Return the unit of measure of what a question weighs, as `measured_in` names it."""
    return measured_in(question.layers[0], question.weight)


def measured_in(layer: Layer, weight: str) -> str:
    """Return the unit of measure of a layer by one of its weights, for scripts to rely on.

    ``sites``; a currency code (``COP``); what sites hold, by its English name (``docks``) or
    symbol (``km``); of what people have added, the unit of measure as they wrote it.
    """
    if weight == "sites":
        return "sites"
    words = layer.currency or (layer.capacity or layer.noun)["en"]
    return SYMBOLS.get(words, words)


def unit_options(city: City, layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the levels of units by which these layers can be measured; money has but one."""
    money = {layer.unit for layer in layers if layer.per_unit}
    ranked = (unit.unit for unit in city.units if need_options(city, unit.unit))
    return tuple(name for name in ranked if money <= {name})


def counted_together(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return those of some layers that can be counted with the last: sites, or one of money."""
    if layers and layers[-1].per_unit:
        return tuple(layers[-1:])
    return tuple(layer for layer in layers if not layer.per_unit)


def without_options(layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the initiatives of which one can be left out: none where there is but one."""
    names = dict.fromkeys(name for layer in layers for name in layer.initiatives)
    return tuple(names) if len(names) > 1 else ()


def whole_layer(city: City) -> str:
    """Return the layer of all initiatives together, if the city has one."""
    return next((one.layer for one in city.layers if one.newest and one.origin == SHIPPED), "")


def can_be_tagged(layers: Iterable[Layer]) -> bool:
    """Tell whether layers hold initiatives, of which alone Es and partners can be told."""
    return not any(layer.per_unit for layer in layers)


def ask(
    city: City,
    *,
    layers: Iterable[str],
    unit: str | None = None,
    need: str | None = None,
    weight: str = "sites",
    seed: int | str = 0,
    variation: Variation = AS_IT_IS,
) -> Question:
    """Return the question that plain texts ask, once everything they name is found.

    Parameters
    ----------
    city
        The city it is made in.
    layers
        Names of layers, at least one.
    unit
        Name of a level of units, or ``district`` or ``zone``; the city's own if not given.
    need
        An indicator, or ``indicator:year``; without a year the newest one.
    weight
        One of `WEIGHTS` that the layers have.
    seed
        Seed of the random draws, a whole number and not negative; a text that is one will do.
    variation
        Metres by which borders are moved, one of `BORDERS`, and an initiative of these layers
        that is left out, if another one remains; Es of `ES` and partners of `PS` to which the
        initiatives are restricted.

    Raises
    ------
    ChoiceError
        With every fault and what would have been allowed.
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
    found = layers_named(city, (name for name in wanted if name in names))
    weights = weight_options(found)
    problems += _apart(city, found, level)
    if weight not in WEIGHTS:
        problems.append(_unknown("unknown_weight", weight, weights))
    elif len(found) == len(wanted) and weight not in weights:
        problems.append(_unknown("weight_not_there", weight, weights))
    problems += _variation(variation, without_options(found))
    if (variation.es or variation.ps) and not can_be_tagged(found):
        got = ", ".join(layer.layer for layer in found)
        problems.append(Problem("money_untagged", {"got": got}))
    start = _seed(seed, problems)
    if problems or level is None or ranking is None:
        named = any("allowed" in problem.fields for problem in problems)
        raise ChoiceError("choice", problems, "choose_allowed" if named else "see_help")
    indicator, year = ranking
    return Question(
        city=city,
        unit=level,
        need=indicator,
        year=year,
        layers=found,
        weight=weight,
        seed=start,
        border=int(variation.border),
        without=variation.without,
        es=tuple(e for e in ES if e in variation.es),
        ps=tuple(p for p in PS if p in variation.ps),
    )


def _apart(city: City, layers: Sequence[Layer], level: Unit | None) -> list[Problem]:
    """Return what keeps layers from being counted together, or by this level of units."""
    problems = []
    if len(layers) > 1 and any(layer.per_unit for layer in layers):
        got = ", ".join(layer.layer for layer in layers)
        problems.append(Problem("money_alone", {"got": got}))
    allowed = unit_options(city, layers)
    if level is not None and need_options(city, level.unit) and level.unit not in allowed:
        problems.append(Problem("money_by", {"got": level.unit, "allowed": ", ".join(allowed)}))
    return problems


def _variation(variation: Variation, others: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with a variation; ``others`` are the initiatives it may leave out."""
    problems = []
    if variation.without and variation.without not in others:
        problems.append(_unknown("unknown_without", variation.without, others))
    if str(variation.border) not in map(str, BORDERS):
        problems.append(_unknown("unknown_border", variation.border, map(str, BORDERS)))
    problems += [_unknown("unknown_e", one, ES) for one in variation.es if one not in ES]
    problems += [_unknown("unknown_p", one, PS) for one in variation.ps if one not in PS]
    return problems


def _seed(seed: int | str, problems: list[Problem]) -> int:
    """Return the seed as a number, or note why it is none."""
    try:
        start = int(seed)
    except ValueError:
        problems.append(Problem("not_a_number", {"name": "seed", "got": seed}))
        return 0
    if start < 0:
        problems.append(Problem("negative_seed", {"got": start}))
    return start


def _need(
    city: City, unit: str, need: str | None, problems: list[Problem]
) -> tuple[Indicator, int] | None:
    """Return the indicator and year a need names, or note that there is none such."""
    options = need_options(city, unit)
    if not options:
        problems.append(Problem("no_need", {"got": unit}))
        return None
    wanted = need or default_need(city, unit)
    found = next((one for one in options if wanted in (one, one.partition(":")[0])), None)
    if found is None:
        problems.append(_unknown("unknown_need", need, options))
        return None
    name, _, year = found.partition(":")
    return next(one for one in needs_of(city, unit) if one.indicator == name), int(year)


def _unknown(kind: str, got: object, allowed: Iterable[str]) -> Problem:
    """Return the fault of a name that is not on the list."""
    return Problem(kind, {"got": "" if got is None else got, "allowed": ", ".join(allowed)})
