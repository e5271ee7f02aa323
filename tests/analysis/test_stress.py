"""An answer held against other ideas of chance, and with the need known less well."""

import dataclasses

import pytest
from house import some

from sixes_geo.analysis import kept
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.robustness import every_variant, robustness_of
from sixes_geo.analysis.stress import ASSUMED, answer, checks_of
from sixes_geo.charts.stress import stress_frame
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.measures import need_error, placement_test
from sixes_geo.wording import headline_lines
from sixes_geo.wording.stress import check_verdict, check_words

POVERTY = "poverty_income_sae"


@pytest.fixture(scope="module")
def encicla(published):
    """Answer the question of EnCicla in full."""
    return answer(ask(published("medellin"), layers=["encicla-2026"]))


@pytest.fixture(scope="module")
def by_poverty(published):
    """Measure Santiago's bike-share by a need whose source gives limits."""
    return assess(ask(published("santiago"), layers=["bike-share-2022"], need=POVERTY))


def test_one_decision_is_told_beside_a_side(encicla):
    _, verdict = headline_lines(encicla, Translator("en"))

    assert encicla.test.verdict == "better_off"
    assert encicla.network.verdict == "one_decision"
    assert "more than chance would explain. Yet one single decision could have done it" in verdict


def test_a_network_that_holds_is_told_to_stay_so(published):
    found = answer(ask(published("santiago"), layers=["bike-share-2026"]))
    _, verdict = headline_lines(found, Translator("en"))

    assert found.network.verdict == "holds"
    assert "stays so when the network is moved elsewhere in the city as one piece" in verdict


def test_an_answer_without_a_side_is_not_asked_whether_one_decision_did_it(published):
    found = answer(ask(published("medellin"), layers=["libraries-2018"]))

    assert found.test.verdict == "cannot_tell"
    assert found.network is None
    assert "decision" not in " ".join(headline_lines(found, Translator("en")))


def test_the_first_check_is_the_answer_itself(encicla):
    first, *others = checks_of(encicla)

    assert (first.index, first.interval, first.p_value) == (
        encicla.test.index,
        encicla.test.interval,
        encicla.test.p_value,
    )
    assert [check.kind for check in others] == ["workplaces", "network", "assumed", "assumed"]
    assert [check.cv for check in others[2:]] == list(ASSUMED)


def test_jobs_are_a_chance_whose_index_is_not_0(encicla):
    jobs = next(check for check in checks_of(encicla) if check.kind == "workplaces")

    assert jobs.expected > 0.3
    assert jobs.chance[0] < jobs.expected < jobs.chance[1]
    assert jobs.index == encicla.test.index


def test_the_network_says_for_how_many_decisions_its_sites_count(encicla):
    moved = next(check for check in checks_of(encicla) if check.kind == "network")

    assert moved.interval is None
    assert moved.effective_n < 5 < moved.n
    assert "independent decisions" in check_words(moved, Translator("en"))


def test_residents_of_favelas_are_a_check_of_every_answer_in_rio(published):
    found = assess(ask(published("rio"), layers=["knowledge-centres"]))
    split = next(check for check in checks_of(found) if check.kind == "split")

    assert split.index == found.split.at.index
    assert "(residents of favelas)" in check_words(split, Translator("en"))


def test_a_need_with_limits_is_not_assumed_to_have_others(by_poverty):
    assert "assumed" not in {check.kind for check in checks_of(by_poverty)}


def test_an_assumed_error_widens_the_interval(encicla):
    widths = [
        check.interval[1] - check.interval[0]
        for check in checks_of(encicla)
        if check.kind in ("residents", "assumed")
    ]

    assert widths[0] <= widths[1] <= widths[2]


def test_money_has_no_network_and_no_jobs(measured):
    assert [check.kind for check in checks_of(measured("budget-2024", weight="amount"))] == [
        "residents"
    ]


def test_nothing_measured_is_nothing_to_check(encicla):
    assert checks_of(dataclasses.replace(encicla, test=None)) == ()


def test_every_check_has_words_and_a_mark_in_every_language(encicla):
    checks = checks_of(encicla)
    for language in LANGUAGES:
        tr = Translator(language)
        frame = stress_frame(checks, tr)
        assert frame["title"].is_unique
        assert (frame["low"] <= frame["index"]).all()
        assert (frame["index"] <= frame["high"]).all()
        for check in some(checks):
            assert check_verdict(check, tr)[1:] in check_words(check, tr)


def test_the_error_of_the_need_is_in_the_interval(by_poverty):
    ranked = by_poverty.units
    people, sites = ranked["population"], ranked["sites"]
    exact = placement_test(sites, people, -ranked["need"], draws=9999)
    alone = need_error(
        sites,
        people,
        ranked["need"],
        ranked["lower"],
        ranked["upper"],
        higher_is_better_off=False,
    )

    assert by_poverty.test.interval == alone.interval
    assert by_poverty.test.interval_method == "reflected"
    assert by_poverty.test.index == pytest.approx(exact.index)
    assert alone.interval[1] - alone.interval[0] > 2 * (exact.interval[1] - exact.interval[0])


def test_headline_strip_and_ring_have_the_same_interval(by_poverty):
    question = by_poverty.question
    strip = robustness_of(every_variant(question), question).variants
    ring = strip[strip["asked"]].iloc[0]

    assert (ring["lower"], ring["upper"]) == by_poverty.test.interval
    assert ring["verdict"] == by_poverty.test.verdict


def test_a_need_without_limits_has_no_error_in_its_interval(encicla):
    assert encicla.need_error is None
    assert encicla.test.interval_method in ("bootstrap", "bounded")


def test_the_network_is_moved_the_same_way_wherever_it_is_shown(encicla):
    assert encicla.network == kept.network(encicla.question)


def test_what_sites_hold_is_not_told_by_a_network_of_sites(published):
    city = published("santiago")
    docks = answer(ask(city, layers=["bike-share-2026"], weight="capacity"))
    moved = next(check for check in checks_of(docks) if check.kind == "network")

    assert docks.test.verdict == "better_off"
    assert docks.network is None
    assert moved.index != docks.test.index
    assert "counted by sites" in check_words(moved, Translator("en"))


def test_the_interval_beside_jobs_carries_the_error_of_the_need(by_poverty):
    jobs = next(check for check in checks_of(by_poverty) if check.kind == "workplaces")

    assert jobs.interval == by_poverty.test.interval
