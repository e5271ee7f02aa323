"""Choosing by E and by partner: the wheel, and the same choices as buttons for every reader."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sixes_geo.analysis.options import can_be_tagged, whole_layer
from sixes_geo.charts.wheel import wheel_frame, wheel_words
from sixes_geo.city.model import ES, PS, WATCHING, Initiative
from sixes_geo.framework.tags import Profile, carries
from sixes_geo.ui.components import chart_specs, markup
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.tags import nothing_words, with_words

WHEEL = "wheel"


def show_wheel(selection: state.Selection) -> None:
    """Draw the wheel, the buttons under it, and what they leave on the map."""
    tr = selection.tr
    gains = [said for one, said in listed(selection) if one.role not in WATCHING]
    of = {e: sum(e in said.carried for said in gains) for e in ES}
    chosen, ps = selection.question.es, selection.question.ps
    joint = [said for said in gains if carries(said, (), ps)]
    counts = {e: sum(e in said.carried for said in joint) for e in ES}
    key = linked.key_of(WHEEL)
    with st.container(key="wheel-frame", horizontal_alignment="center"):
        markup.chart(
            chart_specs.wheel_spec(),
            wheel_frame(counts, chosen, tr, of if ps else None),
            wheel_words(counts, chosen, tr, of if ps else None),
            key,
            on_pick=_picked(selection, key),
        )
    watching = len(listed(selection)) - len(gains)
    caption = [tr("wheel.caption", of=len(gains))]
    caption += [tr("wheel.caption_ps", ps=with_words(ps, tr))] if ps else []
    caption += [tr("wheel.watching", count=watching)] if watching else []
    markup.quiet(" ".join(caption))
    show_buttons(selection, whole=True)
    markup.quiet(tr("wheel.explain"))


def show_buttons(selection: state.Selection, *, whole: bool = False) -> None:
    """Draw the Es and the partners as buttons; ``whole`` pages look at all initiatives at once."""
    if not can_be_tagged(selection.question.layers):
        return
    tr = selection.tr
    for name, kind, options, chosen in (
        ("e", "e", ES, selection.question.es),
        ("p", "p", PS, selection.question.ps),
    ):
        key, changed = state.widget(name, list(chosen))
        words = {one: tr(f"tags.{kind}.{one}") for one in options}
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
    """Name what is on the map; offer to look at all initiatives where it is a few networks.

    It is one slot whatever it holds: a map below it stays mounted.
    """
    tr, city, layers = selection.tr, selection.city, selection.question.layer_names
    whole = whole_layer(city)
    with st.container(key="scope", horizontal=True, vertical_alignment="center"):
        what = tr.list([tr.text(city.layer_named(one).title) for one in layers])
        st.html(markup.element("p", tr("wheel.map_title", what=what), "sixes-title"))
        if whole and layers != (whole,):
            st.button(tr("wheel.all"), key="all-initiatives", on_click=_look_at, args=(whole,))


def show_nothing(selection: state.Selection) -> None:
    """Say that nothing is on record of what was asked for, and offer to ask for less."""
    tr = selection.tr
    markup.flag(nothing_words(selection.question, tr))
    clear_button(selection)


def clear_button(selection: state.Selection) -> None:
    """Draw the button that asks for no E and no partner any more."""
    st.button(selection.tr("initiatives.clear"), key="clear-filter", on_click=_clear)


def listed(selection: state.Selection) -> list[tuple[Initiative, Profile]]:
    """Return the initiatives of the city with what is said of them; no ordinary service is one."""
    found = cache.coded(selection.city)
    return [(one, said) for one, said in found if one.role != "contrast"]


def _look_at(layer: str) -> None:
    """Look at one layer, with the Es and partners that were chosen."""
    before = dict(st.session_state.get(state.KEPT, {}))
    state.keep_list("layers", [layer])
    for name in ("e", "p"):
        if name in before:
            state.keep(name, before[name])


def _clear() -> None:
    """Ask for no E and no partner."""
    state.keep_list("e", [])
    state.keep_list("p", [])


def _of_all(selection: state.Selection, changed: Callable[[], None]) -> Callable[[], None]:
    """Return what a button does on a page about all initiatives: it looks at all of them."""
    whole = whole_layer(selection.city)

    def both() -> None:
        if whole:
            _look_at(whole)
        changed()

    return both


def _picked(selection: state.Selection, key: str) -> Callable[[], None]:
    """Return what a click on a part of the wheel does: it chooses the E, or lets it go."""

    def changed() -> None:
        clicked = [str(point["e"]) for point in linked.points_of(key)]
        chosen = set(selection.question.es) ^ set(clicked)
        state.keep_list("e", [e for e in ES if e in chosen])
        st.session_state[linked.LET_GO] = st.session_state.get(linked.LET_GO, 0) + 1

    return _of_all(selection, changed)
