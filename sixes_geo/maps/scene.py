"""What the map shows, as plain values: classes of need, sites, context, hints, legend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sixes_geo.assessment import Assessment
from sixes_geo.choices import layer_named, unit_named
from sixes_geo.i18n import Translator
from sixes_geo.layers import has, indicator_named, read_people, read_units
from sixes_geo.maps import palette
from sixes_geo.maps.classes import NeedClasses, need_classes, ramp_for
from sixes_geo.model import City, Context
from sixes_geo.provision import sites_of
from sixes_geo.wording import figure, map_words, need_title

BASEMAP = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "credit": "© OpenStreetMap contributors",
}
"""The online basemap; nothing asks for it unless a person chose it."""


@dataclass(frozen=True)
class Display:
    """What a person chose to see beside the measured choice."""

    selected: str = ""
    context: tuple[str, ...] = ()
    basemap: bool = False
    hall: bool = False


@dataclass(frozen=True)
class Addresses:
    """Where the browser fetches shapes, sites by layer, and context by kind."""

    units: str
    sites: Mapping[str, str]
    context: Mapping[str, str]


def build_scene(
    assessment: Assessment, display: Display, addresses: Addresses, tr: Translator
) -> dict[str, object]:
    """Return one scene: everything ``static/sixes-map.js`` needs and nothing else.

    Parameters
    ----------
    assessment
        What is shown.
    display
        What else a person chose to see.
    addresses
        Where the shapes lie.
    tr
        The reader's language.
    """
    city, choice = assessment.city, assessment.choice
    indicator = indicator_named(city, choice.need)
    classes = need_classes(
        assessment.units["need"],
        higher_is_better_off=indicator.higher_is_better_off,
        decimals=0 if indicator.format == "money" else indicator.decimals,
    )
    ramp = ramp_for(len(classes.counts), palette.NEED_RAMP)
    sites, context = _sites(assessment, addresses, tr), _context(city, display, addresses, tr)
    scene: dict[str, object] = {
        "city": city.city,
        "lang": tr.language,
        "locale": str(tr.locale).replace("_", "-"),
        "bounds": _bounds(city),
        "units": {
            "url": addresses.units,
            "ramp": ramp,
            "missing": palette.MISSING,
            "classes": "".join("-" if one < 0 else str(one) for one in classes.member),
        },
        "rows": _rows(assessment, tr),
        "selected": display.selected,
        "sites": sites,
        "context": context,
        "basemap": BASEMAP if display.basemap else None,
        "hall": display.hall,
        "credit": _credit(assessment, display, tr),
        "words": {
            "missing": tr("number.missing"),
            "rough": tr("map.rough"),
            "outside": tr("map.outside"),
            "failed": tr("map.failed"),
            "whole": tr("map.whole"),
            "alt": map_words(assessment, tr),
        },
        "legend": _legend(assessment, classes, ramp, [*sites, *context], tr),
    }
    content = json.dumps(scene, sort_keys=True, ensure_ascii=False)
    scene["key"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return scene


def _bounds(city: City) -> list[list[float]]:
    """Return the rectangle where the people live; districts reach far into the mountains."""
    if not has(city, "people"):
        west, south, east, north = read_units(city, city.units[0]).total_bounds
        return [[float(south), float(west)], [float(north), float(east)]]
    people = read_people(city)
    west, east = people["lon"].quantile([0.002, 0.998])
    south, north = people["lat"].quantile([0.002, 0.998])
    return [[float(south), float(west)], [float(north), float(east)]]


def _rows(assessment: Assessment, tr: Translator) -> list[dict[str, object]]:
    """Return the lines of a unit's hint, with every unit's value."""
    city, table = assessment.city, assessment.units
    indicator = indicator_named(city, assessment.choice.need)
    money, percent = indicator.format == "money", indicator.format == "percent"
    prefix = f"{city.currency}\u00a0" if money else ""
    suffix = tr("number.percent", value="") if percent else ""
    exact = bool((table["amount"] % 1 == 0).all())
    label = tr("table.sites" if assessment.choice.weight == "sites" else "table.amount")
    measured = f"{need_title(assessment, tr)}, {tr.text(indicator.unit_of_measure)}"
    unit = unit_named(city, assessment.choice.unit)
    people = tr("table.population_year", year=str(unit.population[1]))
    return [
        _row(measured, table["need"], 0 if money else indicator.decimals, prefix, suffix),
        _row(people, table["population"], 0),
        _row(label, table["amount"], 0 if exact else 1),
        _row(tr("table.rate_per_10k"), table["rate_per_10k"], 2),
    ]


def _row(
    label: str, values: pd.Series, decimals: int, prefix: str = "", suffix: str = ""
) -> dict[str, object]:
    """Return one line of the hints; no more digits travel than are shown."""
    rounded = values.round(decimals)
    numbers = [None if pd.isna(one) else int(one) if one == int(one) else one for one in rounded]
    return {
        "label": label,
        "values": numbers,
        "decimals": decimals,
        "prefix": prefix,
        "suffix": suffix,
    }


def _sites(assessment: Assessment, addresses: Addresses, tr: Translator) -> list[dict[str, object]]:
    """Return how each chosen layer is drawn."""
    seen: dict[str, int] = {}
    specs: list[dict[str, object]] = []
    for nth, name in enumerate(assessment.choice.layers):
        layer = layer_named(assessment.city, name)
        style = palette.mark_for(layer.role, seen.get(layer.role, 0))
        seen[layer.role] = seen.get(layer.role, 0) + 1
        title = tr.text(layer.title)
        if layer.role in ("surveillance", "policing", "contrast"):
            title = tr("map.role", title=title, role=tr(f"role.{layer.role}"))
        spec: dict[str, object] = {"url": addresses.sites[name], "title": title, "sites": True}
        if layer.geometry == "line":
            spec |= {"line": True, "colour": palette.LINES[nth % len(palette.LINES)]}
        else:
            spec |= {"mark": style.mark, "colour": style.colour}
        count = int(sites_of(assessment.city, layer).geometry.notna().sum())
        spec |= {"key": f"{spec['url']} {style.mark} {spec['colour']}", "count": count}
        specs.append(spec)
    return specs


def _context(
    city: City, display: Display, addresses: Addresses, tr: Translator
) -> list[dict[str, object]]:
    """Return how each chosen kind of context is drawn."""
    return [
        {
            "url": addresses.context[one.context],
            "key": f"context {addresses.context[one.context]}",
            "title": tr.text(one.title),
            **_context_style(one, nth),
        }
        for nth, one in enumerate(city.context)
        if one.context in display.context
    ]


def _context_style(context: Context, nth: int) -> dict[str, object]:
    """Return quiet colours, by the kind's place in the manifest."""
    if context.geometry == "polygon" and context.style == "fill":
        colour = palette.CONTEXT_AREAS[nth % len(palette.CONTEXT_AREAS)]
        return {"colour": colour, "weight": 0.8, "fill": 0.15}
    colour = palette.CONTEXT_LINES[nth % len(palette.CONTEXT_LINES)]
    if context.geometry == "polygon":
        return {"colour": colour, "weight": 1.4, "fill": 0, "line": True, "dash": "6 4"}
    return {"colour": colour, "weight": 1.6, "fill": 0, "line": True}


def _credit(assessment: Assessment, display: Display, tr: Translator) -> str:
    """Name the publishers of what is drawn, as maps do in their corner."""
    city = assessment.city
    names = [name for layer in assessment.choice.layers for name in layer_named(city, layer).raw]
    names += indicator_named(city, assessment.choice.need).raw
    names += [name for one in city.context if one.context in display.context for name in one.raw]
    resource = unit_named(city, assessment.choice.unit).resource
    limits = next(one for one in city.resources if one.name == resource)
    names += [source.path for source in limits.sources]
    files = {one.path: one for one in city.raw}
    publishers = dict.fromkeys(files[name].publisher for name in names if name in files)
    return tr("map.credit", publishers="; ".join(publishers))


def _legend(
    assessment: Assessment,
    classes: NeedClasses,
    ramp: Sequence[str],
    drawn: Sequence[Mapping[str, object]],
    tr: Translator,
) -> dict[str, object]:
    """Return the legend: classes with the units in each, what is missing, what is drawn."""
    city = assessment.city
    indicator = indicator_named(city, assessment.choice.need)
    unit = unit_named(city, assessment.choice.unit)

    labels = [
        _class_label(limits, only, lambda value: figure(value, indicator, city, tr), tr)
        for limits, only in zip(classes.limits, classes.only, strict=True)
    ]
    items: list[dict[str, object]] = [
        {"colour": colour, "label": label, "count": tr.number(count, 0)}
        for colour, label, count in zip(ramp, labels, classes.counts, strict=True)
    ]
    if classes.missing:
        fill, hatch = palette.MISSING["fill"], palette.MISSING["hatch"]
        count = tr.number(classes.missing, 0)
        items.append(
            {"colour": fill, "hatch": hatch, "label": tr("legend.missing"), "count": count}
        )
    for one in drawn:
        count_text = tr.number(float(str(one["count"])), 0) if "count" in one else ""
        items.append({**one, "label": one["title"], "count": count_text})
    measured = f"{need_title(assessment, tr)}, {tr.text(indicator.unit_of_measure)}"
    items += _doubtful(assessment, tr)
    note = tr("legend.note", many=tr.text(unit.many))
    return {"title": measured, "items": items, "note": note}


def _class_label(
    limits: tuple[float | None, float | None],
    only: float | None,
    written: Callable[[float], str],
    tr: Translator,
) -> str:
    """Say which values a class holds."""
    low, high = limits
    if only is not None:
        return written(only)
    if low is None and high is None:
        return tr("legend.all")
    if low is None:
        return tr("legend.below", high=written(high or 0.0))
    if high is None:
        return tr("legend.from", low=written(low))
    return tr("legend.between", low=written(low), high=written(high))


def _doubtful(assessment: Assessment, tr: Translator) -> list[dict[str, object]]:
    """Return the marks of places that are only roughly known or lie outside, where there are."""
    rows = assessment.accounting
    style = palette.mark_for(layer_named(assessment.city, assessment.choice.layers[0]).role, 0)
    mark = {"mark": style.mark, "colour": style.colour, "hollow": True}
    found = (("rough", rows.approximate, True), ("outside", rows.outside, False))
    return [
        {**mark, "rough": rough, "label": tr(f"map.{name}"), "count": tr.number(count, 0)}
        for name, count, rough in found
        if count
    ]
