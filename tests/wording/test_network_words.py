"""The count of networks in a sentence, and each network in a row: never more than the figures."""

import math
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from sixes_geo.analysis import kept
from sixes_geo.analysis.networks import GROUPS, Count, networks_of
from sixes_geo.analysis.question import ask
from sixes_geo.i18n import LANGUAGES, Translator, catalog
from sixes_geo.wording.networks import (
    claim_words,
    count_sentence,
    group_cautions,
    group_title,
    jobs_words,
    left_out_words,
    network_table,
    piece_words,
    status_words,
    text_lines,
)

EN = Translator("en")
NOTHING = Count(better_off=0, worse_off=0, even=0, cannot_tell=0, single=0, unplaced=0)

languages = pytest.mark.parametrize("tr", [Translator(one) for one in LANGUAGES], ids=LANGUAGES)


@pytest.fixture(scope="module")
def networks(toy_city):
    return networks_of(ask(toy_city, layers=["sensors"]), moved=kept.network)


def count(**changed):
    return replace(NOTHING, **changed)


def row_of(networks, layer):
    return next(row for row in networks.rows if row.layer.layer == layer)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (count(), "Toy: no network of initiatives is on the map, so nothing can be told."),
        (
            count(better_off=1, cannot_tell=1),
            "Toy: of 2 networks of initiatives on the map, 1 leans towards the better-off, "
            "none towards the worse-off and for 1 it cannot be told.",
        ),
        (
            count(better_off=2, worse_off=1, even=1, cannot_tell=3),
            "Toy: of 7 networks of initiatives on the map, 2 lean towards the better-off, "
            "1 towards the worse-off, 1 is spread about as the population is and for 3 it "
            "cannot be told.",
        ),
        (
            count(worse_off=1),
            "Toy: of 1 network of initiatives on the map, none leans towards the better-off and "
            "1 towards the worse-off.",
        ),
        (
            count(cannot_tell=5),
            "Toy: of 5 networks of initiatives on the map, none can be told to lean to either "
            "side.",
        ),
        (
            count(cannot_tell=2, even=2),
            "Toy: of 4 networks of initiatives on the map, none can be told to lean to either "
            "side, 2 are spread about as the population is and for 2 it cannot be told.",
        ),
    ],
)
def test_the_count_is_said_with_both_sides_and_what_cannot_be_told(toy_city, found, said):
    assert count_sentence(toy_city, found, EN) == said


@languages
def test_every_number_of_a_sentence_is_one_of_the_count(toy_city, tr):
    found = count(better_off=3, worse_off=5, even=7, cannot_tell=11)
    sentence = count_sentence(toy_city, found, tr)

    assert re.findall(r"\d+", sentence) == ["26", "3", "5", "7", "11"]
    assert not set("{}") & set(sentence)
    assert sentence.startswith(tr.text(toy_city.name))


@languages
def test_no_side_is_named_where_none_can_be_told(toy_city, tr):
    sentence = count_sentence(toy_city, count(cannot_tell=4), tr)
    sides = catalog(tr.language)["networks"]["better_off"].values()

    assert re.findall(r"\d+", sentence) == ["4"]
    assert not any(form.replace("{count} ", "") in sentence for form in sides)


@languages
def test_initiatives_that_a_map_cannot_be_asked_about_are_counted_apart(tr):
    assert re.findall(r"\d+", left_out_words(count(unplaced=9, single=4), tr)) == ["9", "4"]
    assert re.findall(r"\d+", left_out_words(count(single=1), tr)) == ["1"]
    assert left_out_words(count(better_off=2), tr) == ""


@languages
def test_the_claim_is_named_with_city_unit_and_need(networks, toy_city, tr):
    said = claim_words(networks.question, tr)

    for part in (toy_city.name, networks.question.unit.many, networks.question.need.title):
        assert tr.text(part) in said
    assert "2024" in said


@languages
def test_the_table_has_every_network_with_its_figures(networks, tr):
    rows = networks.of_group("initiatives")
    table = network_table(rows, tr)

    assert table[tr("networks.column.network")].tolist() == [
        tr.text(row.layer.title) for row in rows
    ]
    assert not table.isna().any().any()
    by_layer = dict(zip((row.layer.layer for row in rows), table.to_dict("records"), strict=True))
    sensors = by_layer["sensors"]
    assert sensors[tr("compare.n")] == "8"
    assert sensors[tr("summary.index_title")].startswith(tr.signed(0.5375, 2))
    assert by_layer["bikes-2020"][tr("networks.column.status")] == tr("networks.status.earlier")


def test_only_initiatives_have_a_column_of_the_count(networks):
    column = EN("networks.column.status")

    assert column in network_table(networks.of_group("initiatives"), EN)
    assert column not in network_table(networks.of_group("watching"), EN)
    assert status_words(row_of(networks, "cameras"), EN) == "not counted: not an initiative"


@languages
def test_what_watches_and_what_is_no_initiative_is_said_to_be(networks, tr):
    assert group_cautions(networks.of_group("watching"), tr) == [tr("snapshot.watching")]
    assert group_cautions(networks.of_group("initiatives"), tr) == []
    (words,) = group_cautions(networks.of_group("services"), tr)
    assert tr("role.contrast") in words


def test_lines_are_shown_by_what_weighs_them(networks):
    table = network_table(networks.of_group("infrastructure"), EN)

    assert table[EN("summary.index_title")].item().endswith("by kilometres")


def test_a_network_as_one_piece_has_the_p_value_it_rests_on_or_a_reason(networks):
    row = row_of(networks, "sensors")
    keeps = [
        replace(keep, p_value=p, kept=999)
        for keep, p in zip(row.network.keeps, (0.01, 0.02, 0.03, 0.041), strict=True)
    ]
    told = replace(
        row, network=replace(row.network, verdict="holds", reason="", keeps=tuple(keeps))
    )
    fills = replace(
        row, network=replace(row.network, verdict="cannot_tell", reason="fills_the_city")
    )

    assert piece_words(told, EN) == "holds (p = 0.041)"
    assert piece_words(fills, EN) == EN("networks.as_piece.fills_the_city")
    assert piece_words(replace(row, network=None), EN) == "cannot be moved"


@languages
def test_every_reason_and_verdict_has_words(networks, tr):
    row = row_of(networks, "sensors")
    reasons = (
        "few_positions",
        "outside_the_city",
        "fills_the_city",
        "depends_on_keep",
        "no_spread",
    )
    said = {
        piece_words(
            replace(row, network=replace(row.network, verdict="cannot_tell", reason=one)), tr
        )
        for one in reasons
    }

    assert len(said) == len(reasons)


def test_beside_workplaces_the_index_of_these_is_named(networks):
    row = row_of(networks, "sensors")
    test = replace(row.assessment.test, expected=0.4, verdict="worse_off")

    assert jobs_words(row, EN) == "no figures"
    assert jobs_words(replace(row, workplaces=test), EN) == (
        "less with the better-off than workplaces are (+0.40)"
    )


def test_a_verdict_on_a_thread_is_called_borderline(networks):
    row = row_of(networks, "sensors")
    test = replace(row.assessment.test, p_value=0.045, interval=(0.2, 0.8), verdict="better_off")
    near = replace(row, assessment=replace(row.assessment, test=test), q_value=math.nan)

    assert status_words(near, EN).endswith(", borderline")
    table = network_table([near], EN)
    assert table[EN("networks.column.one_by_one")].item() == "more with the better-off, borderline"


@languages
def test_a_row_that_deprived_areas_turn_says_so_and_is_not_told(networks, tr):
    row = row_of(networks, "sensors")
    split = SimpleNamespace(turns=True)
    test = replace(row.assessment.test, p_value=0.001, interval=(0.3, 0.8), verdict="better_off")
    turned = replace(row, assessment=replace(row.assessment, test=test, split=split))

    assert turned.turned
    assert turned.answer == "cannot_tell"
    assert status_words(turned, tr) == tr("verdict.turned")
    assert network_table([turned], tr)[tr("networks.column.one_by_one")].item() == tr(
        "verdict.turned"
    )


@languages
def test_the_text_of_a_terminal_begins_with_the_sentence_and_has_every_network(networks, tr):
    lines = text_lines(networks, tr)

    assert lines[0] == count_sentence(networks.question.city, networks.count, tr)
    for row in networks.rows:
        assert any(tr.text(row.layer.title) in line for line in lines)
    assert tr("snapshot.watching") in "\n".join(lines)
    headings = [tr("networks.heading", group=group_title(group, tr)) for group in GROUPS]
    assert [line for line in lines if line in headings] == headings
    assert not set("{}") & set("".join(lines))
