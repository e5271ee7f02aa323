"""How the sites of each layer look: mark, colour, title and count, on screen and on paper."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import sites_drawn
from sixes_geo.city.model import Layer
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.encode import OUTSIDE, ROUGH, site_flags

NAMED_ROLES = ("surveillance", "policing", "contrast")
"""Roles shown beside the title, so that they are not mistaken for a benefit."""


def site_looks(assessment: Assessment, tr: Translator) -> list[dict[str, object]]:
    """Return how each layer of a question is drawn: title, mark or line, colour, count."""
    used: dict[str, int] = {}
    looks: list[dict[str, object]] = []
    for nth, layer in enumerate(assessment.question.layers):
        style = palette.mark_for(layer.role, used.get(layer.role, 0))
        used[layer.role] = used.get(layer.role, 0) + 1
        title = tr.text(layer.title)
        if layer.role in NAMED_ROLES:
            title = tr("map.role", title=title, role=tr(f"role.{layer.role}"))
        look: dict[str, object] = {"layer": layer.layer, "title": title}
        if layer.geometry == "line":
            look |= {"line": True, "colour": palette.LINES[nth % len(palette.LINES)]}
        else:
            look |= {"mark": style.mark, "colour": style.colour}
        looks.append(look | {"count": _drawn(assessment, layer)})
    return looks


def uncertain_looks(assessment: Assessment, tr: Translator) -> list[dict[str, object]]:
    """Return the marks of sites with an approximate location or outside all units, if any.

    Each is the mark of the first layer that has such a site.
    """
    rows = assessment.accounting
    uncertain = ((ROUGH, "rough", rows.approximate), (OUTSIDE, "outside", rows.outside))
    if not rows.approximate and not rows.outside:
        return []
    flagged = []
    looks = site_looks(assessment, tr)
    for look, layer in zip(looks, assessment.question.layers, strict=True):
        if "mark" not in look or layer.per_unit:
            continue
        sites = sites_drawn(assessment.question, layer)
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
        for flag, name, count in uncertain
        if count
        for look in [next((look for look, flags in flagged if flag in flags), None)]
        if look
    ]


def _drawn(assessment: Assessment, layer: Layer) -> int:
    """Return how many marks of a layer there are on the map."""
    if layer.per_unit:
        return int(assessment.units["amount"].notna().sum())
    return len(sites_drawn(assessment.question, layer))
