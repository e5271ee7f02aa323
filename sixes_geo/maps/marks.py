"""How the sites of each layer look: mark, colour, title and count, on screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import sites_drawn
from sixes_geo.city.model import Layer
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.encode import OUTSIDE, ROUGH, site_flags
from sixes_geo.wording.network_names import network_words


def site_looks(
    assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()
) -> list[dict[str, object]]:
    """Return how each layer is drawn: title, mark or line, colour, count.

    Layers of a question and of those ``beside`` it differ in mark or colour.
    """
    used: dict[str, int] = {}
    looks: list[dict[str, object]] = []
    for nth, (measured, layer) in enumerate(_layers(assessment, *beside)):
        style = palette.mark_for(layer.role, used.get(layer.role, 0))
        used[layer.role] = used.get(layer.role, 0) + 1
        look: dict[str, object] = {"layer": layer.layer, "title": network_words(layer, tr)}
        if layer.geometry == "line":
            look |= {"line": True, "colour": palette.LINES[nth % len(palette.LINES)]}
        else:
            look |= {"mark": style.mark, "colour": style.colour}
        looks.append(look | {"count": _drawn(measured, layer)})
    return looks


def uncertain_looks(
    assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()
) -> list[dict[str, object]]:
    """Return the marks of sites with an approximate location or outside all units, if any.

    Each is the mark of the first layer that has such a site.
    """
    rows = [measured.accounting for measured in (assessment, *beside)]
    approximate, outside = sum(row.approximate for row in rows), sum(row.outside for row in rows)
    if not approximate and not outside:
        return []
    flagged = []
    looks = site_looks(assessment, tr, beside)
    for look, (measured, layer) in zip(looks, _layers(assessment, *beside), strict=True):
        if "mark" not in look or layer.per_unit:
            continue
        sites = sites_drawn(measured.question, layer)
        flagged.append((look, site_flags(sites, sites["unit"])))
    return [
        {
            "mark": look["mark"],
            "colour": look["colour"],
            "hollow": True,
            "rough": name == "rough",
            "label": tr(f"map.{name}"),
            "count": tr.number(count, 0),
        }
        for flag, name, count in ((ROUGH, "rough", approximate), (OUTSIDE, "outside", outside))
        if count
        for look in [next((look for look, flags in flagged if flag in flags), None)]
        if look
    ]


def _layers(*assessments: Assessment) -> list[tuple[Assessment, Layer]]:
    """Return every layer with the assessment it belongs to, in the order they are drawn."""
    return [(measured, layer) for measured in assessments for layer in measured.question.layers]


def _drawn(assessment: Assessment, layer: Layer) -> int:
    """Return how many marks of a layer there are on the map."""
    if layer.per_unit:
        return int(assessment.units["amount"].notna().sum())
    return len(sites_drawn(assessment.question, layer))
