"""There is no 6-E score and no ranking of cities: in no record, no file and no text."""

import json
import re

import pytest
from house import some

from sixes_geo.analysis.question import ask
from sixes_geo.analysis.six_es import by_e, by_partnership
from sixes_geo.city.catalog import city_names
from sixes_geo.framework.listing import listed
from sixes_geo.i18n import LANGUAGES, Translator, catalog
from sixes_geo.output.initiative_table import tags_csv
from sixes_geo.output.records import city_record
from sixes_geo.wording.six_es import group_table

SCORE = re.compile(r"score|puntaje|puntuaci|pontua|ranking", re.IGNORECASE)
DENIED = re.compile(r"never|\bno\b|nunca|não|not\b", re.IGNORECASE)


def texts(node, path=""):
    """Return every text of a catalog with its key."""
    if isinstance(node, str):
        yield path, node
        return
    for key, value in node.items():
        yield from texts(value, f"{path}.{key}")


def keys(value):
    """Return every key of a record, however deep."""
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in keys(one))}
    return {key for one in value for key in keys(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_text_speaks_of_a_score_it_denies_there_is_one(language):
    for path, text in some(texts(catalog(language))):
        for sentence in some(re.split(r"[.:;!?] ", text)):
            if SCORE.search(sentence):
                assert DENIED.search(sentence), path


@pytest.mark.parametrize("city", city_names())
def test_no_record_adds_anything_up_over_the_es(city, published):
    city = published(city)
    english = Translator("en")

    assert not [key for key in keys(listed(city, english)) if SCORE.search(key)]
    assert not [key for key in keys(city_record(city)) if SCORE.search(key) or key == "rank"]
    assert not SCORE.search(tags_csv(city, english).decode().splitlines()[0])
    choice = ask(city, layers=["all-initiatives"])
    for kind, found in (("e", by_e(choice)), ("partnership", by_partnership(choice))):
        table = group_table(found, kind, {}, english)
        assert len(table) == len(found)  # one row each, and none for all together
        assert not SCORE.search(json.dumps(table.to_dict("records")))
