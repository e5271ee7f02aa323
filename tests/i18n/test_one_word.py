"""One word per idea: a quintile and a site have the same name in every text of a language."""

import re
from collections.abc import Mapping

import pytest
from house import none_of, some

from sixes_geo.i18n import LANGUAGES, catalog

QUINTILE = {"es": r"quintil(?:es)?", "pt": r"quinti(?:l|s)", "en": r"quintiles?"}
NOT_QUINTILE = {"es": r"quint[oa]s?", "pt": r"quint[oa]s?", "en": r"fifths?"}

SITE = {"es": r"sitios?", "pt": r"loca(?:l|is)", "en": r"sites?"}
NOT_SITES = {
    "es": r"lugares(?! de trabajo)|puntos|locales|un solo lugar",
    "pt": r"lugares|pontos|sítios|um só lugar",
    "en": r"places|spots|points|only one place",
}
OTHER_SENSES = {
    "units or initiatives that a file of people names": (
        "cli.its_city", "cli.by_places", "contributions.use.need", "errors.problem.which_city",
        "errors.problem.several_places", "errors.problem.need_of_initiatives",
    ),
    "points of a hundred": ("chart.gap_axis", "chart.gap_alt", "table.gap", "explanations.unit"),
    "points where people live": ("errors.problem.no_people_points", "shade.access_missing"),
    "the field's name of a cluster": ("shade.hot_title",),
    "places in general": ("methods.place_title", "questions.education"),
    "bus stops": ("kind.bus-stop",),
}  # fmt: skip
ELSEWHERE = {key for keys in OTHER_SENSES.values() for key in keys}


def sentences(node, *path):
    """Yield every text with its key, without what is filled in; plural forms share a key."""
    if isinstance(node, Mapping):
        for name, part in node.items():
            yield from sentences(part, *path, *([] if name in ("one", "other") else [name]))
    else:
        yield ".".join(path), re.sub(r"\{\w*\}", "", node)


def holding(language, words):
    """Return the keys of the texts that hold a word."""
    pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return [key for key, text in sentences(catalog(language)) if pattern.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fifth_of_the_people_is_a_quintile_in_every_text(language):
    none_of(holding(language, NOT_QUINTILE[language]))
    assert some(holding(language, QUINTILE[language]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_on_the_map_is_a_site_in_every_text(language):
    told = holding(language, NOT_SITES[language])

    none_of(key for key in told if key not in ELSEWHERE)
    assert some(holding(language, SITE[language]))


def test_every_other_sense_is_still_said_somewhere():
    told = {key for language in LANGUAGES for key in holding(language, NOT_SITES[language])}

    none_of(sorted(ELSEWHERE - told))
