"""A layer that comes once a year is described once in a recipe; all initiatives are one layer."""

import copy

import pytest

from sixes_geo.build.yearly import WHOLE, layers_of

MONEY = {
    "layer": "money-{year}",
    "years": [2022, 2024],
    "initiatives": [],
    "geometry": "unit",
    "title": {"es": "{year}: dinero", "en": "money of {year}, {year}"},
    "raw": ["money_{year}.csv"],
    "decimals": 0,
}
EMPTY = {"city": {"version": "7"}, "initiatives": []}
"""What a recipe holds besides its layers."""


def initiative(name, role="initiative", status="operating", **more):
    return {"id": name, "role": role, "status": status, **more}


def layer(name, *initiatives, **more):
    named = list(initiatives or [name])
    plain = {"layer": name, "initiatives": named, "geometry": "point", "raw": [f"{name}.csv"]}
    return {**plain, **more}


def whole_of(initiatives, layers):
    """Return the layer of all initiatives of a recipe."""
    recipe = {**EMPTY, "initiatives": initiatives, "layers": layers}
    before = copy.deepcopy(recipe)
    *others, whole = layers_of(recipe)
    assert others == layers
    assert recipe == before
    return whole


def test_it_is_a_layer_a_year_the_newest_first():
    found = layers_of({**EMPTY, "layers": [MONEY]})

    assert [one["layer"] for one in found] == ["money-2024", "money-2023", "money-2022"]
    assert [one["year"] for one in found] == [2024, 2023, 2022]
    assert found[0]["title"] == {"es": "2024: dinero", "en": "money of 2024, 2024"}
    assert found[0]["raw"] == ["money_2024.csv"]
    assert (found[0]["initiatives"], found[0]["decimals"]) == ([], 0)
    assert not any("years" in one for one in found)


def test_other_layers_stay_as_they_are_and_nothing_is_changed():
    plain = layer("plain", year=2020, title={"en": "{year}"})
    recipe = {**EMPTY, "layers": [plain, MONEY]}

    found = layers_of(recipe)
    found[0]["layer"] = "other"

    assert found[1]["layer"] == "money-2024"
    assert recipe == {**EMPTY, "layers": [plain, MONEY]}
    assert plain["layer"] == "plain"


def test_one_year_is_one_layer():
    (found,) = layers_of({**EMPTY, "layers": [{**MONEY, "years": [2024, 2024]}]})

    assert found["layer"] == "money-2024"


# ---------------------------------------------------------------- all initiatives


def test_all_initiatives_are_one_layer_in_the_order_of_the_recipe_and_with_its_sources():
    whole = whole_of(
        [initiative("wifi"), initiative("bikes", status="pilot")],
        [layer("bikes", raw=["b.csv", "a.csv"]), layer("wifi", raw=["c.csv", "a.csv"])],
    )

    words = {name: whole.pop(name) for name in ("title", "noun", "note")}
    assert whole == {
        "layer": WHOLE,
        "initiatives": ["wifi", "bikes"],
        "role": "initiative",
        "kind": "all",
        "geometry": "point",
        "footprint": "network",
        "vintage": "7",
        "newest": True,
        "raw": ["a.csv", "b.csv", "c.csv"],
    }
    for text in words.values():
        assert set(text) == {"es", "pt", "en"}
        assert all(text.values())


@pytest.mark.parametrize(
    "left_out",
    [
        initiative("other", "infrastructure"),
        initiative("other", "contrast"),
        initiative("other", "surveillance"),
        initiative("other", "policing"),
        initiative("other", status="planned"),
        initiative("other", status="ended"),
        initiative("other", within="bikes"),
    ],
    ids=lambda one: " ".join(list(one.values())[1:]),
)
def test_services_watching_plans_what_ended_and_parts_of_others_are_left_out(left_out):
    whole = whole_of([initiative("bikes"), left_out], [layer("bikes"), layer("other")])

    assert whole["initiatives"] == ["bikes"]
    assert whole["raw"] == ["bikes.csv"]


def test_what_is_drawn_as_lines_in_any_layer_is_left_out():
    whole = whole_of(
        [initiative("bikes"), initiative("lanes")],
        [layer("bikes"), layer("places", "bikes", "lanes"), layer("lanes", geometry="line")],
    )

    assert whole["initiatives"] == ["bikes"]
    assert whole["raw"] == ["bikes.csv", "places.csv"]


def test_what_the_last_date_of_its_network_no_longer_holds_is_left_out():
    whole = whole_of(
        [initiative("old"), initiative("kept"), initiative("new"), initiative("apart")],
        [
            layer("bikes-2026", "kept", "new", series="bikes", year=2026),
            layer("bikes-2015", "old", "kept", series="bikes", year=2015),
            layer("cars-2010", "apart", series="cars", year=2010),
        ],
    )

    assert whole["initiatives"] == ["kept", "new", "apart"]


@pytest.mark.parametrize("initiatives", [[], [initiative("bikes", "policing")]])
def test_where_there_is_nothing_to_gather_there_is_no_such_layer(initiatives):
    bikes = layer("bikes")
    recipe = {**EMPTY, "initiatives": initiatives, "layers": [bikes]}

    assert layers_of(recipe) == [bikes]
