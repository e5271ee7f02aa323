"""Every file is the one its manifest describes, and is read without loss."""

import math

import pytest
import toy
from house import some

from sixes_geo.base.errors import DataError
from sixes_geo.city.investment import read_investment
from sixes_geo.city.tables import (
    figures,
    has,
    read_context,
    read_initiatives,
    read_people,
    read_sites,
    read_units,
    verified_path,
)
from sixes_geo.contributions.cities import open_city

CITIES = ("medellin", "rio", "santiago")
READERS = {
    "sites": read_sites,
    "context": read_context,
    "people": read_people,
    "initiatives": read_initiatives,
    "districts": lambda city: read_units(city, city.unit_named("district")),
    "zones": lambda city: read_units(city, city.unit_named("zone")),
    "indicators": lambda city: figures(city, city.unit_named("district"), "income", 2024),
    "investment": lambda city: read_investment(city, city.unit_named("district"), 2024),
}


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_refused(own_root, name):
    city = open_city("toy", own_root)
    READERS[name](city)
    path = verified_path(city, name)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(DataError) as caught:
        READERS[name](city)

    (problem,) = caught.value.problems
    assert problem.kind == "changed_file"
    assert problem.fields["path"] == f"toy/{path.name}"
    assert problem.fields["expected"] != problem.fields["got"]


@pytest.mark.parametrize("name", READERS)
def test_a_missing_file_is_refused(own_root, name):
    city = open_city("toy", own_root)
    verified_path(city, name).unlink()

    with pytest.raises(DataError) as caught:
        READERS[name](city)

    (problem,) = caught.value.problems
    assert (problem.kind, problem.fields["path"].split("/")[0]) == ("missing_file", "toy")


def test_a_file_that_no_manifest_lists_is_refused(toy_city):
    assert not has(toy_city, "hexagons")

    with pytest.raises(DataError) as caught:
        verified_path(toy_city, "hexagons")

    assert caught.value.problems[0].kind == "unlisted_file"


def test_a_file_that_lies_there_unlisted_is_not_read(own_root):
    (own_root / "toy" / "hexagons.geojson").write_text("{}", encoding="utf-8")

    assert not has(open_city("toy", own_root), "hexagons")


def test_new_data_are_read_although_the_old_were_kept(own_root):
    folder = own_root / "toy"
    assert READERS["indicators"](open_city("toy", own_root)).loc["01", "value"] == 100
    path = folder / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("district,01,income,2024,100.0", "district,01,income,2024,111.5"),
        encoding="utf-8",
    )
    toy.refresh_manifest(folder)

    assert READERS["indicators"](open_city("toy", own_root)).loc["01", "value"] == 111.5


def test_leading_zeros_are_kept_everywhere(toy_city):
    district, zone = toy_city.units

    assert read_units(toy_city, district)["id"].tolist() == list(toy.DISTRICTS)
    assert read_units(toy_city, zone)["id"].tolist() == list(toy.ZONES)
    assert set(read_units(toy_city, zone)["parent"]) == set(toy.DISTRICTS)
    assert set(read_sites(toy_city)["zone"].dropna()) <= set(toy.ZONES)
    assert set(read_people(toy_city)["zone"]) == set(toy.ZONES)
    assert figures(toy_city, zone, "income", 2024).index.tolist() == list(toy.ZONES)


def test_units_of_the_highest_level_lie_in_nothing(toy_city):
    assert set(read_units(toy_city, toy_city.units[0])["parent"]) == {""}


def test_hostile_and_accented_names_arrive_as_they_are(toy_city):
    units = read_units(toy_city, toy_city.units[1]).set_index("id")["name"]

    assert units["0104"] == toy.SCRIPT_NAME
    assert units["0203"] == toy.ACCENT_NAME
    assert units["0402"] == toy.FORMULA_NAME


def test_missing_figures_stay_missing_and_are_not_zero(toy_city):
    district, zone = toy_city.units

    income = figures(toy_city, zone, "income", 2024)["value"]
    poverty = figures(toy_city, district, "poverty", 2022)

    assert len(income) == 16
    assert income.index[income.isna()].tolist() == [toy.WITHOUT_INCOME]
    assert math.isnan(poverty.loc["03", "value"])
    assert math.isnan(poverty.loc["03", "lower"])
    assert poverty.loc["01"].tolist() == [40, 35, 45]


def test_a_year_without_figures_is_all_missing(toy_city):
    assert figures(toy_city, toy_city.units[0], "income", 1999)["value"].isna().all()


def test_years_are_not_mixed(toy_city):
    assert figures(toy_city, toy_city.units[0], "income", 2020)["value"].tolist() == [
        400,
        300,
        200,
        100,
    ]


def test_every_site_is_read_located_or_not(toy_city):
    sites = read_sites(toy_city)

    assert len(sites) == len(toy.POINTS) + len(toy.LINES) + len(toy.BIKES)
    assert sites["id"].is_unique
    assert sites.geometry.isna().sum() == 1
    assert math.isnan(sites.set_index("name").loc["d", "capacity"])


def test_a_site_that_names_only_its_zone_stands_in_the_district_of_the_zone(own_root):
    folder = own_root / "toy"
    path = folder / "sites.geojson"
    text = path.read_text(encoding="utf-8")
    for district in toy.DISTRICTS:
        text = text.replace(f',"district":"{district}"', "")
    assert '"district"' not in text
    path.write_text(text, encoding="utf-8")
    toy.refresh_manifest(folder)

    sites = read_sites(open_city("toy", own_root))

    wanted = toy.sites()
    assert sites["district"].fillna("").tolist() == wanted["district"].fillna("").tolist()


def test_initiatives_keep_what_is_unknown_empty(toy_city):
    table = {one.id: one for one in read_initiatives(toy_city)}

    assert list(table) == sorted(toy.INITIATIVES)
    centre, programme = table["centre"], table["programme"]
    assert (centre.start_year, centre.end_year, centre.amount) == (2015, None, None)
    assert (programme.start_year, programme.amount, programme.currency) == (None, 1500.5, "CLP")
    assert centre.from_paper
    assert not programme.from_paper
    assert centre.name == {"es": "centre (es)", "pt": "centre (pt)", "en": "centre (en)"}


def test_money_is_told_per_unit_and_what_has_no_place_is_told_apart(toy_city):
    district = toy_city.units[0]

    whole = read_investment(toy_city, district, 2020)
    partly = read_investment(toy_city, district, 2024)

    assert whole.amounts.to_dict() == toy.BUDGET[2020]
    assert (whole.unplaced, whole.unplaced_share, whole.currency) == (0, 0, "CLP")
    assert partly.amounts.dropna().to_dict() == toy.BUDGET[2024]
    assert partly.amounts.index.tolist() == list(toy.DISTRICTS)  # not told is missing, not zero
    assert (partly.unplaced, partly.unplaced_share) == (40, 0.2)


def test_money_of_another_year_or_level_is_missing(toy_city):
    district, zone = toy_city.units

    for found in (
        read_investment(toy_city, district, 1999),
        read_investment(toy_city, zone, 2024),
    ):
        assert found.amounts.isna().all()
        assert (found.unplaced, found.currency) == (0, "")
        assert math.isnan(found.unplaced_share)
    assert len(read_investment(toy_city, zone, 2024).amounts) == len(toy.ZONES)


def test_the_order_of_rows_changes_nothing_of_the_money(own_root):
    folder = own_root / "toy"
    before = read_investment(open_city("toy", own_root), *_district_2024(own_root))
    head, *rows = (folder / "investment.csv").read_text(encoding="utf-8").splitlines()
    (folder / "investment.csv").write_text("\n".join([head, *rows[::-1], ""]), encoding="utf-8")
    toy.refresh_manifest(folder)

    after = read_investment(open_city("toy", own_root), *_district_2024(own_root))

    assert after.amounts.equals(before.amounts)
    assert after.unplaced == before.unplaced


def _district_2024(root):
    return open_city("toy", root).units[0], 2024


def test_every_fault_of_a_table_of_money_is_told_with_its_line(own_root):
    folder = own_root / "toy"
    rows = [
        "01,2024,-5,CLP",
        "02,2024,many,CLP",
        "03,2024,,CLP",
        "04,2024,inf,USD",
        "04,2024,1,CLP",
    ]
    lines = ["unit,id,year,amount,currency", *(f"district,{row}" for row in rows), ""]
    (folder / "investment.csv").write_text("\n".join(lines), encoding="utf-8")
    toy.refresh_manifest(folder)

    with pytest.raises(DataError) as caught:
        read_investment(open_city("toy", own_root), *_district_2024(own_root))

    doubled, *cells = caught.value.problems
    assert (doubled.kind, doubled.fields["got"]) == ("duplicate_rows", 1)
    assert {problem.kind for problem in cells} == {"bad_cell"}
    assert [(one.fields["line"], one.fields["column"]) for one in cells] == [
        (2, "amount"),
        (3, "amount"),
        (4, "amount"),
        (5, "amount"),
        (5, "currency"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "got"),
    [
        ("unit,id,year\n", "missing_columns", "amount, currency"),
        ("unit,id,year,amount,currency\ndistrict,99,2024,1,CLP\n", "unknown_unit_id", "99"),
    ],
)
def test_money_without_its_columns_or_for_a_unit_that_does_not_exist_is_refused(
    own_root, text, kind, got
):
    folder = own_root / "toy"
    (folder / "investment.csv").write_text(text, encoding="utf-8")
    toy.refresh_manifest(folder)

    with pytest.raises(DataError) as caught:
        read_investment(open_city("toy", own_root), *_district_2024(own_root))

    (problem,) = caught.value.problems
    assert (problem.kind, problem.fields["got"]) == (kind, got)


@pytest.mark.parametrize("name", CITIES)
def test_every_file_of_a_published_city_is_the_one_described(published, name):
    city = published(name)

    for resource in some(city.resources):
        assert verified_path(city, resource.name).stat().st_size == resource.size


@pytest.mark.parametrize("name", CITIES)
def test_no_file_of_a_published_city_is_undescribed(published, name):
    city = published(name)
    there = {path.name for path in city.folder.iterdir()}

    assert there == {resource.path for resource in city.resources} | {"datapackage.json"}


@pytest.mark.parametrize("name", CITIES)
def test_units_of_a_published_city_have_one_id_each_and_a_parent_that_exists(published, name):
    city = published(name)
    levels = {unit.level: read_units(city, unit) for unit in city.units}

    for shapes in levels.values():
        assert shapes["id"].is_unique
        assert shapes["name"].ne("").all()
        assert shapes.geometry.is_valid.all()
        assert shapes["id"].tolist() == sorted(shapes["id"])
    assert set(levels["zone"]["parent"]) <= set(levels["district"]["id"])


@pytest.mark.parametrize("name", CITIES)
def test_sites_of_a_published_city_name_units_and_initiatives_that_exist(published, name):
    city = published(name)
    sites = read_sites(city)

    for unit in city.units[:2]:
        assert set(sites[unit.level].dropna()) <= set(read_units(city, unit)["id"])
    listed = {one.id for one in read_initiatives(city)}
    assert set(sites["initiative"]) <= listed
    assert {one for layer in city.layers for one in layer.initiatives} <= listed
