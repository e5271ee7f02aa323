"""What a visitor chose: from the link, from the widgets, back into the link.

A choice is kept under a key that belongs to no widget, as a plain text, and is checked
against what the city offers at every run. Streamlit forgets a widget's value when the page
changes, and a value that came by link even sooner; a kept text survives both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sixes_geo.catalog import read_city, readable_cities
from sixes_geo.change import steps_of
from sixes_geo.choices import (
    BORDERS,
    Choice,
    Variation,
    choose,
    counted_together,
    default_need,
    need_options,
    unit_named,
    unit_options,
    weight_options,
    without_options,
)
from sixes_geo.cities import OWN, kinds_of
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.layers import read_units
from sixes_geo.model import City
from sixes_geo.pattern import KINDS
from sixes_geo.reach import NEAR, WITHIN

FIELDS = (
    "city",
    "lang",
    "unit",
    "need",
    "layers",
    "weight",
    "border",
    "without",
    "within",
    "pattern",
    "step",
    "kind",
    "district",
    "context",
    "present",
)
"""Names in the link, in the order they are written."""

DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "city": (
        "unit",
        "need",
        "layers",
        "weight",
        "border",
        "without",
        "step",
        "district",
        "context",
    ),
    "unit": ("district",),
    "layers": ("without", "step"),
}
"""What a change of one choice lets go of."""

DEFAULT_CITY = "santiago"
KEPT, WRITTEN, BASEMAP, CLICK = "kept", "written", "basemap", "click"
TOUCHED = "touched"
"""Set by whatever a visitor touched: the link that comes with it may be one step behind."""

LIST_MARK = ","
NOTHING = "-"
"""How a link says that a list was emptied on purpose."""


@dataclass(frozen=True)
class Note:
    """A value of the link that does not exist here, and what is shown instead."""

    name: str
    got: str
    used: str


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
    values, notes = _resolved(kept)
    st.session_state[KEPT] = values
    if asked != values:
        st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values
    return _selection(values, notes if by_link else ())


def current() -> Selection:
    """Return the choices of this run, as `begin` settled them."""
    values, _ = _resolved(dict(st.session_state.get(KEPT, {})))
    return _selection(values, ())


def keep(name: str, value: str) -> None:
    """Keep a choice, and let go of what depended on the one before."""
    st.session_state[TOUCHED] = True
    values = dict(st.session_state.get(KEPT, {}))
    if values.get(name) == value:
        return
    for dependent in DEPENDENT.get(name, ()):
        values.pop(dependent, None)
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
    values, _ = _resolved(dict(st.session_state.get(KEPT, {})))
    st.query_params.from_dict(values)
    st.session_state[WRITTEN] = values


def keep_choice(choice: Choice) -> None:
    """Keep a whole choice, as another view of the same layers asks for it."""
    keep("unit", choice.unit)
    keep("need", choice.need_and_year)
    keep("weight", choice.weight)
    keep("border", str(choice.border))
    keep("without", choice.without or NOTHING)


def _selection(values: Mapping[str, str], notes: Sequence[Note]) -> Selection:
    """Return checked texts as a selection."""
    city = read_city(values["city"])
    choice = choose(
        city,
        layers=values["layers"].split(LIST_MARK),
        unit=values["unit"],
        need=values["need"],
        weight=values["weight"],
        variation=Variation(values["border"], _named(values["without"])),
    )
    return Selection(
        language=values["lang"],
        city=city,
        choice=choice,
        district=_named(values["district"]),
        context=tuple(one for one in values["context"].split(LIST_MARK) if one != NOTHING),
        present=values["present"] == "1",
        within=int(values["within"]),
        pattern=values["pattern"],
        step=int(values["step"]),
        kind=values["kind"],
        basemap=bool(st.session_state.get(BASEMAP, False)),
        notes=tuple(notes),
    )


def _named(value: str) -> str:
    """Return what a link names, nothing where it says so."""
    return "" if value == NOTHING else value


def _resolved(asked: Mapping[str, str]) -> tuple[dict[str, str], list[Note]]:
    """Return every field with an allowed value, and a note for each that was not."""
    notes: list[Note] = []

    def one(name: str, allowed: Sequence[str], default: str) -> str:
        got = asked.get(name)
        if got is None or got in allowed:
            return default if got is None else got
        notes.append(Note(name, got, default))
        return default

    def several(name: str, allowed: Sequence[str], default: Sequence[str], least: int) -> str:
        got = asked.get(name)
        if got is None:
            return LIST_MARK.join(default) or NOTHING
        wanted = [] if got == NOTHING else list(dict.fromkeys(got.split(LIST_MARK)))
        good = [value for value in wanted if value in allowed]
        used = LIST_MARK.join(good if len(good) >= least else default) or NOTHING
        notes.extend(Note(name, value, used) for value in wanted if value not in allowed)
        return used

    names = [city.city for city in readable_cities()[0]]
    values = {"city": one("city", names, DEFAULT_CITY if DEFAULT_CITY in names else names[0])}
    values["lang"] = one("lang", LANGUAGES, _browser_language())
    city = read_city(values["city"])
    layers = [layer.layer for layer in city.layers]
    wanted = several("layers", layers, city.view.layers, 1).split(LIST_MARK)
    chosen = counted_together(city, wanted)
    units = unit_options(city, chosen)
    first = city.view.unit if city.view.unit in units else next(iter(units), city.view.unit)
    values["unit"] = one("unit", units, first)
    needs = need_options(city, values["unit"])
    values["need"] = one("need", needs, default_need(city, values["unit"]))
    values["layers"] = LIST_MARK.join(chosen)
    weights = weight_options(city, chosen)
    usual = city.view.weight if city.view.weight in weights else weights[0]
    values["weight"] = one("weight", weights, usual)
    values["border"] = one("border", [str(one) for one in BORDERS], str(BORDERS[0]))
    values["without"] = one("without", [NOTHING, *without_options(city, chosen)], NOTHING)
    values["within"] = one("within", [str(metres) for metres in WITHIN], str(NEAR))
    values["pattern"] = one("pattern", KINDS, KINDS[0])
    steps = [str(at) for at in range(max(1, steps_of(city, chosen)))]
    values["step"] = one("step", steps, steps[-1])
    values["kind"] = one("kind", list(kinds_of(readable_cities()[0])), OWN)
    districts = read_units(city, unit_named(city, values["unit"]))["id"].tolist()
    values["district"] = one("district", [NOTHING, *districts], NOTHING)
    shown = [context.context for context in city.context if context.shown]
    values["context"] = several("context", [c.context for c in city.context], shown, 0)
    values["present"] = one("present", ["0", "1"], "0")
    return values, notes


def _browser_language() -> str:
    """Return the language the browser asks for, if it is one of ours."""
    wanted = (st.context.locale or "").partition("-")[0].lower()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
