"""Texts and numbers in the three languages of the product.

One catalog (TOML) a language, the same keys in each; numbers and money follow the CLDR.
A translator is handed on as an argument: visitors of one server read different languages.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import get_currency_precision

from sixes_geo.i18n.money import currency_symbol

LANGUAGES: tuple[str, ...] = ("es", "pt", "en")
"""Language codes, the default first."""

LOCALES: Mapping[str, str] = {"es": "es_CO", "pt": "pt_BR", "en": "en_GB"}
"""One number format a language: the Spanish of both Spanish-speaking cities writes 1.234,5."""

DIGITS = 3
"""Significant digits of a number whose decimals nobody named."""

MILLION = 1_000_000

IN_MILLIONS = 100 * MILLION
"""From here on money is written in millions, of which it has three digits at least."""

WITHOUT_CENTS = 100
"""From here on money is written without cents."""

_EUPHONY = re.compile(r" y (?=[hH]?[iIíÍ](?![aeouáéóú]))")
"""Spanish says "e" for "and" before the sound of i."""

_NUMBER = "0"
"""Stands for any number where only what surrounds it is asked for."""

LocalText = Mapping[str, str]
"""One text in every language, as manifests hold them: language code to text."""


@cache
def catalog(language: str) -> Mapping[str, Any]:
    """Read the texts of one language, nested as in its file."""
    path = Path(__file__).parent / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Translator:
    """Texts, numbers and money in one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`; another one gives the first of them.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.locale = Locale.parse(LOCALES[self.language])
        self.tag = LOCALES[self.language].replace("_", "-")

    def __call__(self, key: str, /, **fields: object) -> str:
        """Return the text under a dotted key, with its placeholders filled.

        A text with the forms ``one`` and ``other`` is chosen by the field ``count``; where
        a text needs the bare number as well as the written one, pass both.
        """
        node: Any = catalog(self.language)
        for part in key.split("."):
            node = node[part]
        if isinstance(node, Mapping):
            count = fields.get("count", 0)
            form = self.locale.plural_form(count if isinstance(count, int | float) else 0)
            node = node.get(form, node["other"])
        text = str(node).format(**{name: self._written(value) for name, value in fields.items()})
        return self.joined(text)

    def joined(self, text: str) -> str:
        """Join words as the language does where a filled place left them apart (em as: nas)."""
        for apart, together in catalog(self.language).get("contractions", {}).items():
            text = text.replace(f" {apart} ", f" {together} ")
        return text

    def text(self, texts: LocalText) -> str:
        """Return this language's form of a text that comes with the data."""
        return texts.get(self.language) or texts.get("en") or next(iter(texts.values()), "")

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """Write a number; without `decimals`, with `DIGITS` significant digits."""
        if value is None or value != value:  # noqa: PLR0124  (only NaN differs from itself)
            return self("number.missing")
        if decimals is None:
            places = DIGITS - 1 - math.floor(math.log10(abs(value))) if value else 0
            decimals = 0 if float(value).is_integer() else max(0, places)
        return self._separated(f"{value:,.{decimals}f}")

    def signed(self, value: float, decimals: int = 2) -> str:
        """Write a number with its sign, as an index or a gap needs it."""
        text = f"{value:+,.{decimals}f}"
        if not text.strip("+-0.,"):
            text = text[1:]  # what rounds to nothing has no sign
        return self._separated(text).replace("-", "\u2212")

    def percent(self, share: float | None, decimals: int = 1) -> str:
        """Write a share (0 to 1) as a percentage; one that is not zero never looks like it."""
        if share is None or share != share:  # noqa: PLR0124
            return self("number.missing")
        least = 10.0**-decimals
        if 0 < share * 100 < least / 2:
            below = self("number.below", value=self.number(least, decimals))
            return self("number.percent", value=below)
        return self("number.percent", value=self.number(share * 100, decimals))

    def money(self, value: float | None, currency: str) -> str:
        """Write an amount of money as people do: with the symbol of its currency.

        The symbol does not tell pesos from pesos: what shows money names its currency once,
        with the ISO code. Hundreds and more have no cents, large amounts are in millions.
        """
        if value is None or value != value:  # noqa: PLR0124
            return self("number.missing")
        size, sign = abs(value), "\u2212" if value < 0 else ""
        if size >= IN_MILLIONS:
            text = self("number.in_millions", value=self.number(size / MILLION, 0))
        else:
            whole = size >= WITHOUT_CENTS or float(size).is_integer()
            text = self.number(size, 0 if whole else get_currency_precision(currency))
        return sign + self._money(text, currency)

    def money_marks(self, currency: str) -> tuple[str, str]:
        """Return what stands before and after the number of an amount of money."""
        before, _, after = self._money(_NUMBER, currency).partition(_NUMBER)
        return before, after

    def named_money(self, value: float | None, currency: str) -> str:
        """Write an amount of money that stands alone, with the ISO code of its currency."""
        money = self.money(value, currency)
        if money == self("number.missing"):
            return money
        return self("number.money_named", money=money, currency=currency)

    def list(self, items: Sequence[str]) -> str:
        """Join texts as this language lists them."""
        text = format_list(list(items), locale=self.locale)
        return _EUPHONY.sub(" e ", text) if self.language == "es" else text

    def _money(self, number: str, currency: str) -> str:
        """Put the symbol of a currency beside a number."""
        return self("number.money", symbol=currency_symbol(currency), value=number)

    def _separated(self, text: str) -> str:
        """Put this language's separators, as the CLDR has them, into a number written plainly."""
        symbols = self.locale.number_symbols["latn"]
        return text.translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})

    def _written(self, value: object) -> object:
        """Write whole numbers as the language does; leave everything else alone."""
        if isinstance(value, Integral) and not isinstance(value, bool):
            return self.number(int(value), 0)
        return value
