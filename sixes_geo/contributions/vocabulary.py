"""What people write where one of several is asked for: its id, or its word in any language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sixes_geo.base.names import letters
from sixes_geo.i18n import LANGUAGES, Translator


def option_of(text: str, options: tuple[str, ...], *sections: str) -> str:
    """Return the option that a text names, in any language; the text where it names none.

    Parameters
    ----------
    text
        As it was written; capitals, accents, spaces and signs say nothing.
    options
        Ids of those there are.
    sections
        Sections of the catalogs that hold their words.

    Examples
    --------
    >>> option_of("Educação", ("equity", "education"), "tags.e")
    'education'
    >>> option_of("joy", ("equity", "education"), "tags.e")
    'joy'
    """
    return _options(options, sections).get(letters(text), text)


@cache
def _options(options: tuple[str, ...], sections: tuple[str, ...]) -> Mapping[str, str]:
    """Return options by the letters of all that they are called."""
    words = {
        letters(Translator(language)(f"{section}.{option}")): option
        for option in options
        for section in sections
        for language in LANGUAGES
    }
    return words | {letters(option): option for option in options}
