"""What a link can hold, and what becomes of each text of it: checked, or left aside with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sixes_geo.analysis.change import steps_of
from sixes_geo.analysis.cities import OWN, kinds_of
from sixes_geo.analysis.clusters import KINDS
from sixes_geo.analysis.question import (
    BORDERS,
    can_be_tagged,
    counted_together,
    default_need,
    need_options,
    unit_named,
    unit_options,
    weight_options,
    without_options,
)
from sixes_geo.analysis.reach import NEAR, WITHIN
from sixes_geo.city.model import ES, PS
from sixes_geo.city.tables import read_initiatives, read_units
from sixes_geo.contributions.cities import open_cities, open_city
from sixes_geo.i18n import LANGUAGES

FIELDS = (
    "city",
    "lang",
    "unit",
    "need",
    "layers",
    "weight",
    "border",
    "without",
    "e",
    "p",
    "within",
    "pattern",
    "step",
    "kind",
    "initiative",
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
        "e",
        "p",
        "step",
        "initiative",
        "district",
        "context",
    ),
    "unit": ("district",),
    "layers": ("without", "step"),
}
"""What a change of one choice lets go of."""

DEFAULT_CITY = "santiago"
LIST_MARK = ","
NOTHING = "-"
"""How a link says that a list was emptied on purpose."""


@dataclass(frozen=True)
class Note:
    """A value of the link that does not exist here, and what is shown instead."""

    name: str
    got: str
    used: str


def resolved(asked: Mapping[str, str]) -> tuple[dict[str, str], list[Note]]:
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

    names = [city.city for city in open_cities()[0]]
    values = {"city": one("city", names, DEFAULT_CITY if DEFAULT_CITY in names else names[0])}
    values["lang"] = one("lang", LANGUAGES, _browser_language())
    city = open_city(values["city"])
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
    taggable = can_be_tagged(city, chosen)
    values["e"] = several("e", ES if taggable else (), (), 0)
    values["p"] = several("p", PS if taggable else (), (), 0)
    values["within"] = one("within", [str(metres) for metres in WITHIN], str(NEAR))
    values["pattern"] = one("pattern", KINDS, KINDS[0])
    steps = [str(at) for at in range(max(1, steps_of(city, chosen)))]
    values["step"] = one("step", steps, steps[-1])
    values["kind"] = one("kind", list(kinds_of(open_cities()[0])), OWN)
    known = [one.id for one in read_initiatives(city)]
    values["initiative"] = one("initiative", [NOTHING, *known], NOTHING)
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
