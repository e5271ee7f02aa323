"""The list of what cities offer: the same as counted anew, and silent once anything differs."""

import json

import pytest
from house import some

from sixes_geo.build import listing as written
from sixes_geo.city.catalog import city_names, data_folder, read_city
from sixes_geo.city.listing import LISTING, listed
from sixes_geo.cli.main import main
from sixes_geo.output.records import city_record


@pytest.fixture
def in_listed(in_own):
    """Write the list of a breakable folder of cities; returns the city's folder."""
    written.write(in_own.parent)
    return in_own


def test_the_list_that_comes_with_the_cities_is_what_is_counted_anew():
    assert json.loads((data_folder() / LISTING).read_text()) == written.listing(data_folder())


def test_the_files_of_a_city_are_listed_by_name_so_that_the_list_is_the_same_each_time():
    for entry in some(json.loads((data_folder() / LISTING).read_text()).values()):
        assert list(entry["files"]) == sorted(entry["files"])


def test_every_city_that_comes_along_is_listed():
    for name in some(city_names()):
        assert listed(data_folder(), name) == city_record(read_city(name))


def test_a_city_is_listed_as_it_is(in_listed):
    assert listed(in_listed.parent, "toy") == city_record(read_city("toy"))


@pytest.mark.parametrize("name", ["datapackage.json", "sites.geojson", "districts.geojson"])
def test_nothing_is_told_of_a_city_that_has_changed(in_listed, name):
    path = in_listed / name
    path.write_bytes(path.read_bytes() + b" ")

    assert listed(in_listed.parent, "toy") is None


def test_nothing_is_told_of_a_city_whose_file_is_missing(in_listed):
    (in_listed / "sites.geojson").unlink()

    assert listed(in_listed.parent, "toy") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"toy": 1}', '{"toy": {"files": [1]}}'])
def test_a_list_that_is_broken_or_lacks_the_city_tells_nothing(in_listed, text):
    (in_listed.parent / LISTING).write_text(text)

    assert listed(in_listed.parent, "toy") is None


def test_the_command_tells_the_same_with_a_list_and_without(in_own, capsys):
    outputs = []
    for prepare in (lambda: None, lambda: written.write(in_own.parent)):
        prepare()
        for arguments in (["cities"], ["cities", "--json"]):
            assert main(arguments) == 0
            outputs.append(capsys.readouterr().out)

    assert outputs[:2] == outputs[2:]


def test_the_command_says_what_a_changed_city_lacks(in_listed, capsys):
    (in_listed / "sites.geojson").unlink()

    assert main(["cities"]) == 2
    assert "sites.geojson" in capsys.readouterr().err
