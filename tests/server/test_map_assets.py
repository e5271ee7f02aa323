"""Addresses of map files: what another question draws is another file."""

from sixes_geo.analysis.change import dates_of
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.server.map_assets import addresses_of, change_addresses

PLAIN, BY_FIRMS, WIDER = Variation(), Variation(ps=("private",)), Variation(border=200)


def test_a_moved_border_is_another_file_of_sites(published):
    city = published("medellin")

    first, second = (
        addresses_of(ask(city, layers=("air-sensors",), variation=variation), ()).sites
        for variation in (PLAIN, WIDER)
    )

    assert first["air-sensors"] != second["air-sensors"]


def test_the_sites_gained_under_a_filter_are_another_file(published):
    city = published("santiago")
    drawn, gained = [], []
    for variation in (PLAIN, BY_FIRMS):
        question = ask(city, layers=("bike-share-2022",), variation=variation)
        step = dates_of(question).steps[0]
        drawn.append(change_addresses(question, step)["gained"])
        gained.append(int((step.sites["change"] == "gained").sum()))

    assert gained[0] != gained[1]
    assert drawn[0] != drawn[1]
