"""Cities are found, and a manifest that is broken or contradicts itself is refused whole."""

import json
import os

import pytest
import toy

from sixes_geo.base.errors import ChoiceError, ManifestError
from sixes_geo.city.catalog import DATA_VARIABLE, city_names, data_folder, read_city
from sixes_geo.city.model import WEIGHTS, PeopleYears

CITIES = ("medellin", "rio", "santiago")


def refused(root, change):
    """Change the toy's manifest and return the faults that are found in it."""
    toy.change_manifest(root / "toy", change)
    with pytest.raises(ManifestError) as caught:
        read_city("toy", root)
    assert caught.value.where == "toy/datapackage.json"
    return caught.value.problems


def kinds(problems):
    return [problem.kind for problem in problems]


def test_a_folder_with_a_manifest_is_a_city(own_root):
    (own_root / "no-city").mkdir()
    (own_root / "file").write_text("", encoding="utf-8")
    toy.write(own_root / "deeper")

    assert city_names(own_root) == ("toy",)


def test_cities_come_in_alphabetical_order(own_root):
    (own_root / "toy").rename(own_root / "b")
    (own_root / "a").mkdir()
    (own_root / "a" / "datapackage.json").write_text("", encoding="utf-8")

    assert city_names(own_root) == ("a", "b")


def test_the_environment_names_the_folder_of_cities(toy_root, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(toy_root))

    assert data_folder() == toy_root
    assert city_names() == ("toy",)
    assert read_city("toy").folder == toy_root / "toy"


def test_without_a_word_from_the_environment_the_published_cities_are_there(monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE, raising=False)

    assert set(CITIES) <= set(city_names())


@pytest.mark.parametrize("place", [".", "missing"])
def test_a_folder_without_cities_is_refused(tmp_path, place):
    with pytest.raises(ManifestError) as caught:
        city_names(tmp_path / place)

    assert kinds(caught.value.problems) == ["no_city"]
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("name", ["lima", "", "Toy", "../toy", "toy/", "."])
def test_an_unknown_city_is_refused_with_those_there_are(toy_root, name):
    with pytest.raises(ChoiceError) as caught:
        read_city(name, toy_root)

    (problem,) = caught.value.problems
    assert problem.kind == "unknown_city"
    assert problem.fields == {"got": name, "allowed": "toy"}


def test_a_city_holds_what_its_manifest_says(toy_city):
    assert (toy_city.city, toy_city.crs, toy_city.currency) == ("toy", toy.CRS, "CLP")
    assert [unit.unit for unit in toy_city.units] == ["district", "zone"]
    assert toy_city.units[0].population == ("population", 2024)
    assert [layer.layer for layer in toy_city.layers] == [*toy.LAYERS, *toy.MONEY]
    assert toy_city.view.layers == ("sensors",)
    income = toy_city.indicators[1]
    assert income.years == {"district": (2020, 2024), "zone": (2024,)}
    assert income.best_off() == income.highest
    poverty = toy_city.indicators[2]
    assert poverty.best_off() == poverty.lowest
    assert poverty.worst_off() == poverty.highest


def test_a_layer_says_what_it_is_and_what_can_be_counted_of_it(toy_city):
    layers = {one.layer: one for one in toy_city.layers}
    budget, sensors, docks = layers["budget-2024"], layers["sensors"], layers["docks"]

    assert (budget.geometry, budget.unit, budget.currency) == ("unit", "district", "CLP")
    assert (budget.per_unit, budget.weights, budget.initiatives) == (True, ("amount",), ())
    assert (sensors.per_unit, sensors.weights, sensors.unit) == (False, ("sites",), "")
    assert docks.weights == ("sites", "capacity")
    assert {weight for one in layers.values() for weight in one.weights} == set(WEIGHTS)


def test_a_series_is_the_layers_that_name_it(toy_city):
    bikes, budget = toy_city.series
    dated = {one.year: one.layer for one in toy_city.layers if one.series == bikes.series}

    assert (bikes.series, bikes.kept_within_m) == ("bikes", 100)
    assert (budget.series, budget.kept_within_m) == ("budget", None)
    assert dated == {2020: "bikes-2020", 2024: "bikes-2024"}


def test_a_city_without_a_word_on_series_has_none(own_root):
    def forget(manifest):
        del manifest["sixes:series"]
        for layer in manifest["sixes:layers"]:
            layer.pop("series", None)

    toy.change_manifest(own_root / "toy", forget)

    assert read_city("toy", own_root).series == ()


def test_a_city_says_when_its_people_were_counted_or_does_not(own_root):
    def tell(manifest):
        manifest["sixes:people"] = {"year": 2022, "pattern": 2010}

    assert read_city("toy", own_root).people_years is None
    toy.change_manifest(own_root / "toy", tell)
    assert read_city("toy", own_root).people_years == PeopleYears(2022, 2010)


@pytest.mark.parametrize("years", [{}, {"pattern": 2010}, {"year": "2022"}, {"year": 1, "of": 2}])
def test_years_of_people_that_say_nothing_are_refused(own_root, years):
    (problem,) = refused(own_root, lambda manifest: manifest.update({"sixes:people": years}))

    assert problem.kind == "schema"


def test_two_layers_of_one_series_are_of_two_years(own_root):
    def repeat(manifest):
        entries = [one for one in manifest["sixes:layers"] if one.get("series") == "bikes"]
        entries[1]["year"] = entries[0]["year"]

    (problem,) = refused(own_root, repeat)

    assert (problem.kind, problem.fields["got"]) == ("listed_twice", "bikes:2020")


def money(manifest):
    return next(one for one in manifest["sixes:layers"] if one["layer"] == "budget-2024")


def test_money_and_dates_that_lead_nowhere_are_told_at_once(own_root):
    def mislead(manifest):
        money(manifest).update(unit="planet", series="luck")
        kept = [one for one in manifest["resources"] if one["name"] != "investment"]
        manifest["resources"] = kept

    problems = refused(own_root, mislead)

    assert kinds(problems) == ["leads_nowhere"] * 3
    assert [problem.fields["got"] for problem in problems] == ["luck", "planet", "investment"]


@pytest.mark.parametrize(
    "change",
    [
        lambda layer: layer.pop("unit"),
        lambda layer: layer.pop("currency"),
        lambda layer: layer.pop("year"),
        lambda layer: layer.update(currency="peso"),
        lambda layer: layer.update(initiatives=["sensors"]),
        lambda layer: layer.update(geometry="point", initiatives=["sensors"]),
    ],
)
def test_a_layer_of_money_that_is_half_one_of_sites_is_refused(own_root, change):
    problems = refused(own_root, lambda manifest: change(money(manifest)))

    assert set(kinds(problems)) == {"schema"}


@pytest.mark.parametrize(
    "change",
    [
        lambda layer: layer.update(initiatives=[]),
        lambda layer: layer.update(unit="district"),
        lambda layer: layer.update(currency="CLP"),
        lambda layer: layer.update(series="bikes"),  # of no year
    ],
)
def test_a_layer_of_sites_that_is_half_one_of_money_is_refused(own_root, change):
    problems = refused(own_root, lambda manifest: change(manifest["sixes:layers"][0]))

    assert set(kinds(problems)) == {"schema"}


@pytest.mark.parametrize("content", ["", "{", '{"name": }', "\ufeff{}", "no json"])
def test_a_manifest_that_is_no_json_is_refused(own_root, content):
    (own_root / "toy" / "datapackage.json").write_text(content, encoding="utf-8")

    with pytest.raises(ManifestError) as caught:
        read_city("toy", own_root)

    assert kinds(caught.value.problems) == ["not_json"]
    assert len(str(caught.value).splitlines()) == 1


def test_a_manifest_in_another_encoding_is_refused(own_root):
    (own_root / "toy" / "datapackage.json").write_bytes('{"name": "ñ"}'.encode("latin-1"))

    with pytest.raises(ManifestError):
        read_city("toy", own_root)


@pytest.mark.parametrize("content", ["[]", "null", "1", "{}"])
def test_json_that_is_no_manifest_is_refused(own_root, content):
    (own_root / "toy" / "datapackage.json").write_text(content, encoding="utf-8")

    with pytest.raises(ManifestError) as caught:
        read_city("toy", own_root)

    assert set(kinds(caught.value.problems)) == {"schema"}


def test_all_faults_of_shape_are_told_at_once(own_root):
    def spoil(manifest):
        manifest["name"] = "Toy City"
        del manifest["version"]
        manifest["resources"][0]["hash"] = "md5:1"
        manifest["sixes:city"]["crs"] = "UTM 19"
        manifest["sixes:units"][0]["level"] = "planet"
        del manifest["sixes:layers"][2]["title"]["pt"]

    problems = refused(own_root, spoil)

    assert kinds(problems) == ["schema"] * 6
    places = " ".join(str(problem.fields["path"]) for problem in problems)
    for place in ("$.name", "resources[0].hash", "crs", "level", "title"):
        assert place in places


def test_the_path_of_a_file_stays_in_its_folder(own_root):
    def lead_out(manifest):
        manifest["resources"][0]["path"] = "../../secret.csv"

    assert kinds(refused(own_root, lead_out)) == ["schema"]


def test_all_names_that_occur_twice_are_told_at_once(own_root):
    def repeat(manifest):
        for part in ("resources", "sixes:units", "sixes:indicators", "sixes:layers"):
            manifest[part].append(manifest[part][0])
        for part in ("sixes:context", "sixes:raw"):
            manifest[part].append(manifest[part][0])

    problems = refused(own_root, repeat)

    assert kinds(problems) == ["listed_twice"] * 6


def test_references_that_lead_nowhere_are_told_at_once(own_root):
    def mislead(manifest):
        view = manifest["sixes:city"]["view"]
        view["unit"], view["need"], view["layers"] = "planet", "luck:2024", ["sensors", "ufos"]
        manifest["sixes:units"][1]["resource"] = "planets"

    problems = refused(own_root, mislead)

    assert kinds(problems) == ["leads_nowhere"] * 4
    assert {problem.fields["got"] for problem in problems} == {"planet", "luck", "ufos", "planets"}
    assert "district, zone" in {problem.fields["allowed"] for problem in problems}


def test_people_of_a_unit_lead_somewhere(own_root):
    def mislead(manifest):
        manifest["sixes:units"][0]["population"] = ["souls", 2024]

    assert kinds(refused(own_root, mislead)) == ["leads_nowhere"]


def test_a_manifest_is_read_again_once_it_changed(own_root):
    before = read_city("toy", own_root)

    def rename(manifest):
        manifest["sixes:city"]["name"]["en"] = "Another name, longer than the first"

    toy.change_manifest(own_root / "toy", rename)
    stamp = (own_root / "toy" / "datapackage.json").stat()
    os.utime(own_root / "toy" / "datapackage.json", ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))

    assert before.name["en"] == "Toy"
    assert read_city("toy", own_root).name["en"].startswith("Another")


def test_the_stamp_changes_with_any_file(own_root):
    before = read_city("toy", own_root).stamp
    folder = own_root / "toy"
    path = folder / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    toy.refresh_manifest(folder)

    assert read_city("toy", own_root).stamp != before


@pytest.mark.parametrize("name", CITIES)
def test_a_published_city_can_be_read(published, name):
    city = published(name)

    assert city.city == name
    assert city.units
    assert city.layers


@pytest.mark.parametrize("name", CITIES)
def test_everything_shown_of_a_published_city_names_a_raw_file_that_is_listed(published, name):
    city = published(name)
    listed = {raw.path for raw in city.raw}
    shown = [*city.indicators, *city.layers, *city.context]

    assert [one for one in shown if not one.raw] == []
    assert {path for one in shown for path in one.raw} - listed == set()
    sources = [one for resource in city.resources for one in resource.sources]
    assert {one.path for one in sources if one.path} <= listed
    assert all(one.title for one in sources)  # what we wrote ourselves names no file


@pytest.mark.parametrize("name", CITIES)
def test_flags_and_years_of_a_published_city_name_units_that_exist(published, name):
    city = published(name)
    units = {unit.unit for unit in city.units}

    assert {flag.unit for one in city.indicators for flag in one.flags} <= units
    assert {unit for one in city.indicators for unit in one.years} <= units


@pytest.mark.parametrize("name", CITIES)
def test_the_manifest_of_a_published_city_is_plain_json(published, name):
    path = published(name).folder / "datapackage.json"

    def refuse(constant):
        pytest.fail(f"{path.parent.name} holds {constant}")

    json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
