"""The symbols of currencies, as people write them at home: $ for pesos, R$ for reais."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

ANYWHERE = "en"
"""The locale asked for a symbol that no single country has, as that of the euro."""


@cache
def currency_symbol(currency: str) -> str:
    """Return the symbol of a currency (ISO 4217) where it is used; without one, its code.

    Abroad the CLDR writes the code or a longer symbol. The first two letters of a code are
    those of its country, and the CLDR knows the language that is most likely spoken there.
    """
    shared = Locale.parse(ANYWHERE).currency_symbols.get(currency, currency)
    try:
        home = Locale.parse(f"und_{currency[:2]}")
    except (ValueError, UnknownLocaleError):
        return str(shared)
    return str(home.currency_symbols.get(currency, shared))
