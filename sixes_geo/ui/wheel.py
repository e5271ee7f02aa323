"""Choosing by E and by partner: the wheel, and the same choices as buttons for every reader."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sixes_geo.charts.wheel import wheel_frame, wheel_words
from sixes_geo.choices import can_be_tagged
from sixes_geo.framework.coding import Profile
from sixes_geo.model import ES, PS, WATCHING, Initiative
from sixes_geo.ui import cache, linked, parts, specs, state
from sixes_geo.wording.tagged import only_words

WHEEL = "wheel"


def show_wheel(selection: state.Selection) -> None:
    """Draw the wheel, the buttons under it, and what they leave on the map."""
    tr = selection.tr
    gains = [said for one, said in listed(selection) if one.role not in WATCHING]
    counts = {e: sum(e in said.carried for said in gains) for e in ES}
    key = linked.key_of(WHEEL)
    chosen = selection.choice.es
    with st.container(key="wheel-frame", horizontal_alignment="center"):
        parts.chart(
            specs.wheel_spec(),
            wheel_frame(counts, chosen, tr),
            wheel_words(counts, chosen, tr),
            key,
            on_pick=_picked(selection, key),
        )
    show_buttons(selection, whole=True)
    for words in only_words(selection.city, selection.choice, tr):
        parts.quiet(words)
    parts.quiet(tr("wheel.explain"))


def show_buttons(selection: state.Selection, *, whole: bool = False) -> None:
    """Draw the Es and the partners as buttons; ``whole`` pages look at all initiatives at once."""
    if not can_be_tagged(selection.city, selection.choice.layers):
        return
    tr = selection.tr
    for name, kind, options, chosen in (
        ("e", "e", ES, selection.choice.es),
        ("p", "p", PS, selection.choice.ps),
    ):
        key, changed = state.widget(name, list(chosen))
        words = {one: tr(f"tagged.{kind}.{one}") for one in options}
        st.pills(
            tr(f"wheel.only_{name}"),
            list(words),
            selection_mode="multi",
            key=key,
            on_change=_of_all(selection, changed) if whole else changed,
            format_func=words.__getitem__,
            wrap=True,
        )


def show_scope(selection: state.Selection) -> None:
    """Offer to look at all initiatives where the page looks at a few networks."""
    tr, whole = selection.tr, whole_layer(selection)
    if whole and selection.choice.layers != (whole,):
        st.button(tr("wheel.all"), key="all-initiatives", on_click=_look_at, args=(whole,))


def listed(selection: state.Selection) -> list[tuple[Initiative, Profile]]:
    """Return the initiatives of the city with what is said of them; no ordinary service is one."""
    found = cache.coded(selection.city)
    return [(one, said) for one, said in found if one.role != "contrast"]


def whole_layer(selection: state.Selection) -> str:
    """Return the layer of all initiatives together, if the city has one."""
    layers = selection.city.layers
    return next((one.layer for one in layers if one.newest and one.kind != "own"), "")


def _look_at(layer: str) -> None:
    """Look at one layer, with the Es and partners that were chosen."""
    before = dict(st.session_state.get(state.KEPT, {}))
    state.keep_list("layers", [layer])
    for name in ("e", "p"):
        if name in before:
            state.keep(name, before[name])


def _of_all(selection: state.Selection, changed: Callable[[], None]) -> Callable[[], None]:
    """Return what a button does on a page about all initiatives: it looks at all of them."""
    whole = whole_layer(selection)

    def both() -> None:
        if whole:
            _look_at(whole)
        changed()

    return both


def _picked(selection: state.Selection, key: str) -> Callable[[], None]:
    """Return what a click on a part of the wheel does: it chooses the E, or lets it go."""

    def changed() -> None:
        clicked = [str(point["e"]) for point in linked.points_of(key)]
        chosen = set(selection.choice.es) ^ set(clicked)
        state.keep_list("e", [e for e in ES if e in chosen])
        st.session_state[linked.LET_GO] = st.session_state.get(linked.LET_GO, 0) + 1

    return _of_all(selection, changed)
