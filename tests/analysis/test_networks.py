"""Every network of a city as a row, and the count of those that lean to a side, by hand."""

import math
from dataclasses import replace

import pytest
import toy
from house import some

from sixes_geo.analysis import kept, nulls
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.networks import GROUPS, Count, network_layers, networks_of
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.city.model import WATCHING
from sixes_geo.city.tables import read_initiatives
from sixes_geo.contributions.cities import open_city
from sixes_geo.measures import AtKeep

BETTER, WORSE, EVEN, NONE = (0.1, 0.9), (-0.9, -0.1), (-0.01, 0.01), (-0.5, 0.5)
VERDICTS = {BETTER: "better_off", WORSE: "worse_off", EVEN: "even", NONE: "cannot_tell"}

# By layer: interval of the index, p with sites one by one, p as one piece, verdict as one piece.
MADE = {
    "sensors": (BETTER, 0.001, 0.002, "holds"),
    "rough": (BETTER, 0.001, 0.300, "one_decision"),
    "corner": (WORSE, 0.004, 0.001, "holds"),
    "edge": (EVEN, 0.001, 0.001, "holds"),
    "docks": (NONE, 0.400, 0.001, "holds"),
    "empty-docks": (BETTER, 0.049, 0.001, "holds"),
    "bikes-2024": (BETTER, 0.001, 0.040, "holds"),
    "bikes-2020": (WORSE, 0.001, 0.001, "holds"),
}
P_VALUES = [0.002, 0.3, 0.004, 0.001, 0.4, 0.049, 0.04]
"""The larger of both, for all but the earlier date of the bikes."""


def plain(city):
    return ask(city, layers=["sensors"])


@pytest.fixture(scope="module")
def made(toy_city):
    """Measure the toy city, with tests that are made up."""

    def assessed(question):
        found = assess(question)
        if question.layers[0].layer not in MADE:
            return found
        interval, p_value, _, _ = MADE[question.layers[0].layer]
        known = {"p_value": p_value, "interval": interval, "verdict": VERDICTS[interval]}
        return replace(found, test=replace(found.test or _sensors(toy_city), **known))

    def moved(question):
        found = nulls.network(question, gather(question))
        if question.layers[0].layer not in MADE:
            return found
        _, _, p_value, verdict = MADE[question.layers[0].layer]
        keep = AtKeep(0.6, p_value, 999, 999, 0.0, 0.1, 0.0)
        smaller = replace(keep, keep=0.5, p_value=p_value / 2)
        too_few = replace(keep, keep=0.8, p_value=0.99, kept=10)
        return replace(found, verdict=verdict, keeps=(smaller, keep, too_few))

    return networks_of(plain(toy_city), assessed=assessed, moved=moved)


def _sensors(city):
    return assess(plain(city)).test


def answers(networks):
    return {row.layer.layer: row.answer for row in networks.rows if row.counted}


def adjusted(p_values):
    """Adjust p-values as Benjamini and Hochberg wrote it down, with a plain loop."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    q_values, least = [0.0] * len(p_values), 1.0
    for rank in range(len(p_values), 0, -1):
        place = order[rank - 1]
        least = min(least, p_values[place] * len(p_values) / rank)
        q_values[place] = least
    return q_values


def test_the_networks_of_the_toy_city_are_counted_by_hand(made):
    assert answers(made) == {
        "sensors": "better_off",
        "rough": "cannot_tell",  # one decision could have done it
        "corner": "worse_off",
        "edge": "even",
        "docks": "cannot_tell",  # its interval includes 0
        "empty-docks": "cannot_tell",  # 0.049 is no longer small among seven
        "bikes-2024": "cannot_tell",  # nor is 0.04, as one piece
    }
    assert made.count == Count(
        better_off=1, worse_off=1, even=1, cannot_tell=4, single=0, unplaced=2
    )
    assert made.count.networks == 7
    assert made.count.with_a_side == 2


def test_q_values_are_those_of_the_larger_p_of_each_counted_row(made):
    counted = [row for row in made.rows if row.counted]

    assert [row.p_value for row in counted] == P_VALUES
    assert [row.q_value for row in counted] == pytest.approx(adjusted(P_VALUES))
    assert all(math.isnan(row.q_value) for row in made.rows if not row.counted)


def test_shares_with_too_few_positions_have_no_say(made):
    sensors = next(row for row in made.rows if row.layer.layer == "sensors")

    assert sensors.piece_p_value == 0.002
    assert max(keep.p_value for keep in sensors.network.keeps) == 0.99


def test_rows_are_in_groups_that_are_never_mixed(made):
    assert [row.layer.layer for row in made.of_group("initiatives")] == [
        "sensors",
        "rough",
        "corner",
        "edge",
        "docks",
        "empty-docks",
        "bikes-2024",
        "bikes-2020",
    ]
    assert [row.layer.layer for row in made.of_group("infrastructure")] == ["lanes"]
    assert [row.layer.layer for row in made.of_group("services")] == ["parks"]
    assert [row.layer.layer for row in made.of_group("watching")] == ["cameras"]
    assert not any(row.counted for row in made.rows if row.group != "initiatives")


def test_an_earlier_date_is_shown_and_not_counted(made):
    newest, earlier = (row for row in made.rows if row.layer.series == "bikes")

    assert (newest.status, earlier.status) == ("newest", "earlier")
    assert newest.counted
    assert not earlier.counted


def test_initiatives_without_a_place_are_told_apart(made):
    assert [each.id for each in made.unplaced] == ["centre", "programme"]
    assert made.single == ()


def test_what_cannot_be_moved_has_no_side(toy_city):
    found = networks_of(plain(toy_city), groups=("initiatives",), moved=lambda _: None)

    assert {row.p_value for row in found.rows if row.assessment.test} == {1.0}
    assert found.count.with_a_side == 0


def test_the_count_needs_only_the_initiatives_and_is_kept(toy_city, tmp_path, monkeypatch):
    monkeypatch.setenv("SIXES_CACHE", str(tmp_path))
    whole = networks_of(plain(toy_city)).count

    assert networks_of(plain(toy_city), groups=("initiatives",)).count == whole
    assert kept.networks_count(plain(toy_city)) == whole
    assert kept.networks_count(plain(toy_city), lambda _: pytest.fail("measured again")) == whole


def test_unit_need_and_seed_are_those_of_the_question_and_nothing_else_is(toy_city):
    asked = ask(toy_city, layers=["docks"], unit="zone", need="income", seed=3, weight="capacity")
    found = networks_of(asked, groups=("initiatives",), moved=lambda _: None)

    questions = {row.layer.layer: row.assessment.question for row in found.rows}
    assert {question.unit.unit for question in questions.values()} == {"zone"}
    assert {question.need_and_year for question in questions.values()} == {"income:2024"}
    assert {question.seed for question in questions.values()} == {3}
    assert {question.weight for question in questions.values()} == {"sites"}


def test_a_figure_near_a_threshold_is_called_borderline(made):
    rows = {row.layer.layer: row for row in made.rows}
    test = rows["sensors"].assessment.test

    def borderline(layer, **figures):
        row = rows[layer]
        changed = replace(row.assessment, test=replace(row.assessment.test, **figures))
        return replace(row, assessment=changed).borderline

    assert not rows["sensors"].borderline
    assert rows["bikes-2024"].borderline, "0.04 as one piece"
    assert borderline("sensors", p_value=0.045)
    assert borderline("sensors", interval=(0.005, test.interval[1]))
    assert not borderline("docks", p_value=0.4)


def test_a_part_of_another_network_is_shown_and_not_counted(own_root):
    def widen(content):
        layers = content["sixes:layers"]
        next(one for one in layers if one["layer"] == "rough")["initiatives"] = ["rough", "corner"]

    toy.change_manifest(own_root / "toy", widen)
    city = open_city("toy", own_root)
    found = networks_of(plain(city), groups=("initiatives",), moved=lambda _: None)

    assert {row.layer.layer: row.status for row in found.rows}["corner"] == "part"
    assert "corner" not in answers(found)


@pytest.mark.parametrize("city", ["medellin", "rio", "santiago"])
def test_every_initiative_of_a_city_is_in_a_network_single_or_without_a_place(published, city):
    read = published(city)
    layers = network_layers(read)
    held = {name for layer in layers for name in layer.initiatives}
    found = networks_of(ask(read, layers=read.view.layers), groups=(), moved=lambda _: None)
    single, unplaced = ({each.id for each in each_of} for each_of in (found.single, found.unplaced))

    initiatives = {each.id for each in read_initiatives(read) if each.role == "initiative"}
    assert initiatives == (held & initiatives) | single | unplaced
    assert not held & single
    assert not single & unplaced
    counted = [layer for layer in layers if layer.role == "initiative"]
    assert not {layer.kind for layer in counted} & {"all", "named"}
    assert {role for roles in GROUPS.values() for role in roles} >= {one.role for one in layers}


def test_what_watches_is_never_counted(published):
    found = networks_of(
        ask(published("rio"), layers=["cameras-2026"]), groups=("watching",), moved=lambda _: None
    )

    assert {row.layer.role for row in found.rows} == set(WATCHING)
    assert found.count.networks == 0


def test_the_row_of_a_network_has_the_figures_of_its_own_page(published):
    city = published("medellin")
    question = ask(city, layers=["encicla-2026"])
    found = networks_of(
        question, groups=("initiatives",), moved=kept.network, on_jobs=kept.workplaces
    )

    for row in some(found.rows):
        alone = ask(city, layers=[row.layer.layer])
        assert row.assessment.test == assess(alone).test
        assert row.network == kept.network(alone)
