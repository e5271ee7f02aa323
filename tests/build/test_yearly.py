"""A layer that comes once a year is described once in a recipe."""

from sixes_geo.build.yearly import layers_of

MONEY = {
    "layer": "money-{year}",
    "years": [2022, 2024],
    "initiatives": [],
    "title": {"es": "{year}: dinero", "en": "money of {year}, {year}"},
    "raw": ["money_{year}.csv"],
    "decimals": 0,
}


def test_it_is_a_layer_a_year_the_newest_first():
    found = layers_of({"layers": [MONEY]})

    assert [one["layer"] for one in found] == ["money-2024", "money-2023", "money-2022"]
    assert [one["year"] for one in found] == [2024, 2023, 2022]
    assert found[0]["title"] == {"es": "2024: dinero", "en": "money of 2024, 2024"}
    assert found[0]["raw"] == ["money_2024.csv"]
    assert (found[0]["initiatives"], found[0]["decimals"]) == ([], 0)
    assert not any("years" in one for one in found)


def test_other_layers_stay_as_they_are_and_nothing_is_changed():
    plain = {"layer": "plain", "year": 2020, "title": {"en": "{year}"}}
    recipe = {"layers": [plain, MONEY]}

    found = layers_of(recipe)
    found[0]["layer"] = "other"

    assert found[1]["layer"] == "money-2024"
    assert recipe == {"layers": [plain, MONEY]}
    assert plain["layer"] == "plain"


def test_one_year_is_one_layer():
    (found,) = layers_of({"layers": [{**MONEY, "years": [2024, 2024]}]})

    assert found["layer"] == "money-2024"
