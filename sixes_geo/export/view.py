"""The map of a snapshot for a browser: the scene, and the shapes and sites it needs."""

from __future__ import annotations

import json
from typing import Any

from sixes_geo.export.snapshot import Snapshot
from sixes_geo.maps.files import context_file, sites_file, units_file
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
    files = {"units": units_file(question.city, question.unit)}
    files |= {f"sites-{layer.layer}": sites_file(question, layer) for layer in question.layers}
    files |= {f"context-{name}": context_file(question.city, name) for name in snapshot.context}
    return {name: json.loads(encoded) for name, encoded in files.items()}
