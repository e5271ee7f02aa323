"""Networks stand side by side, each with its own figure, unless a person counts them together."""

from urllib.parse import parse_qsl

import pytest

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.beside import ask_each, asked_beside
from sixes_geo.analysis.link import (
    DEPENDENT,
    fields_in,
    query_of,
    questions_of,
    record_of,
    resolved,
    view_of,
)
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.base.errors import ChoiceError


def opened(query):
    """Return the view that a query opens, and the notes on it."""
    values, notes = resolved(fields_in(dict(parse_qsl(query))), "en")
    return view_of(values), [(note.name, note.got, note.used) for note in notes]


def layers_of(view):
    return [question.layer_names for question in view.questions]


def test_gauges_and_clinics_of_rio_have_a_figure_each_and_not_one_of_both():
    view, notes = opened("city=rio&layers=rain-gauges,family-clinics")

    gauges, clinics = (assess(question) for question in view.questions)
    assert layers_of(view) == [("rain-gauges",), ("family-clinics",)]
    assert gauges.test.verdict in ("better_off", "cannot_tell")
    assert gauges.test.index == pytest.approx(0.20, abs=0.005)
    assert clinics.test.verdict == "worse_off"
    assert clinics.test.index == pytest.approx(-0.23, abs=0.005)
    assert notes == []


def test_cameras_do_not_drown_gauges_even_where_a_link_asks_for_it():
    view, notes = opened("city=rio&layers=rain-gauges,cameras-2026&together=1")

    assert layers_of(view) == [("rain-gauges",), ("cameras-2026",)]
    assert notes == [("together", "1", "0")]
    assert not view.together


@pytest.mark.usefixtures("in_toy")
def test_networks_of_one_kind_are_counted_together_only_where_the_link_says_so():
    apart, _ = opened("city=toy&layers=sensors,docks")
    together, notes = opened("city=toy&layers=sensors,docks&together=1")

    assert layers_of(apart) == [("sensors",), ("docks",)]
    assert layers_of(together) == [("sensors", "docks")]
    assert together.together
    assert [layer.layer for layer in apart.layers] == [layer.layer for layer in together.layers]
    assert notes == []


@pytest.mark.usefixtures("in_toy")
def test_one_network_alone_is_never_said_to_be_counted_together():
    values, notes = resolved({"city": "toy", "layers": "sensors", "together": "1"}, "en")

    assert (values["together"], notes) == ("0", [])


def test_what_was_chosen_for_some_networks_does_not_hold_for_others():
    assert "together" in DEPENDENT["layers"]
    assert "together" in DEPENDENT["city"]


@pytest.mark.usefixtures("in_toy")
def test_the_link_of_a_view_says_that_networks_are_counted_together_or_nothing(toy_city):
    pooled = ask(toy_city, layers=["sensors", "docks"])
    first, other = (ask(toy_city, layers=[name]) for name in ("sensors", "docks"))

    assert "layers=sensors,docks&together=1" in query_of(pooled, "en", (), ())
    assert opened(query_of(pooled, "en", (), ()))[0].questions == (pooled,)
    query = query_of(first, "en", (), (), [other])
    assert "together" not in query
    assert opened(query)[0].questions == (first, other)


def test_a_network_beside_the_first_is_asked_the_same(toy_city):
    variation = Variation(200, "", ("equity",), ("public",), "collective")
    first = ask(toy_city, layers=["sensors"], unit="zone", seed=3, variation=variation)

    other = asked_beside(first, toy_city.layer_named("docks"))

    assert other == ask(toy_city, layers=["docks"], unit="zone", seed=3, variation=variation)


def test_money_beside_sites_has_its_own_unit_and_need_and_no_es(toy_city):
    variation = Variation(0, "docks", ("equity",), ("public",))
    first = ask(toy_city, layers=["whole"], unit="zone", variation=variation)

    money = asked_beside(first, toy_city.layer_named("budget-2024"))

    assert (money.unit.unit, money.weight, money.need_and_year) == (
        "district", "amount", "income:2024",
    )  # fmt: skip
    assert (money.es, money.ps, money.without) == ((), (), "")


def test_sites_beside_money_are_counted_by_its_unit(toy_city):
    first = ask(toy_city, layers=["budget-2024"])

    sensors = asked_beside(first, toy_city.layer_named("sensors"))

    assert (sensors.unit.unit, sensors.weight) == ("district", "sites")


def test_a_chosen_weight_holds_for_all_that_have_it_and_lengths_stay_lengths(toy_city):
    by_docks = ask(toy_city, layers=["docks"], weight="capacity")
    by_sites = ask(toy_city, layers=["docks"])
    lanes = ask(toy_city, layers=["lanes"])

    def weight_of(first, layer):
        return asked_beside(first, toy_city.layer_named(layer)).weight

    assert weight_of(by_docks, "rough") == "capacity"
    assert weight_of(by_docks, "sensors") == "sites"
    assert weight_of(by_sites, "lanes") == "capacity"  # kilometres, not pieces
    assert weight_of(lanes, "docks") == "sites"


def test_each_layer_is_asked_about_alone_and_every_fault_is_told_with_its_layer(toy_city):
    def asking(names):
        return ask(toy_city, layers=names, weight="capacity", seed="x")

    with pytest.raises(ChoiceError) as caught:
        ask_each(asking, ["docks", "sensors", "ufos"])

    found = [(problem.kind, problem.at) for problem in caught.value.problems]
    assert sorted(found) == [
        ("not_a_number", 0),
        ("unknown_layer", "ufos"),
        ("weight_not_there", "sensors"),
    ]


def test_layers_asked_about_alone_give_a_question_each_in_their_order(toy_city):
    found = ask_each(lambda names: ask(toy_city, layers=names), ["docks", "sensors", "docks"])

    assert [question.layer_names for question in found] == [("docks",), ("sensors",)]


@pytest.mark.usefixtures("in_toy")
def test_a_record_of_several_layers_is_one_question_about_all_of_them(toy_city):
    pooled = ask(toy_city, layers=["sensors", "docks"], seed=7, variation=Variation(0, "docks"))

    assert questions_of(record_of(pooled)) == (pooled,)


@pytest.mark.usefixtures("in_toy")
def test_an_earlier_record_that_pooled_unlike_networks_has_a_question_for_each(toy_city):
    record = record_of(ask(toy_city, layers=["sensors"], seed=7))
    record |= {"layers": ["sensors", "parks"], "without": "parks"}

    first, other = questions_of(record)

    assert (first.layer_names, other.layer_names) == (("sensors",), ("parks",))
    assert (first.seed, other.seed, first.without) == (7, 7, "")


@pytest.mark.usefixtures("in_toy")
def test_an_earlier_record_with_a_layer_that_is_gone_is_refused_by_its_name(toy_city):
    record = record_of(ask(toy_city, layers=["sensors"])) | {"layers": ["sensors", "parks", "x"]}

    with pytest.raises(ChoiceError, match="x"):
        questions_of(record)
