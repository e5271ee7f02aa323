"""The map on the page; the only `st_folium` of the project."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit_folium import st_folium

from sixes_geo.maps.leaflet import OfflineMap, scene_group
from sixes_geo.maps.scene import Display, Drawing, build_scene
from sixes_geo.server import assets, map_assets
from sixes_geo.ui.session import cache, state

HEIGHT = 560
"""Pixels, until the style sheet fits the map to the window."""


def show_map(
    selection: state.Selection,
    drawing: Drawing | None = None,
    picked: tuple[str, ...] = (),
    on_click: Callable[[], None] = state.take_click,
) -> None:
    """Draw the map; only a click on a district, which selects it, reruns the page.

    Without a drawing of its own, which is about the question, the sites of the networks beside
    it are drawn too.

    The base map is the same on every run, so that the component is not remounted; what
    changes is sent in the feature group.

    Parameters
    ----------
    selection
        The choices of this run.
    drawing
        What the page draws; by default need and the sites of the question.
    picked
        Units that another view highlights.
    on_click
        What a click on a unit does.
    """
    assessment = cache.assessment(selection.question)
    display = Display(
        selection.district, selection.context, selection.basemap, selection.present, picked
    )
    others = selection.beside if drawing is None else ()
    beside = [cache.assessment(question) for question in others]
    addresses = map_assets.addresses_of(selection.question, selection.context, others)
    scene = build_scene(assessment, display, addresses, selection.tr, drawing, beside)
    with st.container(key="map-frame"):
        st_folium(
            OfflineMap(assets.leaflet_address(), assets.engine_address()),
            key="map",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_object_clicked_tooltip"],
            feature_group_to_add=scene_group(scene),
            on_change=on_click,
        )
