"""How texts are spelt: what is the same name to people, what names a file, what is no formula."""

from __future__ import annotations

import hashlib
import re
import unicodedata

SIGNS = "=+-@＝＋－＠"
"""What begins a formula, spaces before it or not."""

DANGEROUS = (*SIGNS, "\t", "\r", "\n")
"""What a spreadsheet would take for a formula at the start of a text."""

MARK = "'"
"""What keeps a spreadsheet from doing so."""

LONGEST_SLUG = 60

_FORMULA = re.compile(rf"{MARK}*[\t\r\n]|[{MARK}\s]*[{re.escape(SIGNS)}]")
"""A formula, whatever marks and spaces stand before it."""


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> neutral("=1+1")
    "'=1+1"
    >>> neutral(" ＝1+1")
    "' ＝1+1"
    >>> neutral("Ana")
    'Ana'
    """
    return MARK + text if _needs_mark(text) else text


def bare(text: str) -> str:
    """Return a text as it was before `neutral`.

    Examples
    --------
    >>> bare("'=1+1")
    '=1+1'
    >>> bare("'Ana'")
    "'Ana'"
    """
    return text[1:] if text.startswith(MARK) and _needs_mark(text) else text


def folded(text: str) -> str:
    """Return a name without accents and capitals, as people type it.

    Examples
    --------
    >>> folded(" Ñuñoa")
    'nunoa'
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold().strip()


def alike(one: str, other: str) -> bool:
    """Tell whether two names differ in capitals, accents, spaces and signs only.

    Examples
    --------
    >>> alike("sixes  geo", "SixEs Geo")
    True
    """
    return letters(one) == letters(other)


def letters(text: str) -> str:
    """Return what is left of a name without capitals, accents, spaces and signs.

    Examples
    --------
    >>> letters("Better-off") == letters("better_off")
    True
    """
    return re.sub(r"[\W_]+", "", folded(text))


def slug(text: str) -> str:
    """Return a text as a name of a file: plain letters, digits and hyphens.

    Examples
    --------
    >>> slug("¿Quién lo sabe?")
    'quien-lo-sabe'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG] or "x"


def file_name(text: str) -> str:
    """Return a name of a file that no other text has, however alike the two are.

    Examples
    --------
    >>> file_name("José") == file_name("Jose")
    False
    """
    composed = unicodedata.normalize("NFC", text).encode("utf-8", "replace")
    return f"{slug(text)}-{hashlib.sha256(composed).hexdigest()[:10]}"


def _needs_mark(text: str) -> bool:
    """Tell whether a text is a formula, or one with marks before it."""
    return _FORMULA.match(text) is not None
