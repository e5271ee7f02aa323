"""A Leaflet map that needs no other server, and the scene drawn on it.

The base map never changes, so the component never remounts; every change travels as one
scene, which ``static/sixes-map.js`` draws.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import folium
from branca.element import MacroElement
from jinja2 import Template

STATIC = Path(__file__).parent / "static"


class OfflineMap(folium.Map):
    """A folium map that loads Leaflet and our script from given addresses only.

    Parameters
    ----------
    leaflet
        Address of the folder with ``leaflet.js`` and ``leaflet.css``.
    engine
        Address of the folder with our scripts and styles; it changes when they change.
    """

    def __init__(self, leaflet: str, engine: str) -> None:
        self.default_js = [
            ("leaflet", f"{leaflet}/leaflet.js"),
            ("sixes-draw", f"{engine}/sixes-draw.js"),
            ("sixes-map", f"{engine}/sixes-map.js"),
        ]
        self.default_css = [
            ("leaflet-style", f"{leaflet}/leaflet.css"),
            ("sixes-style", f"{engine}/sixes-map.css"),
        ]
        super().__init__(
            location=(0.0, 0.0),
            zoom_start=2,
            tiles=None,
            zoom_snap=0.25,
            prefer_canvas=True,
            world_copy_jump=False,
        )


class SceneElement(MacroElement):
    """An element of the map that passes a scene to our script.

    Parameters
    ----------
    scene
        Plain values, as `scene.build_scene` returns them.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}window.SixesMap.show(window.map, {{ this.scene }});"
        "{% endmacro %}"
    )

    def __init__(self, scene: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Scene"
        self.scene = script_safe(scene)


def script_safe(value: object) -> str:
    """Return JSON that is safe in a script and in a template: no text in it is run.

    folium fills its scripts in as templates; objects of JSON never begin with two braces, so
    what looks like the start of an expression can only be part of a text.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"\{(?=[{%#])", r"\\u007b", text)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def scene_group(scene: Mapping[str, object]) -> folium.FeatureGroup:
    """Return the feature group that is added to the map's constant base."""
    group = folium.FeatureGroup(name="scene")
    SceneElement(scene).add_to(group)
    return group
