"""What the map shows, as plain values: classes of need, sites, context, hints, legend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.city.model import City, Context
from sixes_geo.city.tables import has, read_people, read_units
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.marks import doubtful_looks, site_looks
from sixes_geo.maps.shade import Shade, need_shade
from sixes_geo.wording import counted_short, map_words, need_title
from sixes_geo.wording.sources import publishers_named

BASEMAP = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "credit": "© OpenStreetMap contributors",
}
"""The online basemap; nothing asks for it unless a person chose it."""


@dataclass(frozen=True)
class Display:
    """What a person chose to see beside the measured question.

    ``selected`` is the unit whose profile is open; ``picked`` are units that a chart or a table
    points out.
    """

    selected: str = ""
    context: tuple[str, ...] = ()
    basemap: bool = False
    hall: bool = False
    picked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What one page draws: the shade of the units, the map in words, further lines of hints.

    ``sites`` are drawn in place of those of the question, unless it is nothing at all.
    """

    shade: Shade
    alt: str
    rows: tuple[Mapping[str, object], ...] = ()
    sites: tuple[Mapping[str, object], ...] | None = None


@dataclass(frozen=True)
class Addresses:
    """Where the browser fetches shapes, sites by layer, and context by kind."""

    units: str
    sites: Mapping[str, str]
    context: Mapping[str, str]


def build_scene(
    assessment: Assessment,
    display: Display,
    addresses: Addresses,
    tr: Translator,
    drawing: Drawing | None = None,
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
    drawing
        What a page draws over the units; need and the chosen sites if it says nothing.
    """
    city = assessment.city
    drawing = drawing or Drawing(need_shade(assessment, tr), map_words(assessment, tr))
    shade, context = drawing.shade, _context(city, display, addresses, tr)
    sites = _sites(assessment, addresses, tr) if drawing.sites is None else [*drawing.sites]
    scene: dict[str, object] = {
        "city": city.city,
        "lang": tr.language,
        "locale": str(tr.locale).replace("_", "-"),
        "bounds": bounds_of(city),
        "units": {
            "url": addresses.units,
            "fills": [fill.drawn() for fill in shade.fills],
            "missing": palette.MISSING.drawn(),
            "classes": shade.classes,
        },
        "rows": [*_rows(assessment, tr), *drawing.rows],
        "selected": display.selected,
        "picked": _picked(assessment, display),
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
            "alt": drawing.alt,
        },
        "legend": _legend(assessment, drawing, [*sites, *context], tr),
    }
    content = json.dumps(scene, sort_keys=True, ensure_ascii=False)
    scene["key"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return scene


def _picked(assessment: Assessment, display: Display) -> list[int]:
    """Return the rows of the units that are pointed out, in the order of the encoded units."""
    if not display.picked:
        return []
    return [int(row) for row in np.flatnonzero(assessment.units.index.isin(display.picked))]


def bounds_of(city: City) -> list[list[float]]:
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
    indicator = assessment.question.need
    money, percent = indicator.format == "money", indicator.format == "percent"
    prefix = f"{city.currency}\u00a0" if money else ""
    suffix = tr("number.percent", value="") if percent else ""
    measured = f"{need_title(assessment, tr)}, {tr.text(indicator.unit_of_measure)}"
    unit = assessment.question.unit
    people = tr("table.population_year", year=str(unit.population[1]))
    return [
        hint_row(measured, table["need"], 0 if money else indicator.decimals, prefix, suffix),
        hint_row(people, table["population"], 0),
        *_provision_rows(assessment, tr),
    ]


def _provision_rows(assessment: Assessment, tr: Translator) -> list[dict[str, object]]:
    """Return the lines about what is counted: how much there is, and for how many people."""
    amount, weight = assessment.units["amount"], assessment.question.weight
    if weight == "amount":
        heads = amount / assessment.units["population"]
        layer = assessment.question.layers[0]
        prefix, decimals = (f"{layer.currency}\u00a0", 0) if layer.currency else ("", 2)
        return [
            hint_row(counted_short(assessment, tr), amount, decimals),
            hint_row(tr("table.per_head"), heads, decimals, prefix),
        ]
    decimals = 0 if (amount % 1 == 0).all() else 1
    return [
        hint_row(counted_short(assessment, tr), amount, decimals),
        hint_row(tr("table.rate_per_10k"), assessment.units["rate_per_10k"], 2),
    ]


def hint_row(
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
    """Return how each chosen layer is drawn, and where its sites lie."""
    return [
        {
            **{name: value for name, value in look.items() if name != "layer"},
            "url": (url := addresses.sites[str(look["layer"])]),
            "sites": True,
            "key": f"{url} {look.get('mark', '')} {look['colour']}",
        }
        for look in site_looks(assessment, tr)
    ]


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
    names = [name for layer in assessment.question.layers for name in layer.raw]
    names += assessment.question.need.raw
    names += [name for one in city.context if one.context in display.context for name in one.raw]
    resource = assessment.question.unit.resource
    limits = next(one for one in city.resources if one.name == resource)
    names += [source.path for source in limits.sources]
    files = {one.path: one for one in city.raw}
    publishers = publishers_named(files[name] for name in names if name in files)
    return tr("map.credit", publishers="; ".join(publishers) or tr("sources.not_stated"))


def _legend(
    assessment: Assessment,
    drawing: Drawing,
    drawn: Sequence[Mapping[str, object]],
    tr: Translator,
) -> dict[str, object]:
    """Return the legend: classes with the units in each, what is missing, what is drawn."""
    shade = drawing.shade
    items = shade.entries(tr)
    for one in drawn:
        count_text = tr.number(float(str(one["count"])), 0) if "count" in one else ""
        items.append({**one, "label": one["title"], "count": count_text})
    if drawing.sites is None:
        items += doubtful_looks(assessment, tr)
    legend: dict[str, object] = {"title": shade.title, "items": items, "note": shade.note}
    if shade.square is not None:
        legend["square"] = {
            "fills": [[fill.drawn() for fill in row] for row in shade.square.fills],
            "across": shade.square.across,
            "upwards": shade.square.upwards,
        }
    return legend
