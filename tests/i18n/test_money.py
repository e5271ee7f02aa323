"""Money is written as people write it, and its currency is named where it could be another."""

import pytest

from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.i18n.money import currency_symbol

GAP = "\u00a0"

WRITTEN = [
    ("es", 13_899.4, "BRL", f"R${GAP}13.899"),
    ("pt", 13_899.4, "BRL", f"R${GAP}13.899"),
    ("en", 13_899.4, "BRL", "R$13,899"),
    ("es", 401_000.0, "CLP", f"${GAP}401.000"),
    ("pt", 401_000.0, "CLP", f"${GAP}401.000"),
    ("en", 401_000.0, "CLP", "$401,000"),
    ("es", 353_543.5, "COP", f"${GAP}353.544"),
    ("pt", 353_543.5, "COP", f"${GAP}353.544"),
    ("en", 353_543.5, "COP", "$353,544"),
    ("es", 521_338_000_000.0, "COP", f"${GAP}521.338 millones"),
    ("pt", 521_338_000_000.0, "COP", f"${GAP}521.338 milhões"),
    ("en", 521_338_000_000.0, "COP", "$521,338 million"),
    ("es", 700_000_000.0, "CLP", f"${GAP}700 millones"),
    ("es", 99_999_999.0, "CLP", f"${GAP}99.999.999"),
    ("pt", 12.5, "BRL", f"R${GAP}12,50"),
    ("en", 12.5, "CLP", "$12"),
    ("en", 12.0, "BRL", "R$12"),
    ("en", 0.0, "BRL", "R$0"),
    ("pt", -13_899.4, "BRL", f"−R${GAP}13.899"),
]


@pytest.mark.parametrize(("language", "value", "currency", "written"), WRITTEN)
def test_money_is_written_as_people_in_each_language_write_it(language, value, currency, written):
    assert Translator(language).money(value, currency) == written


@pytest.mark.parametrize(
    ("currency", "symbol"),
    [
        ("BRL", "R$"), ("CLP", "$"), ("COP", "$"), ("MXN", "$"), ("PEN", "S/"), ("BOB", "Bs"),
        ("EUR", "€"), ("QQQ", "QQQ"), ("", ""),
    ],
)  # fmt: skip
def test_a_currency_has_the_symbol_it_has_at_home(currency, symbol):
    assert currency_symbol(currency) == symbol


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_that_stands_alone_names_its_currency(language):
    tr = Translator(language)

    assert tr.named_money(401_000, "CLP") == f"{tr.money(401_000, 'CLP')} (CLP)"
    assert tr.named_money(None, "CLP") == tr("number.missing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_surrounds_money_is_the_same_beside_any_number(language):
    tr = Translator(language)
    before, after = tr.money_marks("BRL")

    assert before + tr.number(13_899, 0) + after == tr.money(13_899, "BRL")
