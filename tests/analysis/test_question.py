"""Plain texts become one checked choice, or one refusal with every fault."""

import pytest
import toy
from house import some

from sixes_geo.analysis.options import (
    can_be_pooled,
    default_need,
    layers_named,
    need_options,
    needs_of,
    unit_options,
    weight_options,
    why_apart,
    without_options,
)
from sixes_geo.analysis.question import Question, Variation, ask
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.tables import indicator_named
from sixes_geo.contributions.cities import open_city

CITIES = ("medellin", "rio", "santiago")


def faults(city, **options):
    with pytest.raises(ChoiceError) as caught:
        ask(city, **({"layers": ["sensors"]} | options))
    return [problem.kind for problem in caught.value.problems]


def test_a_choice_of_layers_alone_takes_the_view_of_the_city(toy_city):
    assert ask(toy_city, layers=["sensors"]) == Question(
        city=toy_city,
        unit=toy_city.unit_named("district"),
        need=indicator_named(toy_city, "income"),
        year=2024,
        layers=(toy_city.layer_named("sensors"),),
    )


def test_a_choice_can_be_said_in_full(toy_city):
    choice = ask(
        toy_city, layers=["docks"], unit="zone", need="income:2024", weight="capacity", seed=7
    )

    unit, layers = toy_city.unit_named("zone"), (toy_city.layer_named("docks"),)
    income = indicator_named(toy_city, "income")
    assert choice == Question(toy_city, unit, income, 2024, layers, "capacity", 7)
    assert choice.need_and_year == "income:2024"


@pytest.mark.parametrize(
    ("need", "year"), [("income", 2024), ("income:2020", 2020), ("income:2024", 2024), ("", 2024)]
)
def test_a_need_without_its_year_is_the_newest(toy_city, need, year):
    assert ask(toy_city, layers=["sensors"], need=need).year == year


@pytest.mark.parametrize(("city", "level", "unit"), [("rio", "zone", "bairro")])
def test_a_unit_may_be_called_by_its_level(published, city, level, unit):
    found = published(city)

    assert ask(found, layers=found.view.layers, unit=level).unit.unit == unit
    assert found.unit_named(level) is found.unit_named(unit)


def test_a_layer_named_twice_is_chosen_once(toy_city):
    assert ask(toy_city, layers=["docks", "sensors", "docks"]).layer_names == ("docks", "sensors")


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"unit": "planet"}, "unknown_unit"),
        ({"layers": ["ufos"]}, "unknown_layer"),
        ({"layers": []}, "unknown_layer"),
        ({"layers": [""]}, "unknown_layer"),
        ({"need": "luck"}, "unknown_need"),
        ({"need": "income:1999"}, "unknown_need"),
        ({"need": "income:"}, "unknown_need"),
        ({"need": "population"}, "unknown_need"),
        ({"need": "poverty", "unit": "zone"}, "unknown_need"),
        ({"weight": "gold"}, "unknown_weight"),
        ({"weight": "capacity"}, "weight_not_there"),
        ({"weight": "amount"}, "weight_not_there"),
        ({"layers": ["docks", "sensors"], "weight": "capacity"}, "weight_not_there"),
        ({"seed": -1}, "negative_seed"),
    ],
)
def test_what_does_not_exist_is_refused(toy_city, options, kind):
    assert faults(toy_city, **options) == [kind]


def test_every_fault_is_told_at_once(toy_city):
    kinds = faults(toy_city, layers=["ufos", "sensors", "yetis"], need="luck", seed=-3)

    assert sorted(kinds) == ["negative_seed", "unknown_layer", "unknown_layer", "unknown_need"]
    assert sorted(faults(toy_city, unit="planet", layers=["ufos"], seed=-3)) == [
        "negative_seed",
        "unknown_layer",
        "unknown_unit",
    ]


def test_a_refusal_says_what_there_is(toy_city):
    with pytest.raises(ChoiceError) as caught:
        ask(toy_city, layers=["sensors"], need="luck", unit="district")

    assert caught.value.problems[0].fields == {
        "got": "luck",
        "allowed": "income:2024, income:2020, poverty:2022",
    }


def test_only_needs_with_figures_for_the_level_are_offered(toy_city):
    assert [one.indicator for one in needs_of(toy_city, "district")] == ["income", "poverty"]
    assert need_options(toy_city, "zone") == ("income:2024",)


def test_a_level_without_the_need_of_the_city_opens_with_another(own_root):
    def prefer_poverty(manifest):
        manifest["sixes:city"]["view"]["need"] = "poverty:2022"

    toy.change_manifest(own_root / "toy", prefer_poverty)
    city = open_city("toy", own_root)

    assert default_need(city, "district") == "poverty:2022"
    assert default_need(city, "zone") == "income:2024"


@pytest.mark.parametrize("need", [None, "income"])
def test_a_level_without_any_need_is_refused_and_not_a_crash(own_root, need):
    def forget_zones(manifest):
        for indicator in manifest["sixes:indicators"]:
            if indicator["role"] == "need":
                indicator["years"].pop("zone", None)

    toy.change_manifest(own_root / "toy", forget_zones)

    assert faults(open_city("toy", own_root), unit="zone", need=need)


@pytest.mark.parametrize(
    ("layers", "weights"),
    [
        (["sensors"], ("sites",)),
        (["docks"], ("sites", "capacity")),
        (["docks", "empty-docks"], ("sites", "capacity")),
        (["docks", "sensors"], ("sites",)),
        (["docks", "lanes"], ("sites",)),
        ([], ("sites",)),
    ],
)
def test_capacity_counts_only_where_all_layers_have_the_same_kind(toy_city, layers, weights):
    assert weight_options(layers_named(toy_city, layers)) == weights


def test_a_choice_cannot_be_changed(toy_city):
    with pytest.raises(AttributeError):
        ask(toy_city, layers=["sensors"]).unit = "zone"


@pytest.mark.parametrize("name", CITIES)
def test_the_view_of_a_published_city_can_be_chosen(published, name):
    city = published(name)
    view = city.view

    choice = ask(city, layers=view.layers, unit=view.unit, need=view.need, weight=view.weight)

    assert choice.need_and_year == view.need
    assert choice.layer_names == view.layers
    assert [layer.layer for layer in choice.layers] == list(view.layers)


@pytest.mark.parametrize("name", CITIES)
def test_every_level_of_a_published_city_has_a_need_to_open_with(published, name):
    city = published(name)

    for unit in some(city.units):
        assert default_need(city, unit.unit) in need_options(city, unit.unit)


def test_a_variation_is_part_of_the_choice(toy_city):
    choice = ask(toy_city, layers=["sensors", "docks"], variation=Variation("200", "docks"))

    assert (choice.border, choice.without) == (200, "docks")


def test_only_one_of_several_initiatives_can_be_left_out(toy_city):
    assert without_options(layers_named(toy_city, ["sensors"])) == ()
    assert without_options(layers_named(toy_city, ["docks", "sensors"])) == ("docks", "sensors")
    assert faults(toy_city, variation=Variation(0, "sensors")) == ["unknown_without"]


def test_all_faults_of_a_variation_are_named_at_once(toy_city):
    assert faults(toy_city, variation=Variation("far", "nobody"), seed="x") == [
        "unknown_without",
        "unknown_border",
        "not_a_number",
    ]


def test_money_is_measured_alone_and_by_its_own_unit(toy_city):
    assert weight_options(layers_named(toy_city, ["budget-2024"])) == ("amount",)
    assert unit_options(toy_city, layers_named(toy_city, ["budget-2024"])) == ("district",)
    assert unit_options(toy_city, layers_named(toy_city, ["sensors"])) == ("district", "zone")
    assert faults(toy_city, layers=["budget-2024", "sensors"], weight="amount") == ["money_alone"]
    assert faults(toy_city, layers=["budget-2024"], weight="amount", unit="zone") == ["money_by"]
    assert faults(toy_city, layers=["budget-2024"], weight="sites") == ["weight_not_there"]
    assert ask(toy_city, layers=["budget-2024"]).weight == "amount"


APART = [
    (("sensors", "parks"), "roles_apart"),
    (("sensors", "cameras"), "roles_apart"),
    (("docks", "lanes"), "roles_apart"),
    (("parks", "budget-2024"), "money_alone"),
    (("budget-2020", "budget-2024"), "money_alone"),
    (("bikes-2020", "bikes-2024"), "counted_twice"),
    (("whole", "sensors"), "counted_twice"),
]


@pytest.mark.parametrize(("layers", "kind"), APART)
def test_what_is_not_of_one_kind_is_never_counted_together(toy_city, layers, kind):
    chosen = layers_named(toy_city, layers)

    assert why_apart(chosen).kind == kind
    assert not can_be_pooled(chosen)
    assert faults(toy_city, layers=layers) == [kind]


def test_the_refusal_to_count_together_names_networks_and_their_kinds_in_one_line(toy_city):
    with pytest.raises(ChoiceError) as caught:
        ask(toy_city, layers=["sensors", "cameras"])

    line, named = str(caught.value), layers_named(toy_city, ["sensors", "cameras"])
    assert "initiative, surveillance" in line
    assert all(layer.title["en"] in line for layer in some(named))


def test_lengths_are_not_added_to_places_nor_counted_by_their_pieces(published):
    city = published("santiago")
    cycleways = ("cycleways-existing", "cycleways-plan")

    assert faults(city, layers=["cycleways-existing", "metro-2023"]) == ["measures_apart"]
    pooled = ask(city, layers=cycleways)
    assert (pooled.layer_names, pooled.weight) == (cycleways, "capacity")


def test_networks_of_one_kind_can_be_counted_together_and_one_alone_needs_no_choice(toy_city):
    assert can_be_pooled(layers_named(toy_city, ["sensors", "docks"]))
    assert ask(toy_city, layers=["sensors", "docks"]).layer_names == ("sensors", "docks")
    assert not can_be_pooled(layers_named(toy_city, ["sensors"]))
    assert why_apart(layers_named(toy_city, ["sensors"])) is None
