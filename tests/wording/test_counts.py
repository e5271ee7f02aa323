"""What is counted has one name: in a head, within a sentence, and beside its number."""

import pytest

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.unit_table import screen_table, share_title
from sixes_geo.wording import (
    amount_words,
    basis_words,
    column_of_amounts,
    count_words,
    counted,
    counted_short,
    counted_within,
    headline,
    n_words,
    rate_title,
    rate_words,
)

languages = pytest.mark.parametrize("tr", [Translator(one) for one in LANGUAGES], ids=LANGUAGES)


def measured_in(city, layer, variation=None, **options):
    """Measure a layer with what else the city opens with."""
    options |= {"variation": variation} if variation else {}
    return assess(ask(city, layers=[layer], **options))


@languages
def test_parts_of_sites_are_said_to_be_about(tr):
    assert count_words(3.0, tr) == tr.number(3, 0)
    assert count_words(1234.0000001, tr) == tr.number(1234, 0)
    assert count_words(2.7, tr, rough=True) == tr("number.about", value=tr.number(3, 0))
    assert count_words(2.7, tr) == tr.number(2.7, 1)  # kilometres are measured, not guessed
    assert count_words(3599.5, tr, rough=True) == tr("number.about", value=tr.number(3600, 0))
    assert count_words(999.6, tr, rough=True) == tr("number.about", value=tr.number(1000, 0))


@languages
def test_at_moved_borders_no_sentence_speaks_of_a_part_of_a_camera(published, tr):
    found = measured_in(published("rio"), "cameras-2026", variation=Variation(200))
    about = n_words(found, tr)

    assert found.headline.of % 1
    assert found.accounting.approximate == 0
    assert about == tr("number.about", value=tr.number(3600, 0))
    assert about in headline(found, tr)
    assert about in basis_words(found, tr)
    assert count_words(found.headline.amount, tr, rough=True) in headline(found, tr)
    assert tr.number(found.headline.amount, 1) not in headline(found, tr)


@languages
def test_n_counts_stations_where_docks_are_weighed_and_units_where_money_is(published, tr):
    docks = measured_in(published("santiago"), "bike-share-2026", weight="capacity")
    money = measured_in(published("medellin"), "public-investment-2024", weight="amount")
    stations = tr.text(docks.city.layer_named("bike-share-2026").noun)
    comunas = tr.text(money.city.unit_named(money.question.unit.unit).many)

    assert f"n = 198 {stations}" in basis_words(docks, tr)
    assert tr.number(3075, 0) in headline(docks, tr)
    assert f"n = 21 {comunas} · {counted(money, tr)}" in basis_words(money, tr)


@languages
def test_money_is_named_with_its_currency_and_no_word_for_a_number_of_things(published, tr):
    money = measured_in(published("medellin"), "public-investment-2024", weight="amount")
    head = {"es": "Monto (COP)", "pt": "Valor (COP)", "en": "Amount (COP)"}[tr.language]

    assert counted_short(money, tr) == head
    column = tr("table.money_millions", currency="COP")
    assert column_of_amounts(money, tr)[0] == column
    assert screen_table(money, tr).loc["1", column] == 521_338  # million pesos, as published
    assert amount_words(521_338e6, money, tr) == tr.money(521_338e6, "COP")
    assert rate_title(money, tr) == tr("table.money_per_head", currency="COP")
    assert rate_words(3_661_518.3, money, tr) == tr.money(3_661_518, "COP")
    assert "COP" in share_title(money, tr)
    assert counted_within(money, tr) == counted(money, tr)


@languages
@pytest.mark.parametrize("weight", ["sites", "capacity"])
def test_every_head_of_the_table_begins_with_a_capital(published, weight, tr):
    docks = measured_in(published("santiago"), "bike-share-2026", weight=weight)

    assert not [one for one in screen_table(docks, tr).columns if one[:1].islower()]
    assert counted_within(docks, tr).islower()
