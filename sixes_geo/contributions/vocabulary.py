"""Vocabulary: the id of an option, from its id or its word in any language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sixes_geo.base.names import letters
from sixes_geo.i18n import LANGUAGES, Translator


def option_of(text: str, options: tuple[str, ...], *sections: str) -> str:
    """Return the option that a text names, in any language; the text itself if it names none.

    Parameters
    ----------
    text
        The text; capitals, accents, spaces and punctuation are ignored.
    options
        Ids of the options.
    sections
        Sections of the catalogs with their words.

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
    """Return the options by the letters of their ids and words."""
    words = {
        letters(Translator(language)(f"{section}.{option}")): option
        for option in options
        for section in sections
        for language in LANGUAGES
    }
    return words | {letters(option): option for option in options}
