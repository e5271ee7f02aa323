"""What is measured of a question: the toy city by hand, the published ones by plain loops."""

import csv
import itertools
import json
import math
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import toy

from sixes_geo.analysis.assessment import assess, rank_by, refuse_unmeasurable
from sixes_geo.analysis.question import ask
from sixes_geo.base.errors import InputError
from sixes_geo.city.tables import read_units

GEODATA = Path(__file__).parents[2] / "geodata"

TOY_INDEX = 0.5375
"""2 (1/8 x .2 + 1/8 x .55 + 2/8 x .8 + 4/8 x .95) - 1"""
TOY_NULL_SD = math.sqrt(4 * (0.325 - 0.25) / 8)
"""The mean of the squared ranks is .4 x .04 + .3 x .3025 + .2 x .64 + .1 x .9025 = .325."""


@pytest.fixture(scope="module")
def real(published):
    """Measure a question in a published city."""

    def measure(city, layer, **options):
        found = published(city)
        return assess(ask(found, layers=[layer], **options))

    return measure


# ------------------------------------------------------------------ the toy city, by hand


def test_index_and_spread_of_the_sensors_are_those_worked_out_by_hand(measured):
    test = measured().test

    assert test.index == pytest.approx(TOY_INDEX)
    assert test.null_sd == pytest.approx(TOY_NULL_SD)
    assert test.z == pytest.approx(TOY_INDEX / TOY_NULL_SD)
    assert test.n == 8
    assert test.verdict == "better_off"
    assert test.interval[0] <= test.index <= test.interval[1]


def test_the_p_value_of_the_sensors_is_that_of_every_way_to_place_them(measured):
    share = {district: people / 10_000 for district, people in toy.PEOPLE.items()}
    p_value = 0.0
    for counts in itertools.product(range(9), repeat=4):
        if sum(counts) == 8:
            ways = math.factorial(8)
            for district, count in zip(toy.PEOPLE, counts, strict=True):
                ways *= share[district] ** count / math.factorial(count)
            index = sum(2 * n / 8 * r for n, r in zip(counts, toy.RANK.values(), strict=True)) - 1
            p_value += ways if abs(index) >= TOY_INDEX - 1e-9 else 0

    test = measured().test

    assert test.method == "exact"
    assert test.p_value == pytest.approx(p_value)


def test_reversing_the_need_turns_the_index_round(measured):
    assert measured(need="income:2020").test.index == pytest.approx(-TOY_INDEX)
    assert measured(need="income:2020").test.verdict == "worse_off"


def test_the_table_of_districts_is_the_one_worked_out_by_hand(measured):
    units = measured().units

    assert units.index.tolist() == list(toy.DISTRICTS)
    assert units["name"].tolist() == list(toy.DISTRICTS.values())
    assert units["population"].tolist() == list(toy.PEOPLE.values())
    assert units["need"].tolist() == list(toy.INCOME.values())
    assert units["share_sites"].tolist() == pytest.approx([1 / 8, 1 / 8, 2 / 8, 4 / 8])
    assert units["share_amount"].equals(units["share_sites"])
    assert units["share_population"].tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    assert units["gap"].tolist() == pytest.approx([-0.275, -0.175, 0.05, 0.4])
    assert units["location_quotient"].tolist() == pytest.approx([0.3125, 5 / 12, 1.25, 5])
    assert units["rate_per_10k"].tolist() == pytest.approx([2.5, 10 / 3, 10, 40])
    assert units["expected"].tolist() == pytest.approx([3.2, 2.4, 1.6, 0.8])
    assert set(units["verdict"]) <= {"more", "fewer", "cannot_tell"}
    assert units["quintile"].tolist() == [1, 3, 4, 5]


def test_the_quintiles_hold_the_districts_worked_out_by_hand(measured):
    quintiles = measured().quintiles.set_index("quintile")

    assert quintiles.index.tolist() == [1, 2, 3, 4, 5]
    assert quintiles["population"].fillna(0).tolist() == [4000, 0, 3000, 2000, 1000]
    assert quintiles["sites"].fillna(0).tolist() == [1, 0, 1, 2, 4]
    assert quintiles["share_sites"].sum() == pytest.approx(1)
    assert quintiles["share_population"].sum() == pytest.approx(1)
    assert quintiles.loc[5, "rate_per_10k"] == pytest.approx(40)


def test_the_curve_goes_through_the_corners_worked_out_by_hand(measured):
    curve = measured().curve

    assert curve["people_share"].tolist() == pytest.approx([0, 0.4, 0.7, 0.9, 1])
    assert curve["provision_share"].tolist() == pytest.approx([0, 0.125, 0.25, 0.5, 1])


def test_twice_the_area_over_the_curve_is_the_index(measured):
    for options in ({}, {"unit": "zone"}, {"need": "poverty"}):
        found = measured(**options)
        corners = found.curve.to_numpy().tolist()
        area = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in itertools.pairwise(corners))

        assert found.test.index == pytest.approx(1 - 2 * area)


def test_capacity_gives_the_index_of_what_sites_hold(measured):
    found = measured("docks", weight="capacity")

    wanted = 2 * (10 * 0.2 + 20 * 0.55 + 30 * 0.95) / 60 - 1
    assert found.test.index == pytest.approx(wanted)
    assert found.test.n == 3
    assert found.units["share_amount"].tolist() == pytest.approx([1 / 6, 1 / 3, 0, 1 / 2])
    assert found.units["amount"].tolist() == [10, 20, 0, 30]
    assert found.units["sites"].tolist() == [1, 1, 0, 2]
    assert found.units["share_sites"].tolist() == pytest.approx([1 / 4, 1 / 4, 0, 1 / 2])


def test_where_poverty_is_the_need_the_poorest_come_first(measured):
    found = measured(need="poverty")

    # 03 has no figure: of 8000 people the shares are .5, .375 and .125
    wanted = 2 * (1 * 0.25 + 1 * 0.6875 + 4 * 0.9375) / 6 - 1
    assert found.test.index == pytest.approx(wanted)
    assert found.accounting.used == 8
    assert found.accounting.without_need == 2
    order = rank_by(found.question, found.units["need"].dropna())
    assert order.sort_values().index.tolist() == ["01", "02", "04"]


def test_a_unit_without_need_is_in_the_table_but_in_no_index(measured):
    found = measured(need="poverty")
    row = found.units.loc["03"]

    assert math.isnan(row["need"])
    assert row["sites"] == 2
    assert pd.isna(row["quintile"])
    assert found.quintiles["population"].sum() == 8000
    assert found.headline.of == 6


def test_a_unit_without_people_is_in_the_table_but_in_no_share(measured):
    found = measured("parks", unit="zone")
    row = found.units.loc[toy.WITHOUT_PEOPLE]

    assert row["sites"] == 1
    assert math.isnan(row["population"])
    assert math.isnan(row["expected"])
    assert row["verdict"] == "cannot_tell"
    assert found.accounting.without_need == 2


@pytest.mark.parametrize(
    ("layer", "options"),
    [
        ("sensors", {}),
        ("sensors", {"unit": "zone"}),
        ("docks", {"weight": "capacity"}),
        ("rough", {}),
        ("rough", {"unit": "zone"}),
        ("parks", {"unit": "zone"}),
    ],
)
def test_chance_would_place_as_many_sites_as_there_are(measured, layer, options):
    peopled = measured(layer, **options).units.dropna(subset=["population"])

    assert peopled["expected"].sum() == pytest.approx(peopled["sites"].sum())
    assert peopled["gap"].sum() == pytest.approx(0)


@pytest.mark.parametrize(
    ("layer", "unit"),
    [("upp-areas", "bairro"), ("knowledge-centres", "bairro"), ("knowledge-centres", "ra")],
)
def test_chance_would_place_as_many_approximate_sites_as_there_are(real, layer, unit):
    peopled = real("rio", layer, unit=unit).units.dropna(subset=["population"])

    assert peopled["expected"].sum() == pytest.approx(peopled["sites"].sum())


@pytest.mark.parametrize("layer", ["centre", "programme"])
def test_what_stands_nowhere_is_not_measured_and_says_why(measured, layer):
    found = measured(layer)

    assert (found.test, found.headline) == (None, None)
    assert found.curve.empty
    assert found.why_not.kind == "no_sites"
    assert set(found.units["verdict"]) == {"cannot_tell"}
    with pytest.raises(InputError) as caught:
        refuse_unmeasurable(found)
    assert caught.value.problems == (found.why_not,)
    assert caught.value.where == layer


def test_what_can_be_measured_is_not_refused(measured):
    assert refuse_unmeasurable(measured()) is None


def test_capacity_that_nobody_recorded_is_not_measured_and_says_why(measured):
    found = measured("empty-docks", weight="capacity")

    assert found.test is None
    assert found.why_not is not None


@pytest.mark.parametrize("unit", ["district", "zone"])
def test_one_approximate_site_can_be_measured_wherever_it_stands(measured, unit):
    found = measured("corner", unit=unit)

    assert found.test.n == 1
    assert found.test.verdict == "cannot_tell"


def test_a_site_partly_in_a_unit_without_need_is_not_said_to_stand_nowhere(measured):
    found = measured("edge", unit="zone")

    assert found.units["sites"].sum() == pytest.approx(1)
    assert found.why_not is None or found.accounting.without_need == 1


def test_the_paper_initiative_in_santiago_is_measured_or_said_to_be_without_need(real):
    found = real("santiago", "paper-initiatives", unit="zone")

    assert found.why_not is None or found.accounting.without_need == found.accounting.used


def test_the_headline_is_about_the_best_off_end(measured):
    zones = measured(unit="zone").headline

    assert (zones.top, zones.units) == (5, 5)
    assert (zones.amount, zones.of) == (4, 8)
    assert zones.people == pytest.approx((4 * 250 + 500) / 8750)
    assert measured(unit="zone", need="income").headline == zones
    assert measured("lanes", unit="zone").headline.names == zones.names


def test_the_headline_never_counts_more_units_than_it_speaks_of(measured):
    found = measured().headline

    assert found.top == 0  # of four districts, "the five best-off" would be all and one more
    assert found.units == len(found.names) == 2
    assert found.people == pytest.approx(0.3)  # as near to a fifth as one district, with 0.1


def test_the_same_seed_gives_the_same_figures_and_an_assessment_cannot_be_changed(toy_city):
    one, other = (assess(ask(toy_city, layers=["sensors"], seed=3)) for _ in range(2))

    assert one.test == other.test
    with pytest.raises(AttributeError):
        one.test = None


def test_nothing_that_is_read_is_changed(toy_city):
    before = read_units(toy_city, toy_city.units[1]).columns.tolist()

    assess(ask(toy_city, layers=["sensors"], unit="zone"))

    assert read_units(toy_city, toy_city.units[1]).columns.tolist() == before


# ------------------------------------------------------------------ the published cities


def test_bike_share_in_santiago_is_where_it_is_known_to_be(real):
    found = real("santiago", "bike-share-2022", unit="comuna", need="casen_income_median")
    sites = found.units.set_index("name")["sites"]
    rows, test, head = found.accounting, found.test, found.headline

    assert (rows.read, rows.used) == (238, 238)
    assert (rows.outside, rows.unlocated, rows.citywide) == (0, 0, 0)
    assert (sites["Las Condes"], sites["Providencia"], sites["Santiago"]) == (96, 58, 50)
    assert (head.top, head.amount, head.of) == (5, 183, 238)
    assert head.people == pytest.approx(0.141, abs=0.0005)
    assert test.index == pytest.approx(0.803, abs=0.0005)
    assert test.null_sd == pytest.approx(0.0374, abs=0.00005)
    assert test.interval[0] < test.index < test.interval[1]
    assert test.verdict == "better_off"


def test_cameras_in_rio_lean_to_the_better_off(real):
    test = real("rio", "cameras-2026", unit="bairro", need="head_income_mean:2022").test

    assert test.index == pytest.approx(0.39, abs=0.005)
    assert test.verdict == "better_off"


def test_family_clinics_in_rio_lean_to_the_worse_off(real):
    test = real("rio", "family-clinics", unit="bairro", need="head_income_mean:2022").test

    assert test.index < 0
    assert test.verdict == "worse_off"


def test_encicla_in_medellin_leans_to_the_better_off_and_reaches_out_of_the_city(real):
    found = real("medellin", "encicla-2026")

    assert (found.accounting.read, found.accounting.outside) == (116, 44)
    assert found.test.index == pytest.approx(0.69, abs=0.005)
    assert found.test.verdict == "better_off"


def test_of_libraries_in_medellin_nothing_can_be_told(real):
    assert real("medellin", "libraries-2018").test.verdict == "cannot_tell"


def features(city, name):
    """Return the properties of the located features of a published file."""
    path = GEODATA / city / f"{name}.geojson"
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        if feature["geometry"]:
            yield feature["properties"]


def figures_of(city, unit, indicator):
    """Return the value per unit of an ``indicator:year``."""
    with (GEODATA / city / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: float(row["value"])
            for row in csv.DictReader(file)
            if row["unit"] == unit
            and f"{row['indicator']}:{row['year']}" == indicator
            and row["value"]
        }


def sites_by(city, level, initiatives, year):
    """Count the sites of some initiatives per district or zone."""
    parents = {facts["id"]: facts["parent"] for facts in features(city, "zones")}
    counts = Counter()
    for facts in features(city, "sites"):
        if facts["initiative"] in initiatives and facts["year"] == year:
            place = facts.get("zone")
            if level == "district":
                place = facts.get("district") or parents.get(place)
            counts[place] += 1
    return counts


def index_and_spread(sites, people, need):
    """Work the index and its spread by chance out with plain loops."""
    known = [one for one in need if one in people]
    everybody = sum(people[one] for one in known)
    placed = sum(sites[one] for one in known)
    index, squares = -1.0, 0.0
    for one in known:
        poorer = sum(people[other] for other in known if need[other] < need[one])
        alike = sum(people[other] for other in known if need[other] == need[one])
        rank = (poorer + alike / 2) / everybody
        index += 2 * sites[one] / placed * rank
        squares += people[one] / everybody * rank**2
    return index, math.sqrt(4 * (squares - 0.25) / placed), placed


@pytest.mark.parametrize(
    ("city", "layer", "unit", "need"),
    [
        ("santiago", "bike-share-2022", "comuna", "casen_income_median:2022"),
        ("santiago", "bike-share-2022", "zone", "nse_2012:2012"),
        ("rio", "cameras-2026", "bairro", "head_income_mean:2022"),
        ("rio", "cameras-2026", "ra", "head_income_mean:2022"),
        ("rio", "family-clinics", "bairro", "head_income_mean:2022"),
        ("medellin", "encicla-2026", "comuna", "imcv:2024"),
        ("medellin", "libraries-2018", "comuna", "imcv:2024"),
    ],
)
def test_plain_loops_over_the_published_files_give_the_same_index(real, city, layer, unit, need):
    manifest = json.loads((GEODATA / city / "datapackage.json").read_text(encoding="utf-8"))
    spec = next(one for one in manifest["sixes:layers"] if one["layer"] == layer)
    level = next(one for one in manifest["sixes:units"] if one["unit"] == unit)
    year = spec.get("year") or int(spec["vintage"][:4])
    sites = sites_by(city, level["level"], spec["initiatives"], year)
    people = figures_of(city, unit, "{}:{}".format(*level["population"]))

    index, null_sd, placed = index_and_spread(sites, people, figures_of(city, unit, need))

    test = real(city, layer, unit=unit, need=need).test
    assert test.n == placed
    assert test.index == pytest.approx(index, abs=1e-9)
    assert test.null_sd == pytest.approx(null_sd, abs=1e-9)


def test_money_is_tested_by_dealing_it_out_and_gets_no_verdict_by_unit(measured):
    found = measured("budget-2024", weight="amount")

    assert found.test.method == "permutation"
    assert found.test.n == found.units["amount"].notna().sum()
    assert found.units["share_amount"].sum() == pytest.approx(1)
    assert found.units["sites"].isna().all()
    assert found.quintiles["sites"].isna().all()
    assert set(found.units["verdict"]) == {"cannot_tell"}
    assert found.units["expected"].isna().all()
    assert found.zeros is None


def test_zeros_are_counted_beside_those_of_chance(measured):
    found = measured("docks")

    assert (found.zeros.found, found.zeros.of) == (1, 4)
    shares = [0.4, 0.3, 0.2, 0.1]
    assert found.zeros.expected == pytest.approx(sum((1 - share) ** 4 for share in shares))
