"""Links: a view written as plain texts, and those texts checked when a link is opened.

Pages, exports, the command line and QR codes all use this module, which alone knows how an
address is written. Each value is checked against what the city offers; a value that is not on
offer is replaced by the default, with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from sixes_geo.analysis.beside import asked_beside
from sixes_geo.analysis.change import steps_of
from sixes_geo.analysis.cities import OPENING, kinds_of
from sixes_geo.analysis.clusters import KINDS
from sixes_geo.analysis.link_fields import LIST_MARK, NOTHING, Fields, Note, bounded
from sixes_geo.analysis.options import (
    can_be_tagged,
    default_need,
    default_weight,
    layers_named,
    need_options,
    unit_options,
    weight_options,
    why_apart,
    without_options,
)
from sixes_geo.analysis.question import BORDERS, Question, Variation, ask
from sixes_geo.analysis.reach import NEAR, WITHIN
from sixes_geo.analysis.view import View
from sixes_geo.city.model import ES, PS, Layer
from sixes_geo.city.tables import read_initiatives, read_units
from sixes_geo.city.tag import ANY, RESTRICTIONS
from sixes_geo.contributions.cities import open_cities, open_city
from sixes_geo.i18n import LANGUAGES

FIELDS = (
    "city", "lang", "unit", "need", "layers", "together", "weight", "border", "without", "e", "p",
    "basis", "within", "clusters", "step", "kind", "initiative", "district", "context", "present",
)  # fmt: skip
"""Fields of a link, in the order they are written."""

DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "city": (
        "unit", "need", "layers", "together", "weight", "border", "without", "e", "p", "step",
        "initiative", "district", "context",
    ),
    "unit": ("district",),
    "layers": ("together", "without", "step"),
    "together": ("without", "step"),
}  # fmt: skip
"""Fields that are dropped when another field changes."""

DEFAULT_CITY = "santiago"

FORMER_NAMES = {"pattern": "clusters"}
FORMER_VALUES = {("kind", "own"): OPENING}
"""Fields and values in links of earlier versions, which still open the same view."""


def fields_in(query: Mapping[str, str]) -> dict[str, str]:
    """Return the fields in a query, with those of earlier versions under their present names."""
    present = {FORMER_NAMES.get(name, name): value for name, value in query.items()}
    known = bounded({name: present[name] for name in FIELDS if name in present})
    return {name: FORMER_VALUES.get((name, value), value) for name, value in known.items()}


def resolved(asked: Mapping[str, str], language: str) -> tuple[dict[str, str], list[Note]]:
    """Return an allowed value for every field, and a note for each value that was replaced.

    Parameters
    ----------
    asked
        The values in a link, by field.
    language
        Language of a link that names none.
    """
    fields = Fields(asked)
    single, multiple = fields.single, fields.multiple
    known = {city.city: city for city in open_cities()[0]}
    first_city = DEFAULT_CITY if DEFAULT_CITY in known else next(iter(known))
    values = {"city": single("city", list(known), first_city)}
    values["lang"] = single("lang", LANGUAGES, language)
    city = known[values["city"]]
    names = [layer.layer for layer in city.layers]
    wanted = multiple("layers", names, city.view.layers, 1).split(LIST_MARK)
    chosen = layers_named(city, wanted)
    allowed = ("0",) if why_apart(chosen) else ("0", "1")
    together = single("together", allowed, "0")
    values["together"] = together if len(chosen) > 1 else "0"
    layers = _counted(chosen, values["together"])
    units = unit_options(city, layers)
    usual = city.view.unit if city.view.unit in units else next(iter(units), city.view.unit)
    values["unit"] = single("unit", units, usual)
    needs = need_options(city, values["unit"])
    values["need"] = single("need", needs, default_need(city, values["unit"]))
    values["layers"] = LIST_MARK.join(layer.layer for layer in chosen)
    values["weight"] = single("weight", weight_options(layers), default_weight(city, layers))
    values["border"] = single("border", [str(metres) for metres in BORDERS], str(BORDERS[0]))
    values["without"] = single("without", [NOTHING, *without_options(layers)], NOTHING)
    taggable = can_be_tagged(layers)
    values["e"] = multiple("e", ES if taggable else (), (), 0)
    values["p"] = multiple("p", PS if taggable else (), (), 0)
    values["basis"] = single("basis", RESTRICTIONS, ANY)
    values["within"] = single("within", [str(metres) for metres in WITHIN], str(NEAR))
    values["clusters"] = single("clusters", KINDS, KINDS[0])
    steps = [str(at) for at in range(max(1, steps_of(city, layers)))]
    values["step"] = single("step", steps, steps[-1])
    values["kind"] = single("kind", list(kinds_of(known.values())), OPENING)
    initiatives = [initiative.id for initiative in read_initiatives(city)]
    values["initiative"] = single("initiative", [NOTHING, *initiatives], NOTHING)
    districts = read_units(city, city.unit_named(values["unit"]))["id"].tolist()
    values["district"] = single("district", [NOTHING, *districts], NOTHING)
    shown = [context.context for context in city.context if context.shown]
    values["context"] = multiple("context", [c.context for c in city.context], shown, 0)
    values["present"] = single("present", ["0", "1"], "0")
    return values, fields.notes


def view_of(values: Mapping[str, str]) -> View:
    """Return the view for resolved values."""
    city = open_city(values["city"])
    chosen = layers_named(city, values["layers"].split(LIST_MARK))
    counted = _counted(chosen, values["together"])
    question = ask(
        city,
        layers=[layer.layer for layer in counted],
        unit=values["unit"],
        need=values["need"],
        weight=values["weight"],
        variation=Variation(
            values["border"],
            _name_in(values["without"]),
            _list_in(values["e"]),
            _list_in(values["p"]),
            values["basis"],
        ),
    )
    return View(
        language=values["lang"],
        question=question,
        district=_name_in(values["district"]),
        context=_list_in(values["context"]),
        present=values["present"] == "1",
        within=int(values["within"]),
        clusters=values["clusters"],
        step=int(values["step"]),
        kind=values["kind"],
        initiative=_name_in(values["initiative"]),
        beside=tuple(asked_beside(question, layer) for layer in chosen[len(counted) :]),
    )


def fields_of(question: Question) -> dict[str, str]:
    """Return the fields of a link that describe a question."""
    return {
        "city": question.city.city,
        "unit": question.unit.unit,
        "need": question.need_and_year,
        "layers": LIST_MARK.join(question.layer_names),
        "together": "1" if len(question.layers) > 1 else "0",
        "weight": question.weight,
        "border": str(question.border),
        "without": question.without or NOTHING,
        "e": LIST_MARK.join(question.es) or NOTHING,
        "p": LIST_MARK.join(question.ps) or NOTHING,
        "basis": question.basis,
    }


def query_of(
    question: Question,
    language: str,
    districts: Sequence[str],
    context: Sequence[str],
    beside: Sequence[Question] = (),
) -> str:
    """Return the query string that opens a view, without the fields that are at their default."""
    defaults = {"together": "0", "border": "0", "basis": ANY, "district": ""}
    defaults |= dict.fromkeys(("without", "e", "p"), NOTHING)
    chosen = [name for each in (question, *beside) for name in each.layer_names]
    fields = fields_of(question) | {
        "layers": LIST_MARK.join(chosen),
        "lang": language,
        "district": districts[0] if districts else "",
        "context": LIST_MARK.join(context) or NOTHING,
    }
    written = {
        name: fields[name]
        for name in FIELDS
        if name in fields and fields[name] != defaults.get(name)
    }
    return query_text(written)


def query_text(values: Mapping[str, str]) -> str:
    """Return fields as the query of an address."""
    return urlencode(values, safe=":,")


def address_of(query: str, *, server: str = "", page: str = "") -> str:
    """Return the address of a view; without a server it is relative to the page it stands on."""
    return f"{server and server.rstrip('/') + '/'}{page}?{query}"


def server_of(address: str) -> str:
    """Return the server in an address, or an empty text if there is none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme and parts.netloc else ""


def record_of(question: Question) -> dict[str, Any]:
    """Return a question as plain values, which `question_of` reads back."""
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
        "basis": question.basis,
    }


def question_of(record: Mapping[str, Any]) -> Question:
    """Return the question that plain values describe.

    Raises
    ------
    ChoiceError
        With every name that does not exist.
    """
    variation = Variation(
        str(record["border"]),
        record["without"],
        tuple(record["e"]),
        tuple(record["p"]),
        record.get("basis", ANY),  # earlier records have none
    )
    texts = {name: record[name] for name in ("layers", "unit", "need", "weight")}
    seed = str(record["seed"])
    return ask(open_city(record["city"]), **texts, seed=seed, variation=variation)


def questions_of(record: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the question that plain values describe, or one for each of its networks.

    Earlier records may hold networks that are no longer counted together; of these there is a
    question for the first, and for each of the others beside it.

    Raises
    ------
    ChoiceError
        With every name that does not exist.
    """
    city = open_city(record["city"])
    known = {layer.layer for layer in city.layers}
    layers = layers_named(city, (name for name in record["layers"] if name in known))
    if not known.issuperset(record["layers"]) or why_apart(layers) is None:
        return (question_of(record),)
    first = layers[0]
    without = record["without"] if record["without"] in without_options([first]) else ""
    question = question_of({**record, "layers": [first.layer], "without": without})
    return (question, *(asked_beside(question, layer) for layer in layers[1:]))


def _counted(chosen: tuple[Layer, ...], together: str) -> tuple[Layer, ...]:
    """Return the networks of the question: all if they are counted together, else the first."""
    return chosen if together == "1" else chosen[:1]


def _list_in(value: str) -> tuple[str, ...]:
    """Return the names in a list value."""
    return tuple(name for name in value.split(LIST_MARK) if name != NOTHING)


def _name_in(value: str) -> str:
    """Return the name in a value, or an empty text if it names nothing."""
    return "" if value == NOTHING else value
