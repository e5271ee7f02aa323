"""The link: how a view is written as plain texts, and what becomes of each text of one.

Pages, exports, the command line and QR codes all come here. A text is checked against what the
city offers; what is not on offer falls back, with a note that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sixes_geo.analysis.change import steps_of
from sixes_geo.analysis.cities import OPENING, kinds_of
from sixes_geo.analysis.clusters import KINDS
from sixes_geo.analysis.question import (
    BORDERS,
    Question,
    Variation,
    ask,
    can_be_tagged,
    counted_together,
    default_need,
    layers_named,
    need_options,
    unit_options,
    weight_options,
    without_options,
)
from sixes_geo.analysis.reach import NEAR, WITHIN
from sixes_geo.city.model import ES, PS, City
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
    "clusters",
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
"""What is dropped when another one changes."""

DEFAULT_CITY = "santiago"
LIST_MARK = ","
NOTHING = "-"
"""How a link says that a list was emptied on purpose."""

FORMER_NAMES = {"pattern": "clusters"}
FORMER_VALUES = {("kind", "own"): OPENING}
"""What links of earlier versions say for the same thing: they keep opening the same view."""


@dataclass(frozen=True)
class Note:
    """A value of the link that does not exist here, and what is shown instead."""

    name: str
    got: str
    used: str


@dataclass(frozen=True)
class View:
    """What a link opens: a question in a language, and what is shown beside its answer."""

    language: str
    question: Question
    district: str
    context: tuple[str, ...]
    present: bool
    within: int
    clusters: str
    step: int
    kind: str
    initiative: str

    @property
    def city(self) -> City:
        """The city that is asked."""
        return self.question.city


def asked_in(query: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that a query names, those of earlier versions under today's names."""
    named = {FORMER_NAMES.get(name, name): value for name, value in query.items()}
    return {
        name: FORMER_VALUES.get((name, named[name]), named[name])
        for name in FIELDS
        if name in named
    }


def resolved(asked: Mapping[str, str], language: str) -> tuple[dict[str, str], list[Note]]:
    """Return every field with an allowed value, and a note for each that was not.

    Parameters
    ----------
    asked
        What a link says, by field.
    language
        That of a link which names none.
    """
    fields = _Fields(asked)
    one, several = fields.one, fields.several
    known = {city.city: city for city in open_cities()[0]}
    first_city = DEFAULT_CITY if DEFAULT_CITY in known else next(iter(known))
    values = {"city": one("city", list(known), first_city)}
    values["lang"] = one("lang", LANGUAGES, language)
    city = known[values["city"]]
    names = [layer.layer for layer in city.layers]
    wanted = several("layers", names, city.view.layers, 1).split(LIST_MARK)
    layers = counted_together(layers_named(city, wanted))
    units = unit_options(city, layers)
    first = city.view.unit if city.view.unit in units else next(iter(units), city.view.unit)
    values["unit"] = one("unit", units, first)
    needs = need_options(city, values["unit"])
    values["need"] = one("need", needs, default_need(city, values["unit"]))
    values["layers"] = LIST_MARK.join(layer.layer for layer in layers)
    weights = weight_options(layers)
    usual = city.view.weight if city.view.weight in weights else weights[0]
    values["weight"] = one("weight", weights, usual)
    values["border"] = one("border", [str(metres) for metres in BORDERS], str(BORDERS[0]))
    values["without"] = one("without", [NOTHING, *without_options(layers)], NOTHING)
    taggable = can_be_tagged(layers)
    values["e"] = several("e", ES if taggable else (), (), 0)
    values["p"] = several("p", PS if taggable else (), (), 0)
    values["within"] = one("within", [str(metres) for metres in WITHIN], str(NEAR))
    values["clusters"] = one("clusters", KINDS, KINDS[0])
    steps = [str(at) for at in range(max(1, steps_of(city, layers)))]
    values["step"] = one("step", steps, steps[-1])
    values["kind"] = one("kind", list(kinds_of(known.values())), OPENING)
    initiatives = [initiative.id for initiative in read_initiatives(city)]
    values["initiative"] = one("initiative", [NOTHING, *initiatives], NOTHING)
    districts = read_units(city, city.unit_named(values["unit"]))["id"].tolist()
    values["district"] = one("district", [NOTHING, *districts], NOTHING)
    shown = [context.context for context in city.context if context.shown]
    values["context"] = several("context", [c.context for c in city.context], shown, 0)
    values["present"] = one("present", ["0", "1"], "0")
    return values, fields.notes


def view_of(values: Mapping[str, str]) -> View:
    """Return the view that resolved values open."""
    question = ask(
        open_city(values["city"]),
        layers=values["layers"].split(LIST_MARK),
        unit=values["unit"],
        need=values["need"],
        weight=values["weight"],
        variation=Variation(
            values["border"], _named(values["without"]), _listed(values["e"]), _listed(values["p"])
        ),
    )
    return View(
        language=values["lang"],
        question=question,
        district=_named(values["district"]),
        context=_listed(values["context"]),
        present=values["present"] == "1",
        within=int(values["within"]),
        clusters=values["clusters"],
        step=int(values["step"]),
        kind=values["kind"],
        initiative=_named(values["initiative"]),
    )


def fields_of(question: Question) -> dict[str, str]:
    """Return the fields of a link that hold a question."""
    return {
        "city": question.city.city,
        "unit": question.unit.unit,
        "need": question.need_and_year,
        "layers": LIST_MARK.join(question.layer_names),
        "weight": question.weight,
        "border": str(question.border),
        "without": question.without or NOTHING,
        "e": LIST_MARK.join(question.es) or NOTHING,
        "p": LIST_MARK.join(question.ps) or NOTHING,
    }


def query_of(
    question: Question, language: str, districts: Sequence[str], context: Sequence[str]
) -> str:
    """Return the part of a link that opens a view; what a link need not say is left out."""
    needless = {"border": "0", "without": NOTHING, "e": NOTHING, "p": NOTHING, "district": ""}
    said = fields_of(question) | {
        "lang": language,
        "district": districts[0] if districts else "",
        "context": LIST_MARK.join(context) or NOTHING,
    }
    kept = {
        name: said[name] for name in FIELDS if name in said and said[name] != needless.get(name)
    }
    return urlencode(kept, safe=":,")


def record_of(question: Question) -> dict[str, Any]:
    """Return a question as plain values that `question_of` reads again."""
    return {
        "city": question.city.city,
        "unit": question.unit.unit,
        "need": question.need_and_year,
        "layers": list(question.layer_names),
        "weight": question.weight,
        "seed": question.seed,
        "border": question.border,
        "without": question.without,
        "e": list(question.es),
        "p": list(question.ps),
    }


def question_of(record: Mapping[str, Any]) -> Question:
    """Return the question that plain values ask.

    Raises
    ------
    ChoiceError
        With every name that does not exist here.
    """
    variation = Variation(
        str(record["border"]), record["without"], tuple(record["e"]), tuple(record["p"])
    )
    return ask(
        open_city(record["city"]),
        layers=record["layers"],
        unit=record["unit"],
        need=record["need"],
        weight=record["weight"],
        seed=str(record["seed"]),
        variation=variation,
    )


class _Fields:
    """The texts of one link, each taken if it is on offer, or else noted."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.asked = asked
        self.notes: list[Note] = []

    def one(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Take one value."""
        got = self.asked.get(name)
        if got is None or got in allowed:
            return default if got is None else got
        self.notes.append(Note(name, got, default))
        return default

    def several(self, name: str, allowed: Sequence[str], default: Sequence[str], least: int) -> str:
        """Take a list of values, of which at least some must be on offer."""
        got = self.asked.get(name)
        if got is None:
            return LIST_MARK.join(default) or NOTHING
        wanted = [] if got == NOTHING else list(dict.fromkeys(got.split(LIST_MARK)))
        good = [value for value in wanted if value in allowed]
        used = LIST_MARK.join(good if len(good) >= least else default) or NOTHING
        self.notes.extend(Note(name, value, used) for value in wanted if value not in allowed)
        return used


def _listed(value: str) -> tuple[str, ...]:
    """Return the names in a list of a link."""
    return tuple(name for name in value.split(LIST_MARK) if name != NOTHING)


def _named(value: str) -> str:
    """Return what a link names, an empty text where it says nothing."""
    return "" if value == NOTHING else value
