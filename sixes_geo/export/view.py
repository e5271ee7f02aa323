"""The map of a snapshot for a browser: the scene, and the shapes and sites it needs."""

from __future__ import annotations

import json
from typing import Any

from sixes_geo.analysis.provision import per_head, sites_shown, unit_of
from sixes_geo.city.tables import read_context, read_units
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.maps.encode import (
    encoded_context,
    encoded_money,
    encoded_sites,
    encoded_units,
)
from sixes_geo.maps.scene import Addresses, Display, build_scene


def scene_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the scene of the map: shapes, legend and sources."""
    return snapshot.once("scene", lambda: _scene(snapshot))


def _scene(snapshot: Snapshot) -> dict[str, Any]:
    """Build the scene."""
    context = snapshot.context
    addresses = Addresses(
        units="units",
        sites={name: f"sites-{name}" for name in snapshot.question.layer_names},
        context={name: f"context-{name}" for name in context},
    )
    first = snapshot.fields.districts[0] if snapshot.fields.districts else ""
    display = Display(selected=first, context=context, picked=snapshot.fields.districts)
    return build_scene(snapshot.assessment, display, addresses, snapshot.tr)


def files_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the shapes and sites of the map, by the addresses in the scene."""
    question = snapshot.question
    unit = question.unit
    units = read_units(question.city, unit)
    district = next((level for level in question.city.units if level.level == "district"), unit)
    larger = read_units(question.city, district)
    names = dict(zip(larger["id"], larger["name"], strict=True)) if district is not unit else {}
    files = {"units": encoded_units(units, names)}
    for layer in question.layers:
        name = layer.layer
        if layer.per_unit:
            files[f"sites-{name}"] = encoded_money(units, per_head(question.city, unit, layer))
            continue
        sites = sites_shown(question, layer)
        located = sites[sites.geometry.notna()]
        files[f"sites-{name}"] = encoded_sites(located, unit_of(question.city, unit, located))
    shapes = read_context(question.city)
    for name in snapshot.context:
        files[f"context-{name}"] = encoded_context(shapes[shapes["context"] == name].geometry)
    return {name: json.loads(encoded) for name, encoded in files.items()}
