"""A file that says of no city finds its own by its places, or is told which cities there are."""

import pytest
from made import sheet

from sixes_geo.base.errors import ChoiceError
from sixes_geo.contributions import city_detection


def test_the_city_that_has_every_place_is_the_one():
    content = sheet({"Providencia": 1, "La Pintana": 2}, per="comuna")

    assert city_detection.detected_city(content, "mine.csv").city == "santiago"


def test_a_file_with_other_faults_still_finds_its_city():
    content = sheet({"Providencia": "x", "La Pintana": 2}, per="comuna", e="joy")

    with pytest.raises(ChoiceError) as refusal:
        city_detection.read(content, "mine.csv", None)

    assert "“x” is not a number" in str(refusal.value)
    assert "cannot be “joy”" in str(refusal.value)


@pytest.mark.parametrize("described", [{}, {"per": "comuna"}, {"per": "street"}])
def test_places_of_no_city_are_refused_with_the_cities_there_are(described):
    with pytest.raises(ChoiceError) as refusal:
        city_detection.detected_city(sheet({"Atlantis": 1}, **described), "mine.csv")

    said = str(refusal.value)
    assert "fit 0 cities instead of one; available: medellin, rio, santiago" in said
    assert "--city" in said
