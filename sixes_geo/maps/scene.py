"""The scene a map shows, as plain values: classes of need, sites, context, hints, legend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.city.model import City, Context
from sixes_geo.city.tables import has, read_people, read_units
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.hints import hint_rows
from sixes_geo.maps.marks import site_looks, uncertain_looks
from sixes_geo.maps.shade import Shade, need_shade
from sixes_geo.wording import map_words
from sixes_geo.wording.sources import publishers_named

BASEMAP = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "credit": "© OpenStreetMap contributors",
}
"""The online basemap; it is requested only if a person chose it."""


@dataclass(frozen=True)
class Display:
    """What a person chose to see besides the measured question.

    ``selected`` is the unit whose profile is open; ``picked`` are units highlighted by a chart
    or a table.
    """

    selected: str = ""
    context: tuple[str, ...] = ()
    basemap: bool = False
    hall: bool = False
    picked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What a page draws: the shade of the units, the alt text, further lines of hints.

    ``sites``, if given, replace those of the question.
    """

    shade: Shade
    alt: str
    rows: tuple[Mapping[str, object], ...] = ()
    sites: tuple[Mapping[str, object], ...] | None = None


@dataclass(frozen=True)
class Addresses:
    """Addresses at which the browser fetches shapes, sites by layer, and context by kind."""

    units: str
    sites: Mapping[str, str]
    context: Mapping[str, str]


def build_scene(
    assessment: Assessment,
    display: Display,
    addresses: Addresses,
    tr: Translator,
    drawing: Drawing | None = None,
    beside: Sequence[Assessment] = (),
) -> dict[str, object]:
    """Return one scene: everything ``static/sixes-map.js`` needs and nothing else.

    Parameters
    ----------
    assessment
        What is shown.
    display
        What a person chose to see.
    addresses
        Where the shapes are fetched.
    tr
        The reader's language.
    drawing
        What a page draws; by default need and the sites of the question.
    beside
        Networks whose sites are drawn too.
    """
    city = assessment.city
    drawing = drawing or Drawing(need_shade(assessment, tr), map_words(assessment, tr, beside))
    shade, context = drawing.shade, _context(city, display, addresses, tr)
    if drawing.sites is None:
        sites = _sites(site_looks(assessment, tr, beside), addresses)
        uncertain = uncertain_looks(assessment, tr, beside)
    else:
        sites, uncertain = [dict(look) for look in drawing.sites], []
    scene: dict[str, object] = {
        "city": city.city,
        "lang": tr.language,
        "locale": tr.tag,
        "bounds": bounds_of(city),
        "units": {
            "url": addresses.units,
            "fills": [fill.as_json() for fill in shade.fills],
            "missing": palette.MISSING.as_json(),
            "classes": shade.classes,
        },
        "rows": [*hint_rows(assessment, tr, beside), *drawing.rows],
        "selected": display.selected,
        "picked": _picked(assessment, display),
        "sites": sites,
        "context": context,
        "basemap": BASEMAP if display.basemap else None,
        "hall": display.hall,
        "credit": _credit([assessment, *beside], display, tr),
        "words": {
            "missing": tr("number.missing"),
            "rough": tr("map.rough"),
            "outside": tr("map.outside"),
            "failed": tr("map.failed"),
            "whole": tr("map.whole"),
            "alt": drawing.alt,
        },
        "legend": _legend(drawing, [*sites, *context], uncertain, tr),
    }
    content = json.dumps(scene, sort_keys=True, ensure_ascii=False)
    scene["key"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return scene


def _picked(assessment: Assessment, display: Display) -> list[int]:
    """Return the rows of the highlighted units, in the order of the encoded units."""
    if not display.picked:
        return []
    return [int(row) for row in np.flatnonzero(assessment.units.index.isin(display.picked))]


def bounds_of(city: City) -> list[list[float]]:
    """Return the rectangle where people live; some districts reach far into the mountains."""
    if not has(city, "people"):
        west, south, east, north = read_units(city, city.units[0]).total_bounds
        return [[float(south), float(west)], [float(north), float(east)]]
    people = read_people(city)
    west, east = people["lon"].quantile([0.002, 0.998])
    south, north = people["lat"].quantile([0.002, 0.998])
    return [[float(south), float(west)], [float(north), float(east)]]


def _sites(looks: Sequence[Mapping[str, object]], addresses: Addresses) -> list[dict[str, object]]:
    """Return how each layer is drawn, with the address of its sites."""
    return [
        {
            **{name: value for name, value in look.items() if name != "layer"},
            "url": (url := addresses.sites[str(look["layer"])]),
            "sites": True,
            "key": f"{url} {look.get('mark', '')} {look['colour']}",
        }
        for look in looks
    ]


def _context(
    city: City, display: Display, addresses: Addresses, tr: Translator
) -> list[dict[str, object]]:
    """Return how each chosen kind of context is drawn."""
    return [
        {
            "url": addresses.context[context.context],
            "key": f"context {addresses.context[context.context]}",
            "title": tr.text(context.title),
            **_context_style(context, nth),
        }
        for nth, context in enumerate(city.context)
        if context.context in display.context
    ]


def _context_style(context: Context, position: int) -> dict[str, object]:
    """Return muted colours, by the position of the kind in the manifest."""
    if context.geometry == "polygon" and context.style == "fill":
        colour = palette.CONTEXT_AREAS[position % len(palette.CONTEXT_AREAS)]
        return {"colour": colour, "weight": 0.8, "fill": 0.15}
    colour = palette.CONTEXT_LINES[position % len(palette.CONTEXT_LINES)]
    if context.geometry == "polygon":
        return {"colour": colour, "weight": 1.4, "fill": 0, "line": True, "dash": "6 4"}
    return {"colour": colour, "weight": 1.6, "fill": 0, "line": True}


def _credit(assessments: Sequence[Assessment], display: Display, tr: Translator) -> str:
    """Name the publishers of what is drawn, for the corner of the map."""
    question, city = assessments[0].question, assessments[0].city
    layers = [layer for each in assessments for layer in each.question.layers]
    names = [name for layer in layers for name in layer.raw]
    names += question.need.raw
    names += [
        name
        for context in city.context
        if context.context in display.context
        for name in context.raw
    ]
    resource = question.unit.resource
    limits = next(file for file in city.resources if file.name == resource)
    names += [source.path for source in limits.sources]
    files = {file.path: file for file in city.raw}
    publishers = publishers_named(files[name] for name in names if name in files)
    return tr("map.credit", publishers="; ".join(publishers) or tr("sources.not_stated"))


def _legend(
    drawing: Drawing,
    drawn: Sequence[Mapping[str, object]],
    uncertain: Sequence[Mapping[str, object]],
    tr: Translator,
) -> dict[str, object]:
    """Return the legend: classes with the units in each, missing units, sites and context."""
    shade = drawing.shade
    items = shade.entries(tr)
    for look in drawn:
        count_text = tr.number(float(str(look["count"])), 0) if "count" in look else ""
        items.append({**look, "label": look["title"], "count": count_text})
    items += [dict(look) for look in uncertain]
    legend: dict[str, object] = {"title": shade.title, "items": items, "note": shade.note}
    if shade.square is not None:
        legend["square"] = {
            "fills": [[fill.as_json() for fill in row] for row in shade.square.fills],
            "across": shade.square.across,
            "upwards": shade.square.upwards,
        }
    return legend
