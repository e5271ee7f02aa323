"""Names: compared as people write them, turned into file names, kept from being formulas."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from sixes_geo.base.hidden import visible

SIGNS = "=+-@＝＋－＠"
"""Signs at the start of a formula, perhaps after spaces."""

DANGEROUS = (*SIGNS, "\t", "\r", "\n")
"""Characters at the start of a text that a spreadsheet takes for a formula."""

MARK = "'"
"""The mark that keeps a spreadsheet from doing so."""

LONGEST_SLUG = 60

_TWINS = str.maketrans("авеікмнорстухјѕԁһѵԛԝӏαβεικοτυχνρɡı", "abeikmhopctyxjsdhvqwlabeikotyxvpgi")
"""Small letters of other alphabets that look like ours, as such or as capitals."""

_AND = {"and", "e", "et", "y"}
"""Words between two names, which a sign can stand for."""

LONGEST_SHOWN = 80
"""Characters that are repeated of a text that may be anything."""

_FORMULA = re.compile(rf"{MARK}*[\t\r\n]|[{MARK}\s]*[{re.escape(SIGNS)}]")
"""A formula, perhaps after marks and spaces."""


def neutral(text: str) -> str:
    """Return a text that spreadsheets do not take for a formula.

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
    """Return a name without accents and capitals.

    Examples
    --------
    >>> folded(" Ñuñoa")
    'nunoa'
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().strip()


def alike(first: str, second: str) -> bool:
    """Tell whether two names differ only in capitals, accents, spaces and punctuation.

    So do a name and one with letters of another alphabet that look the same, or with signs in it
    that cannot be seen.

    Examples
    --------
    >>> alike("sixes  geo", "SixEs Geo"), alike("Ѕіхеѕ Gео", "SixEs Geo")
    (True, True)
    """
    return letters(first).translate(_TWINS) == letters(second).translate(_TWINS)


def borrows(text: str, name: str) -> bool:
    """Tell whether a text is a name, or differs from it also in numbers and the word for *and*.

    Examples
    --------
    >>> borrows("Irazabal y Jiron", "Irazábal & Jirón (2020)"), borrows("SixEs Geo 2", "SixEs Geo")
    (True, True)
    >>> borrows("Friends of SixEs Geo", "SixEs Geo")
    False
    """
    return bool(letters(text)) and _core(text) == _core(name)


def letters(text: str) -> str:
    """Return a name without capitals, accents, spaces and punctuation.

    Examples
    --------
    >>> letters("Better-off") == letters("better_off")
    True
    """
    return re.sub(r"[\W_]+", "", folded(text))


def slug(text: str) -> str:
    """Return a text as part of a file name: plain letters, digits and hyphens.

    Examples
    --------
    >>> slug("¿Quién lo sabe?")
    'quien-lo-sabe'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG] or "x"


def file_name(text: str) -> str:
    """Return a file name that is unique to a text, however similar others are.

    Examples
    --------
    >>> file_name("José") == file_name("Jose")
    False
    """
    composed = unicodedata.normalize("NFC", text).encode("utf-8", "replace")
    return f"{slug(text)}-{hashlib.sha256(composed).hexdigest()[:10]}"


def _core(name: str) -> str:
    """Return the letters of a name without numbers and words between two names."""
    words = [letters(word).translate(_TWINS) for word in name.split()]
    return re.sub(r"\d", "", "".join(word for word in words if word not in _AND))


def repeated(text: str) -> str:
    r"""Return a text of unknown origin as it can be repeated: short, every character seen.

    Examples
    --------
    >>> len(repeated("x" * 1000))
    81
    >>> repeated("evil\u202e")
    'evil[U+202E]'
    """
    shown = visible(text[:LONGEST_SHOWN])
    return shown if len(text) <= LONGEST_SHOWN else f"{shown}…"


def _needs_mark(text: str) -> bool:
    """Tell whether a text is a formula, perhaps after marks."""
    return _FORMULA.match(text) is not None
