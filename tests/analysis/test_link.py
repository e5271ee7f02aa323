"""A link is written and read by one module, and those of earlier versions still open."""

import time
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.analysis.link import (
    FIELDS,
    NOTHING,
    address_of,
    fields_in,
    fields_of,
    query_of,
    query_text,
    question_of,
    record_of,
    resolved,
    server_of,
    view_of,
)
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.base import limits

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture
def question(toy_city):
    """Ask something of which nothing is as the city opens."""
    variation = Variation("200", "docks", ("equity",), ("public",))
    layers = ["sensors", "docks"]
    return ask(toy_city, layers=layers, unit="zone", need="income:2024", variation=variation)


def view_in(query):
    """Return the view that a query opens, and the notes on it."""
    values, notes = resolved(fields_in(dict(parse_qsl(query))), "en")
    return view_of(values), notes


def test_what_a_link_says_is_what_it_opens(question):
    view, notes = view_in(query_of(question, "pt", (), ("metro",)))

    assert view.question == question
    assert (view.language, view.district, view.context) == ("pt", "", ("metro",))
    assert notes == []


def test_a_link_says_no_more_than_it_needs(toy_city):
    query = dict(parse_qsl(query_of(ask(toy_city, layers=["sensors"]), "es", (), ())))

    assert sorted(query) == ["city", "context", "lang", "layers", "need", "unit", "weight"]
    assert query["context"] == NOTHING


@pytest.mark.parametrize(
    ("former", "field", "value"),
    [("pattern=hot", "clusters", "hot"), ("kind=own", "kind", "opening")],
)
def test_links_of_earlier_versions_open_the_same_view(former, field, value):
    view, notes = view_in(f"city=toy&{former}")

    assert getattr(view, field) == value
    assert notes == []


def test_a_value_that_is_not_there_is_replaced_and_noted():
    values, notes = resolved(fields_in({"city": "toy", "unit": "parish", "e": "equity,ease"}), "es")

    assert (values["unit"], values["e"], values["lang"]) == ("district", "equity", "es")
    assert [(note.name, note.got, note.used) for note in notes] == [
        ("unit", "parish", "district"),
        ("e", "ease", "equity"),
    ]


def test_a_record_asks_the_same_question_again_with_its_seed(toy_city):
    asked = ask(toy_city, layers=["docks"], weight="capacity", seed=7)

    assert question_of(record_of(asked)) == asked
    assert record_of(asked)["seed"] == 7


def test_the_fields_of_a_question_are_texts_that_a_link_can_hold(question):
    assert fields_of(question) == {
        "city": "toy",
        "unit": "zone",
        "need": "income:2024",
        "layers": "sensors,docks",
        "together": "1",
        "weight": "sites",
        "border": "200",
        "without": "docks",
        "e": "equity",
        "p": "public",
        "basis": "any",
    }


@pytest.mark.parametrize(
    ("server", "page", "address"),
    [
        ("", "initiative", "initiative?city=rio&need=head:2022"),
        ("http://localhost:8501/", "", "http://localhost:8501/?city=rio&need=head:2022"),
        ("https://x.org/a", "reach", "https://x.org/a/reach?city=rio&need=head:2022"),
    ],
)
def test_an_address_is_a_server_a_page_and_a_query(server, page, address):
    query = query_text({"city": "rio", "need": "head:2022"})

    assert address_of(query, server=server, page=page) == address


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("https://x.org:8501/reach?city=rio", "https://x.org:8501/"),
        ("http://[::1]:8501/", "http://[::1]:8501/"),
        ("/reach?city=rio", ""),
        ("", ""),
    ],
)
def test_the_server_of_an_address_is_found(address, server):
    assert server_of(address) == server


def test_a_link_says_what_es_and_partners_rest_on_and_an_earlier_record_asks_for_any(toy_city):
    asked = ask(toy_city, layers=["docks"], variation=Variation(es=("equity",), basis="collective"))

    assert fields_of(asked)["basis"] == "collective"
    assert question_of(record_of(asked)) == asked
    assert "basis=collective" in query_of(asked, "en", (), ())
    record = {name: value for name, value in record_of(asked).items() if name != "basis"}
    assert question_of(record).basis == "any"
    values, notes = resolved({"basis": "hearsay"}, "en")
    assert values["basis"] == "any"
    assert [(note.name, note.used) for note in notes] == [("basis", "any")]


@pytest.mark.parametrize("name", FIELDS)
def test_a_value_of_any_length_is_one_note(name):
    for value in ("x" * 5_000_000, "x," * 2_500_000, ",".join(map(str, range(1_000)))):
        begun = time.perf_counter()

        _, notes = resolved(fields_in({name: value}), "en")

        assert len(notes) == 1
        assert len(notes[0].got) <= limits.SHOWN + 1
        assert time.perf_counter() - begun < 2


def test_all_values_together_are_bounded_too():
    link = dict.fromkeys(FIELDS, "x" * limits.LINK_VALUE)

    taken = fields_in(link | {f"more{nth}": "x" * 1_000 for nth in range(1_000)})

    assert set(taken) == set(FIELDS)
    assert sum(map(len, taken.values())) <= limits.LINK_CHARACTERS + len(FIELDS) * limits.SHOWN * 2
    assert view_of(resolved(taken, "en")[0]) == view_of(resolved({"context": "-"}, "en")[0])


def test_every_network_of_a_city_fits_in_a_link(toy_city):
    names = [layer.layer for layer in toy_city.layers]

    values, notes = resolved(fields_in({"city": "toy", "layers": ",".join(names)}), "en")

    assert values["layers"].split(",") == names
    assert not [note for note in notes if note.name == "layers"]


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60), max_size=6))
def test_any_link_opens_a_view(link):
    values, _ = resolved(fields_in(link), "en")

    assert view_of(values).question.city.city == "toy"
