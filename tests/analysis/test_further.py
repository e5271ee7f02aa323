"""What else is known of a district is shown, with its caution, and what is unknown is no zero."""

import pytest
from house import some

from sixes_geo.analysis.further import FURTHER, further_figures
from sixes_geo.city.tables import figures

CITIES = ("santiago", "rio", "medellin")
SHOWN_AS = ("need", "population", "deprived", *FURTHER)


def test_a_barrio_has_the_stratum_most_of_its_dwellings_are_in(published):
    city = published("medellin")
    barrio = city.unit_named("barrio")

    (stratum,) = further_figures(city, barrio, "0101")
    assert (stratum.indicator.indicator, stratum.year, stratum.value) == ("modal_stratum", 2025, 2)
    assert "dwellings" in stratum.indicator.title["en"]
    assert "not a mean" in stratum.indicator.note["en"]


def test_where_the_commonest_property_has_no_stratum_none_is_made_up(published):
    city = published("medellin")
    barrio = city.unit_named("barrio")
    table = figures(city, barrio, "modal_stratum", 2025)["value"]
    unknown = str(table.index[table.isna()][0])

    assert further_figures(city, barrio, unknown)[0].value is None


def test_where_people_work_is_told_of_a_comuna(published):
    city = published("medellin")
    found = further_figures(city, city.unit_named("comuna"), "14")

    assert {one.indicator.role for one in found} == {"workplaces"}
    assert all(one.value for one in some(found))


@pytest.mark.parametrize("name", CITIES)
def test_every_indicator_of_a_city_has_a_part_of_a_page(published, name):
    assert {one.role for one in published(name).indicators} <= set(SHOWN_AS)
