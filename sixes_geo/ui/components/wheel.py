"""Filters by E and by partner: the wheel, and the same choices as buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st

from sixes_geo.analysis.options import can_be_tagged, whole_layer
from sixes_geo.charts.wheel import wheel_frame, wheel_words
from sixes_geo.city.model import ES, PS, WATCHING, Initiative
from sixes_geo.city.tag import ANY, RESTRICTIONS
from sixes_geo.framework.tags import Profile, carries
from sixes_geo.ui.components import chart_specs, markup
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.network_names import networks_words
from sixes_geo.wording.tags import nothing_words, rests_words, with_words

WHEEL = "wheel"


def show_wheel(selection: state.Selection) -> None:
    """Draw the wheel, its caption and the buttons below it."""
    tr = selection.tr
    benefits = [
        profile for initiative, profile in listed(selection) if initiative.role not in WATCHING
    ]
    chosen, ps, basis = selection.question.es, selection.question.ps, selection.question.basis
    of = {e: sum(e in profile.carried_on(basis) for profile in benefits) for e in ES}
    matching = [profile for profile in benefits if carries(profile, (), ps, basis)]
    counts = {e: sum(e in profile.carried_on(basis) for profile in matching) for e in ES}
    key = linked.key_of(WHEEL)
    with st.container(key="wheel-frame", horizontal_alignment="center"):
        markup.chart(
            chart_specs.spec("wheel", selection.language),
            wheel_frame(counts, chosen, tr, of if ps else None),
            wheel_words(counts, chosen, tr, of if ps else None),
            key,
            on_pick=_picked(selection, key),
        )
    watching = len(listed(selection)) - len(benefits)
    caption = [tr("wheel.caption", of=len(benefits))]
    caption += [tr("wheel.caption_ps", ps=with_words(ps, tr))] if ps else []
    caption += [tr("wheel.watching", count=watching)] if watching else []
    rests = Counter(profile.es[e].basis for profile in matching for e in profile.carried_on(basis))
    caption += [tr("wheel.rests", items=rests_words(rests, tr))] if rests else []
    markup.quiet(" ".join(caption))
    show_buttons(selection, whole=True)
    markup.quiet(tr("wheel.explain"))


def show_buttons(selection: state.Selection, *, whole: bool = False) -> None:
    """Draw Es and partners as buttons; with ``whole``, a click shows all initiatives."""
    if not can_be_tagged(selection.question.layers):
        return
    tr = selection.tr
    for name, kind, options, chosen in (
        ("e", "e", ES, selection.question.es),
        ("p", "p", PS, selection.question.ps),
    ):
        key, changed = state.widget(name, list(chosen))
        words = {option: tr(f"tags.{kind}.{option}") for option in options}
        st.pills(
            tr(f"wheel.only_{name}"),
            list(words),
            selection_mode="multi",
            key=key,
            on_change=_on_all(selection, changed) if whole else changed,
            format_func=words.__getitem__,
            wrap=True,
        )
    if whole or selection.question.es or selection.question.ps:
        show_basis(selection)


def show_basis(selection: state.Selection) -> None:
    """Draw the choice of what Es and partners must rest on to count."""
    tr = selection.tr
    key, changed = state.widget("basis", selection.question.basis)
    words = {basis: tr(f"wheel.on.{basis}") for basis in RESTRICTIONS}
    st.selectbox(
        tr("wheel.basis"),
        list(words),
        key=key,
        on_change=changed,
        format_func=words.__getitem__,
    )


def show_scope(selection: state.Selection) -> None:
    """Name what is on the map, with a button to show all initiatives.

    It is always one container, so that a map below it is not remounted.
    """
    tr, layers = selection.tr, selection.layers
    whole = whole_layer(selection.city)
    with st.container(key="scope", horizontal=True, vertical_alignment="center"):
        what = networks_words(layers, tr)
        st.html(markup.element("p", tr("wheel.map_title", what=what), "sixes-title"))
        if whole and [layer.layer for layer in layers] != [whole]:
            st.button(tr("wheel.all"), key="all-initiatives", on_click=_show_layer, args=(whole,))


def show_nothing(selection: state.Selection) -> None:
    """Say that no initiative matches the filters, with a button to clear them."""
    tr = selection.tr
    markup.flag(nothing_words(selection.question, tr))
    clear_button(selection)


def clear_button(selection: state.Selection) -> None:
    """Draw the button that clears the filters."""
    st.button(selection.tr("initiatives.clear"), key="clear-filter", on_click=_clear)


def listed(selection: state.Selection) -> list[tuple[Initiative, Profile]]:
    """Return the initiatives of the city with their tags, without reference services."""
    tagged = cache.tagged_initiatives(selection.city)
    return [
        (initiative, profile) for initiative, profile in tagged if initiative.role != "contrast"
    ]


def _show_layer(layer: str) -> None:
    """Show one layer, with the chosen Es and partners."""
    before = dict(st.session_state.get(state.KEPT, {}))
    state.keep_list("layers", [layer])
    for name in ("e", "p", "basis"):
        if name in before:
            state.keep(name, before[name])


def _clear() -> None:
    """Clear the filters by E and partner, and what they must rest on."""
    state.keep_list("e", [])
    state.keep_list("p", [])
    state.keep("basis", ANY)


def _on_all(selection: state.Selection, changed: Callable[[], None]) -> Callable[[], None]:
    """Return a callback that also shows all initiatives."""
    whole = whole_layer(selection.city)

    def both() -> None:
        if whole:
            _show_layer(whole)
        changed()

    return both


def _picked(selection: state.Selection, key: str) -> Callable[[], None]:
    """Return the callback of the wheel: a click adds the E to the filter, or removes it."""

    def changed() -> None:
        clicked = [str(point["e"]) for point in linked.picked_points(key)]
        chosen = set(selection.question.es) ^ set(clicked)
        state.keep_list("e", [e for e in ES if e in chosen])
        st.session_state[linked.CLEARED] = st.session_state.get(linked.CLEARED, 0) + 1

    return _on_all(selection, changed)
