"""What a city offers to choose from: needs, units, weights and layers, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sixes_geo.base.errors import Problem, Words
from sixes_geo.city.model import SHIPPED, City, Indicator, Layer
from sixes_geo.i18n import LANGUAGES


def layers_named(city: City, names: Iterable[str]) -> tuple[Layer, ...]:
    """Return layers that are known to exist, each once, in the order they are named in."""
    known = {layer.layer: layer for layer in city.layers}
    return tuple(known[name] for name in dict.fromkeys(names))


def needs_of(city: City, unit: str) -> tuple[Indicator, ...]:
    """Return the indicators that can rank the units of a level."""
    return tuple(
        indicator
        for indicator in city.indicators
        if indicator.role == "need" and indicator.years.get(unit)
    )


def need_options(city: City, unit: str) -> tuple[str, ...]:
    """Return every need and year of a level, the newest year of each first."""
    return tuple(
        f"{need.indicator}:{year}"
        for need in needs_of(city, unit)
        for year in sorted(need.years[unit], reverse=True)
    )


def default_need(city: City, unit: str) -> str:
    """Return the need a level opens with: the city's default if the level has it, "" if none."""
    options = need_options(city, unit)
    preferred = (
        option for option in options if city.view.need in (option, option.partition(":")[0])
    )
    return next(preferred, next(iter(options), ""))


def weight_options(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Return what can be counted in these layers: capacity only where all have the same kind."""
    if any(layer.per_unit for layer in layers):
        return layers[0].weights
    measured = bool(layers) and all(layer.capacity for layer in layers)
    alike = len({tuple(sorted(layer.capacity.items())) for layer in layers}) == 1
    return ("sites", "capacity") if measured and alike else ("sites",)


def default_weight(city: City, layers: Sequence[Layer]) -> str:
    """Return what is counted unless someone says otherwise: as the city opens, if it can be.

    Lines are weighed by their length: into how many pieces they are cut says nothing.
    """
    options = weight_options(layers)
    if "capacity" in options and any(layer.geometry == "line" for layer in layers):
        return "capacity"
    return city.view.weight if city.view.weight in options else options[0]


def unit_options(city: City, layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the levels of units by which these layers can be measured; money has only one."""
    money = {layer.unit for layer in layers if layer.per_unit}
    ranked = (unit.unit for unit in city.units if need_options(city, unit.unit))
    return tuple(name for name in ranked if money <= {name})


def why_apart(layers: Sequence[Layer]) -> Problem | None:
    """Return why networks cannot be counted together in one figure, or None if they can.

    A figure for several networks has a meaning only where they are of one kind of thing: all of
    one role, all sites or all lengths in one unit of measure, and none of them twice.
    """
    if len(layers) <= 1:
        return None
    fields: dict[str, object] = {"got": _titles(layers)}
    if any(layer.per_unit for layer in layers):
        return Problem("money_alone", fields)
    roles = tuple(dict.fromkeys(layer.role for layer in layers))
    if len(roles) > 1:
        return Problem("roles_apart", fields | {"roles": Words(tuple(f"role.{r}" for r in roles))})
    if len({_measure(layer) for layer in layers}) > 1:
        return Problem("measures_apart", fields)
    if _repeated(layers):
        return Problem("counted_twice", fields)
    return None


def can_be_pooled(layers: Sequence[Layer]) -> bool:
    """Tell whether there are several networks, and one figure can be given for all of them."""
    return len(layers) > 1 and why_apart(layers) is None


def _titles(layers: Iterable[Layer]) -> dict[str, str]:
    """Return the titles of layers as one text in each language."""
    return {
        language: "; ".join(layer.title[language] for layer in layers) for language in LANGUAGES
    }


def _measure(layer: Layer) -> str:
    """Return what one piece of a layer amounts to: a site, or a length in a unit of measure.

    Into how many pieces lines are cut says nothing, so that no piece is added to a site.
    """
    return layer.capacity["en"] if layer.geometry == "line" and layer.capacity else layer.geometry


def _repeated(layers: Sequence[Layer]) -> bool:
    """Tell whether layers hold an initiative, or are dates of a network, more than once."""
    initiatives = [name for layer in layers for name in layer.initiatives]
    series = [layer.series for layer in layers if layer.series]
    return len(set(initiatives)) < len(initiatives) or len(set(series)) < len(series)


def without_options(layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the initiatives of which one can be left out: none if there is only one."""
    names = dict.fromkeys(name for layer in layers for name in layer.initiatives)
    return tuple(names) if len(names) > 1 else ()


def whole_layer(city: City) -> str:
    """Return the layer of all initiatives together, or "" if the city has none."""
    shipped = (layer for layer in city.layers if layer.newest and layer.origin == SHIPPED)
    return next((layer.layer for layer in shipped), "")


def can_be_tagged(layers: Iterable[Layer]) -> bool:
    """Tell whether layers hold initiatives: money per unit has no Es and no partners."""
    return not any(layer.per_unit for layer in layers)
