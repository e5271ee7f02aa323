"""The scene holds what the map shows, counts it right, and carries no live script."""

import json
from dataclasses import replace

import pytest
import toy
from house import some

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import need_options
from sixes_geo.analysis.provision import sites_of
from sixes_geo.analysis.question import ask
from sixes_geo.city.tables import indicator_named, read_units
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.leaflet import script_safe
from sixes_geo.maps.scene import Addresses, Display, build_scene
from sixes_geo.wording import figure, headline

CITIES = ("medellin", "rio", "santiago")
EN = Translator("en")
HOSTILE = "</script><script>alert(1)</script>\u2028<!-- & '\""


def addresses(found):
    """Return made-up addresses for everything a choice may show."""
    return Addresses(
        units=f"units-{found.question.unit.unit}",
        sites={name: f"sites-{name}" for name in found.question.layer_names},
        context={one.context: f"context-{one.context}" for one in found.city.context},
    )


def scene_of(found, tr=EN, **display):
    return build_scene(found, Display(**display), addresses(found), tr)


def side_by_side(first, *others, tr=EN):
    """Return the scene of networks that are not counted together."""
    shown = addresses(first)
    sites = {name: f"sites-{name}" for each in others for name in each.question.layer_names}
    every = replace(shown, sites={**shown.sites, **sites})
    return build_scene(first, Display(), every, tr, beside=others)


def counts_of(scene):
    """Return the counts of the classes in the legend, the missing ones last."""
    size = len(scene["units"]["fills"]) + ("-" in scene["units"]["classes"])
    return [int(one["count"].replace(",", "")) for one in scene["legend"]["items"][:size]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", ["sensors", "lanes", "cameras", "rough", "centre", "programme"])
@pytest.mark.parametrize("unit", ["district", "zone"])
def test_a_scene_is_plain_json(measured, layer, unit, language):
    scene = scene_of(measured(layer, unit=unit), Translator(language), context=("limit", "metro"))

    text = json.dumps(scene, allow_nan=False)

    assert json.loads(text)["lang"] == language
    assert "NaN" not in text


@pytest.mark.parametrize("options", [{}, {"unit": "zone"}, {"need": "poverty"}])
def test_every_unit_has_a_class_and_a_value_on_each_row(measured, options):
    found = measured(**options)
    scene = scene_of(found)

    classes = scene["units"]["classes"]
    assert len(classes) == len(found.units)
    assert {int(one) for one in classes if one != "-"} <= set(range(len(scene["units"]["fills"])))
    assert [one == "-" for one in classes] == found.units["need"].isna().tolist()
    for row in scene["rows"]:
        assert len(row["values"]) == len(found.units)


@pytest.mark.parametrize("options", [{}, {"unit": "zone"}, {"need": "poverty"}])
def test_the_legend_counts_the_units_of_each_class(measured, options):
    found = measured(**options)
    scene = scene_of(found)
    classes = scene["units"]["classes"]

    ramp = len(scene["units"]["fills"])
    wanted = [classes.count(str(number)) for number in range(ramp)]
    missing = classes.count("-")
    assert counts_of(scene) == wanted + ([missing] if missing else [])
    assert sum(counts_of(scene)) == len(found.units)


def test_the_darkest_colour_goes_to_the_most_need(measured):
    for need, poorest in (("income", "01"), ("income:2020", "04"), ("poverty", "01")):
        found = measured(need=need)
        classes = scene_of(found)["units"]["classes"]

        assert classes[found.units.index.get_loc(poorest)] == "0"


def test_missing_values_are_nothing_and_not_zero(measured):
    found = measured(unit="zone")
    need, people, *_ = scene_of(found)["rows"]

    assert need["values"][toy.ZONES.index(toy.WITHOUT_INCOME)] is None
    assert people["values"][toy.ZONES.index(toy.WITHOUT_PEOPLE)] is None
    assert need["values"][0] == 110


def test_the_scene_follows_the_order_of_the_encoded_units(measured, toy_city):
    found = measured(unit="zone")

    assert found.units.index.tolist() == read_units(toy_city, toy_city.units[1])["id"].tolist()


@pytest.mark.parametrize(
    ("layer", "count"), [("sensors", 9), ("lanes", 2), ("centre", 1), ("programme", 0)]
)
def test_located_sites_are_counted(measured, toy_city, layer, count):
    (spec,) = scene_of(measured(layer))["sites"]

    located = sites_of(toy_city, next(one for one in toy_city.layers if one.layer == layer))
    assert spec["count"] == located.geometry.notna().sum() == count
    assert spec["url"] == f"sites-{layer}"


def test_the_legend_lists_every_layer_drawn(measured, toy_city):
    for scene in (
        scene_of(measured("sensors", "docks")),
        side_by_side(measured("sensors"), measured("docks")),
    ):
        labels = [one["label"] for one in scene["legend"]["items"]]
        for layer in some(toy_city.layers):
            assert (EN.text(layer.title) in labels) == (layer.layer in ("sensors", "docks"))


def test_networks_side_by_side_have_a_line_each_in_the_hints_under_their_names(measured):
    networks = measured("sensors"), measured("docks", weight="capacity"), measured("parks")
    money = measured("budget-2024")
    alone = scene_of(networks[0])["rows"]

    _, _, sensors, docks, parks, budget = side_by_side(*networks, money)["rows"]

    assert [row["label"] for row in alone[2:]] == ["Sites", "Per 10,000 people"]
    assert sensors["values"] == alone[2]["values"] == [1, 1, 2, 4]
    assert sensors["label"] == EN.text(networks[0].question.layers[0].title)
    assert docks["label"].endswith(": Docks")
    assert docks["values"] == [10, 20, 0, 30]
    assert "contrast" in parks["label"]
    assert "CLP" in budget["label"]
    by_zone = side_by_side(measured("sensors", unit="zone"), money)["rows"]
    assert len(by_zone) == 3  # money has no figure by zone


def test_the_map_of_several_networks_tells_the_headline_of_each_to_who_cannot_see_it(measured):
    first, other = measured("sensors"), measured("parks")

    alt = side_by_side(first, other)["words"]["alt"]

    assert headline(first, EN) in alt
    assert headline(other, EN) in alt


def test_approximate_places_of_every_network_are_counted_in_the_legend(measured):
    first, other = measured("corner"), measured("rough")

    (entry,) = [
        item
        for item in side_by_side(first, other)["legend"]["items"]
        if item["label"] == EN("map.rough")
    ]

    assert entry["count"] == str(first.accounting.approximate + other.accounting.approximate) == "2"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("layer", "role"), [("cameras", "surveillance"), ("parks", "contrast")])
def test_what_is_no_benefit_is_named_as_what_it_is(measured, layer, role, language):
    tr = Translator(language)

    (spec,) = scene_of(measured(layer), tr)["sites"]

    assert tr(f"role.{role}") in spec["title"]


def test_layers_of_a_scene_look_different(measured):
    layers = ("sensors", "docks", "cameras", "parks", "lanes")
    specs = side_by_side(*(measured(layer) for layer in layers))["sites"]

    looks = {(one.get("mark", "line"), one["colour"]) for one in specs}
    assert len(looks) == len({one["key"] for one in specs}) == len(specs)


def test_only_the_context_that_was_chosen_is_drawn(measured):
    found = measured()

    assert scene_of(found)["context"] == []
    (limit,) = scene_of(found, context=("limit",))["context"]
    assert limit["url"] == "context-limit"
    assert len(scene_of(found, context=("metro", "limit"))["context"]) == 2


def test_a_scene_opens_where_the_people_live(measured):
    (south, west), (north, east) = scene_of(measured())["bounds"]

    assert south < north
    assert west < east
    assert -90 < south < north < 0 > east > west > -180


def test_no_address_outside_is_in_a_scene_unless_a_person_asked_for_it(measured):
    found = measured("sensors", "docks", unit="zone")

    quiet = scene_of(found, context=("limit", "metro"))
    asked = scene_of(found, basemap=True)

    assert quiet["basemap"] is None
    assert "//" not in json.dumps(quiet)
    assert asked["basemap"]["url"].startswith("https://")


def test_the_key_changes_with_what_is_shown_and_with_nothing_else(measured):
    found = measured()
    scene = scene_of(found)

    assert scene["key"] == scene_of(found)["key"]
    others = [
        scene_of(found, Translator("pt")),
        scene_of(found, selected="01"),
        scene_of(found, context=("limit",)),
        scene_of(found, basemap=True),
        scene_of(measured(need="income:2020")),
        scene_of(measured("docks")),
    ]
    assert len({scene["key"], *(one["key"] for one in others)}) == len(others) + 1


def test_the_selected_district_is_told(measured):
    assert scene_of(measured(), selected="03")["selected"] == "03"


def test_nothing_that_was_measured_is_changed(measured):
    found = measured(unit="zone")
    before = found.units.copy()

    scene_of(found)

    assert found.units.equals(before)


def test_a_hostile_name_cannot_leave_its_text(own_root):
    def rename(manifest):
        for layer in manifest["sixes:layers"]:
            layer["title"] = dict.fromkeys(LANGUAGES, HOSTILE)
        manifest["sixes:city"]["name"] = dict.fromkeys(LANGUAGES, HOSTILE)

    toy.change_manifest(own_root / "toy", rename)
    city = open_city("toy", own_root)
    scene = scene_of(assess(ask(city, layers=["sensors"])))

    text = script_safe(scene)

    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == json.loads(json.dumps(scene))
    assert HOSTILE in json.loads(text)["sites"][0]["title"]


@pytest.mark.parametrize("name", CITIES)
def test_the_legend_of_every_published_need_is_true_as_printed(published, name):
    city = published(name)
    wrong = []
    for unit in city.units:
        for need in need_options(city, unit.unit):
            found = assess(ask(city, layers=city.view.layers, unit=unit.unit, need=need))
            scene = scene_of(found)
            if sum(counts_of(scene)) != len(found.units):
                wrong.append(f"{unit.unit} {need} counts {counts_of(scene)}")
            labels = [one["label"] for one in scene["legend"]["items"]]
            if len(set(labels)) != len(labels):
                wrong.append(f"{unit.unit} {need} says twice {labels}")
            wrong += misplaced(found, scene, need)

    assert wrong == []


def misplaced(found, scene, need):
    """List units whose printed figure lies outside the printed limits of their class."""
    indicator = indicator_named(found.city, found.question.need.indicator)
    labels = [one["label"] for one in scene["legend"]["items"]]
    for (unit, row), mark in zip(found.units.iterrows(), scene["units"]["classes"], strict=True):
        if mark != "-":
            printed = in_print(figure(row["need"], indicator, found.city, EN))
            low, high = limits_in_print(labels[int(mark)])
            if not low <= printed <= high:
                yield f"{unit} {need}: {printed} in {labels[int(mark)]}"


def in_print(text):
    """Return the number in a printed figure."""
    return float("".join(one for one in text if one.isdigit() or one in ".-"))


def limits_in_print(label):
    """Return the limits that a label of the legend prints."""
    start = EN("legend.below", high="|").partition("|")
    if label.startswith(start[0]) and start[0]:
        return float("-inf"), in_print(label.removeprefix(start[0]))
    end = EN("legend.from", low="|").partition("|")[2]
    if label.endswith(end) and end:
        return in_print(label.removesuffix(end)), float("inf")
    middle = EN("legend.between", low="|", high="|").split("|")[1]
    low, found, high = label.partition(middle)
    return (in_print(low), in_print(high)) if found else (float("-inf"), float("inf"))


def test_the_check_of_legends_can_fail(measured):
    found = measured(unit="zone")
    scene = scene_of(found)

    assert list(misplaced(found, scene, "income")) == []
    moved = replace(found, units=found.units.assign(need=found.units["need"] * 10))
    assert list(misplaced(moved, scene, "income"))
