"""The selection of a visitor: read from the link and the widgets, written to the link.

Values are kept as plain text under a key that belongs to no widget, and are checked
against what the city offers in every run. Streamlit forgets a widget's value when the page
changes, and a value from the link even sooner; a kept text survives both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sixes_geo.analysis.link import (
    DEPENDENT,
    FORMER_NAMES,
    fields_in,
    fields_of,
    resolved,
    view_of,
)
from sixes_geo.analysis.link_fields import LIST_MARK, NOTHING, Note
from sixes_geo.analysis.options import unit_options, whole_layer
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.view import View
from sixes_geo.contributions.store import INITIATIVE, NEED, ContributedIndicator
from sixes_geo.i18n import LANGUAGES, Translator

KEPT, WRITTEN, BASEMAP, CLICK = "kept", "written", "basemap", "click"
TOUCHED = "touched"
"""Set when a visitor used a widget: the link sent with that run may be one step behind."""
NAMED, PAGE, SET_ASIDE = "named", "page", "set-aside"
ALL_INITIATIVES = ("initiatives",)
"""Pages that show all initiatives unless their link names networks."""
LAYER_FIELDS = ("layers", "together", "without", "weight", "step")
"""Fields that are set aside while such a page shows all initiatives."""


@dataclass(frozen=True)
class Selection(View):
    """What a visitor sees: the view of the link, and settings that a link never has."""

    basemap: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def tr(self) -> Translator:
        """Return the translator of the chosen language."""
        return Translator(self.language)


def begin() -> Selection:
    """Load the selection of this run and write it to the link. Call once per run."""
    asked = fields_in(st.query_params.to_dict())
    by_widget = st.session_state.pop(TOUCHED, False)
    by_link = bool(asked) and not by_widget and asked != st.session_state.get(WRITTEN)
    kept = asked if by_link else dict(st.session_state.get(KEPT, {}))
    values, notes = resolved(kept, _browser_language())
    st.session_state[NAMED] = ("link" if by_link else "before") if "layers" in kept else ""
    st.session_state[KEPT] = values
    if asked != values or set(st.query_params) & set(FORMER_NAMES):
        st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values
    return _selection(values, notes if by_link else ())


def enter_page(page: str, selection: Selection) -> Selection:
    """Show all initiatives on a page about them; restore the previous layers on the next page.

    A link that names networks is followed, and layers chosen on such a page are kept.
    """
    before, st.session_state[PAGE] = st.session_state.get(PAGE), page
    named, kept = st.session_state[NAMED], dict(st.session_state[KEPT])
    whole = whole_layer(selection.city)
    if page in ALL_INITIATIVES:
        if not whole or named == "link" or (named and before == page):
            return selection
        if named and kept["layers"] != whole:
            st.session_state[SET_ASIDE] = {name: kept[name] for name in LAYER_FIELDS}
        changed = {name: kept[name] for name in kept if name not in LAYER_FIELDS} | {
            "layers": whole
        }
    else:
        set_aside = st.session_state.pop(SET_ASIDE, {})
        untouched = not (selection.question.es or selection.question.ps) and kept["layers"] == whole
        if not set_aside or not untouched or named == "link":
            return selection
        changed = kept | set_aside
    st.session_state[KEPT] = changed
    write_link()
    return _selection(st.session_state[WRITTEN], selection.notes)


def link_to(**changes: str) -> dict[str, str]:
    """Return the query of a link to another page: the selection, with some changes."""
    kept = dict(st.session_state.get(KEPT, {})) | dict(st.session_state.get(SET_ASIDE, {}))
    dropped = LAYER_FIELDS if "layers" in changes else ()  # another layer may not offer them
    return {name: value for name, value in kept.items() if name not in dropped} | changes


def current() -> Selection:
    """Return the selection of this run, as `begin` loaded it."""
    values, _ = resolved(dict(st.session_state.get(KEPT, {})), _browser_language())
    return _selection(values, ())


def keep(name: str, value: str) -> None:
    """Keep a value, and drop values that depend on the previous one."""
    st.session_state[TOUCHED] = True
    values = dict(st.session_state.get(KEPT, {}))
    if values.get(name) == value:
        return
    for dependent in DEPENDENT.get(name, ()):
        values.pop(dependent, None)
    if name == "layers" and _first(values.get(name, "")) != _first(value):
        values.pop("weight", None)  # sites of one network would be mere pieces of another
    if name == "city":
        st.session_state.pop(SET_ASIDE, None)
    st.session_state[KEPT] = values | {name: value}


def keep_list(name: str, values: Sequence[str]) -> None:
    """Keep a list of values."""
    keep(name, LIST_MARK.join(values) or NOTHING)


def widget(name: str, value: object) -> tuple[str, Callable[[], None]]:
    """Return the key and the callback of a widget that shows a kept value."""
    key = f"{name}-widget"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if isinstance(chosen, bool):
            keep(name, "1" if chosen else "0")
        elif isinstance(chosen, list | tuple):
            if chosen or name != "layers":  # the last network stays: an empty map has no meaning
                keep_list(name, chosen)
        elif chosen is not None:
            keep(name, str(chosen))
        elif name in ("district", "without"):
            keep(name, NOTHING)

    return key, changed


def take_click() -> None:
    """Select the district that was clicked on the map; a second click clears the selection."""
    answer = st.session_state.get("map") or {}
    clicked = answer.get("last_object_clicked_tooltip") or ""
    if not clicked or clicked == st.session_state.get(CLICK):
        return
    st.session_state[CLICK] = clicked
    district = clicked.rpartition(" ")[0]
    before = st.session_state.get(KEPT, {}).get("district")
    keep("district", NOTHING if district == before else district)


def write_link() -> None:
    """Write the selection to the link at once, for callbacks of fragments."""
    values, _ = resolved(dict(st.session_state.get(KEPT, {})), _browser_language())
    if dict(st.query_params) != values:
        st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values


def keep_question(question: Question) -> None:
    """Keep the values of a question about the same layers."""
    for name, value in fields_of(question).items():
        if name not in ("city", "layers", "together"):
            keep(name, value)


def put_first(selection: Selection, question: Question) -> None:
    """Make a network that stands beside the first one the first, measured as it was there."""
    others = [layer.layer for layer in selection.layers if layer not in question.layers]
    keep_list("layers", [*question.layer_names, *others])
    keep_question(question)


def link_of(selection: Selection, indicator: ContributedIndicator) -> dict[str, str]:
    """Return the query of a link that shows a contributed indicator, as need or provision."""
    values = {"city": selection.city.city, "lang": selection.language}
    if indicator.use == NEED:
        if indicator.per in unit_options(selection.city, selection.question.layers):
            values["layers"] = LIST_MARK.join(layer.layer for layer in selection.layers)
            values["together"] = "1" if selection.together else "0"
        need = f"{indicator.indicator}:{indicator.year}"
        return resolved(values | {"unit": indicator.per, "need": need}, selection.language)[0]
    weight = "capacity" if indicator.per == INITIATIVE else "amount"
    return resolved(values | {"layers": indicator.indicator, "weight": weight}, selection.language)[
        0
    ]


def _first(values: str) -> str:
    """Return the first name in a list value."""
    return values.partition(LIST_MARK)[0]


def _selection(values: Mapping[str, str], notes: Sequence[Note]) -> Selection:
    """Return checked values as a selection."""
    basemap = bool(st.session_state.get(BASEMAP, False))
    return Selection(**vars(view_of(values)), basemap=basemap, notes=tuple(notes))


def _browser_language() -> str:
    """Return the language the browser asks for, if it is one of ours."""
    wanted = (st.context.locale or "").partition("-")[0].lower()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
