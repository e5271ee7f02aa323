"""The files that a map draws agree with the figures beside it."""

import json

import pytest

from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import BORDERS, Variation, ask
from sixes_geo.maps.encode import OUTSIDE
from sixes_geo.maps.files import sites_file


@pytest.mark.parametrize("border", BORDERS)
def test_as_many_sites_are_drawn_outside_as_the_figures_leave_out(published, border):
    city = published("medellin")
    question = ask(city, layers=("air-sensors",), variation=Variation(border=border))

    drawn = json.loads(sites_file(question, question.layers[0]))

    assert drawn["flags"].count(OUTSIDE) == gather(question).accounting.outside > 0
