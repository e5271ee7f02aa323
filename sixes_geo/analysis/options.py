"""What a city offers to choose from: needs, units, weights and layers, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sixes_geo.city.model import SHIPPED, City, Indicator, Layer


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


def counted_together(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers that can be counted with the last: all those of sites, or money alone."""
    if layers and layers[-1].per_unit:
        return tuple(layers[-1:])
    return tuple(layer for layer in layers if not layer.per_unit)


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
