"""What a visitor chose: from the link, from the widgets, back into the link.

A choice is kept under a key that belongs to no widget, as a plain text, and is checked
against what the city offers at every run. Streamlit forgets a widget's value when the page
changes, and a value that came by link even sooner; a kept text survives both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sixes_geo.analysis.question import Choice, Variation, choose, unit_options, whole_layer
from sixes_geo.city.model import City
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.store import INITIATIVE, NEED, OwnIndicator
from sixes_geo.i18n import Translator
from sixes_geo.ui.session.fields import DEPENDENT, FIELDS, LIST_MARK, NOTHING, Note, resolved

KEPT, WRITTEN, BASEMAP, CLICK = "kept", "written", "basemap", "click"
TOUCHED = "touched"
"""Set by whatever a visitor touched: the link that comes with it may be one step behind."""
NAMED, PAGE, LENT = "named", "page", "lent"
OF_ALL = ("initiatives",)
"""Pages about all initiatives, which look at all of them unless their link names networks."""
OF_LAYERS = ("layers", "without", "weight", "step")
"""What is put aside while such a page looks at all."""


@dataclass(frozen=True)
class Selection:
    """Everything chosen, checked."""

    language: str
    city: City
    choice: Choice
    district: str
    context: tuple[str, ...]
    present: bool
    within: int
    pattern: str
    step: int
    kind: str
    initiative: str
    basemap: bool
    notes: tuple[Note, ...] = ()

    @property
    def tr(self) -> Translator:
        """Return the translator of the chosen language."""
        return Translator(self.language)


def begin() -> Selection:
    """Take the choices of this run and write them to the link. Call once, in ``app.py``."""
    asked = {name: st.query_params[name] for name in FIELDS if name in st.query_params}
    by_widget = st.session_state.pop(TOUCHED, False)
    by_link = bool(asked) and not by_widget and asked != st.session_state.get(WRITTEN)
    kept = asked if by_link else dict(st.session_state.get(KEPT, {}))
    values, notes = resolved(kept)
    st.session_state[NAMED] = ("link" if by_link else "before") if "layers" in kept else ""
    st.session_state[KEPT] = values
    if asked != values:
        st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values
    return _selection(values, notes if by_link else ())


def arrive(page: str, selection: Selection) -> Selection:
    """Look at all initiatives on a page about them; give back on the next what was looked at.

    A link that names networks is followed, and what was chosen on such a page goes along.
    """
    before, st.session_state[PAGE] = st.session_state.get(PAGE), page
    named, kept = st.session_state[NAMED], dict(st.session_state[KEPT])
    whole = whole_layer(selection.city)
    if page in OF_ALL:
        if not whole or named == "link" or (named and before == page):
            return selection
        if named and kept["layers"] != whole:
            st.session_state[LENT] = {name: kept[name] for name in OF_LAYERS}
        changed = {name: kept[name] for name in kept if name not in OF_LAYERS} | {"layers": whole}
    else:
        lent = st.session_state.pop(LENT, {})
        untouched = not (selection.choice.es or selection.choice.ps) and kept["layers"] == whole
        if not lent or not untouched or named == "link":
            return selection
        changed = kept | lent
    st.session_state[KEPT] = changed
    write_link()
    return _selection(st.session_state[WRITTEN], selection.notes)


def link_to(**changes: str) -> dict[str, str]:
    """Return what a link to another page holds: all that was chosen, with some changes."""
    kept = dict(st.session_state.get(KEPT, {})) | dict(st.session_state.get(LENT, {}))
    gone = OF_LAYERS if "layers" in changes else ()  # another layer may not offer them
    return {name: value for name, value in kept.items() if name not in gone} | changes


def current() -> Selection:
    """Return the choices of this run, as `begin` settled them."""
    values, _ = resolved(dict(st.session_state.get(KEPT, {})))
    return _selection(values, ())


def keep(name: str, value: str) -> None:
    """Keep a choice, and let go of what depended on the one before."""
    st.session_state[TOUCHED] = True
    values = dict(st.session_state.get(KEPT, {}))
    if values.get(name) == value:
        return
    for dependent in DEPENDENT.get(name, ()):
        values.pop(dependent, None)
    if name == "city":
        st.session_state.pop(LENT, None)
    st.session_state[KEPT] = values | {name: value}


def keep_list(name: str, values: Sequence[str]) -> None:
    """Keep a choice of several."""
    keep(name, LIST_MARK.join(values) or NOTHING)


def widget(name: str, value: object) -> tuple[str, Callable[[], None]]:
    """Return the key and the callback of a widget that shows a kept choice."""
    key = f"{name}-widget"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if isinstance(chosen, list | tuple):
            if chosen or name != "layers":  # the last network stays: a map of none says nothing
                keep_list(name, chosen)
        elif chosen is not None:
            keep(name, str(chosen))
        elif name in ("district", "without"):
            keep(name, NOTHING)

    return key, changed


def take_click() -> None:
    """Select the district that was clicked on the map; a second click lets it go."""
    answer = st.session_state.get("map") or {}
    clicked = answer.get("last_object_clicked_tooltip") or ""
    if not clicked or clicked == st.session_state.get(CLICK):
        return
    st.session_state[CLICK] = clicked
    district = clicked.rpartition(" ")[0]
    before = st.session_state.get(KEPT, {}).get("district")
    keep("district", NOTHING if district == before else district)


def write_link() -> None:
    """Write the choices to the link at once, for callbacks of fragments: no run does it."""
    values, _ = resolved(dict(st.session_state.get(KEPT, {})))
    if dict(st.query_params) != values:
        st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values


def keep_choice(choice: Choice) -> None:
    """Keep a whole choice, as another view of the same layers asks for it."""
    keep("unit", choice.unit)
    keep("need", choice.need_and_year)
    keep("weight", choice.weight)
    keep("border", str(choice.border))
    keep("without", choice.without or NOTHING)
    keep_list("e", choice.es)
    keep_list("p", choice.ps)


def link_of(selection: Selection, made: OwnIndicator) -> dict[str, str]:
    """Return the link of a view of an indicator that people made, as need or as what is counted."""
    asked = {"city": selection.city.city, "lang": selection.language}
    if made.use == NEED:
        layers = selection.choice.layers
        if made.per in unit_options(selection.city, layers):
            asked["layers"] = LIST_MARK.join(layers)
        return resolved(asked | {"unit": made.per, "need": f"{made.indicator}:{made.year}"})[0]
    weight = "capacity" if made.per == INITIATIVE else "amount"
    return resolved(asked | {"layers": made.indicator, "weight": weight})[0]


def _selection(values: Mapping[str, str], notes: Sequence[Note]) -> Selection:
    """Return checked texts as a selection."""
    city = open_city(values["city"])
    choice = choose(
        city,
        layers=values["layers"].split(LIST_MARK),
        unit=values["unit"],
        need=values["need"],
        weight=values["weight"],
        variation=Variation(
            values["border"], _named(values["without"]), _listed(values["e"]), _listed(values["p"])
        ),
    )
    return Selection(
        language=values["lang"],
        city=city,
        choice=choice,
        district=_named(values["district"]),
        context=_listed(values["context"]),
        present=values["present"] == "1",
        within=int(values["within"]),
        pattern=values["pattern"],
        step=int(values["step"]),
        kind=values["kind"],
        initiative=_named(values["initiative"]),
        basemap=bool(st.session_state.get(BASEMAP, False)),
        notes=tuple(notes),
    )


def _listed(value: str) -> tuple[str, ...]:
    """Return the names in a list of a link."""
    return tuple(one for one in value.split(LIST_MARK) if one != NOTHING)


def _named(value: str) -> str:
    """Return what a link names, nothing where it says so."""
    return "" if value == NOTHING else value
