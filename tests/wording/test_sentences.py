"""Sentences say what was measured, in three languages, and claim nothing more."""

import re
from dataclasses import replace

import numpy as np
import pytest
import toy
from house import some

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import layers_named, weight_options
from sixes_geo.analysis.provision import Accounting
from sixes_geo.analysis.question import ask
from sixes_geo.city.tables import indicator_named
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import LANGUAGES, Translator, catalog
from sixes_geo.wording import (
    accounting_words,
    basis_words,
    chance_words,
    counted,
    figure,
    headline,
    headline_lines,
    index_words,
    map_words,
    need_title,
    verdict_key,
    verdict_sentence,
    verdict_words,
)

EVERY_WORD = (
    accounting_words,
    basis_words,
    chance_words,
    counted,
    headline,
    index_words,
    map_words,
    need_title,
)

languages = pytest.mark.parametrize("tr", [Translator(one) for one in LANGUAGES], ids=LANGUAGES)


def numbers(text):
    """Return the whole numbers in a text."""
    return [int(one) for one in re.findall(r"\d+", text)]


@languages
@pytest.mark.parametrize("layer", [one for one in toy.LAYERS if one not in ("corner", "edge")])
def test_no_sentence_has_a_gap_that_was_never_filled(measured, toy_city, layer, tr):
    for unit in ("district", "zone"):
        for weight in some(weight_options(layers_named(toy_city, [layer]))):
            if (layer, weight) != ("empty-docks", "capacity"):
                found = measured(layer, unit=unit, weight=weight)
                for words in EVERY_WORD:
                    text = words(found, tr)
                    assert not set("{}") & set(text)
                    assert "nan" not in text.lower().split()
                    assert "  " not in text
                    for apart in catalog(tr.language).get("contractions", {}):
                        assert f" {apart} " not in text


@languages
def test_the_headline_names_counts_people_and_need(measured, toy_city, tr):
    text = headline(measured(unit="zone"), tr)

    income = indicator_named(toy_city, "income")
    assert numbers(text)[:2] == [8, 4]
    assert tr.percent(1500 / 8750) in text
    assert tr.text(income.highest) in text
    assert tr.text(toy_city.layers[0].noun) in text
    assert tr.text(toy_city.units[1].many) in text


@languages
def test_the_sentence_is_about_the_best_off_end_whichever_way_the_sites_lean(
    measured, toy_city, tr
):
    income = indicator_named(toy_city, "income")

    found = measured(unit="zone", need="income:2024")
    turned = replace(found, test=replace(found.test, index=-0.4, verdict="worse_off"))

    for assessment in (found, turned):
        where, _ = headline_lines(assessment, tr)
        assert tr.text(income.highest) in where
        assert tr.text(income.lowest) not in where


@languages
def test_a_share_that_points_to_the_other_side_than_the_verdict_says_so(measured, tr):
    found = measured(unit="zone")
    test = replace(found.test, index=-0.2, interval=(-0.3, -0.1), verdict="worse_off")
    turned = replace(found, test=test)

    assert found.headline.gap > 0.3
    even_so = tr("verdict_sentence.even_so", sentence="").strip()
    assert headline_lines(turned, tr)[1].startswith(even_so)
    agreeing = replace(test, index=0.2, interval=(0.1, 0.3), verdict="better_off")
    assert not headline_lines(replace(found, test=agreeing), tr)[1].startswith(even_so)


@languages
def test_a_share_beyond_chance_is_never_followed_by_chance(measured, tr):
    found = measured()
    test = replace(found.test, verdict="cannot_tell", p_value=0.4)
    likely = replace(found, test=test, headline=replace(found.headline, p_value=0.3))
    unlikely = replace(likely, headline=replace(found.headline, p_value=0.00003))
    many = replace(unlikely, test=replace(test, n=195))

    assert [verdict_key(each) for each in (likely, unlikely, many)] == [
        "cannot_tell",
        "too_few",
        "unsettled",
    ]
    chance = verdict_words(likely, tr)
    assert all(verdict_words(each, tr) != chance for each in (unlikely, many))


@languages
def test_the_size_of_a_lean_is_said(measured, tr):
    found = measured()
    words = {}
    for index in (-0.01, 0.2, 0.81):
        side = "better_off" if index > 0 else "worse_off"
        test = replace(found.test, index=index, verdict=side)
        words[index] = headline_lines(replace(found, test=test), tr)[1]

    sizes = [tr(f"size.{name}") for name in ("slightly", "clearly", "strongly")]
    assert [[size in words[index] for size in sizes] for index in (-0.01, 0.2, 0.81)] == np.eye(
        3, dtype=bool
    ).tolist()


@languages
def test_where_poverty_is_the_need_the_best_off_have_the_lowest(measured, toy_city, tr):
    found = measured(need="poverty")

    assert tr.text(indicator_named(toy_city, "poverty").lowest) in headline(found, tr)


@languages
def test_the_headline_does_not_speak_of_five_units_where_there_are_four(measured, tr):
    found = measured()

    assert len(found.units) == 4
    assert tr("number.five") not in headline(found, tr)


@languages
def test_a_city_of_many_units_is_spoken_of_by_quintiles_of_the_people(published, tr):
    city = published("rio")
    from_rio = _measured(city, "family-clinics")
    indicator = indicator_named(city, "head_income_mean")

    text = headline(from_rio, tr)

    assert from_rio.headline.top == 0
    assert tr.percent(from_rio.headline.people) in text
    assert tr.text(indicator.highest) in text


@languages
@pytest.mark.parametrize("layer", ["centre", "programme"])
def test_what_cannot_be_measured_is_said_with_its_reason(measured, layer, tr):
    found = measured(layer)

    assert found.why_not.text(tr) in headline(found, tr)
    assert index_words(found, tr) == tr("number.missing")
    assert verdict_words(found, tr) == tr("verdict.nothing")
    assert chance_words(found, tr) == ""


@languages
def test_capacity_is_named_as_what_it_is(measured, toy_city, tr):
    found = measured("docks", weight="capacity", unit="zone")

    docks = next(one for one in toy_city.layers if one.layer == "docks")
    assert tr.text(docks.capacity) in counted(found, tr)
    assert tr.text(docks.capacity) in headline(found, tr)
    assert numbers(headline(found, tr))[0] == 60
    assert tr.text(docks.capacity) != counted(measured("docks"), tr)


@languages
def test_several_layers_are_named_together(measured, toy_city, tr):
    text = counted(measured("sensors", "docks"), tr)

    for layer in some(toy_city.layers):
        assert (tr.text(layer.noun) in text) == (layer.layer in ("sensors", "docks"))


@languages
def test_the_index_comes_with_its_sign_and_its_interval(measured, tr):
    found = measured()
    text = index_words(found, tr)

    for value in (found.test.index, *found.test.interval):
        assert tr.signed(value, 2) in text


@languages
def test_each_verdict_has_words_of_its_own(measured, tr):
    found = measured()
    found = replace(found, headline=replace(found.headline, p_value=0.4))
    tests = {
        "even": {"verdict": "even"},
        "unsettled": {"verdict": "cannot_tell", "p_value": 0.01, "n": 195},
        "better_off": {"verdict": "better_off"},
        "worse_off": {"verdict": "worse_off"},
        "cannot_tell": {"verdict": "cannot_tell", "p_value": 0.4},
        "too_few": {"verdict": "cannot_tell", "p_value": 0.01},
        "no_difference": {"verdict": "cannot_tell", "null_sd": 0.0},
    }
    words = {
        key: verdict_words(replace(found, test=replace(found.test, **fields)), tr)
        for key, fields in tests.items()
    }

    assert words == {key: tr(f"verdict.{key}") for key in words}
    assert len(set(words.values())) == len(tests)


@languages
def test_the_headline_says_where_and_then_what_that_means(measured, tr):
    found = measured()

    where, verdict = headline_lines(found, tr)

    assert tr.percent(found.headline.people) in where
    assert verdict == verdict_sentence(found, tr)
    assert headline(found, tr) == f"{where} {verdict}"
    assert verdict[0].isupper()
    assert verdict.endswith(".")


@languages
@pytest.mark.parametrize("method", ["exact", "monte_carlo"])
@pytest.mark.parametrize("p_value", [1.0, 0.0123, 0.0001, 1e-12, 0.0])
def test_no_p_value_is_written_as_nothing(measured, method, p_value, tr):
    found = measured()
    test = replace(found.test, p_value=p_value, method=method, draws=9999)

    text = chance_words(replace(found, test=test), tr)

    assert tr.number(0.0, 4) not in text
    assert tr.number(found.test.null_sd, 3) in text
    if p_value > 0.0001:
        assert tr("summary.p_equal", value=tr.number(p_value, 4)) in text


@languages
def test_drawn_p_values_say_how_often_and_from_which_seed(published, tr):
    city = published("santiago")
    found = _measured(city, "bike-share-2022", seed=42)

    text = chance_words(found, tr)

    assert found.test.method == "monte_carlo"
    assert tr.number(found.test.draws, 0) in text
    assert "42" in text
    assert tr("summary.p_most", value=tr.number(0.0001, 4)) in text  # no draw can say less


@languages
def test_every_row_that_was_read_is_accounted_for_in_words(measured, tr):
    assert numbers(accounting_words(measured("named"), tr)) == [12, 8, 1, 2, 1]


@languages
def test_only_what_occurred_is_mentioned(measured, tr):
    plain = measured()
    rows = Accounting(9, 9, 0, 0, 0, without_need=1, without_capacity=2, approximate=3)
    full = replace(plain, accounting=rows)

    for name, count in (("without_need", 1), ("without_capacity", 2), ("approximate", 3)):
        sentence = tr(f"summary.{name}", count=count)
        assert sentence in accounting_words(full, tr)
        assert tr(f"summary.{name}", count=0) not in accounting_words(plain, tr)


@languages
def test_what_is_not_spread_is_not_said_to_be(measured, tr):
    found = measured("rough", weight="capacity")

    spread = bool((found.units["amount"] % 1).any())
    said = tr("summary.approximate", count=1) in accounting_words(found, tr)
    assert said == spread


@languages
def test_a_figure_is_written_with_its_unit(toy_city, tr):
    income, poverty = (indicator_named(toy_city, one) for one in ("income", "poverty"))

    assert figure(1234.0, income, toy_city, tr) == tr.money(1234.0, "CLP")
    assert figure(12.0, poverty, toy_city, tr) == tr("number.percent", value="12")
    plain = replace(poverty, format="number", decimals=1)
    assert figure(1.25, plain, toy_city, tr) == tr.number(1.25, 1)


@languages
@pytest.mark.parametrize("value", [None, float("nan")])
@pytest.mark.parametrize("name", ["income", "poverty"])
def test_a_missing_figure_has_no_unit(toy_city, name, value, tr):
    indicator = indicator_named(toy_city, name)

    assert figure(value, indicator, toy_city, tr) == tr("number.missing")


@languages
def test_the_need_is_named_with_its_year(measured, toy_city, tr):
    text = need_title(measured(need="income:2020"), tr)

    assert tr.text(indicator_named(toy_city, "income").title) in text
    assert "2020" in text


@languages
def test_the_map_is_described_with_its_headline(measured, tr):
    found = measured(unit="zone")

    text = map_words(found, tr)

    assert headline(found, tr) in text
    assert need_title(found, tr) in text


def test_texts_of_the_data_may_hold_any_sign(own_root):
    def rename(manifest):
        manifest["sixes:layers"][0]["noun"] = dict.fromkeys(LANGUAGES, "sensors {a} 100 % <b>")
        manifest["sixes:city"]["name"] = dict.fromkeys(LANGUAGES, "{city}")

    toy.change_manifest(own_root / "toy", rename)
    found = _measured(open_city("toy", own_root), "sensors")

    assert "sensors {a} 100 % <b>" in headline(found, Translator("en"))
    assert "{city}" in map_words(found, Translator("en"))


def _measured(city, layer, **options):
    """Measure a layer with what else the city opens with."""
    return assess(ask(city, layers=[layer], **options))


@languages
@pytest.mark.parametrize("places", [1, 2, 3])
def test_of_a_handful_of_places_no_share_is_told(measured, tr, places):
    found = measured()
    few = replace(found, headline=replace(found.headline, of=float(places), amount=0.5))
    unsure = replace(few, test=replace(found.test, verdict="cannot_tell", p_value=0.4))

    assert "%" not in headline(unsure, tr)
    assert "%" in headline(replace(unsure, headline=replace(few.headline, of=4.0)), tr)
